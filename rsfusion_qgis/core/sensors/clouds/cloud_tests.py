"""Tests that tell clouds from what is bright, too: each gives every pixel a degree 0..1 of passing, from its bands.

A pixel is a cloud as far as it passes all tests of `LOW_CLOUD`, or that of `CIRRUS`. The tests are those that the
literature agrees on, made gradual with two thresholds each (0 below the first, 1 from the second on):

- visible: the darkest of the visible bands is bright; soils and vegetation are dark in one of them (cf. Braaten, Cohen,
  Yang 2015, doi:10.1016/j.rse.2015.08.006).
- haze: blue - 0.5 red, the haze optimized transform (Zhang, Guindon, Cihlar 2002, doi:10.1016/S0034-4257(02)00034-2),
  as in Fmask (Zhu, Woodcock 2012, doi:10.1016/j.rse.2011.10.028).
- rock: near infrared over short-wave infrared, at most about 1 on bright soil, sand and roofs (Irish 2000; Fmask).
- water: near infrared over green, low on foam, shoals and turbid water, which are bright in the visible only.
- snow: normalised difference of green and short-wave infrared, high on snow (Fmask).
- cirrus: B10 sees no ground, so what is bright there is high (Gao, Goetz, Wiscombe 1993; Fmask for Sentinel-2).

Reflectance 0..1, the air's own light taken off (`scene.Scene`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Callable

import numpy as np

Bands = Mapping[str, np.ndarray]
Ramp = tuple[float, float]
_LEAST = 1e-3
"""Reflectance below which a denominator does not fall."""
B12_AS_B11 = 1.4
"""Clouds' reflectance in B11 over that in B12, for a raster without B11."""


@dataclass(frozen=True)
class Thresholds:
    """Two thresholds of each test: where a pixel begins to pass, and from where on it passes wholly.

    Those of visible and haze were chosen on one half of the benchmark's scenes. The others are guards and follow the
    papers: Fmask's 0.75 for rock, its 0.01 for cirrus, and for snow what parts ice from ice clouds.
    """

    visible: Ramp = (0.01, 0.07)
    haze: Ramp = (0.03, 0.07)
    rock: Ramp = (0.75, 0.9)
    water: Ramp = (0.5, 0.75)
    snow: Ramp = (0.6, 0.4)
    cirrus: Ramp = (0.005, 0.015)


@dataclass(frozen=True)
class CloudTest:
    """One test.

    Attributes
    ----------
    name : the field of `Thresholds` that it uses.
    needs : groups of bands; of each group one band must be there, the first that is is taken.
    measure : from the bands that were taken, by their place in `needs`, to what is held against the thresholds.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    measure: Callable[..., np.ndarray]

    def taken(self, bands: Bands) -> tuple[str, ...]:
        """The bands that it looks at, one per group; () where a group has none."""
        found = tuple(next((name for name in group if name in bands), "") for group in self.needs)
        return found if all(found) else ()

    def degree(self, bands: Bands, thresholds: Thresholds) -> np.ndarray:
        """Degree 0..1 of passing, (rows, cols) float32."""
        values = self.measure(*(_band(bands, name) for name in self.taken(bands)))
        return ramp(values, getattr(thresholds, self.name))


def _band(bands: Bands, name: str) -> np.ndarray:
    values = np.asarray(bands[name], np.float32)
    return values * np.float32(B12_AS_B11) if name == "B12" else values


def ramp(values: np.ndarray, thresholds: Ramp) -> np.ndarray:
    """0 at the first threshold and beyond, 1 at the second and beyond, a straight line between; float32."""
    start, end = thresholds
    return np.clip((values - np.float32(start)) / np.float32(end - start), 0, 1).astype(np.float32)


def ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """One band over another."""
    return np.maximum(numerator, _LEAST) / np.maximum(denominator, _LEAST)


def normalised_difference(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(one - other) / (one + other) in -1..1."""
    one, other = np.maximum(one, 0), np.maximum(other, 0)
    return (one - other) / np.maximum(one + other, _LEAST)


def _darkest(*visible: np.ndarray) -> np.ndarray:
    return np.minimum.reduce(visible)


LOW_CLOUD: tuple[CloudTest, ...] = (
    CloudTest("visible", (("B2", "B1"), ("B3",), ("B4",), ("B1", "B2")), _darkest),
    CloudTest("haze", (("B2", "B1"), ("B4",)), lambda blue, red: blue - np.float32(0.5) * red),
    CloudTest("rock", (("B8A", "B8"), ("B11", "B12")), ratio),
    CloudTest("water", (("B8A", "B8"), ("B3",)), ratio),
    CloudTest("snow", (("B3",), ("B11", "B12")), normalised_difference),
)
CIRRUS = CloudTest("cirrus", (("B10",),), lambda high: high)
