"""An estimate of the ground under a surface, where no terrain model is at hand: a progressive morphological filter.

The surface is opened with square windows that grow up to the chosen one; wherever one opening falls below the one
before by more than terrain would, it is the ground, elsewhere the surface is (after Zhang et al. 2003,
doi:10.1109/TGRS.2003.810682; an opening of the opening before would be the same one). Objects wider than the window
stay ground, and so do those lower than `LEAST_DROP_M`, or, if they are wide, than `TERRAIN_SLOPE` times a quarter of
their width more; ridges narrower than the window and steeper than that slope are cut off; under a large object on a
slope the ground is flat. It is an estimate, no terrain model.

Windows of many pixels are computed on cells of several pixels, each as low as its lowest pixel, counted from the
raster's first pixel, and interpolated between their centres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...grid.moving import highest, lowest
from .steps import Steps

TERRAIN_SLOPE = 0.15
"""Height over distance that terrain is trusted to rise."""
LEAST_DROP_M = 0.3
LARGEST_REACH = 32
"""Cells that the largest window reaches to each side before cells are made larger."""


@dataclass(frozen=True)
class GroundPlan:
    """How the ground is estimated.

    Attributes
    ----------
    cell : int
        Pixels along one side of a cell.
    reaches : tuple of (rows, cols)
        Cells that each opening reaches to each side, growing.
    drops : tuple of float
        Metres that each may fall below the one before and still be terrain.
    """

    cell: int
    reaches: tuple[tuple[int, int], ...]
    drops: tuple[float, ...]

    @property
    def halo(self) -> int:
        """Pixels around a window that its estimate depends on."""
        cells = 2 * max(self.reaches[-1])  # an opening is the highest of lowest values
        return self.cell * (cells + (self.cell > 1)) + self.cell - 1


def plan_ground(window_m: float, steps: Steps) -> Optional[GroundPlan]:
    """The openings for a largest window of that side; None where it has less than three pixels."""
    half, size = window_m / 2, steps.size
    if min(steps.reach(half)) < 1:
        return None
    cell = max(1, math.floor(half / min(size) / LARGEST_REACH))
    halves = [cell * max(size)]
    while halves[-1] < half:
        halves.append(min(2 * halves[-1], half))
    grown = [h - before for h, before in zip(halves, [0.0, *halves])]
    reaches = tuple(tuple(max(1, math.floor(h / (cell * s) + 1e-6)) for s in size) for h in halves)
    return GroundPlan(cell, reaches, tuple(LEAST_DROP_M + TERRAIN_SLOPE * g for g in grown))


def estimate_ground(surface: np.ndarray, plan: GroundPlan, rows: slice, cols: slice) -> np.ndarray:
    """Ground under a part of a surface.

    Parameters
    ----------
    surface : ndarray
        (rows, cols) float32, metres, NaN = no data; its first pixel is the first one of a cell.
    rows, cols : slice
        The part that is wanted; the surface reaches `plan.halo` pixels farther, or to the raster's ends.

    Returns
    -------
    ndarray
        (rows, cols) of the part, float32, metres; whatever where the surface has no data.
    """
    lowest_of_cells = _lowest_of_cells(surface, plan.cell)
    known, before, ground = np.isfinite(lowest_of_cells), lowest_of_cells, lowest_of_cells.copy()
    for reach, drop in zip(plan.reaches, plan.drops):
        opened = _opened(lowest_of_cells, reach)
        with np.errstate(invalid="ignore"):  # where there is no data at all
            fallen = known & (before - opened > drop)
        ground[fallen] = opened[fallen]
        before = opened
    if plan.cell == 1:
        return ground[rows, cols]
    return _between_cells(ground, plan.cell, rows, cols)


def _lowest_of_cells(surface: np.ndarray, cell: int) -> np.ndarray:
    """(cell rows, cell cols); +inf where a cell has no data."""
    filled = np.where(np.isnan(surface), np.float32(np.inf), surface)
    if cell == 1:
        return filled
    more = [(0, -n % cell) for n in filled.shape]
    filled = np.pad(filled, more, constant_values=np.inf)
    down, across = (n // cell for n in filled.shape)
    return filled.reshape(down, cell, across, cell).min(axis=(1, 3))


def _opened(ground: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Morphological opening over what has data, +inf = none; whatever where there is none."""
    low = lowest(ground, reach)
    low[np.isposinf(low)] = -np.inf
    return highest(low, reach)


def _between_cells(ground: np.ndarray, cell: int, rows: slice, cols: slice) -> np.ndarray:
    """Bilinear interpolation between the centres of cells that have data, at the centres of pixels."""
    known = np.isfinite(ground)
    total, weight = np.where(known, ground, 0).astype(np.float64), known.astype(np.float64)
    for axis, part in enumerate((rows, cols)):
        place = (np.arange(part.start, part.stop) + 0.5) / cell - 0.5
        below = np.floor(place)
        share = np.expand_dims(place - below, 1 - axis)
        first, second = (np.clip(below + i, 0, ground.shape[axis] - 1).astype(np.intp) for i in (0, 1))
        total, weight = (
            (1 - share) * a.take(first, axis=axis) + share * a.take(second, axis=axis) for a in (total, weight)
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        return (total / weight).astype(np.float32)
