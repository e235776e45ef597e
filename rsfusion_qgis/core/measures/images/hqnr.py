"""HQNR, hybrid quality with no reference: (1 - D_lambda,K)(1 - D_s); 1 is perfect, 0 the worst.

Aiazzi, Alparone, Baronti, Carlà, Garzelli & Santurri 2014, Full-scale assessment of pansharpening methods and data
products, doi:10.1117/12.2067770.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import d_lambda_k, d_s
from .metric import Metric
from .scene import Measured, Scene


def hqnr(
    fused: np.ndarray,
    fine: np.ndarray,
    coarse: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    fine_gain: float | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """(1 - D_lambda,K)(1 - D_s); the arguments are those of `d_s`, NaN where either is."""
    return HQNR.compute(
        fused=fused, fine=fine, coarse=coarse, ratio=ratio, gains=gains, fine_gain=fine_gain, valid=valid
    )


def finish(scene: Scene, consistency: np.ndarray, fused_fine: np.ndarray, coarse_fine: np.ndarray) -> Measured:
    """From the totals of D_lambda,K and of D_s."""
    spectral, spatial = d_lambda_k.finish(scene, consistency), d_s.finish(scene, fused_fine, coarse_fine)
    return Measured((1.0 - spectral.value) * (1.0 - spatial.value))


HQNR = Metric(
    "hqnr", "HQNR", "", 1.0, d_s.D_S.needs, (*d_lambda_k.PARTS, *d_s.PARTS), finish, d_s.D_S.takes
)  # fmt: skip
