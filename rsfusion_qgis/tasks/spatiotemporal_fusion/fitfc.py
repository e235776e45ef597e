"""Fit-FC: regression of coarse on coarse in a moving window, spatial filtering, and the residual.

Wang & Atkinson (2018), doi:10.1016/j.rse.2017.10.046. The residual is spread linearly, not by bicubic interpolation.
"""

from __future__ import annotations

import numpy as np

from .cells import smooth
from .neighbours import shifted
from .pair import Model, Pair
from .starfm import CLASSES, reach_px

WINDOW_SIGMA = 1.2
"""Cells; a Gaussian about as wide as the paper's window of 5 x 5 coarse pixels."""


def predict(pair: Pair, model: Model) -> np.ndarray:
    """The fine image of the wanted date, (bands, rows, cols) float32, in the unit of the fine image."""
    first, second = (model.calibrated(image) for image in (pair.first, pair.second))
    weight, cells = pair.there.astype(np.float32), model.cells
    mean1, mean2 = (smooth(image, weight, WINDOW_SIGMA) for image in (first, second))
    power = smooth((first - mean1) ** 2, weight, WINDOW_SIGMA)
    slope = smooth((first - mean1) * (second - mean2), weight, WINDOW_SIGMA) / np.maximum(power, 1e-12)
    slope = np.where(power > 1e-12, slope, 1.0).astype(np.float32)
    offset = mean2 - slope * mean1
    left = (second - slope * first - offset) * weight
    regressed = cells.spread(slope) * pair.fine + cells.spread(offset)
    residual = cells.spread(left)
    limit, reach = 2 * model.spread / CLASSES, reach_px(cells.side)
    told, weights = np.zeros_like(regressed), np.zeros_like(regressed[0])
    for distance, (fine, one, rest, there) in shifted(
        [pair.fine, regressed, residual, pair.valid.astype(np.float32)], reach
    ):
        similar = (np.abs(fine - pair.fine) <= limit).all(axis=0)
        share = similar * there / (1 + distance / (reach / 2))
        told += share * (one + rest)
        weights += share
    return np.where(weights > 0, told / np.maximum(weights, 1e-30), regressed + residual).astype(np.float32)
