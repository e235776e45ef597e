"""Moments of all windows of one size that slide over an image, without a difference of large squares.

Arrays `(..., rows, cols)`; a window lies wholly inside the image and belongs to its upper left pixel. A window is
worked out from its own pixels in a fixed order, so that its numbers do not depend on what was read around it.
"""

from __future__ import annotations

import numpy as np

FLAT = 1e-12
"""What varies by less than this share of its mean square, a millionth of its size, is flat: rounding of 32-bit numbers
is 6e-8 of the value, one step of a 16-bit image in one pixel of a window 2e-6 of the full scale."""


def box_mean(values: np.ndarray, side: int) -> np.ndarray:
    """Mean in every `side x side` window that fits, `(..., rows - side + 1, cols - side + 1)` float64."""
    return _along(_along(values.astype(np.float64), side, -1), side, -2) / side**2


def whole_windows(mask: np.ndarray, side: int) -> np.ndarray:
    """Where all the pixels of a window are True in `mask` `(rows, cols)`."""
    return box_mean(mask, side) > 1.0 - 0.5 / side**2


def window_moments(first: np.ndarray, second: np.ndarray, side: int) -> tuple[np.ndarray, ...]:
    """Covariance and both variances of two images in every window, and both mean squares.

    Sums of squares about a row's mean are brought to the window's mean, as Chan, Golub & LeVeque 1983 do
    (doi:10.1080/00031305.1983.10483115): sums of what is not negative, which lose no digits to a large mean.

    Returns
    -------
    covariance, variance of first, variance of second, mean square of first, mean square of second
        Each `(..., rows - side + 1, cols - side + 1)`.
    """
    rows_first, rows_second = _along(first, side, -1) / side, _along(second, side, -1) / side
    mean_first, mean_second = _along(rows_first, side, -2) / side, _along(rows_second, side, -2) / side
    products = ((0, 1), (0, 0), (1, 1))
    inner = _products((first, second), (rows_first, rows_second), side, -1, products)
    outer = _products((rows_first, rows_second), (mean_first, mean_second), side, -2, products)
    moments = [_along(part, side, -2) / side**2 + more / side for part, more in zip(inner, outer)]
    return (*moments, moments[1] + mean_first**2, moments[2] + mean_second**2)


def _products(
    images: tuple[np.ndarray, np.ndarray],
    means: tuple[np.ndarray, np.ndarray],
    side: int,
    axis: int,
    wanted: tuple[tuple[int, int], ...],
) -> list[np.ndarray]:
    """Sums over `side` pixels along `axis` of products of the images' differences from `means`."""
    totals = [np.zeros(means[0].shape) for _ in wanted]
    for step in range(side):
        off = [_shifted(image, step, side, axis) - mean for image, mean in zip(images, means)]
        for total, (i, j) in zip(totals, wanted):
            total += off[i] * off[j]
    return totals


def _along(values: np.ndarray, side: int, axis: int) -> np.ndarray:
    """Sums of `side` neighbours along `axis`."""
    total = _shifted(values, 0, side, axis).copy()
    for step in range(1, side):
        total += _shifted(values, step, side, axis)
    return total


def _shifted(values: np.ndarray, step: int, side: int, axis: int) -> np.ndarray:
    """Of every run of `side` pixels along `axis`, the one at `step`."""
    cut = [slice(None)] * values.ndim
    cut[axis] = slice(step, values.shape[axis] - side + 1 + step)
    return values[tuple(cut)]
