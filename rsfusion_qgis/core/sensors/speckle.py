"""Speckle filter: the enhanced Lee filter, on linear power, windows of fixed size.

Lopes, Touzi, Nezry: Adaptive speckle filters and scene heterogeneity, IEEE TGRS 28(6), 1990, doi:10.1109/36.62623.
Where the window varies no more than speckle does its mean is taken, where it varies far more the pixel stays as it
is, in between both are weighted. A pixel's value is the same in every tile that
has `halo_px` pixels around it.
"""

from __future__ import annotations

import numpy as np

from ..grid.moving import sums_around
from .sentinel1 import to_power

WINDOW_PX = 7
LOOKS = 4.4
"""Equivalent number of looks of Sentinel-1 IW GRD at high resolution (ESA, Sentinel-1 Product Definition)."""
DAMPING = 1.0


def halo_px(window_px: int = WINDOW_PX) -> int:
    """Pixels around a pixel that its filtered value depends on."""
    return window_px // 2


def filter_decibel(
    decibel: np.ndarray, valid: np.ndarray, window_px: int = WINDOW_PX, looks: float = LOOKS
) -> np.ndarray:
    """The filter for decibels: to power, filtered, and back.

    Parameters
    ----------
    decibel : (bands, rows, cols) float32.
    valid : (rows, cols) bool; others take no part.

    Returns
    -------
    ndarray
        (bands, rows, cols) float32; invalid pixels stay as they were.
    """
    filtered = np.stack([enhanced_lee(to_power(band), valid, window_px, looks) for band in decibel])
    with np.errstate(divide="ignore", invalid="ignore"):
        back = (10.0 * np.log10(filtered)).astype(np.float32)
    return np.where(valid & (filtered > 0), back, decibel)


def enhanced_lee(
    power: np.ndarray, valid: np.ndarray, window_px: int = WINDOW_PX, looks: float = LOOKS, damping: float = DAMPING
) -> np.ndarray:
    """Filter one band.

    Parameters
    ----------
    power : (rows, cols) linear power, >= 0.
    valid : (rows, cols) bool; others take no part and stay as they are.
    window_px : odd side of the window.
    looks : equivalent number of looks; the speckle's coefficient of variation is 1 / sqrt(looks).
    damping : how fast the weight of the mean falls with the variation, > 0.

    Returns
    -------
    ndarray
        (rows, cols) float32, linear power.
    """
    reach = halo_px(window_px)
    known = np.where(valid, power, 0).astype(np.float64)
    count = np.maximum(sums_around(valid, reach), 1.0)
    mean = sums_around(known, reach) / count
    variance = np.maximum(sums_around(known * known, reach) / count - mean * mean, 0.0)
    variation = np.sqrt(variance) / np.maximum(mean, 1e-30)
    speckle, strong = 1.0 / np.sqrt(looks), np.sqrt(1.0 + 2.0 / looks)
    share = np.clip(variation, speckle, np.nextafter(strong, 0))
    weight = np.exp(-damping * (share - speckle) / (strong - share))
    filtered = np.where(variation >= strong, known, mean * weight + known * (1.0 - weight))
    return np.where(valid, filtered, power).astype(np.float32)
