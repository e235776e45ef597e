"""Sums, extremes and binary morphology over windows of fixed size, (rows, cols) in and out.

Nothing lies beyond the ends. Sums add shifted arrays in one fixed order: running sums carry their rounding along, so
that every tile would have other last digits.
"""

from __future__ import annotations

import numpy as np

from ...basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")


def box_sums(values: np.ndarray, reach: int) -> np.ndarray:
    """Sum over the square window of 2 reach + 1 pixels a side around each pixel, float64."""
    values = np.asarray(values, np.float64)
    for axis in (0, 1):
        padding = [(reach, reach) if axis == i else (0, 0) for i in range(2)]
        padded, total = np.pad(values, padding), np.zeros_like(values)
        for step in range(2 * reach + 1):
            part = slice(step, step + values.shape[axis])
            total += padded[part] if axis == 0 else padded[:, part]
        values = total
    return values


def box_counts(mask: np.ndarray, reach: int) -> np.ndarray:
    """Pixels of the mask in the square window around each pixel, int64: running sums, which are exact for integers."""
    counts = np.asarray(mask, np.int64)
    for axis in (0, 1):
        length = counts.shape[axis]
        running = np.cumsum(np.insert(counts, 0, 0, axis=axis), axis=axis)
        first, last = np.arange(length) - reach, np.arange(length) + reach + 1
        counts = running.take(last.clip(0, length), axis) - running.take(first.clip(0, length), axis)
    return counts


def box_mean(values: np.ndarray, valid: np.ndarray, reach: int) -> np.ndarray:
    """Mean of the valid pixels of each window, float32; 0 where there is none."""
    count = box_sums(valid, reach)
    return (box_sums(np.where(valid, values, 0), reach) / np.maximum(count, 1)).astype(np.float32)


def highest(values: np.ndarray, reach: int) -> np.ndarray:
    """Largest value of each square window; values >= 0."""
    return ndimage.maximum_filter(values, 2 * reach + 1, mode="constant", cval=0.0)


def lowest(values: np.ndarray, reach: int) -> np.ndarray:
    """Smallest value of each square window; infinity stands for pixels that take no part."""
    return ndimage.minimum_filter(values, 2 * reach + 1, mode="constant", cval=np.inf)


def pixels(distance_m: float, pixel_m: float) -> int:
    """A distance on the ground in whole pixels."""
    return round(distance_m / pixel_m)


def disk(radius: int) -> np.ndarray:
    """Pixels whose centres lie within `radius` pixels: (2 radius + 1, 2 radius + 1) bool."""
    rows, cols = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return rows * rows + cols * cols <= radius * radius


def grown(mask: np.ndarray, radius: int) -> np.ndarray:
    """The mask and what lies within `radius` pixels of it."""
    return ndimage.binary_dilation(mask, disk(radius)) if radius else mask


def opened(mask: np.ndarray, radius: int) -> np.ndarray:
    """The mask without parts into which no disk of that radius fits; reach: 2 radius. The ends cut nothing off."""
    if not radius:
        return mask
    kept = ndimage.binary_erosion(mask, disk(radius), border_value=1)
    return ndimage.binary_dilation(kept, disk(radius))
