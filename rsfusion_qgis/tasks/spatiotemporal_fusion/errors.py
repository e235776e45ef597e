"""How far predictions lie from what the fine sensor saw: sums over a scene, and maps that fit a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Callable

import numpy as np

from ...core.grid.grid import Window

STRIP = 128
"""Rows that are compared at a time."""
MAP_PX = 400
"""Longest side of a map of errors."""

Reader = Callable[[Window], np.ndarray]
"""(bands, rows, cols) float32, physical values, NaN = no data."""


@dataclass(frozen=True)
class Measured:
    """One prediction against the truth, band by band.

    Attributes
    ----------
    rmse, bias, cc : (bands,) float64
        Root of the mean squared error, mean of prediction - truth, and correlation; unit of the fine raster.
    """

    rmse: np.ndarray
    bias: np.ndarray
    cc: np.ndarray


@dataclass
class Comparing:
    """Sums over the pixels that are valid in the truth and in all predictions.

    Attributes
    ----------
    width, height : of the scene, pixels.
    names : of the predictions.
    pixels : how many were compared.
    maps : name -> (bands, rows, cols) float64, mean absolute error in squares of `step` pixels; NaN = nothing there.
    """

    width: int
    height: int
    names: Sequence[str]
    pixels: int = 0
    maps: dict[str, np.ndarray] = field(default_factory=dict)
    truth_spread: np.ndarray = field(default_factory=lambda: np.zeros(0))
    _sums: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """Side of a square of the maps, pixels."""
        return max(1, -(-max(self.width, self.height) // MAP_PX))

    def compare(self, truth: Reader, made: Mapping[str, Reader], watch: Callable[[], None]) -> None:
        """Go through the scene."""
        strip = max(self.step, STRIP // self.step * self.step)
        counts: list[np.ndarray] = []
        rows: dict[str, list[np.ndarray]] = {name: [] for name in self.names}
        for row in range(0, self.height, strip):
            watch()
            window = Window(0, row, self.width, min(strip, self.height - row))
            wanted, given = truth(window), {name: made[name](window) for name in self.names}
            known = ~np.isnan(wanted).any(axis=0)
            for one in given.values():
                known &= ~np.isnan(one).any(axis=0)
            self.pixels += int(known.sum())
            counts.append(self._squares(known[None].astype(np.float64)))
            for name, one in given.items():
                off = np.where(known, one - wanted, 0.0).astype(np.float64)
                rows[name].append(self._squares(np.abs(off)))
                t, p = wanted[:, known].astype(np.float64), one[:, known].astype(np.float64)
                told = np.stack([part.sum(axis=1) for part in (t, p, t * t, p * p, t * p, (p - t) ** 2)])
                self._sums[name] = self._sums.get(name, 0.0) + told
        count = np.concatenate(counts, axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            self.maps = {name: np.concatenate(parts, axis=1) / np.where(count > 0, count, np.nan)
                         for name, parts in rows.items()}  # fmt: skip

    def _squares(self, values: np.ndarray) -> np.ndarray:
        """(bands, rows, cols): sums over squares of `step` pixels."""
        rows, cols = (np.arange(0, size, self.step) for size in values.shape[1:])
        return np.add.reduceat(np.add.reduceat(values, rows, axis=1), cols, axis=2)

    def measured(self, name: str) -> Measured:
        """The numbers of a prediction."""
        t, p, tt, pp, tp, squares = self._sums[name] / max(self.pixels, 1)
        self.truth_spread = np.sqrt(np.maximum(tt - t**2, 0))
        spread = self.truth_spread * np.sqrt(np.maximum(pp - p**2, 0))
        cc = np.where(spread > 0, (tp - t * p) / np.where(spread > 0, spread, 1), np.nan)
        return Measured(np.sqrt(squares), p - t, cc)
