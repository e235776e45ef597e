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

from ..errors import InputError
from .cloud_tests import CIRRUS, LOW_CLOUD, Bands, CloudTest, Thresholds
from .scene import Scene
from .shadow_tests import ShadowSettings, Sun, dark_score, reachable
from .windows import box_mean, grown, opened

NEEDED: tuple[str, ...] = ("B2", "B3", "B4")
"""Without these there is no telling a cloud from bright ground."""


@dataclass(frozen=True)
class MaskSettings:
    """How masks are made; the defaults were chosen on half of the benchmark's scenes.

    Attributes
    ----------
    thresholds : of the tests for clouds.
    shadow : of the tests for shadows; None = shadows are not looked for.
    smooth_px : scores are averaged over 2 smooth_px + 1 pixels a side.
    cloud, shadow_from : score from which a pixel counts as cloud, as shadow.
    speck_px : parts of the mask into which no disk of this radius fits are dropped.
    grow_px : what the mask is grown by.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    shadow: Optional[ShadowSettings] = field(default_factory=ShadowSettings)
    smooth_px: int = 2
    cloud: float = 0.25
    shadow_from: float = 0.5
    speck_px: int = 1
    grow_px: int = 3

    @property
    def reach_px(self) -> int:
        """How far a pixel of the mask looks."""
        shadow = self.shadow.reach_px if self.shadow else 0
        return self.smooth_px + 2 * self.speck_px + self.grow_px + shadow


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
    sun: Optional[Sun] = None, pixel_m: float = 10.0,
) -> Masks:  # fmt: skip
    """Scores and mask of an image or of a tile with `settings.reach_px` pixels around it.

    Raises
    ------
    InputError
        The visible bands are missing.
    """
    settings = settings or MaskSettings()
    known = np.ones(bands["B2"].shape, bool) if valid is None and "B2" in bands else valid
    cloud = cloud_score(bands, scene, known, settings)
    shadow = np.zeros_like(cloud)
    if settings.shadow is not None:
        shadow = shadow_score(bands, cloud, known, settings, sun, pixel_m)
    return Masks(cloud, shadow, cloud_mask(cloud, shadow, known, settings))


def cloud_score(
    bands: Bands, scene: Scene, valid: Optional[np.ndarray] = None, settings: Optional[MaskSettings] = None
) -> np.ndarray:
    """How far each pixel is a cloud, 0..1, smoothed; 0 where invalid. (rows, cols) float32.

    Raises
    ------
    InputError
        The visible bands are missing.
    """
    check_bands(bands)
    settings = settings or MaskSettings()
    ground = {name: np.asarray(band, np.float32) - np.float32(scene.path(name)) for name, band in bands.items()}
    passed = [test.degree(ground, settings.thresholds) for test in LOW_CLOUD if test.taken(ground)]
    score = np.minimum.reduce(passed)
    if CIRRUS.taken(ground):
        score = np.maximum(score, CIRRUS.degree(ground, settings.thresholds))
    known = np.ones(score.shape, bool) if valid is None else valid
    return box_mean(score, known, settings.smooth_px) * known


def shadow_score(
    bands: Bands, cloud: np.ndarray, valid: np.ndarray, settings: MaskSettings, sun: Optional[Sun] = None,
    pixel_m: float = 10.0,
) -> np.ndarray:  # fmt: skip
    """How far each pixel is a cloud's shadow, 0..1; (rows, cols) float32.

    Parameters
    ----------
    bands : reflectance; the near infrared is needed, without it nothing is a shadow.
    cloud : what `cloud_score` gave.
    """
    shadow = settings.shadow or ShadowSettings()
    dark = dark_score(bands, cloud, valid, shadow)
    return np.minimum(dark, reachable(cloud, shadow, sun, pixel_m)) * (cloud < settings.cloud)


def cloud_mask(cloud: np.ndarray, shadow: np.ndarray, valid: np.ndarray, settings: MaskSettings) -> np.ndarray:
    """Cloud or shadow, specks dropped, grown; False where invalid. (rows, cols) bool."""
    parts = cloud >= settings.cloud, shadow >= settings.shadow_from
    clouds, shadows = (opened(part, settings.speck_px) for part in parts)
    return grown(clouds | shadows, settings.grow_px) & valid


def check_bands(bands: Iterable[str], role: str = "OPTICAL") -> tuple[str, ...]:
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
        "cirrus": "thin high clouds may be missed",
    }  # fmt: skip
    lost = [test for test in (*LOW_CLOUD, CIRRUS) if not test.taken(there)]
    notes = [f"{role} lacks {' or '.join(_absent(test, there))}: {told[test.name]}" for test in lost]
    if not {"B8", "B8A"} & set(there):
        notes.append(f"{role} lacks B8 and B8A: cloud shadows are not found")
    return tuple(notes)


def _absent(test: CloudTest, there: Bands) -> tuple[str, ...]:
    return next(group for group in test.needs if not any(name in there for name in group))
