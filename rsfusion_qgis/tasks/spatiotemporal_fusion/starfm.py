"""STARFM: the coarse change of similar neighbours, weighed by difference, change and distance.

Gao, Masek, Schwaller & Hall (2006), doi:10.1109/TGRS.2006.872081. The coarse images are brought to the unit of the
fine one first. The window is visited in steps.
"""

from __future__ import annotations

import numpy as np

from .neighbours import shifted
from .pair import Model, Pair, coarse_on_fine

CLASSES = 4
"""Neighbours differ from the pixel by less than 2 standard deviations of the scene over so many classes."""
LEAST = 1e-3
"""Of a band's standard deviation: differences smaller than that count as this."""


def reach_px(model_side: int) -> int:
    """Fine pixels to which the window reaches: one and a half cells."""
    return int(np.ceil(1.5 * model_side))


def predict(pair: Pair, model: Model) -> np.ndarray:
    """The fine image of the wanted date, (bands, rows, cols) float32, in the unit of the fine image."""
    first, second = coarse_on_fine(pair, model)
    fine, spread = pair.fine, model.spread
    limit, least, reach = 2 * spread / CLASSES, LEAST * spread, reach_px(model.cells.side)
    difference, change = np.abs(fine - first) + least, np.abs(second - first) + least
    told = fine + second - first
    total, weights = np.zeros_like(fine), np.zeros_like(fine)
    valid = pair.valid.astype(np.float32)
    cost = difference * change
    for distance, (one, cost_there, told_there, there) in shifted([fine, cost, told, valid], reach):
        similar = (np.abs(one - fine) <= limit) & (cost_there <= cost)
        weight = similar * there / (cost_there * (1 + distance / (reach / 2)))
        total += weight * told_there
        weights += weight
    return np.where(weights > 0, total / np.maximum(weights, 1e-30), told).astype(np.float32)
