"""Sums and extremes over square windows, (rows, cols) in, the pixels whose window lies inside out.

Sums add shifted arrays in one fixed order: a running sum, as in `scipy.ndimage.uniform_filter`, would carry its
rounding along and give every tile other last digits.
"""

from __future__ import annotations

import numpy as np

from ...basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")


def weighted_sums(values: np.ndarray, reach: tuple[int, int], row_power: int, col_power: int) -> np.ndarray:
    """Sum over each window of value * row ** row_power * col ** col_power.

    Parameters
    ----------
    values : ndarray
        (rows + 2 reach rows, cols + 2 reach cols) float64.
    row_power, col_power : int
        Positions count from the window's central pixel, rows down and columns to the right.

    Returns
    -------
    ndarray
        (rows, cols) float64.
    """
    return _along(_along(values, 1, reach[1], col_power), 0, reach[0], row_power)


def _along(values: np.ndarray, axis: int, reach: int, power: int) -> np.ndarray:
    length = values.shape[axis] - 2 * reach
    total: np.ndarray = np.zeros([length if i == axis else n for i, n in enumerate(values.shape)])
    for step in range(-reach, reach + 1):
        weight = float(step) ** power if power else 1.0
        if not weight:
            continue
        first = reach + step
        part = values[first : first + length] if axis == 0 else values[:, first : first + length]
        total += part if weight == 1 else weight * part
    return total


def mean(values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Mean of the valid pixels of each window: (rows, cols) float32, NaN where there is none."""
    valid = ~np.isnan(values)
    total = weighted_sums(np.where(valid, values, 0).astype(np.float64), reach, 0, 0)
    count = weighted_sums(valid.astype(np.float64), reach, 0, 0)
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def extremes(values: np.ndarray, reach: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """(smallest, largest) of the valid pixels of each window: (rows, cols) float32; inf, -inf where there is none."""
    missing, infinite = np.isnan(values), np.float32(np.inf)
    low, high = lowest(np.where(missing, infinite, values), reach), highest(np.where(missing, -infinite, values), reach)
    rows, cols = (slice(r, n - r) for r, n in zip(reach, values.shape))
    return low[rows, cols], high[rows, cols]


def lowest(values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Smallest value of each window, same shape as the input; nothing lies beyond its ends. No NaN."""
    return ndimage.minimum_filter(values, _sides(reach), mode="constant", cval=np.inf)


def highest(values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Largest value of each window, same shape as the input; nothing lies beyond its ends. No NaN."""
    return ndimage.maximum_filter(values, _sides(reach), mode="constant", cval=-np.inf)


def _sides(reach: tuple[int, int]) -> tuple[int, int]:
    return 2 * reach[0] + 1, 2 * reach[1] + 1
