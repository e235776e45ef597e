"""D_s: spatial distortion at full resolution, without a reference; 0 is perfect, 1 the worst.

Mean over the bands of |Q(fused_b, pan) - Q(ms_b, degraded pan)|, exponent q = 1; Q is the mean universal index over
blocks of 32 x 32 pixels side by side, on each image's own grid. The pan is degraded to the MS's resolution as Wald's
protocol does it: blurred with the Gaussian that has the pan's MTF gain at the MS's Nyquist frequency, and sampled at
the centres of the MS's pixels; it is not interpolated back. Where the pan's gain is not known, the mean of the bands'
gains stands for it. Alparone, Aiazzi, Baronti, Garzelli, Nencini & Selva 2008, doi:10.14358/PERS.74.2.193.
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
    pan: np.ndarray,
    ms: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    pan_gain: float | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """Mean difference of the bands' relations to the pan.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`.
    pan
        `(1, rows * ratio, cols * ratio)`, any unit.
    ms
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band; used where `pan_gain` is None.
    pan_gain
        MTF gain at Nyquist of the pan.
    valid
        On the grid of `fused`; an MS pixel counts when all that the kernel covers on the pan and all the fused pixels
        under it are valid.

    Returns
    -------
    float
        NaN when no block has enough valid pixels.
    """
    return D_S.compute(fused=fused, pan=pan, ms=ms, ratio=ratio, gains=gains, pan_gain=pan_gain, valid=valid)


def relations(scene: Scene, mask: np.ndarray, image: np.ndarray, pan: np.ndarray) -> np.ndarray:
    """Sum over a tile's blocks of each band's index with the pan, and how many blocks, `(2, bands)`."""
    mask, image, pan = counted_blocks(mask, BLOCK_PX, image, pan)
    found = block_uiqi(image, pan, mask)[:, :, 0].sum(axis=0)
    return np.stack([found, np.full(found.shape, len(mask), np.float64)])


def finish(scene: Scene, fused: np.ndarray, ms: np.ndarray) -> Measured:
    """The difference of each band, and their mean."""
    bands = np.abs(fused[0] / fused[1] - ms[0] / ms[1])
    return Measured(float(bands.mean()), tuple(bands.tolist()))


PARTS = (Part(("fused", "pan"), relations), Part(("ms", "degraded_pan"), relations, masks=("covered",)))
D_S = Metric("d_s", "D_s", "", 0.0, ("fused", "pan", "ms", "ratio", "gains"), PARTS, finish, ("pan_gain", "valid"))
