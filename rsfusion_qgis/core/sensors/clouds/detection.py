"""Clouds and cloud shadows of one Sentinel-2 image, without learned weights: scores 0..1 and a cleaned mask.

    bands -> cloud_score, shadow_score -> mask

Every step looks at a window of fixed size, so that a tile with `reach_px` pixels around it gets what the whole image
would get; what holds for the whole scene (`scene.Scene`) is found before. Arrays are (rows, cols); bands are
reflectance 0..1 by Sentinel-2's names; a score is a soft membership, not a probability.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from ...basics.errors import InputError
from ...grid.moving import grown, means_around, opened, pixels
from ..sun import Sun
from .cloud_tests import CIRRUS, LOW_CLOUD, Bands, CloudTest, Thresholds
from .scene import Scene
from .shadow_tests import ShadowSettings, dark_score, proportion, reachable

NEEDED: tuple[str, ...] = ("B2", "B3", "B4")
"""Without these there is no telling a cloud from bright ground."""
PIXEL_M = 10.0


@dataclass(frozen=True)
class MaskSettings:
    """How masks are made; the defaults were chosen on one half of the benchmark's scenes.

    Attributes
    ----------
    thresholds : of the tests for clouds.
    shadow : of the tests for shadows; None = shadows are not looked for.
    cloud, shadow_from : score from which a pixel counts as cloud, as shadow; lower = thinner ones, too.
    smooth_m : scores of clouds are averaged over a square that reaches so far to each side.
    speck_m : parts of the mask into which no disk of this radius fits are dropped.
    grow_m : what the mask is grown by.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    shadow: Optional[ShadowSettings] = field(default_factory=ShadowSettings)
    cloud: float = 0.5
    shadow_from: float = 0.5
    smooth_m: float = 20.0
    speck_m: float = 20.0
    grow_m: float = 30.0

    def reach_px(self, pixel_m: float = PIXEL_M) -> int:
        """How far a pixel of the mask looks: what a tile must have around it."""
        smooth, speck, grow = (pixels(length, pixel_m) for length in (self.smooth_m, self.speck_m, self.grow_m))
        shadow = self.shadow.reach_px(pixel_m) + smooth if self.shadow else 0
        return smooth + 2 * speck + grow + shadow


@dataclass(frozen=True)
class Masks:
    """Clouds and shadows of an image or a tile: (rows, cols) each.

    Attributes
    ----------
    cloud, shadow : float32 scores 0..1.
    mask : bool, True = cloud or shadow, cleaned and grown.
    """

    cloud: np.ndarray
    shadow: np.ndarray
    mask: np.ndarray


def detect(
    bands: Bands, scene: Scene, valid: Optional[np.ndarray] = None, settings: Optional[MaskSettings] = None,
    sun: Optional[Sun] = None, pixel_m: float = PIXEL_M,
) -> Masks:  # fmt: skip
    """Scores and mask of an image, or of a tile with `settings.reach_px` pixels around it.

    Parameters
    ----------
    bands : name -> (rows, cols) reflectance 0..1, as `reflectance.Scaling` gives it.
    valid : (rows, cols) bool; None = all pixels.
    sun : where it stands; None = shadows are looked for on all sides of a cloud.
    pixel_m : side of a pixel on the ground.

    Raises
    ------
    InputError
        The visible bands are missing.
    """
    settings = settings or MaskSettings()
    cloud = cloud_score(bands, scene, valid, settings, pixel_m)
    known = np.ones(cloud.shape, bool) if valid is None else valid
    shadow = np.zeros_like(cloud)
    if settings.shadow is not None:
        shadow = shadow_score(bands, scene, cloud, known, settings, sun, pixel_m)
    return Masks(cloud, shadow, cloud_mask(cloud, shadow, known, settings, pixel_m))


def cloud_score(
    bands: Bands, scene: Scene, valid: Optional[np.ndarray] = None, settings: Optional[MaskSettings] = None,
    pixel_m: float = PIXEL_M,
) -> np.ndarray:  # fmt: skip
    """How far each pixel is a cloud, 0..1, averaged over `settings.smooth_m`; 0 where invalid. (rows, cols) float32.

    Raises
    ------
    InputError
        The visible bands are missing.
    """
    check_bands(bands)
    settings = settings or MaskSettings()
    ground = scene.without_air(bands)
    passed = [test.degree(ground, settings.thresholds) for test in LOW_CLOUD if test.taken(ground)]
    score = np.minimum.reduce(passed)
    if CIRRUS.taken(ground):
        score = np.maximum(score, CIRRUS.degree(ground, settings.thresholds))
    known = np.ones(score.shape, bool) if valid is None else valid
    return means_around(score, known, pixels(settings.smooth_m, pixel_m)) * known


def shadow_score(
    bands: Bands, scene: Scene, cloud: np.ndarray, valid: np.ndarray, settings: MaskSettings,
    sun: Optional[Sun] = None, pixel_m: float = PIXEL_M,
) -> np.ndarray:  # fmt: skip
    """How far each pixel is a cloud's shadow, 0..1; 0 on clouds, where invalid, and without a near infrared band.

    Parameters
    ----------
    cloud : what `cloud_score` gave.

    Returns
    -------
    ndarray
        (rows, cols) float32.
    """
    shadow = settings.shadow or ShadowSettings()
    cloudy = cloud >= settings.cloud
    throwing = opened(cloudy, pixels(shadow.least_m, pixel_m))
    if not throwing.any():
        return np.zeros_like(cloud)
    ground, lit = valid & ~cloudy, valid & ~grown(cloudy, pixels(settings.smooth_m, pixel_m))
    dark = dark_score(scene.without_air(bands), ground, lit, shadow, pixel_m)
    score = dark * reachable(throwing, shadow, sun, pixel_m)
    return score * proportion(score >= settings.shadow_from, throwing, shadow, pixel_m)


def cloud_mask(
    cloud: np.ndarray, shadow: np.ndarray, valid: np.ndarray, settings: MaskSettings, pixel_m: float = PIXEL_M
) -> np.ndarray:
    """Cloud or shadow, specks dropped, grown; False where invalid. (rows, cols) bool."""
    speck, grow = pixels(settings.speck_m, pixel_m), pixels(settings.grow_m, pixel_m)
    clouds, shadows = opened(cloud >= settings.cloud, speck), opened(shadow >= settings.shadow_from, speck)
    return grown(clouds | shadows, grow) & valid


def check_bands(bands: Iterable[str], role: str = "The raster") -> tuple[str, ...]:
    """What cannot be looked at with these bands, as sentences for the report; () = nothing is missing.

    Raises
    ------
    InputError
        The visible bands are missing.
    """
    there = dict.fromkeys(bands, np.zeros(()))
    missing = [name for name in NEEDED if name not in there]
    if missing:
        raise InputError(
            f"{role} lacks {', '.join(missing)}; clouds are told by B2, B3 and B4 at least, so add them, or "
            "give CLOUDMASK."
        )
    told = {
        "rock": "bright soil and roofs may pass for clouds", "snow": "snow may pass for clouds",
        "water": "foam and shoals may pass for clouds",
        "cirrus": "thin high clouds may be missed",
    }  # fmt: skip
    lost = [test for test in (*LOW_CLOUD, CIRRUS) if not test.taken(there)]
    notes = [f"{role} lacks {' or '.join(_absent(test, there))}: {told[test.name]}" for test in lost]
    if not {"B8", "B8A"} & set(there):
        notes.append(f"{role} lacks B8 and B8A: cloud shadows are not found")
    return tuple(notes)


def _absent(test: CloudTest, there: Bands) -> tuple[str, ...]:
    return next(group for group in test.needs if not any(name in there for name in group))
