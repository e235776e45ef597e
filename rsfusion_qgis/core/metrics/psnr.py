"""PSNR, peak signal to noise ratio in dB, from one mean squared error over all the bands; infinite is perfect.

The mean of one PSNR per band would be another number, up to 2 dB apart. The peak is an argument, never guessed
from the data.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric
from .rmse import rmse


def psnr(fused: np.ndarray, reference: np.ndarray, peak: float, valid: np.ndarray | None = None) -> float:
    """20 log10(peak / RMSE) in dB; `peak` is the largest value that the data type or the sensor can hold."""
    error = rmse(fused, reference, valid)
    return float(20.0 * np.log10(peak / error)) if error > 0 else float("inf")


PSNR = Metric("psnr", "PSNR", "dB", float("inf"), ("fused", "reference", "peak"), psnr)
