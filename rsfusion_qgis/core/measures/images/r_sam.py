"""R-SAM: spectral angle at full resolution after reprojection to the coarse image, in degrees; 0 is perfect.

The fused image is blurred with the MTF of each band, decimated on the grid where that band of the coarse image really
lies (its measured shift against the fine image), and compared with the original coarse image.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...grid.degradation import Shifts
from . import sam
from .metric import Metric
from .tile import Part


def r_sam(
    fused: np.ndarray,
    coarse: np.ndarray,
    ratio: float,
    gains: Sequence[float],
    shifts: Shifts | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """Mean spectral angle in degrees between the reprojected `fused` and `coarse`.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`.
    coarse
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band.
    shifts
        Per band `(rows, cols)` in fine pixels, how far the coarse band lies down and right of its nominal place on the
        fine image; None is none.
    valid
        On the grid of `fused`.
    """
    return R_SAM.compute(fused=fused, coarse=coarse, ratio=ratio, gains=gains, shifts=shifts, valid=valid)


R_SAM = Metric(
    "r_sam", "R-SAM", "°", 0.0, ("fused", "coarse", "ratio", "gains"),
    (Part(("reprojected", "coarse"), sam.angle_sum),), sam.finish, ("shifts", "valid"),
)  # fmt: skip
