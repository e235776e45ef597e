"""Cloud shadows in one image: pixels darker in the infrared than their neighbourhood, where a cloud may throw a shadow.

Dark: near and short-wave infrared lie below a grey closing of themselves, which lifts what is narrower than its
window to the level around it; relative depth, the lesser of both bands (the flood-fill of Fmask, Zhu and Woodcock
2012, doi:10.1016/j.rse.2011.10.028, made local). Water is dark there, too, and set aside where it is green rather than
infrared. Reachable: within the farthest throw of a shadow from a cloud; where the Sun is known, on the side away from
it only. Windows of fixed size, (rows, cols) in and out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np

from .cloud_tests import Bands, Ramp, normalised_difference, ramp
from .windows import highest, lowest

HIGHEST_M = 12_000.0
"""Clouds end here; how far their shadows are looked for is limited by `ShadowSettings.throw_px` first."""
ASIDE_PX = 3
"""What a shadow may lie beside the line from its cloud: angles are those of a tile's middle."""


@dataclass(frozen=True)
class Sun:
    """Where the Sun stands.

    Attributes
    ----------
    azimuth_deg : float
        From the top of the raster (north), clockwise.
    elevation_deg : float
        Above the horizon, > 0.
    """

    azimuth_deg: float
    elevation_deg: float

    def throw_px(self, height_m: float, pixel_m: float) -> float:
        """Distance from a cloud's place to its shadow's."""
        return height_m / math.tan(math.radians(self.elevation_deg)) / pixel_m


@dataclass(frozen=True)
class ShadowSettings:
    """Thresholds and distances.

    Attributes
    ----------
    depth : what share darker than around: where a pixel begins to be a shadow, and from where on it is wholly one.
    water : normalised difference of green and near infrared above which a pixel begins to be water, and is.
    closing_px : half the side of the closing's window; wider shadows are not found.
    throw_px : farthest throw of a shadow.
    """

    depth: Ramp = (0.15, 0.40)
    water: Ramp = (0.25, 0.0)
    closing_px: int = 32
    throw_px: int = 80

    @property
    def reach_px(self) -> int:
        """How far a pixel's score looks, the clouds' own reach aside."""
        return max(2 * self.closing_px, self.throw_px)


INFRARED: tuple[tuple[str, ...], ...] = (("B8A", "B8"), ("B11", "B12"))


def dark_score(bands: Bands, cloud: np.ndarray, valid: np.ndarray, settings: ShadowSettings) -> np.ndarray:
    """How far pixels are darker than around, 0..1, clouds not counted as surroundings; float32."""
    found = [next((name for name in group if name in bands), "") for group in INFRARED]
    used = [np.asarray(bands[name], np.float32) for name in found if name]
    if not used:
        return np.zeros(valid.shape, np.float32)
    depth = np.minimum.reduce([_depth(band, cloud, valid, settings.closing_px) for band in used])
    score = ramp(depth, settings.depth)
    if "B3" in bands:
        score = np.minimum(score, ramp(normalised_difference(bands["B3"], used[0]), settings.water))
    return np.where(valid, score, np.float32(0))


def _depth(band: np.ndarray, cloud: np.ndarray, valid: np.ndarray, reach: int) -> np.ndarray:
    """Share by which a band lies below its closing, 0..1; clouds and invalid pixels lift nothing."""
    ground = valid & (cloud < 0.5)
    level = lowest(_filled(highest(np.where(ground, np.maximum(band, 0), 0), reach)), reach)
    return np.where(level > 0, 1 - np.maximum(band, 0) / np.maximum(level, 1e-3), 0)


def _filled(level: np.ndarray) -> np.ndarray:
    return np.where(level > 0, level, np.inf)


def reachable(cloud: np.ndarray, settings: ShadowSettings, sun: Optional[Sun], pixel_m: float = 10.0) -> np.ndarray:
    """The largest score of the clouds that may throw their shadow here, 0..1.

    Without a Sun they are those in a square window, with one those between here and it, up to the height at which
    clouds end.
    """
    if sun is None:
        return highest(cloud, settings.throw_px)
    throw = min(settings.throw_px, math.ceil(sun.throw_px(HIGHEST_M, pixel_m)))
    down, right = math.cos(math.radians(sun.azimuth_deg)), -math.sin(math.radians(sun.azimuth_deg))
    wide = highest(cloud, ASIDE_PX)
    found = wide.copy()
    for step in range(ASIDE_PX, throw - ASIDE_PX + 1, ASIDE_PX):
        np.maximum(found, _moved(wide, round(step * down), round(step * right)), out=found)
    return found


def _moved(values: np.ndarray, down: int, right: int) -> np.ndarray:
    """The array moved by whole pixels, 0 where nothing comes in."""
    moved = np.zeros_like(values)
    rows, cols = values.shape
    into = np.s_[max(down, 0) : rows + min(down, 0), max(right, 0) : cols + min(right, 0)]
    out_of = np.s_[max(-down, 0) : rows + min(-down, 0), max(-right, 0) : cols + min(-right, 0)]
    moved[into] = values[out_of]
    return moved
