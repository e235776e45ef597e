"""RMSE over all bands and pixels together, in the unit of the images; 0 is perfect."""

from __future__ import annotations

import numpy as np

from .metric import Metric
from .scene import Measured, Scene
from .tile import Part


def rmse(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Root of the mean squared difference of two images `(bands, rows, cols)` in the same unit."""
    return RMSE.compute(fused=fused, reference=reference, valid=valid)


def error_sums(scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Per band the sums of the squared error and of the reference, and the pixels, `(3, bands)`."""
    truth = reference[:, mask]
    error = ((fused[:, mask] - truth) ** 2).sum(axis=1)
    return np.stack([error, truth.sum(axis=1), np.full(len(truth), mask.sum(), np.float64)])


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """Roots of the mean squared errors."""
    error, _, pixels = total
    return Measured(float(np.sqrt(error.sum() / pixels.sum())), tuple(np.sqrt(error / pixels).tolist()))


AGAINST_REFERENCE = Part(("fused", "reference"), error_sums)
RMSE = Metric("rmse", "RMSE", "as the image", 0.0, ("fused", "reference"), (AGAINST_REFERENCE,), finish)
