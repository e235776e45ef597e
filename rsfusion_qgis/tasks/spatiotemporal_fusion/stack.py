"""Are the rasters of a series aligned? Measured date by date, before anything else.

Fine rasters are compared with the first one by their structure, as the engine does. Coarse ones have too little of it:
they are compared with the fine raster of their date (else of the nearest one) as the coarse sensor would see it, moved
by fractions of a cell. The best correlation tells the shift, and how far four parts of the scene agree about it tells
how far to trust that.
"""

from __future__ import annotations

import math
from typing import Any, Callable, Optional

import numpy as np

from ...core.alignment.shift.shift_estimate import LocalShift, ShiftEstimate
from ...core.alignment.shift_finding import WORTH_CORRECTING_PX
from ...core.engine.contract import Aligning
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.rasters.aligned_input import AlignedInput
from .cells import LEAST, Cells, banded, sampling
from .layers import DatedLayer, open_mask
from .pair import LEAST_SHARE
from .preparation import coarseness
from .selection import FINE, select

BLUR = 0.5
"""Standard deviation of the sensor's Gaussian, cells; the best place depends little on it."""
REACH, STEPS = 1.25, 6
"""Cells to each side that are tried, and steps for each cell."""
WINDOW_CELLS, WINDOWS = 40, 3
PARTS = 2
"""Parts of a window along each axis."""
AGREE = 0.25
"""Cells: parts that lie further off the whole do not agree with it."""
LEAST_CELLS_PART = 12
SAME_SIZE = 1e-3
SMALL = 0.1
"""Cells: a coarse raster is not moved by less, since it would have to be interpolated."""
Watch = Callable[[float], None]


def measure(plan: Plan, role: str, watch: Optional[Watch] = None) -> Optional[ShiftEstimate]:
    """Where a coarse raster belongs, see `contract.Aligning`; None for a fine one."""
    if role.startswith(FINE):
        return None
    chosen = select(plan.job)
    coarse = coarseness(plan.job, chosen)
    fine = next((pair.fine for pair in chosen.pairs if pair.coarse == role), chosen.pairs[0].fine)
    layers, offsets = [], (0.0, 0.0)
    try:
        for name in (fine, role):
            mask = chosen.masks.get(name)
            spec = plan.card.input(name)
            opened: Any = plan.open(spec)
            if name == role and _nests(opened):
                opened = OwnPixels(opened)
                offsets = opened.offsets
            layers.append(DatedLayer(plan, name, opened, open_mask(plan, mask) if mask else None, spec.ratio))
        cells = Cells(coarse.side, coarse.pixel, BLUR * coarse.side)
        return estimate(plan, layers[0], layers[1], cells, offsets, watch)
    finally:
        for layer in layers:
            layer.close()


def _nests(opened: AlignedInput) -> bool:
    """Whether a raster has pixels as large as cells, wherever they lie."""
    where = opened.placement
    return abs(where.scale_x - 1) < SAME_SIZE and abs(where.scale_y - 1) < SAME_SIZE


class OwnPixels:
    """A coarse raster whose own pixels are read in place of the cells nearest to them; see `chain.Layer`.

    Attributes
    ----------
    offsets : (float, float)
        (cols, rows): where its pixels lie off those cells, in cells.
    """

    def __init__(self, opened: AlignedInput) -> None:
        self._opened, self.source = opened, opened.source
        where = opened.placement
        self._cols, self._rows = round(where.offset_x), round(where.offset_y)
        self.offsets = self._cols - where.offset_x, self._rows - where.offset_y

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See `Layer`."""
        wanted = window.shifted(self._cols, self._rows)
        inside = wanted.intersection(self.source.grid.window)
        values = np.zeros((len(self.source.bands), *wanted.shape), np.float32)
        valid = np.zeros(values.shape, bool)
        if not inside.is_empty:
            row, col = inside.row_off - wanted.row_off, inside.col_off - wanted.col_off
            part = np.s_[:, row : row + inside.height, col : col + inside.width]
            values[part], valid[part] = self.source.read(inside)
        return values, valid

    def close(self) -> None:
        """See `Layer`."""
        self._opened.close()


def least(plan: Plan, role: str) -> float:
    """Shifts below so many reference pixels are left alone."""
    if role.startswith(FINE):
        return WORTH_CORRECTING_PX
    return SMALL * coarseness(plan.job, select(plan.job)).side


ALIGNING = Aligning(measure, least)


def estimate(
    plan: Plan, fine: DatedLayer, coarse: DatedLayer, cells: Cells, offsets: tuple[float, float] = (0.0, 0.0),
    watch: Optional[Watch] = None,
) -> ShiftEstimate:  # fmt: skip
    """The shift of a coarse raster, fine pixels; what must be added to its place.

    offsets : (cols, rows) where the pixels of `coarse` lie off the cells, in cells.
    """
    side, domain = cells.side, plan.domain.window
    area = Window(0, 0, domain.width // side, domain.height // side)
    step = max(1, round(side / STEPS))
    count = math.ceil(REACH * side / step)
    moves = [step * number for number in range(-count, count + 1)]
    windows = whole_or_spread(area, WINDOW_CELLS, WINDOWS)
    if not windows:
        windows = [Window(0, 0, 1, 1)]  # smaller than a cell: nothing can be told
    sums = sum(_moments(fine, coarse, cells, window, moves, offsets, watch) for window in windows)
    fields = [_correlations(sums[:, :, part]) for part in range(PARTS * PARTS)]
    whole = _correlations(sums.sum(axis=2))
    centre = domain.width / 2, domain.height / 2
    if not np.isfinite(whole).any():
        return ShiftEstimate(0, 0, 0, 1, centre, math.nan, math.nan, 0, 0, 0, False, (), "sensor")
    rows, cols, best, at_limit = _peak(whole, moves)
    chips = []
    for number, field in enumerate(fields):
        if np.isfinite(field).any():
            down, across, score, _ = _peak(field, moves)
            agrees = math.hypot(down - rows, across - cols) <= AGREE * side
            place = [(number % PARTS + 0.5) / PARTS * domain.width, (number // PARTS + 0.5) / PARTS * domain.height]
            chips.append(LocalShift(*place, across, down, max(score, 0.0), agrees))
    good = [one for one in chips if one.agrees]
    share = len(good) / max(len(chips), 1)
    off = [math.hypot(one.cols - cols, one.rows - rows) for one in chips]
    spread = float(np.sqrt(np.mean(np.square([min(one, side) for one in off])))) if off else float(side)
    trust = max(best, 0.0) * math.exp(-((spread / (2 * AGREE * side)) ** 2))
    rmse = float(np.sqrt(np.mean([one.cols**2 + one.rows**2 for one in good]))) if good else math.nan
    told = rmse, spread, share, 1.0, trust, at_limit, tuple(chips), "sensor"
    return ShiftEstimate(cols, rows, 0.0, 1.0, centre, *told)


def _moments(
    fine: DatedLayer, coarse: DatedLayer, cells: Cells, window: Window, moves: list[int],
    offsets: tuple[float, float], watch: Optional[Watch],
) -> np.ndarray:  # fmt: skip
    """(moves, moves, parts, bands, 6) float64 of moves by (rows, cols): sums of n, d, c, dd, cc, dc."""
    side = cells.side
    around = 1 - (-(cells.reach + moves[-1]) // side)
    grown = window.grown(around)
    pixels = Window(*(side * part for part in (grown.col_off, grown.row_off, grown.width, grown.height)))
    image, seen = fine.read(pixels)[0], coarse.read(window)[0].astype(np.float64)
    fine.source.release_blocks()
    known = ~np.isnan(image).any(axis=0)
    image = np.concatenate([np.where(known, image, 0), known[None]]).astype(np.float32)
    there, seen = ~np.isnan(seen).any(axis=0), np.nan_to_num(seen)
    inner = slice(around, -around)
    rows, cols = (np.stack([sampling(size, side, cells.pixel, cells.sigma, move + side * off)[inner]
                            for move in moves], axis=1).reshape(-1, size)
                  for size, off in zip(image.shape[1:], offsets[::-1]))  # fmt: skip
    count, parts = len(moves), _parts(window.height, window.width)
    found = np.zeros((count, count, len(parts), len(seen), 6))
    narrow = np.swapaxes(banded(cols, np.swapaxes(image, 1, 2), count), 1, 2)
    shape = window.height, count, window.width, count
    share = banded(rows, narrow[-1], count).reshape(shape)
    weight = (there[:, None, :, None] & (share > LEAST_SHARE)).astype(np.float64)
    for band, c in enumerate(seen[:, :, None, :, None]):
        if watch is not None:
            watch(0.0)
        d = banded(rows, narrow[band], count).reshape(shape).astype(np.float64) / np.maximum(share, LEAST) * weight
        for number, told in enumerate((weight, d, c * weight, d * d, c * c * weight, d * c)):
            for part, (down, across) in enumerate(parts):
                found[:, :, part, band, number] = told[down, :, across].sum(axis=(0, 2))
    return found


def _parts(rows: int, cols: int) -> list[tuple[slice, slice]]:
    """The parts of a window, row by row."""
    edges = [[size * number // PARTS for number in range(PARTS + 1)] for size in (rows, cols)]
    return [(slice(top, down), slice(left, right)) for top, down in zip(edges[0], edges[0][1:])
            for left, right in zip(edges[1], edges[1][1:])]  # fmt: skip


def _correlations(sums: np.ndarray) -> np.ndarray:
    """(moves, moves) float64 of sums as in `_moments`, of one part or all: mean correlation of the bands.

    NaN where too few cells were compared.
    """
    n = sums[..., 0, 0]
    d, c, dd, cc, dc = np.moveaxis(sums / np.maximum(n, 1)[..., None, None], -1, 0)[1:]
    power = (dd - d * d) * (cc - c * c)
    told = np.where(power > 0, (dc - d * c) / np.sqrt(np.maximum(power, 1e-300)), 0.0).mean(axis=-1)
    return np.where(n >= LEAST_CELLS_PART, told, np.nan)


def _peak(field: np.ndarray, moves: list[int]) -> tuple[float, float, float, bool]:
    """(rows, cols, value, whether it lies at the end of the search) of the largest value, by a parabola."""
    row, col = np.unravel_index(np.nanargmax(field), field.shape)
    last = len(moves) - 1
    at_limit = row in (0, last) or col in (0, last)
    step = moves[1] - moves[0]

    def finer(line: np.ndarray, at: int) -> float:
        if at in (0, last) or not np.isfinite(line[at - 1 : at + 2]).all():
            return float(moves[at])
        before, here, after = line[at - 1 : at + 2]
        bend = before - 2 * here + after
        return moves[at] + (step * 0.5 * (before - after) / bend if bend < 0 else 0.0)

    return finer(field[:, col], row), finer(field[row], col), float(field[row, col]), bool(at_limit)
