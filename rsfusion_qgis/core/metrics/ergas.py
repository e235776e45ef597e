"""ERGAS, the relative dimensionless global error of a fused image; 0 is perfect, no upper end.

(100 / ratio) * sqrt(mean over bands of MSE_b / mean(reference_b)^2). Wald 2000, Quality of high resolution
synthesised images: is there a simple criterion?, Fusion of Earth Data, 99-103.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric, pixel_mask, same_shape


def ergas(fused: np.ndarray, reference: np.ndarray, ratio: float, valid: np.ndarray | None = None) -> float:
    """ERGAS of `fused`.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, same unit; only the means of `reference` are divided by.
    ratio
        MS pixel over pan pixel, above 1.
    valid
        See `core.metrics.metric`.
    """
    same_shape(fused, reference, "fused and the reference image")
    mask = pixel_mask(valid, reference)
    truth = reference[:, mask].astype(np.float64)
    squared_error = ((fused[:, mask] - truth) ** 2).mean(axis=1)
    return 100.0 / ratio * float(np.sqrt((squared_error / truth.mean(axis=1) ** 2).mean()))


ERGAS = Metric("ergas", "ERGAS", "", 0.0, ("fused", "reference", "ratio"), ergas)
