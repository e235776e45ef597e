"""Cloud shadows in one image: pixels darker in the infrared than their neighbourhood, where a cloud may throw a shadow.

Dark: near and short-wave infrared lie below a grey closing of themselves, which lifts what is narrower than its
window to the level around it; relative depth, the lesser of both bands (the flood-fill of Fmask, Zhu and Woodcock
2012, doi:10.1016/j.rse.2011.10.028, made local). Water is dark there, too, and set aside where it is green rather than
infrared. Reachable: within the farthest throw of a shadow from a cloud; where the Sun is known, on the side away from
it only. In proportion: shadows cover about as much ground as their clouds, so where many times that is dark, it is
dark for another reason. Windows of fixed size, (rows, cols) in and out; reflectance with the air's own light taken off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...grid.moving import counts_around, highest, lowest, means_around, pixels
from ..sun import Sun
from .cloud_tests import Bands, Ramp, normalised_difference, ramp

HIGHEST_M = 12_000.0
"""Clouds end here; how far their shadows are looked for is limited by `ShadowSettings.throw_m` first."""
ASIDE_PX = 3
"""What a shadow may lie beside the line from its cloud: angles are those of a scene's middle."""
INFRARED: tuple[tuple[str, ...], ...] = (("B8A", "B8"), ("B11", "B12"))
_SMOOTH_PX = 1


@dataclass(frozen=True)
class ShadowSettings:
    """Thresholds and distances; depth and closing_m were chosen on one half of the benchmark's scenes.

    excess is a guard, set by hand: on that half it takes seven eighths of the false shadows in clear scenes away.

    Attributes
    ----------
    depth : what share darker than around: where a pixel begins to be a shadow, and from where on it is wholly one.
    water : normalised difference of green and near infrared from which a pixel is water, and below which it is not.
    excess : dark area over cloud area around, from which dark pixels are no shadows, and up to which they all may be.
    closing_m : half the side of the closing's window; shadows that are wider than the window are not found.
    throw_m : farthest distance of a shadow from its cloud, on the ground.
    least_m : radius of the smallest cloud that is taken to throw a shadow; smaller ones are often roofs.
    """

    depth: Ramp = (0.2, 0.5)
    water: Ramp = (0.2, 0.0)
    excess: Ramp = (12.0, 6.0)
    closing_m: float = 480.0
    throw_m: float = 1000.0
    least_m: float = 50.0

    def reach_px(self, pixel_m: float) -> int:
        """How far a pixel's score looks, the clouds' own reach aside."""
        dark = 2 * pixels(self.closing_m, pixel_m) + _SMOOTH_PX
        throw = pixels(self.throw_m, pixel_m)
        clouds = 2 * pixels(self.least_m, pixel_m) + throw
        return throw + max(dark, clouds + ASIDE_PX)


def dark_score(
    bands: Bands, ground: np.ndarray, lit: np.ndarray, settings: ShadowSettings, pixel_m: float
) -> np.ndarray:
    """How far pixels are darker than around, 0..1; 0 beside the ground, and without a near infrared band.

    Parameters
    ----------
    bands : (rows, cols) each.
    ground : (rows, cols) bool, valid and no cloud.
    lit : (rows, cols) bool, what counts as surroundings: ground without the edges of clouds.

    Returns
    -------
    ndarray
        (rows, cols) float32.
    """
    found = [next((name for name in group if name in bands), "") for group in INFRARED]
    used = [np.maximum(np.asarray(bands[name], np.float32), 0) for name in found if name]
    if not found[0]:
        return np.zeros(ground.shape, np.float32)
    reach = pixels(settings.closing_m, pixel_m)
    score = ramp(np.minimum.reduce([_depth(band, ground, lit, reach) for band in used]), settings.depth)
    if "B3" in bands:
        score = np.minimum(score, ramp(normalised_difference(bands["B3"], used[0]), settings.water))
    return np.where(ground, score, np.float32(0))


def _depth(band: np.ndarray, ground: np.ndarray, lit: np.ndarray, reach: int) -> np.ndarray:
    """Share by which a band lies below its closing, at most 1."""
    smooth = means_around(band, ground, _SMOOTH_PX)
    level = highest(np.where(lit, smooth, np.float32(0)), reach)
    level = lowest(np.where(level > 0, level, np.float32(np.inf)), reach)
    known = np.isfinite(level)
    return np.where(known, 1 - smooth / np.where(known, np.maximum(level, 1e-3), 1), 0)


def proportion(dark: np.ndarray, throwing: np.ndarray, settings: ShadowSettings, pixel_m: float) -> np.ndarray:
    """How far the dark pixels around may all be shadows of the clouds around, (rows, cols) float32 0..1."""
    reach = pixels(settings.throw_m, pixel_m)
    area, clouds = counts_around(dark, reach), counts_around(throwing, reach)
    return ramp(area / np.maximum(clouds, 1), settings.excess)


def reachable(throwing: np.ndarray, settings: ShadowSettings, sun: Optional[Sun], pixel_m: float) -> np.ndarray:
    """Pixels on which a cloud may throw its shadow, (rows, cols) bool.

    Without a Sun those in a square window around each cloud, with one those behind it as the Sun sees it.
    """
    clouds, throw = throwing.astype(np.uint8), pixels(settings.throw_m, pixel_m)
    if sun is None:
        return highest(clouds, throw) > 0
    throw = min(throw, math.ceil(sun.throw_m(HIGHEST_M) / pixel_m))
    down, right = math.cos(math.radians(sun.azimuth_deg)), -math.sin(math.radians(sun.azimuth_deg))
    wide = highest(clouds, ASIDE_PX)
    found = wide.copy()
    for step in range(ASIDE_PX, throw + 1, ASIDE_PX):
        np.maximum(found, _moved(wide, round(step * down), round(step * right)), out=found)
    return found > 0


def _moved(values: np.ndarray, down: int, right: int) -> np.ndarray:
    """The array moved by whole pixels, 0 where nothing comes in."""
    moved = np.zeros_like(values)
    rows, cols = values.shape
    if abs(down) < rows and abs(right) < cols:
        into = np.s_[max(down, 0) : rows + min(down, 0), max(right, 0) : cols + min(right, 0)]
        out_of = np.s_[max(-down, 0) : rows + min(-down, 0), max(-right, 0) : cols + min(-right, 0)]
        moved[into] = values[out_of]
    return moved
