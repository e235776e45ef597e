"""R-ERGAS: ERGAS at full resolution after reprojection to the coarse image; 0 is perfect.

As R-SAM, with another comparison at the end.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...grid.degradation import Shifts
from . import ergas
from .metric import Metric
from .rmse import error_sums
from .tile import Part


def r_ergas(
    fused: np.ndarray,
    coarse: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    shifts: Shifts | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """ERGAS between the reprojected `fused` and `coarse`; the arguments are those of `r_sam`."""
    return R_ERGAS.compute(fused=fused, coarse=coarse, ratio=ratio, gains=gains, shifts=shifts, valid=valid)


R_ERGAS = Metric(
    "r_ergas", "R-ERGAS", "", 0.0, ("fused", "coarse", "ratio", "gains"),
    (Part(("reprojected", "coarse"), error_sums),), ergas.finish, ("shifts", "valid"),
)  # fmt: skip
