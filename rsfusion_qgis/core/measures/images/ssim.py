"""SSIM, structural similarity: mean over windows, then over bands; 1 is perfect, at worst -1.

A Gaussian window of 11 x 11 pixels with standard deviation 1.5, population covariance, K1 = 0.01, K2 = 0.03, the
range of the data is `peak`. Only windows that lie inside the image and are all valid count.
Wang, Bovik, Sheikh & Simoncelli 2004, doi:10.1109/TIP.2003.819861.
"""

from __future__ import annotations

import numpy as np

from ...basics.optional import OptionalModule
from ...grid.moving import whole_windows
from .metric import Metric
from .scene import Measured, Scene
from .tile import Part

ndimage = OptionalModule("scipy.ndimage")

WINDOW_PX = 11
SIGMA_PX = 1.5
K1, K2 = 0.01, 0.03


def ssim(fused: np.ndarray, reference: np.ndarray, peak: float, valid: np.ndarray | None = None) -> float:
    """Mean SSIM.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, same unit, at least 11 x 11 pixels.
    peak
        Largest value that the data type or the sensor can hold, in that unit.
    valid
        See `metric.Metric.compute`.

    Returns
    -------
    float
        NaN when no window is all valid.
    """
    return SSIM.compute(fused=fused, reference=reference, peak=peak, valid=valid)


def window(scene: Scene) -> int:
    """Side of the Gaussian window."""
    return WINDOW_PX


def gaussian_mean(values: np.ndarray) -> np.ndarray:
    """Gaussian mean of every window of an image `(rows, cols)`, `(rows - 10, cols - 10)`."""
    half = WINDOW_PX // 2
    weight = np.exp(-0.5 * (np.arange(-half, half + 1) / SIGMA_PX) ** 2)
    for axis in (0, 1):
        values = ndimage.correlate1d(values, weight / weight.sum(), axis)
    return values[half:-half, half:-half]


def ssim_map(first: np.ndarray, second: np.ndarray, peak: float) -> np.ndarray:
    """SSIM of every window of one band `(rows, cols)`, `(rows - 10, cols - 10)`.

    Differences of squares do no harm here: what they lose is small against `(K2 * peak)^2`, which is added.
    """
    c1, c2 = (K1 * peak) ** 2, (K2 * peak) ** 2
    x, y = gaussian_mean(first), gaussian_mean(second)
    covariance = gaussian_mean(first * second) - x * y
    variances = gaussian_mean(first**2) - x**2 + gaussian_mean(second**2) - y**2
    return (2 * x * y + c1) * (2 * covariance + c2) / ((x**2 + y**2 + c1) * (variances + c2))


def window_sums(scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Per band the sum of SSIM over a tile's windows, and at last how many they are, `(bands + 1,)`."""
    whole = whole_windows(mask, WINDOW_PX)
    sums = [float(ssim_map(x, y, scene.peak)[whole].sum()) for x, y in zip(fused, reference)]
    return np.array([*sums, whole.sum()])


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The mean over the windows of each band, and over the bands."""
    bands = total[:-1] / total[-1]
    return Measured(float(bands.mean()), tuple(bands.tolist()))


SSIM = Metric(
    "ssim", "SSIM", "", 1.0, ("fused", "reference", "peak"),
    (Part(("fused", "reference"), window_sums, window),), finish,
)  # fmt: skip
