"""ERGAS, the relative dimensionless global error of a fused image; 0 is perfect, no upper end.

(100 / ratio) * sqrt(mean over bands of MSE_b / mean(reference_b)^2). Wald 2000, Quality of high resolution
synthesised images: is there a simple criterion?, Fusion of Earth Data, 99-103.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric
from .rmse import AGAINST_REFERENCE
from .scene import Measured, Scene


def ergas(fused: np.ndarray, reference: np.ndarray, ratio: float, valid: np.ndarray | None = None) -> float:
    """ERGAS of `fused`.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, same unit; only the means of `reference` are divided by.
    ratio
        Coarse pixel over fine pixel, above 1.
    valid
        See `metric.Metric.compute`.
    """
    return ERGAS.compute(fused=fused, reference=reference, ratio=ratio, valid=valid)


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """From the sums of `rmse.error_sums`; of one band it is 100 / ratio times its relative RMSE."""
    error, truth, pixels = total
    relative = (error / pixels) / (truth / pixels) ** 2
    scale = 100.0 / scene.ratio
    return Measured(float(scale * np.sqrt(relative.mean())), tuple((scale * np.sqrt(relative)).tolist()))


ERGAS = Metric("ergas", "ERGAS", "", 0.0, ("fused", "reference", "ratio"), (AGAINST_REFERENCE,), finish)
