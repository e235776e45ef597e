"""How much noise each band of an image holds, measured on the image itself.

The mask of Immerkaer takes away all that is smooth, up to a saddle: J. Immerkaer, Fast noise variance estimation, 1996,
doi:10.1006/cviu.1996.0060. Texture is left. So only blocks count whose means of 3 x 3 pixels vary least, and of what is
left there only what the other bands do not show as well: texture shows in several bands, noise in one. After R. Roger,
J. Arnold, Reliably estimating the noise in AVIRIS hyperspectral images, 1996, doi:10.1080/01431169608948750.
Rather less noise than more is found: it is smoothed by resampling, and shared out where bands are made of each other.
Blocks without any noise are filled or saturated, not flat.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .moving import sums_along

BLOCK_PX = 16
FLATTEST = 0.1
"""Share of the blocks that counts."""
LEAST_BLOCKS = 8
_MASK = (1.0, -2.0, 1.0)
_RIDGE = 1e-6


def noise_of(windows: Iterable[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Standard deviation of each band's noise.

    Parameters
    ----------
    windows : (values, valid) of parts of the image, (bands, rows, cols) each, valid as bool.

    Returns
    -------
    ndarray
        (bands,) float64, in the unit of the values; 0 for all where too little is valid in all bands.
    """
    parts = [_blocks(values, valid.all(axis=0)) for values, valid in windows]
    structure, products = (np.concatenate(part) for part in zip(*parts))
    noisy = np.diagonal(products, axis1=1, axis2=2).max(axis=1) > 0
    structure, products = structure[noisy], products[noisy]
    if len(products) < LEAST_BLOCKS:
        return np.zeros(products.shape[1])
    rough = (structure / np.maximum(structure.mean(axis=0), np.finfo(np.float64).tiny)).sum(axis=1)
    count = max(LEAST_BLOCKS, round(FLATTEST * len(products)))
    flat = products[np.argsort(rough, kind="stable")[:count]].mean(axis=0)
    size = np.sqrt(np.diagonal(flat))
    scale = np.where(size > 0, size, 1.0)
    alike = flat / (scale[:, None] * scale) + _RIDGE * np.eye(len(flat))
    alone = 1 / np.diagonal(np.linalg.inv(np.where(np.eye(len(flat)) > 0, np.maximum(alike, _RIDGE), alike)))
    return size * np.sqrt(alone) / 6


def _blocks(values: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of whole blocks of pixels that are valid in all bands: variances of the means of 3 x 3 pixels, (blocks, bands),
    and mean products of the bands' rests, (blocks, bands, bands).
    """
    bands, (rows, cols) = len(values), ((size - 2) // BLOCK_PX for size in valid.shape)
    if min(rows, cols) < 1:
        return np.empty((0, bands)), np.empty((0, bands, bands))
    known = np.where(valid, values, 0).astype(np.float64)
    rest = sums_along(sums_along(known, 3, -2, _MASK), 3, -1, _MASK)
    smooth = sums_along(sums_along(known, 3, -2), 3, -1) / 9
    whole = sums_along(sums_along(valid.astype(np.float64), 3, 0), 3, 1)[None] > 8.5
    rest, smooth, whole = (_cut(image, rows, cols) for image in (rest, smooth, whole))
    usable = whole.all(axis=(1, 2))
    rest, smooth = rest[usable], smooth[usable]
    return smooth.var(axis=2), rest @ rest.transpose(0, 2, 1) / BLOCK_PX**2


def _cut(image: np.ndarray, rows: int, cols: int) -> np.ndarray:
    """(bands, rows, cols) pixels as (blocks, bands, pixels of a block), of so many rows and columns of blocks."""
    cut = image[:, : rows * BLOCK_PX, : cols * BLOCK_PX].reshape(len(image), rows, BLOCK_PX, cols, BLOCK_PX)
    return cut.transpose(1, 3, 0, 2, 4).reshape(rows * cols, len(image), BLOCK_PX**2)
