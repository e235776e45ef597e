"""Masks of cloud and shadow in triplets: the true one, and the one that the plugin finds.

Axis order (bands, rows, cols), reflectance. The true one compares the cloudy with the clear image, so it serves
training and scoring only: what a network sees at test time comes from the cloudy image alone.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from models.cloud_removal.scenes import BANDS, Triplet
from rsfusion_qgis.core.sensors.clouds.detection import detect
from rsfusion_qgis.core.sensors.clouds.scene import find_scene

CLOUD = 0.03
"""By how much a cloud brightens the mean of B1 and B2, at least; bare soil brightens them less."""
CIRRUS = 0.009
"""Reflectance of B10 above which there is cirrus."""
SHADOW = 0.72
"""Share of its reflectance in B8A and B11 that a pixel keeps in a shadow, at most."""
SMOOTH_PX, SMALLEST_PX, GROWN_PX = 1.5, 25, 3
_BLUE = [BANDS.index(name) for name in ("B1", "B2")]
_VISIBLE = [BANDS.index(name) for name in ("B1", "B2", "B3", "B4")]
_INFRARED = [BANDS.index(name) for name in ("B8A", "B11")]


def reference_mask(triplet: Triplet) -> np.ndarray:
    """Where the cloudy image of a triplet shows cloud or shadow, (rows, cols) bool."""
    cloud, dark = brightened(triplet), _shadow(triplet)
    there = ndimage.binary_opening(cloud | (dark & ~cloud), iterations=1)
    labels, count = ndimage.label(there)
    sizes = ndimage.sum_labels(there, labels, np.arange(1, count + 1))
    kept = np.isin(labels, np.flatnonzero(sizes >= SMALLEST_PX) + 1)
    return ndimage.binary_dilation(kept, iterations=GROWN_PX)


def found_mask(triplet: Triplet) -> np.ndarray:
    """Where the plugin finds cloud or shadow in the cloudy image, (rows, cols) bool."""
    bands: dict[str, np.ndarray] = dict(zip(BANDS, triplet.cloudy))
    if triplet.cirrus is not None:
        bands["B10"] = triplet.cirrus
    return detect(bands, find_scene({name: band.ravel() for name, band in bands.items()})).mask


def brightened(triplet: Triplet) -> np.ndarray:
    """Where the cloudy image is brighter than the clear one, as a cloud makes it: (rows, cols) bool."""
    brighter = _smooth((triplet.cloudy - triplet.clear)[_BLUE].mean(0))
    usual = min(_mode(brighter), 0.0)
    cloud = brighter - usual > CLOUD
    if triplet.cirrus is None:
        return cloud
    return cloud | ((_smooth(triplet.cirrus) > CIRRUS) & (brighter > CLOUD / 3))


def _shadow(triplet: Triplet) -> np.ndarray:
    """Darker than the scene has become as a whole, in the infrared and in the visible bands as well."""
    infrared, visible = (_smooth(triplet.cloudy[bands].mean(0) / triplet.clear[bands].mean(0).clip(0.02))
                         for bands in (_INFRARED, _VISIBLE))
    light = triplet.clear[_INFRARED].mean(0) > 0.06
    lit = ~brightened(triplet)
    usual = np.median(infrared[lit & light]) if (lit & light).any() else 1.0
    return light & (infrared < SHADOW * max(float(usual), 0.8)) & (visible < 0.97)


def _smooth(image: np.ndarray) -> np.ndarray:
    return ndimage.gaussian_filter(image, SMOOTH_PX)


def _mode(values: np.ndarray) -> float:
    """Middle of the shortest interval that holds a fifth of the values."""
    ordered = np.sort(values, axis=None)
    span = max(1, ordered.size // 5)
    at = int(np.argmin(ordered[span:] - ordered[:-span]))
    return float(ordered[at + span // 2])
