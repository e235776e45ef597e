"""QNR, quality with no reference: (1 - D_lambda)(1 - D_s), exponents alpha = beta = 1; 1 is perfect, 0 the worst.

Alparone, Aiazzi, Baronti, Garzelli, Nencini & Selva 2008, doi:10.14358/PERS.74.2.193.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import d_lambda, d_s
from .metric import Metric
from .scene import Measured, Scene


def qnr(
    fused: np.ndarray,
    fine: np.ndarray,
    coarse: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    fine_gain: float | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """(1 - D_lambda)(1 - D_s); the arguments are those of `d_s`, NaN where either is."""
    return QNR.compute(
        fused=fused, fine=fine, coarse=coarse, ratio=ratio, gains=gains, fine_gain=fine_gain, valid=valid
    )


def finish(
    scene: Scene, fused: np.ndarray, coarse: np.ndarray, fused_fine: np.ndarray, coarse_fine: np.ndarray
) -> Measured:
    """From the totals of D_lambda and of D_s."""
    spectral, spatial = d_lambda.finish(scene, fused, coarse), d_s.finish(scene, fused_fine, coarse_fine)
    return Measured((1.0 - spectral.value) * (1.0 - spatial.value))


QNR = Metric(
    "qnr", "QNR", "", 1.0, d_s.D_S.needs, (*d_lambda.PARTS, *d_s.PARTS), finish, d_s.D_S.takes
)  # fmt: skip
