"""D_lambda,K: spectral distortion at full resolution, without a reference; 0 is perfect, 1 the worst.

1 - Q2n between the original MS and the fused image brought back to its resolution (blurred with the sensor's MTF,
then decimated). Khan, Alparone & Chanussot 2009, doi:10.1109/TGRS.2009.2029094. Some toolboxes leave the
decimation out; their values are not comparable.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .degradation import degrade, degrade_valid
from .metric import Metric, blank_invalid, pixel_mask
from .q2n import q2n


def d_lambda_k(
    fused: np.ndarray, ms: np.ndarray, ratio: int, gains: Sequence[float], valid: np.ndarray | None = None
) -> float:
    """1 - Q2n of the degraded `fused` against `ms`.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`, unit of `ms`.
    ms
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band.
    valid
        On the grid of `fused`; an MS pixel counts when all that its kernel covers is valid.
    """
    fine = pixel_mask(valid, fused)
    mask = degrade_valid(fine[None], ratio, [float(np.min(gains))])[0]
    return 1.0 - q2n(degrade(blank_invalid(fused, fine), ratio, gains), ms, mask)


D_LAMBDA_K = Metric("d_lambda_k", "D_λ,K", "", 0.0, ("fused", "ms", "ratio", "gains"), d_lambda_k)
