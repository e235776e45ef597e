"""What a method of spatiotemporal fusion is given: one pair of dates, and what a survey found about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from .agreement import Agreement
from .cells import Cells, smooth

TINY = 1e-9
"""Stands for the spread of a band that has none."""
LEAST_SHARE = 0.5
"""Share of the coarse sensor's view that must be valid in the fine image."""


@dataclass(frozen=True)
class Pair:
    """A fine and a coarse image of one date, and the coarse image of the wanted date, of one window.

    Attributes
    ----------
    fine : (bands, rows, cols) float32; rows and cols are multiples of the cells' side.
    valid : (rows, cols) bool, of the fine image.
    first, second : (bands, cell rows, cell cols) float32
        Coarse images of the pair's and of the wanted date, their own unit.
    there : (cell rows, cell cols) bool, where both are valid.
    """

    fine: np.ndarray
    valid: np.ndarray
    first: np.ndarray
    second: np.ndarray
    there: np.ndarray


@dataclass(frozen=True)
class Model:
    """What a survey found about a pair.

    Attributes
    ----------
    cells : Cells
    bands : list of Agreement
    variances : (bands,) float64, of the fine image as the coarse sensor sees it, over the scene.
    spreads : (bands,) float64, standard deviation of the pixels of the fine image over the scene.
    classes : Classes or None
        Of the fine image, for the method that needs them.
    """

    cells: Cells
    bands: Sequence[Agreement]
    variances: np.ndarray
    spreads: np.ndarray
    classes: Optional[object] = None

    def column(self, name: str) -> np.ndarray:
        """A number of every band's `Agreement`, (bands, 1, 1) float32."""
        return np.array([getattr(one, name) for one in self.bands], np.float32)[:, None, None]

    @property
    def spread(self) -> np.ndarray:
        """`spreads`, (bands, 1, 1) float32, above 0."""
        return np.maximum(self.spreads, TINY).astype(np.float32)[:, None, None]

    def calibrated(self, coarse: np.ndarray) -> np.ndarray:
        """A coarse image in the unit of the fine one."""
        return self.column("slope") * coarse + self.column("offset")


def coarse_on_fine(pair: Pair, model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Both coarse images on the fine pixels, in the unit of the fine image, (bands, rows, cols) float32 each.

    Where one of them is not valid, it is filled from its neighbours, and both show no change beyond their reach.
    """
    weight = pair.there.astype(np.float32)
    found = []
    for image in (pair.first, pair.second):
        image = model.calibrated(image)
        filled = np.where(pair.there, image, smooth(np.where(pair.there, image, np.float32(0)), weight, 2.0))
        found.append(model.cells.spread(filled))
    return found[0], found[1]
