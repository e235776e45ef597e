"""How near an image without clouds is to the truth, over all pixels, under clouds and beside them.

Axis order (bands, rows, cols); reflectance, cut off at 0 and 1 for all methods, so 1 is the peak of PSNR and SSIM.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from rsfusion_qgis.core.measures.images.sam import spectral_angles
from rsfusion_qgis.core.measures.images.ssim import WINDOW_PX, ssim_map

REGIONS = ("all", "cloudy", "clear")
METRICS = ("mae", "psnr", "ssim", "sam")
LARGER_IS_BETTER = ("psnr", "ssim")
LEAST_PIXELS = 200
"""Pixels that a region needs to be measured."""

Scores = Mapping[str, Mapping[str, float]]
"""Region -> metric -> value, NaN where there are too few pixels."""


@dataclass(frozen=True)
class Calibration:
    """Of one scene under clouds. within: share of the errors within one and two sigmas. correlation: of sigma with
    the size of the true error, Spearman's, over pixels and bands; by_pixel: of their means over the bands."""

    within_one: float
    within_two: float
    correlation: float
    by_pixel: float
    pixels: int


@dataclass(frozen=True)
class Row:
    """One triplet: share of cloudy and of masked pixels, scores and calibrations by method."""

    name: str
    fold: str
    cloudy: float
    masked: float
    scores: Mapping[str, Scores]
    calibrations: Mapping[str, Calibration | None]


def scores(image: np.ndarray, truth: np.ndarray, cloudy: np.ndarray) -> Scores:
    """All metrics in all regions; `cloudy` (rows, cols) bool."""
    image, truth = (np.clip(one, 0, 1).astype(np.float64) for one in (image, truth))
    similar = np.mean([ssim_map(x, y, 1.0) for x, y in zip(image, truth)], axis=0)
    regions = {"all": np.ones_like(cloudy), "cloudy": cloudy, "clear": ~cloudy}
    return {name: _measured(image, truth, similar, region) for name, region in regions.items()}


def _measured(image: np.ndarray, truth: np.ndarray, similar: np.ndarray, region: np.ndarray) -> dict[str, float]:
    if region.sum() < LEAST_PIXELS:
        return dict.fromkeys(METRICS, math.nan)
    found, expected = image[:, region], truth[:, region]
    half = WINDOW_PX // 2
    inside = region[half:-half, half:-half]
    square = float(((found - expected) ** 2).mean())
    return {
        "mae": float(np.abs(found - expected).mean()),
        "psnr": -10 * math.log10(max(square, 1e-12)),
        "ssim": float(similar[inside].mean()) if inside.any() else math.nan,
        "sam": float(spectral_angles(found, expected).mean()),
    }


def calibration(image: np.ndarray, sigma: np.ndarray, truth: np.ndarray, cloudy: np.ndarray) -> Calibration | None:
    """How well sigma tells the error under clouds; None where there are too few such pixels."""
    if cloudy.sum() < LEAST_PIXELS:
        return None
    error, stated = np.abs(image - truth)[:, cloudy], sigma[:, cloudy]
    return Calibration(
        float((error <= stated).mean()), float((error <= 2 * stated).mean()),
        float(stats.spearmanr(stated.ravel(), error.ravel()).statistic),
        float(stats.spearmanr(stated.mean(0), error.mean(0)).statistic), int(cloudy.sum()),
    )  # fmt: skip


def better(first: float, second: float, metric: str) -> bool:
    """Whether the first value is the better one; False where one is NaN."""
    return first > second if metric in LARGER_IS_BETTER else first < second


def paired_test(first: Sequence[float], second: Sequence[float]) -> float:
    """Wilcoxon's signed-rank test, two-sided: probability of such differences if neither were better."""
    differences = np.subtract(first, second)
    if len(differences) < 2 or not differences.any():
        return 1.0
    return float(stats.wilcoxon(differences).pvalue)
