"""Q2n, the quality index of images with any number of bands as hypercomplex numbers; 1 is perfect, 0 the worst.

Blocks of 32 x 32 pixels side by side; the bands of a block are the components of one hypercomplex number per
pixel, filled up to a power of two. Both images are normalised with the mean and standard deviation of the
reference's block, plus one. The index of a block is correlation times bias term times contrast term, of which
the modulus counts. Garzelli & Nencini 2009, doi:10.1109/LGRS.2009.2022650; four bands: Alparone et al. 2004,
doi:10.1109/LGRS.2004.836784.

Everything comes from the means and second moments of a block, so a block can be computed wherever it is read.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import numpy as np

from .blocks import counted_blocks
from .metric import Metric
from .scene import Measured, Scene, scene_of_arrays
from .streaming import measure
from .tile import BLOCK_PX, Part


def q2n(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None, block: int = BLOCK_PX) -> float:
    """Mean Q2n over the blocks.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, same unit; the last blocks are filled up with mirrored pixels.
    valid
        See `metric.Metric.compute`; a block with too few valid pixels is left out.
    block
        Side of a block in pixels.

    Returns
    -------
    float
        Between 0 and 1; NaN when no block has enough valid pixels.
    """
    scene = scene_of_arrays(valid, fused=fused, reference=reference)
    own = replace(Q2N, parts=(Part(("fused", "reference"), partial(block_sum, block=block)),))
    return measure((own,), scene, tile=2 * max(fused.shape))["q2n"].value


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
    component = _components(cross, size)
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


def _components(cross: np.ndarray, size: int) -> np.ndarray:
    """Components `(blocks, size)` of the sum of `cross[i, j]` times `e_i * conjugate(e_j) = +-e_(i xor j)`."""
    bands = cross.shape[1]
    signed = np.zeros((len(cross), size, size))
    signed[:, :bands, :bands] = conjugate_signs(size)[:bands, :bands] * cross
    second = np.arange(size)
    return signed[:, second[:, None] ^ second, second].sum(axis=2)


@cache
def conjugate_signs(size: int) -> np.ndarray:
    """Sign `(size, size)` of `e_i * conjugate(e_j)` at `[i, j]`, for hypercomplex numbers of `size` components."""
    return unit_signs(size) * _conjugate(size)


def conjugate_product(size: int) -> np.ndarray:
    """Table `(size, size, size)` of signs: component k of `e_i * conjugate(e_j)` stands at `[k, i, j]`."""
    first, second = np.indices((size, size))
    table = np.zeros((size, size, size))
    table[first ^ second, first, second] = conjugate_signs(size)
    return table


def unit_signs(size: int) -> np.ndarray:
    """Sign `(size, size)` of the product of two units, `e_i * e_j = sign * e_(i xor j)`.

    By halves, `(a, b)(c, d) = (a c - d' b, a' d' + c b')` with ' the conjugate, as Q2n defines it.
    """
    if size == 1:
        return np.ones((1, 1))
    half = unit_signs(size // 2)
    sign = _conjugate(size // 2)
    upper = np.hstack([half, sign[:, None] * sign * half])
    lower = np.hstack([sign[:, None] * half.T, -sign * half.T])
    return np.vstack([upper, lower])


def _conjugate(size: int) -> np.ndarray:
    """What conjugation multiplies each component with."""
    return np.array([1.0] + [-1.0] * (size - 1))


def block_sum(
    scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray, block: int = BLOCK_PX
) -> np.ndarray:
    """Sum of Q2n over the blocks of a tile, and how many they are."""
    mask, fused, reference = counted_blocks(mask, block, fused, reference)
    return np.array([block_q2n(fused, reference, mask).sum(), len(mask)])


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The mean over the blocks."""
    return Measured(float(total[0] / total[1]))


Q2N = Metric("q2n", "Q2n", "", 1.0, ("fused", "reference"), (Part(("fused", "reference"), block_sum),), finish)
