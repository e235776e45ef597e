"""Sums, means, moments, extremes and binary morphology of windows of fixed size that slide over an image, in pixels.

Axes `(..., rows, cols)`. Two kinds of result: of *whole* windows, one value for each window of `side` pixels that
lies inside the image, at its upper left pixel; and *around* every pixel, the window of `reach` pixels to each side,
where nothing lies beyond the image's ends. Sums add shifted arrays in one fixed order: a running sum, as in
`scipy.ndimage.uniform_filter`, would carry its rounding along and give every tile other last digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np

from ..basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")

Reach = Union[int, tuple[int, int]]
"""Pixels to each side of the central one, of rows and columns alike or `(rows, cols)`."""


def sums_along(values: np.ndarray, side: int, axis: int, weights: Sequence[float] = ()) -> np.ndarray:
    """Sums of `side` neighbours along one axis, which `side - 1` values fewer remain of; float64.

    Parameters
    ----------
    weights
        One for each of the neighbours; () = 1 for all. Where one is 0 the neighbour takes no part.
    """
    total = np.zeros(_neighbour(values, 0, side, axis).shape)
    for step in range(side):
        weight = weights[step] if weights else 1.0
        if weight:
            part = _neighbour(values, step, side, axis)
            total += part if weight == 1 else weight * part
    return total


def weighted_sums(values: np.ndarray, reach: tuple[int, int], row_power: int, col_power: int) -> np.ndarray:
    """Sum over each whole window of value * row ** row_power * col ** col_power.

    Parameters
    ----------
    values : ndarray
        `(rows + 2 reach rows, cols + 2 reach cols)` float64.
    row_power, col_power : int
        Positions count from the window's central pixel, rows down and columns to the right.

    Returns
    -------
    ndarray
        `(rows, cols)` float64.
    """
    for axis, power in ((1, col_power), (0, row_power)):
        steps = range(-reach[axis], reach[axis] + 1)
        values = sums_along(values, len(steps), axis, [float(step) ** power for step in steps])
    return values


def box_means(values: np.ndarray, side: int) -> np.ndarray:
    """Mean of every whole window, `(..., rows - side + 1, cols - side + 1)` float64."""
    return sums_along(sums_along(values.astype(np.float64), side, -1), side, -2) / side**2


def valid_means(values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Mean of what is not NaN in each whole window, NaN where there is none; sizes as `weighted_sums`, float32."""
    valid = ~np.isnan(values)
    total = weighted_sums(np.where(valid, values, 0).astype(np.float64), reach, 0, 0)
    count = weighted_sums(valid.astype(np.float64), reach, 0, 0)
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def valid_extremes(values: np.ndarray, reach: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """(smallest, largest) of what is not NaN in each whole window, inf and -inf where there is none; float32."""
    missing, infinite = np.isnan(values), np.float32(np.inf)
    low, high = lowest(np.where(missing, infinite, values), reach), highest(np.where(missing, -infinite, values), reach)
    rows, cols = (slice(r, n - r) for r, n in zip(reach, values.shape))
    return low[rows, cols], high[rows, cols]


def whole_windows(mask: np.ndarray, side: int) -> np.ndarray:
    """Where all the pixels of a whole window are True in `mask` `(rows, cols)`."""
    return box_means(mask, side) > 1.0 - 0.5 / side**2


def window_moments(first: np.ndarray, second: np.ndarray, side: int) -> tuple[np.ndarray, ...]:
    """Covariance and both variances of two images in every whole window, and both mean squares.

    Sums of squares about a row's mean are brought to the window's mean, as Chan, Golub & LeVeque 1983 do
    (doi:10.1080/00031305.1983.10483115): sums of what is not negative, which lose no digits to a large mean.

    Returns
    -------
    covariance, variance of first, variance of second, mean square of first, mean square of second
        Each `(..., rows - side + 1, cols - side + 1)`.
    """
    rows_first, rows_second = sums_along(first, side, -1) / side, sums_along(second, side, -1) / side
    mean_first, mean_second = sums_along(rows_first, side, -2) / side, sums_along(rows_second, side, -2) / side
    inner = _products((first, second), (rows_first, rows_second), side, -1)
    outer = _products((rows_first, rows_second), (mean_first, mean_second), side, -2)
    moments = [sums_along(part, side, -2) / side**2 + more / side for part, more in zip(inner, outer)]
    return (*moments, moments[1] + mean_first**2, moments[2] + mean_second**2)


def sums_around(values: np.ndarray, reach: int) -> np.ndarray:
    """Sum of the square window around every pixel, `(rows, cols)` float64."""
    for axis in (0, 1):
        padding = [(reach, reach) if axis == i else (0, 0) for i in range(2)]
        values = sums_along(np.pad(values, padding), 2 * reach + 1, axis)
    return values


def counts_around(mask: np.ndarray, reach: int) -> np.ndarray:
    """Pixels of the mask in the square window around every pixel, int64: running sums, which integers bear."""
    counts = np.asarray(mask, np.int64)
    for axis in (0, 1):
        length = counts.shape[axis]
        running = np.cumsum(np.insert(counts, 0, 0, axis=axis), axis=axis)
        first, last = np.arange(length) - reach, np.arange(length) + reach + 1
        counts = running.take(last.clip(0, length), axis) - running.take(first.clip(0, length), axis)
    return counts


def means_around(values: np.ndarray, valid: np.ndarray, reach: int) -> np.ndarray:
    """Mean of the valid pixels in the square window around every pixel, float32; 0 where there is none."""
    count = sums_around(valid, reach)
    return (sums_around(np.where(valid, values, 0), reach) / np.maximum(count, 1)).astype(np.float32)


def highest(values: np.ndarray, reach: Reach) -> np.ndarray:
    """Largest value in the window around every pixel; no NaN, -inf stands for pixels that take no part."""
    return ndimage.maximum_filter(values, _sides(reach), mode="constant", cval=_end(values, -np.inf))


def lowest(values: np.ndarray, reach: Reach) -> np.ndarray:
    """Smallest value in the window around every pixel; no NaN, inf stands for pixels that take no part."""
    return ndimage.minimum_filter(values, _sides(reach), mode="constant", cval=_end(values, np.inf))


def pixels(distance_m: float, pixel_m: float) -> int:
    """A distance on the ground in whole pixels."""
    return round(distance_m / pixel_m)


def disk(radius: int) -> np.ndarray:
    """Pixels whose centres lie within `radius` pixels: `(2 radius + 1, 2 radius + 1)` bool."""
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


def _products(
    images: tuple[np.ndarray, np.ndarray], means: tuple[np.ndarray, np.ndarray], side: int, axis: int
) -> list[np.ndarray]:
    """Sums over `side` pixels along `axis` of the images' differences from `means`: both multiplied, each squared."""
    pairs = ((0, 1), (0, 0), (1, 1))
    totals = [np.zeros(means[0].shape) for _ in pairs]
    for step in range(side):
        off = [_neighbour(image, step, side, axis) - mean for image, mean in zip(images, means)]
        for total, (i, j) in zip(totals, pairs):
            total += off[i] * off[j]
    return totals


def _neighbour(values: np.ndarray, step: int, side: int, axis: int) -> np.ndarray:
    """Of every run of `side` pixels along `axis`, the one at `step`."""
    cut = [slice(None)] * values.ndim
    cut[axis] = slice(step, values.shape[axis] - side + 1 + step)
    return values[tuple(cut)]


def _sides(reach: Reach) -> tuple[int, int]:
    rows, cols = (reach, reach) if isinstance(reach, int) else reach
    return 2 * rows + 1, 2 * cols + 1


def _end(values: np.ndarray, infinite: float) -> float:
    """What stands beyond the ends: takes no part, in integers as well."""
    if np.issubdtype(values.dtype, np.floating):
        return infinite
    limits = np.iinfo(values.dtype)
    return float(limits.max if infinite > 0 else limits.min)
