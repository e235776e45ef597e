"""RMSE over all bands and pixels together, in the unit of the images; 0 is perfect."""

from __future__ import annotations

import numpy as np

from .metric import Metric, pixel_mask, same_shape


def rmse(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Root of the mean squared difference of two images `(bands, rows, cols)` in the same unit."""
    same_shape(fused, reference, "fused and the reference image")
    mask = pixel_mask(valid, reference)
    return float(np.sqrt(((fused[:, mask].astype(np.float64) - reference[:, mask]) ** 2).mean()))


RMSE = Metric("rmse", "RMSE", "as the image", 0.0, ("fused", "reference"), rmse)
