"""D_rho: spatial distortion at full resolution, without a reference; 0 is perfect, 1: no relation to the fine image.

Mean over bands and pixels of 1 - local correlation between a fused band and the fine image, in sliding windows of
`ratio x ratio` pixels: what is finer than one coarse pixel must vary as the fine image does.
Scarpa & Ciotola 2022, Full-resolution quality assessment for pansharpening, doi:10.3390/rs14081808.
"""

from __future__ import annotations

import numpy as np

from ...grid.moving import whole_windows, window_moments
from .metric import FLAT, Metric
from .scene import Measured, Scene
from .tile import Part


def d_rho(fused: np.ndarray, fine: np.ndarray, ratio: float, valid: np.ndarray | None = None) -> float:
    """Mean of 1 - local correlation with the fine image.

    Parameters
    ----------
    fused
        `(bands, rows, cols)`.
    fine
        `(1, rows, cols)`, any unit.
    ratio
        Coarse pixel over fine pixel; rounded, and 2 at least, it is the side of the window in pixels.
    valid
        See `metric.Metric.compute`; a window counts when all its pixels are valid.

    Returns
    -------
    float
        Between 0 and 2. Windows where the fine image is flat (`metric.FLAT`) are left out; a flat fused band there has
        correlation 0.
        NaN when no window is left.
    """
    return D_RHO.compute(fused=fused, fine=fine, ratio=ratio, valid=valid)


def window(scene: Scene) -> int:
    """Side of the windows: one coarse pixel."""
    return max(2, round(scene.ratio))


def window_sums(scene: Scene, mask: np.ndarray, fused: np.ndarray, fine: np.ndarray) -> np.ndarray:
    """Per band the sum of 1 - correlation over a tile's windows, and at last how many they are, `(bands + 1,)`."""
    whole = whole_windows(mask, window(scene))
    losses = [1.0 - _correlations(band, fine[0], whole, window(scene)) for band in fused]
    return np.array([*(loss.sum() for loss in losses), losses[0].size])


def _correlations(band: np.ndarray, fine: np.ndarray, whole: np.ndarray, side: int) -> np.ndarray:
    """Correlation of a band with the fine one in each `whole` window where that is not flat; 0 where the band is."""
    moments = window_moments(band, fine, side)
    counted = whole & (moments[2] > FLAT * moments[4])
    covariance, variance, fine_variance, square, _ = (part[counted] for part in moments)
    live = variance > FLAT * square
    scale = np.sqrt(np.where(live, variance, 1.0) * fine_variance)
    return np.where(live, np.clip(covariance / scale, -1.0, 1.0), 0.0)


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The mean over the windows of each band, and over the bands."""
    bands = total[:-1] / total[-1]
    return Measured(float(bands.mean()), tuple(bands.tolist()))


D_RHO = Metric(
    "d_rho", "D_ρ", "", 0.0, ("fused", "fine", "ratio"), (Part(("fused", "fine"), window_sums, window),), finish
)
