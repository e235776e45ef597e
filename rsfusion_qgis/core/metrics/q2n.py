"""Q2n, the quality index of images with any number of bands as hypercomplex numbers; 1 is perfect, 0 the worst.

Blocks of 32 x 32 pixels side by side; the bands of a block are the components of one hypercomplex number per
pixel, filled up to a power of two. Both images are normalised with the mean and standard deviation of the
reference's block, plus one. The index of a block is correlation times bias term times contrast term, of which
the modulus counts. Garzelli & Nencini 2009, doi:10.1109/LGRS.2009.2022650; four bands: Alparone et al. 2004,
doi:10.1109/LGRS.2004.836784.

Everything comes from the means and second moments of a block, so a block can be computed wherever it is read.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from .metric import Metric, blank_invalid, pixel_mask, same_shape

BLOCK_PX = 32
SMALLEST_SHARE = 0.5
"""A block counts when at least this share of its pixels is valid."""


def q2n(
    fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None, block: int = BLOCK_PX
) -> float:
    """Mean Q2n over the blocks.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, same unit; the last blocks are filled up with mirrored pixels.
    valid
        See `core.metrics.metric`; a block with too few valid pixels is left out.
    block
        Side of a block in pixels.

    Returns
    -------
    float
        Between 0 and 1; NaN when no block has enough valid pixels.
    """
    same_shape(fused, reference, "fused and the reference image")
    counted = pixel_mask(valid, reference)
    fused, reference = blank_invalid(fused, counted), blank_invalid(reference, counted)
    mask = cut_blocks(counted[None], block)
    full = mask[:, 0].mean(axis=1) >= SMALLEST_SHARE
    if not full.any():
        return float("nan")
    values = block_q2n(cut_blocks(fused, block)[full], cut_blocks(reference, block)[full], mask[full])
    return float(values.mean())


def cut_blocks(values: np.ndarray, block: int) -> np.ndarray:
    """`(bands, rows, cols)` into `(blocks, bands, block * block)`, mirrored at the end where a block is not full."""
    fill = [(0, -size % block) for size in values.shape[1:]]
    values = np.pad(values, [(0, 0), *fill], mode="symmetric")
    bands, rows, cols = values.shape
    cut = values.reshape(bands, rows // block, block, cols // block, block)
    return cut.transpose(1, 3, 0, 2, 4).reshape(-1, bands, block * block)


def block_q2n(fused: np.ndarray, reference: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Q2n of each block.

    Parameters
    ----------
    fused, reference
        `(blocks, bands, pixels)`.
    mask
        `(blocks, 1, pixels)` boolean, pixels that count.

    Returns
    -------
    numpy.ndarray
        `(blocks,)` float64.
    """
    weight = mask / mask.sum(axis=2, keepdims=True)
    count = mask.sum(axis=2)[:, 0]
    fused, reference = _normalise(fused, reference, weight)
    mean_x, mean_y = (fused * weight).sum(axis=2), (reference * weight).sum(axis=2)
    fused, reference = fused - mean_x[:, :, None], reference - mean_y[:, :, None]
    cross = (reference * weight) @ fused.transpose(0, 2, 1)
    spread = ((fused**2 + reference**2) * weight).sum(axis=(1, 2))
    bands = mean_x.shape[1]
    size = 1 << (bands - 1).bit_length()
    component = np.einsum("kij,bij->bk", conjugate_product(size)[:, :bands, :bands], cross)
    added = size - bands  # a band that is not there has the value one everywhere
    power_x, power_y = (mean_x**2).sum(axis=1) + added, (mean_y**2).sum(axis=1) + added
    bias = 2.0 * np.sqrt(power_x * power_y) / (power_x + power_y)
    flat = spread * count / (count - 1.0) <= 0.0
    correlation = 2.0 * np.linalg.norm(component, axis=1) / np.where(flat, 1.0, spread)
    return np.where(flat, bias, correlation * bias)


def _normalise(fused: np.ndarray, reference: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both blocks less the reference's mean, over its sample standard deviation, plus one."""
    count = (weight > 0).sum(axis=2, keepdims=True)
    mean = (reference * weight).sum(axis=2, keepdims=True)
    variance = ((reference - mean) ** 2 * weight).sum(axis=2, keepdims=True) * count / (count - 1.0)
    spread = np.where(variance > 0, np.sqrt(variance), np.finfo(np.float64).eps)
    return (fused - mean) / spread + 1.0, (reference - mean) / spread + 1.0


@cache
def conjugate_product(size: int) -> np.ndarray:
    """Table `(size, size, size)` of signs: component k of `e_i * conjugate(e_j)` stands at `[k, i, j]`."""
    table = np.zeros((size, size, size))
    unit = np.eye(size)
    for i in range(size):
        for j in range(size):
            table[:, i, j] = _multiply(unit[i], _conjugate(unit[j]))
    return table


def _conjugate(number: np.ndarray) -> np.ndarray:
    return np.concatenate([number[:1], -number[1:]])


def _multiply(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Product by halves, `(a, b)(c, d) = (a c - d' b, a' d' + c b')` with ' the conjugate, as Q2n defines it."""
    if len(first) == 1:
        return first * second
    half = len(first) // 2
    a, b, c, d = first[:half], first[half:], second[:half], second[half:]
    lower = _multiply(a, c) - _multiply(_conjugate(d), b)
    upper = _multiply(_conjugate(a), _conjugate(d)) + _multiply(c, _conjugate(b))
    return np.concatenate([lower, upper])


Q2N = Metric("q2n", "Q2n", "", 1.0, ("fused", "reference"), q2n)
