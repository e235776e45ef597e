"""UIQI, the universal image quality index of two bands on blocks of pixels; 1 is equal, -1 opposed.

Q = 4 cov(x, y) mean(x) mean(y) / ((var(x) + var(y)) (mean(x)^2 + mean(y)^2)) per block.
Wang & Bovik 2002, doi:10.1109/97.995823.
"""

from __future__ import annotations

import numpy as np

from .metric import FLAT


def block_uiqi(first: np.ndarray, second: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The index of each band of one image with each band of another.

    Parameters
    ----------
    first, second
        `(blocks, bands, pixels)`; they need not have the same bands.
    mask
        `(blocks, 1, pixels)` boolean, pixels that count, at least one per block.

    Returns
    -------
    numpy.ndarray
        `(blocks, bands of first, bands of second)` float64. Where both bands are flat, only their means are compared;
        where both means are zero, only how they vary; two bands that are zero throughout are equal, 1.
    """
    weight = mask / mask.sum(axis=2, keepdims=True)
    mean_x, x = _centred(first, weight)
    mean_y, y = _centred(second, weight)
    covariance = (x * weight) @ y.transpose(0, 2, 1)
    variance = _sums((x**2 * weight).sum(axis=2), (y**2 * weight).sum(axis=2))
    power = _sums(mean_x**2, mean_y**2)
    structure = _ratio(2.0 * covariance, variance, variance > FLAT * power)
    return structure * _ratio(2.0 * mean_x[:, :, None] * mean_y[:, None], power, power > 0.0)


def _centred(values: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means `(blocks, bands)`, and the values less them."""
    mean = (values * weight).sum(axis=2)
    return mean, values - mean[:, :, None]


def _sums(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Every entry of `first` plus every one of `second`, `(blocks, bands, bands)`."""
    return first[:, :, None] + second[:, None]


def _ratio(above: np.ndarray, below: np.ndarray, live: np.ndarray) -> np.ndarray:
    """The quotient, 1 where it is not `live`."""
    return np.where(live, above / np.where(live, below, 1.0), 1.0)
