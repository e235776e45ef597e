"""R-SAM: spectral angle at full resolution after reprojection to the MS, in degrees; 0 is perfect.

The fused image is blurred with the MTF of each band, decimated on the grid where that band of the MS really lies
(its measured shift against the pan), and compared with the original MS.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .degradation import Shifts, degrade, degrade_valid
from .metric import Metric, blank_invalid, pixel_mask
from .sam import sam


def reproject(
    fused: np.ndarray, ratio: int, gains: Sequence[float], shifts: Shifts | None, valid: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """The fused image as the MS sensor would have seen it, and where that rests on valid pixels only.

    Returns
    -------
    values, valid
        `(bands, rows, cols)` and `(rows, cols)` on the grid of the MS.
    """
    fine = pixel_mask(valid, fused)
    mask = degrade_valid(np.repeat(fine[None], len(fused), axis=0), ratio, gains, shifts).all(axis=0)
    return degrade(blank_invalid(fused, fine), ratio, gains, shifts), mask


def r_sam(
    fused: np.ndarray,
    ms: np.ndarray,
    ratio: int,
    gains: Sequence[float],
    shifts: Shifts | None = None,
    valid: np.ndarray | None = None,
) -> float:
    """Mean spectral angle in degrees between the reprojected `fused` and `ms`.

    Parameters
    ----------
    fused
        `(bands, rows * ratio, cols * ratio)`.
    ms
        `(bands, rows, cols)`, the original.
    gains
        MTF gain at Nyquist of each band.
    shifts
        Per band `(rows, cols)` in pan pixels, how far the MS band lies down and right of its nominal place on the
        pan; None is none.
    valid
        On the grid of `fused`.
    """
    values, mask = reproject(fused, ratio, gains, shifts, valid)
    return sam(values, ms, mask)


R_SAM = Metric("r_sam", "R-SAM", "°", 0.0, ("fused", "ms", "ratio", "gains"), r_sam, ("shifts", "valid"))
