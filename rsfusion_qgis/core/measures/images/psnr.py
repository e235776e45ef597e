"""PSNR, peak signal to noise ratio in dB, from one mean squared error over all the bands; infinite is perfect.

The mean of one PSNR per band would be another number, up to 2 dB apart. The peak is an argument, never guessed
from the data.
"""

from __future__ import annotations

import numpy as np

from . import rmse
from .metric import Metric
from .scene import Measured, Scene


def psnr(fused: np.ndarray, reference: np.ndarray, peak: float, valid: np.ndarray | None = None) -> float:
    """20 log10(peak / RMSE) in dB; `peak` is the largest value that the data type or the sensor can hold."""
    return PSNR.compute(fused=fused, reference=reference, peak=peak, valid=valid)


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """From the errors of all the bands together, and of each."""
    error = rmse.finish(scene, total)
    decibels = 20.0 * np.log10(scene.peak / np.array([error.value, *error.per_band]))
    return Measured(float(decibels[0]), tuple(decibels[1:].tolist()))


PSNR = Metric("psnr", "PSNR", "dB", float("inf"), ("fused", "reference", "peak"), (rmse.AGAINST_REFERENCE,), finish)
