"""D_lambda: spectral distortion at full resolution, without a reference; 0 is perfect, 1 the worst.

Mean over the pairs of bands of |Q(fused_i, fused_j) - Q(coarse_i, coarse_j)|, exponent p = 1; Q is the mean universal
index over blocks of 32 x 32 pixels side by side, on each image's own grid. Alparone, Aiazzi, Baronti, Garzelli, Nencini
& Selva 2008, doi:10.14358/PERS.74.2.193.
"""

from __future__ import annotations

import numpy as np

from .blocks import counted_blocks
from .metric import Metric
from .scene import Measured, Scene
from .tile import BLOCK_PX, Part
from .uiqi import block_uiqi


def d_lambda(fused: np.ndarray, coarse: np.ndarray, ratio: float, valid: np.ndarray | None = None) -> float:
    """Mean difference of the bands' relations to each other.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`, two bands at least.
    coarse
        `(bands, rows, cols)`, the original.
    valid
        On the grid of `fused`; a coarse pixel counts when all the fused pixels that it covers are valid.

    Returns
    -------
    float
        NaN for a single band, or when no block has enough valid pixels.
    """
    return D_LAMBDA.compute(fused=fused, coarse=coarse, ratio=ratio, valid=valid)


def relations(scene: Scene, mask: np.ndarray, image: np.ndarray) -> np.ndarray:
    """Sum over a tile's blocks of the index between the bands, and how many blocks, `(2, bands, bands)`."""
    mask, image = counted_blocks(mask, BLOCK_PX, image)
    found = block_uiqi(image, image, mask).sum(axis=0)
    return np.stack([found, np.full(found.shape, len(mask), np.float64)])


def finish(scene: Scene, fused: np.ndarray, coarse: np.ndarray) -> Measured:
    """The mean over the pairs of bands."""
    pairs = np.triu_indices(fused.shape[1], 1)
    if not len(pairs[0]):
        return Measured(float("nan"))
    return Measured(float(np.abs(fused[0] / fused[1] - coarse[0] / coarse[1])[pairs].mean()))


PARTS = (Part(("fused",), relations), Part(("coarse",), relations, masks=("covered",)))
D_LAMBDA = Metric("d_lambda", "D_λ", "", 0.0, ("fused", "coarse", "ratio"), PARTS, finish)
