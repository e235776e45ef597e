"""What takes part in the registration benchmark, and our own method behind the same interface.

A method gets two images (bands, rows, cols), NaN = invalid, on nested grids with one first corner, and says what must
be added to the secondary, in reference pixels, columns to the right and rows downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Callable, Optional

import numpy as np

from rsfusion_qgis.core.alignment.shift.residual_shift import Search, measure
from rsfusion_qgis.core.alignment.shift.shift_estimate import ShiftEstimate
from rsfusion_qgis.core.grid.grid import Window

OURS, PEER = "ours", "peer"
MAX_SHIFT_PX = 12.0
"""How far every method that can be told looks: the longest drawn shift and what the pairs lie off by themselves."""


@dataclass(frozen=True)
class Case:
    """Two images to be compared."""

    reference: np.ndarray
    secondary: np.ndarray
    ratio: int = 1
    gain: float = 0.3
    turned: bool = False
    """Whether rotation and scale were put in: methods with a choice of models take the larger one."""

    @property
    def centre(self) -> tuple[float, float]:
        """(col, row) of the middle, reference pixels from the outer corner."""
        return self.reference.shape[2] / 2, self.reference.shape[1] / 2


@dataclass(frozen=True)
class Measured:
    """What a method found at the centre; what else it says is NaN or None where it says nothing."""

    cols: float
    rows: float
    rotation_deg: float = math.nan
    scale: float = math.nan
    confidence: float = math.nan
    estimate: Optional[ShiftEstimate] = None

    def at(self, place: tuple[float, float]) -> tuple[float, float]:
        """What must be added at a place, (cols, rows)."""
        return self.estimate.displacement(*place) if self.estimate else (self.cols, self.rows)


@dataclass(frozen=True)
class Method:
    """One row of the tables.

    Attributes
    ----------
    name, kind : str
    find : Callable
        From a case to what was found; raises RsFusionError where it cannot tell.
    share : float
        Share of the trials it takes part in; slow ones skip some, the first never.
    """

    name: str
    kind: str
    find: Callable[[Case], Measured]
    share: float = field(default=1.0)

    def takes(self, number: int) -> bool:
        """Whether it takes part in this trial of a pair."""
        return number % max(1, round(1 / self.share)) == 0


class Array:
    """An image in memory, read in windows as `residual_shift` wants it."""

    def __init__(self, values: np.ndarray) -> None:
        self._values = np.asarray(values, np.float32)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols), 0 where invalid, and validity of the same shape."""
        part = self._values[:, window.row_off : window.row_end, window.col_off : window.col_end]
        valid = np.isfinite(part)
        return np.where(valid, part, np.float32(0)), valid


def ours() -> Method:
    """The plugin's own measurement, with the defaults of its algorithm but for the search range."""
    return Method("ours", OURS, find_ours)


def find_ours(case: Case) -> Measured:
    """Run `residual_shift.measure` on a case."""
    size = case.reference.shape[2], case.reference.shape[1]
    found = measure(Array(case.reference), Array(case.secondary), size, case.ratio, Search(MAX_SHIFT_PX))
    cols, rows = found.displacement(*case.centre)
    return Measured(cols, rows, found.rotation_deg, found.scale, found.confidence, found)
