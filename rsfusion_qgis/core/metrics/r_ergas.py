"""R-ERGAS: ERGAS at full resolution after reprojection to the MS; 0 is perfect.

As R-SAM, with another comparison at the end.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .degradation import Shifts
from .ergas import ergas
from .metric import Metric
from .r_sam import reproject


def r_ergas(
    fused: np.ndarray,
    ms: np.ndarray,
    ratio: int,
    gains: Sequence[float],
    shifts: Shifts | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """ERGAS between the reprojected `fused` and `ms`; the arguments are those of `r_sam`."""
    values, mask = reproject(fused, ratio, gains, shifts, valid)
    return ergas(values, ms, ratio, mask)


R_ERGAS = Metric(
    "r_ergas", "R-ERGAS", "", 0.0, ("fused", "ms", "ratio", "gains"), r_ergas, ("shifts", "valid")
)
