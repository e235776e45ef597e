"""A raster of one band read on the pixels of the surface model, in metres (intensity: as it is), NaN = no data.

It is read as it lies where its pixels are the surface's, apart from a whole number of them; otherwise it is
interpolated bilinearly (averaged where it is finer) through a warped VRT, whose values do not depend on the window.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.plan import Plan
from ...core.grid.fit import Fit
from ...core.grid.grid import Window
from ...core.grid.heights import HeightChange
from ...core.rasters.fill import HEIGHTS
from ...core.rasters.source import RasterSource, warped_source

DSM, DTM, INTENSITY = "dsm", "dtm", "intensity"
"""The roles; in capitals they are the user's parameters."""
KERNEL = "bilinear"


class PhysicalLayer:
    """A raster of a plan, opened on the pixels of the surface model.

    Parameters
    ----------
    plan : Plan
    role : str
    factor : float
        What its physical values are multiplied by: metres of its unit; 1 is neutral.
    change : HeightChange or None
        What is added to them then, so that they count from what the surface model's do.

    Raises
    ------
    InputError
        It cannot be brought onto those pixels.
    """

    def __init__(
        self, plan: Plan, role: str, factor: float = 1.0, change: Optional[HeightChange] = None
    ) -> None:
        name, grid = plan.task.parameter(role), plan.geometry[role].grid
        self.source, self.factor = RasterSource(plan.job.inputs[role], name, kind=HEIGHTS), factor
        self._change = change
        self._ends_anywhere = not plan.needs(role)
        self._offset = (0, 0)
        fit = Fit(plan.domain, grid)
        if fit.pasted:
            self.source.count_like(grid)
            self._offset = round(fit.placement.offset_x), round(fit.placement.offset_y)
        elif not plan.domain.is_georeferenced:
            reference = plan.task.parameter(plan.reference_role)
            raise InputError(
                f"{name} has {grid.width} x {grid.height} pixels and {reference} {plan.domain.width} x "
                f"{plan.domain.height}, and neither is georeferenced; expected the same size, so georeference both, or "
                "resample one of them."
            )
        else:
            self.source = warped_source(self.source, plan.domain, KERNEL)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Physical values, (1, rows, cols) float32, and where the result can be; the window may reach outside.

        A raster that the surface model can do without is called valid everywhere, so that its NaN stay what they are:
        features leave them out one by one.
        """
        values = np.full(window.shape, np.nan, np.float32)
        inside = window.shifted(*self._offset).intersection(self.source.grid.window)
        if not inside.is_empty:
            here = inside.shifted(-self._offset[0] - window.col_off, -self._offset[1] - window.row_off)
            there = np.s_[here.row_off : here.row_end, here.col_off : here.col_end]
            values[there] = self._physical(inside)
            if self._change is not None:
                values[there] += self._change.over(inside.shifted(-self._offset[0], -self._offset[1]))
        valid = np.ones(window.shape, bool) if self._ends_anywhere else ~np.isnan(values)
        return values[None], valid[None]

    def _physical(self, window: Window) -> np.ndarray:
        """(stored * scale + offset) * factor: (rows, cols) float32, NaN = no data."""
        values, valid = self.source.read(window)
        band, result = self.source.bands[0], values[0]
        scale, offset = band.scale if band.scale is not None else 1.0, band.offset or 0.0
        if (scale, offset, self.factor) != (1.0, 0.0, 1.0):
            result = ((result.astype(np.float64) * scale + offset) * self.factor).astype(np.float32)
        result[~valid[0]] = np.nan
        return result

    def close(self) -> None:
        """Give the handle back."""
        self.source.close()
