"""Sampling as matrix products: blur and decimate with a sensor's MTF, interpolate with the engine's cubic.

Axis order: matrices are (..., outputs, inputs); an image (rows, cols) becomes A_rows @ image @ A_cols.T.
Units: pixels of the finer grid, pixel centres at whole numbers.
Gaussian with gain G at the coarse grid's Nyquist frequency: sigma = ratio / pi * sqrt(-2 ln G).
Cubic: R. Keys, Cubic convolution interpolation for digital image processing, 1981, doi:10.1109/TASSP.1981.1163711.
"""

from __future__ import annotations

import numpy as np

REACH_SIGMAS = 4.0


def mtf_sigma(ratio: np.ndarray | float, gain: np.ndarray | float) -> np.ndarray:
    """Standard deviation in fine pixels of the Gaussian that has `gain` (0..1) at the coarse Nyquist frequency."""
    return np.asarray(ratio / np.pi * np.sqrt(-2 * np.log(gain)), np.float32)


def coarse_centres(count: int, ratio: float, first_edge: float = 0.0) -> np.ndarray:
    """Centres of coarse pixels on the fine grid, (count,): pixel i covers first_edge - 0.5 + [i, i + 1] * ratio."""
    return ((np.arange(count) + 0.5) * ratio - 0.5 + first_edge).astype(np.float32)


def gaussian_matrix(centres: np.ndarray, inputs: int, sigma: np.ndarray | float) -> np.ndarray:
    """Rows that average the inputs with a Gaussian around each centre and sum to 1.

    Parameters
    ----------
    centres : (..., outputs); sigma : broadcastable to (...), pixels, at least about 0.3.

    Returns
    -------
    (..., outputs, inputs) float32.
    """
    sigma = np.maximum(np.asarray(sigma, np.float32)[..., None, None], 0.05)
    away = (np.arange(inputs, dtype=np.float32) - np.asarray(centres, np.float32)[..., None]) / sigma
    weight = np.where(np.abs(away) <= REACH_SIGMAS, np.exp(-0.5 * away**2), 0)
    return (weight / np.maximum(weight.sum(-1, keepdims=True), 1e-20)).astype(np.float32)


def cubic_matrix(positions: np.ndarray, inputs: int) -> np.ndarray:
    """Rows that interpolate the inputs at the given positions (in input pixels) by Keys' cubic, a = -0.5.

    Beyond the ends the outermost input repeats, as where a raster ends.

    Parameters
    ----------
    positions : (..., outputs).

    Returns
    -------
    (..., outputs, inputs) float32, rows sum to 1.
    """
    positions = np.asarray(positions, np.float64)
    matrix = np.zeros((*positions.shape, inputs))
    start = np.floor(positions).astype(int) - 1
    for tap in range(4):
        t = np.abs(positions - (start + tap))
        weight = np.where(t <= 1, 1.5 * t**3 - 2.5 * t**2 + 1, -0.5 * t**3 + 2.5 * t**2 - 4 * t + 2)
        np.put_along_axis(
            matrix,
            np.clip(start + tap, 0, inputs - 1)[..., None],
            weight[..., None] + np.take_along_axis(matrix, np.clip(start + tap, 0, inputs - 1)[..., None], -1),
            -1,
        )
    return matrix.astype(np.float32)


def blur_and_decimate(image: np.ndarray, ratio: float, gain: np.ndarray | float,
                      first_edge: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """What a sensor `ratio` times coarser records, (bands, rows, cols) -> (bands, rows / ratio, cols / ratio) float32.

    `gain` is its MTF at its own Nyquist frequency, one value or (bands,); `first_edge` moves its grid (fine pixels).
    """
    sigma = np.broadcast_to(mtf_sigma(ratio, gain), image.shape[:1])
    down, across = (
        gaussian_matrix(coarse_centres(int((size - edge) / ratio + 1e-6), ratio, edge)[None], size, sigma)
        for size, edge in zip(image.shape[1:], first_edge)
    )
    return down @ image @ np.swapaxes(across, -1, -2)


def interpolate(image: np.ndarray, ratio: float, rows: int, cols: int,
                first_edge: tuple[float, float] = (0.0, 0.0)) -> np.ndarray:
    """Cubic interpolation of (bands, rows, cols) onto a grid `ratio` times finer, of the given size."""
    down, across = (
        cubic_matrix((np.arange(size) + 0.5 - edge) / ratio - 0.5, count)
        for size, count, edge in zip((rows, cols), image.shape[1:], first_edge)
    )
    return down @ image @ across.T
