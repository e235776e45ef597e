"""How much white noise each band of a raster has, seen where the scene is flat.

Immerkaer's operator, the difference of two Laplacians, leaves noise and takes slopes away: its mean square is 36 times
the variance of the noise. It is taken over small blocks, and of those the flattest twentieth count, by how their 3 x 3
means vary, which that operator does not see. Where nothing is flat, texture counts as noise; noise that resampling has
blurred is underestimated.
Immerkaer 1996, Fast noise variance estimation, doi:10.1006/cviu.1996.0060.
"""

from __future__ import annotations

import numpy as np

from ...grid.grid import Window
from ...grid.moving import box_means, sums_along
from ...grid.sampling import whole_or_spread
from .quality_rasters import FineReader

BLOCK_PX = 6
FLATTEST = 0.05
"""Share of the blocks that count."""
_WINDOW_PX, _MOST = 256, 8
_LAPLACE = (1.0, -2.0, 1.0)


def noise_floor(reader: FineReader, shape: tuple[int, int]) -> tuple[float, ...]:
    """Standard deviation of the noise of each band, in the raster's unit.

    Parameters
    ----------
    shape : (rows, cols)
        Of the raster. All of a small one is looked at, of a large one 64 windows that are spread over it.

    Returns
    -------
    tuple of float
        0 where no block is valid and varies.
    """
    found = [_blocks(reader, window) for window in whole_or_spread(Window(0, 0, shape[1], shape[0]), _WINDOW_PX, _MOST)]
    return tuple(_of_band(*np.concatenate(band, axis=1)) for band in zip(*found))


def _blocks(reader: FineReader, window: Window) -> list[np.ndarray]:
    """Of each band (2, blocks): variance of the 3 x 3 means, and of the noise, of each valid block of a window."""
    values, valid = reader(window.row_off, window.col_off, window.height, window.width)
    if min(window.height, window.width) < BLOCK_PX + 2:
        return [np.zeros((2, 0)) for _ in values]
    whole = _cut(box_means(valid.all(axis=0), 3)).min(axis=1) > 1 - 1e-6
    bands = []
    for band in np.where(valid, values, 0).astype(np.float64):
        left = sums_along(sums_along(band, 3, 0, _LAPLACE), 3, 1, _LAPLACE)
        measured = np.stack([_cut(box_means(band, 3)).var(axis=1), (_cut(left) ** 2).mean(axis=1) / 36.0])
        bands.append(measured[:, whole])
    return bands


def _cut(values: np.ndarray) -> np.ndarray:
    """Whole blocks of an image (rows, cols): (blocks, pixels)."""
    rows, cols = (size // BLOCK_PX for size in values.shape)
    cut = values[: rows * BLOCK_PX, : cols * BLOCK_PX].reshape(rows, BLOCK_PX, cols, BLOCK_PX)
    return cut.transpose(0, 2, 1, 3).reshape(rows * cols, -1)


def _of_band(structure: np.ndarray, noise: np.ndarray) -> float:
    """The median of the flattest blocks; blocks without any noise are filled or saturated, not flat."""
    structure, noise = structure[noise > 0], noise[noise > 0]
    if not noise.size:
        return 0.0
    flattest = np.argsort(structure, kind="stable")[: max(1, round(FLATTEST * noise.size))]
    return float(np.sqrt(np.median(noise[flattest])))
