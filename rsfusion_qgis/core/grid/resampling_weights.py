"""Separable resampling of a window by exact sub-pixel positions: two matrix products per band.

GDAL's warper gives the same result, but costs more than the light networks beside it, and rounds positions
to its chunks; here every output pixel has its weights from its absolute position, so a tile cannot differ
from the whole. Kernel: Keys' cubic convolution, a = -0.5 (doi:10.1109/TASSP.1981.1163711), widened by the
scale where the output is coarser than the input.
"""

from __future__ import annotations

import math

import numpy as np

SUPPORT = {"nearest": 0.5, "bilinear": 1.0, "cubic": 2.0}
"""Kernels by name, with their half width in pixels of the input."""
EDGES = ("repeat", "mirror")
"""What stands beyond the ends of a raster: the outermost pixel, or the image mirrored on the pixel edge."""


def _kernel(name: str, t: np.ndarray) -> np.ndarray:
    t = np.abs(t)
    if name == "bilinear":
        return np.maximum(0.0, 1.0 - t)
    near = (1.5 * t - 2.5) * t * t + 1.0
    far = ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0
    return np.where(t <= 1.0, near, np.where(t < 2.0, far, 0.0))


def source_range(start: int, count: int, scale: float, offset: float, kernel: str) -> tuple[int, int]:
    """First and one past the last input pixel that outputs `start … start + count - 1` depend on.

    `scale` and `offset` map output pixel coordinates to input pixel coordinates (corners at whole numbers).
    """
    reach = SUPPORT[kernel] * max(1.0, scale)
    first = scale * (start + 0.5) + offset - reach
    last = scale * (start + count - 0.5) + offset + reach
    return math.floor(first), math.ceil(last)


def weights(
    start: int, count: int, scale: float, offset: float, kernel: str, first: int, available: int, size: int,
    edge: str = "repeat",
) -> np.ndarray:  # fmt: skip
    """Interpolation matrix (count, available) for one axis, float32, rows summing to 1.

    Parameters
    ----------
    start, count : int
        Output pixels.
    scale, offset : float
        Output to input pixel coordinates.
    kernel : str
        A key of `SUPPORT`.
    first, available : int
        The input pixels that are at hand.
    size : int
        Length of the whole input axis.
    edge : str
        One of `EDGES`.
    """
    widening = max(1.0, scale)
    centres = scale * (np.arange(start, start + count) + 0.5) + offset - 0.5
    reach = math.ceil(SUPPORT[kernel] * widening) + 1
    taps = np.floor(centres)[:, None] + np.arange(-reach, reach + 1)[None, :]
    if kernel == "nearest":
        value = (taps == np.floor(centres + 0.5)[:, None]).astype(np.float64)
    else:
        value = _kernel(kernel, (taps - centres[:, None]) / widening)
    value /= value.sum(axis=1, keepdims=True)
    taps = mirrored(taps, size) if edge == "mirror" else np.clip(taps, 0, size - 1)
    inside = np.clip(taps - first, 0, available - 1).astype(np.intp)
    matrix = np.zeros((count, available))
    np.add.at(matrix, (np.arange(count)[:, None], inside), value)
    return matrix.astype(np.float32)


def mirrored(index: np.ndarray, size: int) -> np.ndarray:
    """Indices beyond `0 … size - 1` folded back inside; the mirror stands on the pixel edge: -1 becomes 0."""
    folded = np.mod(index, 2 * size)
    return np.where(folded < size, folded, 2 * size - 1 - folded)


def nearest_index(start: int, count: int, scale: float, offset: float, first: int, available: int) -> np.ndarray:
    """Index, among the input pixels at hand, of the one that each output pixel's centre falls into."""
    centres = np.floor(scale * (np.arange(start, start + count) + 0.5) + offset).astype(np.intp)
    return np.clip(centres - first, 0, available - 1)


def apply(values: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """(bands, rows, cols) float32 through both matrices -> (bands, rows_out, cols_out) float32."""
    return np.matmul(np.matmul(rows, values), cols.T)


def fill_invalid(values: np.ndarray, valid: np.ndarray, rounds: int, fallback: np.ndarray) -> np.ndarray:
    """Values with invalid pixels replaced by the mean of their valid neighbours, growing inwards.

    Parameters
    ----------
    values : ndarray
        (bands, rows, cols) float32.
    valid : ndarray
        (bands, rows, cols) bool.
    rounds : int
        How many pixels far a valid value may spread; a pixel's fill depends on nothing farther away.
    fallback : ndarray
        (bands,) what the rest becomes.
    """
    if valid.all():
        return values
    filled, known = np.where(valid, values, 0).astype(np.float32), valid.copy()
    for _ in range(rounds):
        if known.all():
            break
        total, count = _neighbour_sum(filled), _neighbour_sum(known.astype(np.float32))
        grown = ~known & (count > 0)
        filled[grown] = total[grown] / count[grown]
        known |= grown
    return np.where(known, filled, np.asarray(fallback, np.float32)[:, None, None])


def _neighbour_sum(values: np.ndarray) -> np.ndarray:
    """Sum over the 3 x 3 neighbourhood, zero outside."""
    padded = np.pad(values, ((0, 0), (1, 1), (1, 1)))
    rows = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    return rows[:, :, :-2] + rows[:, :, 1:-1] + rows[:, :, 2:]
