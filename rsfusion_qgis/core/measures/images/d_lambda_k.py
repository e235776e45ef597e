"""D_lambda,K: spectral distortion at full resolution, without a reference; 0 is perfect, 1 the worst.

1 - Q2n between the original coarse image and the fused image brought back to its resolution (blurred with the sensor's
MTF, then decimated). Khan, Alparone & Chanussot 2009, doi:10.1109/TGRS.2009.2029094. Some toolboxes leave the
decimation out; their values are not comparable.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import q2n
from .metric import Metric
from .scene import Measured, Scene
from .tile import Part


def d_lambda_k(
    fused: np.ndarray, coarse: np.ndarray, ratio: float, gains: Sequence[float], valid: np.ndarray | None = None
) -> float:
    """1 - Q2n of the degraded `fused` against `coarse`.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`, unit of `coarse`.
    coarse
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band.
    valid
        On the grid of `fused`; a coarse pixel counts when all that its kernel covers is valid.
    """
    return D_LAMBDA_K.compute(fused=fused, coarse=coarse, ratio=ratio, gains=gains, valid=valid)


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """From the sum of Q2n over the blocks."""
    return Measured(1.0 - q2n.finish(scene, total).value)


PARTS = (Part(("degraded", "coarse"), q2n.block_sum),)
D_LAMBDA_K = Metric("d_lambda_k", "D_λ,K", "", 0.0, ("fused", "coarse", "ratio", "gains"), PARTS, finish)
