"""D_s: spatial distortion at full resolution, without a reference; 0 is perfect, 1 the worst.

Mean over the bands of |Q(fused_b, fine) - Q(coarse_b, degraded fine)|, exponent q = 1; Q is the mean universal index
over blocks of 32 x 32 pixels side by side, on each image's own grid. The fine image, of one band, is degraded to the
coarse one's resolution as Wald's protocol does it: blurred with the Gaussian that has the fine image's MTF gain at the
coarse one's Nyquist frequency, and sampled at the centres of its pixels; it is not interpolated back. Where the fine
image's gain is not known, the mean of the bands' gains stands for it. Alparone, Aiazzi, Baronti, Garzelli, Nencini &
Selva 2008, doi:10.14358/PERS.74.2.193.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .blocks import counted_blocks
from .metric import Metric
from .scene import Measured, Scene
from .tile import BLOCK_PX, Part
from .uiqi import block_uiqi


def d_s(
    fused: np.ndarray,
    fine: np.ndarray,
    coarse: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    fine_gain: float | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """Mean difference of the bands' relations to the fine image.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`.
    fine
        `(1, rows * ratio, cols * ratio)`, any unit.
    coarse
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band; used where `fine_gain` is None.
    fine_gain
        MTF gain at Nyquist of the fine image.
    valid
        On the grid of `fused`; a coarse pixel counts when all that the kernel covers on the fine image and all the
        fused pixels under it are valid.

    Returns
    -------
    float
        NaN when no block has enough valid pixels.
    """
    return D_S.compute(
        fused=fused, fine=fine, coarse=coarse, ratio=ratio, gains=gains, fine_gain=fine_gain, valid=valid
    )


def relations(scene: Scene, mask: np.ndarray, image: np.ndarray, fine: np.ndarray) -> np.ndarray:
    """Sum over a tile's blocks of each band's index with the fine image, and how many blocks, `(2, bands)`."""
    mask, image, fine = counted_blocks(mask, BLOCK_PX, image, fine)
    found = block_uiqi(image, fine, mask)[:, :, 0].sum(axis=0)
    return np.stack([found, np.full(found.shape, len(mask), np.float64)])


def finish(scene: Scene, fused: np.ndarray, coarse: np.ndarray) -> Measured:
    """The difference of each band, and their mean."""
    bands = np.abs(fused[0] / fused[1] - coarse[0] / coarse[1])
    return Measured(float(bands.mean()), tuple(bands.tolist()))


PARTS = (Part(("fused", "fine"), relations), Part(("coarse", "degraded_fine"), relations, masks=("covered",)))
D_S = Metric(
    "d_s", "D_s", "", 0.0, ("fused", "fine", "coarse", "ratio", "gains"), PARTS, finish, ("fine_gain", "valid")
)
