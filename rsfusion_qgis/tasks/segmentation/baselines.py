"""Water by a threshold: of SAR (Otsu), NDWI or MNDWI. Simple, known to all, and the floor for every network.

NDWI = (green - NIR) / (green + NIR), water above 0: McFeeters 1996, Int. J. Remote Sensing 17(7), 1425-1432. MNDWI with
SWIR in the place of NIR: Xu 2006, Int. J. Remote Sensing 27(14), 3025-3033. With an image before, water is what is
water now and was none before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import numpy as np

from ...core.engine.chain import Block, Operator
from ...core.grid.moving import sums_along
from .roles import MISSING, OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE, SCORES, SMOOTHING_PX

OTSU, NDWI, MNDWI = METHODS = ("otsu", "ndwi", "mndwi")
_PLACES = {NDWI: (2, 1), MNDWI: (2, 0)}  # green and the other among SWIR, NIR, green
INDEX_SPREAD = 0.1
_LEAST = 1e-6


class Thresholds(Operator):
    """Scores of a method: (1, 2, rows, cols), other 0, and water positive where it is water.

    Parameters
    ----------
    method : one of METHODS.
    levels : of OTSU, name of an input -> threshold and spread, in scaled decibels.
    """

    def __init__(self, method: str, levels: Optional[Mapping[str, tuple[float, float]]] = None) -> None:
        self._method, self._levels = method, levels or {}
        self.sees = SMOOTHING_PX if method == OTSU else 0
        self._names = (SAR, SAR_BEFORE) if method == OTSU else (OPTICAL, OPTICAL_BEFORE)

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        made = self.scores(*(block.arrays[name][0] for name in self._names))
        block.arrays[SCORES] = made[None].astype(np.float32)

    def scores(self, now: np.ndarray, before: np.ndarray) -> np.ndarray:
        """(2, rows, cols) from images of both dates, (bands, rows, cols); MISSING where there is none."""
        had = before.min(axis=0) > MISSING / 2
        water, earlier = (self._water(image, name) for image, name in zip((now, before), self._names))
        flood = np.where(had, np.minimum(water, -earlier), water)
        return np.stack([np.zeros_like(flood), flood])

    def _water(self, image: np.ndarray, name: str) -> np.ndarray:
        if self._method == OTSU:
            threshold, spread = self._levels.get(name, (0.0, 1.0))
            return (threshold - smooth(image[0])) / spread
        green, other = (np.maximum(image[place].astype(np.float64), 0.0) for place in _PLACES[self._method])
        return (green - other) / np.maximum(green + other, _LEAST) / INDEX_SPREAD


def smooth(image: np.ndarray) -> np.ndarray:
    """The mean of the pixels around, those that are there; at the ends the image goes on as a mirror."""
    side = 2 * SMOOTHING_PX + 1
    there = np.pad((image > MISSING / 2).astype(np.float64), SMOOTHING_PX, mode="symmetric")
    values = np.where(there > 0, np.pad(image.astype(np.float64), SMOOTHING_PX, mode="symmetric"), 0.0)
    total, count = (sums_along(sums_along(part, side, 0), side, 1) for part in (values, there))
    return total / np.maximum(count, 1.0)
