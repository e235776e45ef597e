"""D_rho: spatial distortion at full resolution, without a reference; 0 is perfect, 1 means no relation to the pan.

Mean over bands and pixels of 1 - local correlation between a fused band and the pan, in sliding windows of
`ratio x ratio` pixels: what is finer than one MS pixel must vary as the pan does.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from .metric import Metric, blank_invalid, pixel_mask

FLAT = 1e-10
"""A window whose variance is below this share of the image's variance is flat."""


def box_mean(values: np.ndarray, side: int) -> np.ndarray:
    """Mean in every `side x side` window that fits, `(..., rows - side + 1, cols - side + 1)` float64."""
    total = np.pad(values.astype(np.float64), [(0, 0)] * (values.ndim - 2) + [(1, 0), (1, 0)])
    total = total.cumsum(axis=-1).cumsum(axis=-2)
    rows = total[..., side:, :] - total[..., :-side, :]
    return (rows[..., side:] - rows[..., :-side]) / side**2


def d_rho(fused: np.ndarray, pan: np.ndarray, ratio: int, valid: np.ndarray | None = None) -> float:
    """Mean of 1 - local correlation with the pan.

    Parameters
    ----------
    fused
        `(bands, rows, cols)`.
    pan
        `(1, rows, cols)`, any unit.
    ratio
        Side of the window in pixels, 2 or more.
    valid
        See `core.metrics.metric`; a window counts when all its pixels are valid.

    Returns
    -------
    float
        Between 0 and 2. Windows where the pan is flat are left out; a flat fused band there has correlation 0.
        NaN when no window is left.
    """
    if pan.shape != (1, *fused.shape[1:]):
        raise InputError(
            f"The pan is {pan.shape}, the fused image {fused.shape}; give one band on the same grid."
        )
    mask = pixel_mask(valid, fused)
    whole = box_mean(mask, ratio) > 1.0 - 0.5 / ratio**2
    pan = blank_invalid(pan[0] - pan[0, mask].mean(), mask)
    mean = box_mean(pan, ratio)
    variance = box_mean(pan**2, ratio) - mean**2
    counted = whole & (variance > FLAT * pan.var())
    if not counted.any():
        return float("nan")
    bands = (blank_invalid(band - band[mask].mean(), mask) for band in fused)
    return float(np.mean([1.0 - _correlation(band, pan, mean, variance, counted, ratio) for band in bands]))


def _correlation(
    band: np.ndarray,
    pan: np.ndarray,
    pan_mean: np.ndarray,
    pan_variance: np.ndarray,
    counted: np.ndarray,
    side: int,
) -> float:
    """Mean local correlation of one band with the pan, both centred, over the windows that count."""
    mean = box_mean(band, side)
    variance = (box_mean(band**2, side) - mean**2)[counted]
    covariance = (box_mean(band * pan, side) - mean * pan_mean)[counted]
    live = variance > FLAT * max(float(band.var()), np.finfo(np.float64).tiny)
    scale = np.sqrt(np.where(live, variance, 1.0) * pan_variance[counted])
    return float(np.where(live, np.clip(covariance / scale, -1.0, 1.0), 0.0).mean())


D_RHO = Metric("d_rho", "D_ρ", "", 0.0, ("fused", "pan", "ratio"), d_rho)
