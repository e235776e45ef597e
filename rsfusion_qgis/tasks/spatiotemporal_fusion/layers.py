"""A raster of one date read on the run's pixels or cells: physical values, NaN where it has no data or is masked."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from ...core.alignment.pairing import make_pair
from ...core.engine.chain import Layer
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.rasters.aligned_input import AlignedInput, open_aligned
from .preparation import RATIO_RANGE
from .selection import FINE
from .units import index_first, physical

LARGEST_MASKED = 0.5
"""Share of the pixels under a cell that may be masked."""


class DatedLayer:
    """A raster of one date; see `chain.Layer`.

    Parameters
    ----------
    plan : Plan
    name : str
        Role, or member of it.
    opened : AlignedInput
    mask : AlignedInput or None
        On the pixels of the run's grid.
    ratio : int
        Fine pixels along one of its own.
    """

    def __init__(self, plan: Plan, name: str, opened: Layer, mask: Optional[AlignedInput], ratio: int) -> None:
        self._opened, self._mask, self._ratio, options = opened, mask, ratio, plan.job.options
        self.source: Any = opened.source
        if not name.startswith(FINE) and options.coarse_bands:
            self.source.select(tuple(place - 1 for place in options.coarse_bands))
        self.scale, self.offset = physical(self.source.bands, name, options)
        self._bad, self._index = options.mask_values, index_first(plan)
        domain = plan.domain.window
        self._inside = Window(0, 0, -(-domain.width // ratio), -(-domain.height // ratio))

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Physical values, (bands, rows, cols) float32, NaN = no data, of the index alone where that comes first.

        The validity is True everywhere.
        """
        values, valid = self._opened.read(window)
        there = valid.all(axis=0) & _within(window, self._inside)
        if self._mask is not None:
            there &= self._clear(window)
        values = values * self.scale[:, None, None]
        if self.offset.any():
            values += self.offset[:, None, None]
        if self._index is not None:
            values = self._index.of(values)
        if not there.all():
            values[:, ~there] = np.nan
        return values, np.ones(values.shape, bool)

    def _clear(self, window: Window) -> np.ndarray:
        ratio = self._ratio
        fine = Window(window.col_off * ratio, window.row_off * ratio, window.width * ratio, window.height * ratio)
        codes, valid = self._mask.read(fine)
        bad = np.isin(codes[0], self._bad) if self._bad else codes[0] != 0
        bad &= valid[0]
        self._mask.source.release_blocks()
        if ratio > 1:
            bad = bad.reshape(window.height, ratio, window.width, ratio).mean(axis=(1, 3)) > LARGEST_MASKED
        return ~bad

    def close(self) -> None:
        """Give the handles back."""
        self._opened.close()
        if self._mask is not None:
            self._mask.close()


def open_mask(plan: Plan, name: str) -> AlignedInput:
    """The mask of a raster, on the pixels of the run's grid."""
    header, task = plan.headers[name], plan.task
    names = task.parameter(FINE), task.parameter(name)
    pair = make_pair(names, plan.headers[FINE].grid, header.grid, RATIO_RANGE, 0.5, plan.job.policy, False)
    return open_aligned(plan.job.inputs[name], names[1], plan.domain, 1, "nearest", pair.other, pair.fit.ratio,
                        partial=True, kind=task.role(name).kind)  # fmt: skip


def _within(window: Window, inside: Window) -> np.ndarray:
    rows = np.arange(window.row_off, window.row_end)
    cols = np.arange(window.col_off, window.col_end)
    return ((rows >= 0) & (rows < inside.height))[:, None] & ((cols >= 0) & (cols < inside.width))
