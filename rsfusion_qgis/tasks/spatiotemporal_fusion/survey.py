"""What is learned of the whole scene before the first tile: blur, slopes, noise and classes of every pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from .agreement import LEAST_CELLS, LEVEL_SIGMAS, Moments, gather, judge
from .cells import SIGMAS, Cells
from .fsdaf import Classes, fractions, group, nearest, unmix
from .layers import DatedLayer
from .pair import LEAST_SHARE, Model, Pair
from .selection import Selection
from .units import result_bands, scale_known

BLURS = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0, 1.4)
"""Standard deviations of the sensor's Gaussian that are tried, cells."""
WINDOW_CELLS, WINDOWS = 40, 6
"""Side of a window, and how many there are at most along each axis."""
KEPT_CELLS, KEPT = 12, 36
"""Side of the middle of a window that teaches classes, and of how many windows."""
WHOLE_PX = 1200
"""A scene of at most so many pixels along each axis is one window."""
OUTSIDE = 2
"""Cells around a scene that have no data, of which more would change nothing."""
MARGIN = int(np.ceil(SIGMAS * LEVEL_SIGMAS[-1])) + 1
"""Cells around a window that its levels need."""


@dataclass(frozen=True)
class Sample:
    """What was read of a window and around it.

    Attributes
    ----------
    values : name -> (bands, rows, cols) float32, NaN = no data; fine pixels, or cells.
    inner : (rows, cols) slices of cells: the window alone.
    side : fine pixels along a cell.
    """

    values: Mapping[str, np.ndarray]
    inner: tuple[slice, slice]
    side: int

    @property
    def inner_px(self) -> tuple[slice, slice]:
        """The window alone, in fine pixels."""
        rows, cols = (slice(one.start * self.side, one.stop * self.side) for one in self.inner)
        return rows, cols


@dataclass
class Sums:
    """Of one pair: moments by (wanted coarse raster, blur), and of the fine image's pixels."""

    moments: dict[tuple[str, float], Moments]
    pixels: float = 0.0
    values: Any = 0.0
    squares: Any = 0.0

    def spreads(self) -> np.ndarray:
        """(bands,) float64, standard deviation of the fine pixels."""
        mean = self.values / max(self.pixels, 1.0)
        return np.sqrt(np.maximum(self.squares / max(self.pixels, 1.0) - mean**2, 0.0))


class Survey:
    """A pupil of the engine, see `chain.Pupil`; every fine raster is compared with the coarse one of its date.

    Parameters
    ----------
    plan : Plan
    chosen : Selection
    layers : by name.
    side, pixel : fine pixels along a cell and along a pixel of the coarse sensor.
    classes : whether the fine images are divided into classes.

    Attributes
    ----------
    models : dict
        (place of a pair, name of the coarse raster of the wanted date) -> Model, after the survey.
    """

    COST = 0.5

    def __init__(
        self, plan: Plan, chosen: Selection, layers: Mapping[str, DatedLayer], side: int, pixel: float, classes: bool
    ) -> None:
        self._plan, self._chosen, self._layers = plan, chosen, layers
        self._side, self._pixel, self._classes = side, pixel, classes
        area = self.area = cells_of(plan.domain.window, side)
        whole = not classes and side * max(area.width, area.height) <= WHOLE_PX
        windows = [area] if whole else whole_or_spread(area, WINDOW_CELLS, WINDOWS)
        self.windows = [pixels_of(one, side) for one in windows]
        blur = max(Cells(side, pixel, one * side).reach for one in BLURS)
        self._around = MARGIN + -(-blur // side)
        self._sums = [Sums({}) for _ in chosen.pairs]
        self._kept: list[list[Pair]] = [[] for _ in chosen.pairs]
        self.models: dict[tuple[int, str], Model] = {}

    def seconds(self, place: int) -> list[str]:
        """The coarse rasters that a pair predicts: of the wanted date, and of the other pairs for comparison."""
        others = [pair.coarse for at, pair in enumerate(self._chosen.pairs) if at != place]
        return [self._chosen.target.name, *others]

    def read(self, window: Window, around: int) -> Sample:
        """What lies in a window of fine pixels and so many cells around it, as far as the scene reaches."""
        own = cells_of(window, self._side)
        cells = own.grown(around).intersection(self.area.grown(OUTSIDE))
        names = {self._chosen.target.name: cells}
        for pair in self._chosen.pairs:
            names.update({pair.fine: pixels_of(cells, self._side), pair.coarse: cells})
        found = {name: self._layers[name].read(where)[0] for name, where in names.items()}
        for name in found:  # windows lie apart, so what GDAL keeps of one is of no use for the next
            self._layers[name].source.release_blocks()
        row, col = own.row_off - cells.row_off, own.col_off - cells.col_off
        return Sample(found, (slice(row, row + own.height), slice(col, col + own.width)), self._side)

    def pair(self, sample: Sample, place: int, second: str) -> Pair:
        """A pair from what was read."""
        names, values = self._chosen.pairs[place], sample.values
        return pair_of(values[names.fine], values[names.coarse], values[second])

    def read_sample(self, window: Window) -> Sample:
        """What was read of a window."""
        return self.read(window, self._around)

    def add_sample(self, sample: Sample) -> None:
        """Take it in."""
        for place, sums in enumerate(self._sums):
            pairs = {name: self.pair(sample, place, name) for name in self.seconds(place)}
            first = pairs[self._chosen.target.name]
            self._add_pixels(first, sums, place, sample)
            for blur in BLURS:
                cells = Cells(self._side, self._pixel, blur * self._side)
                seen, share = cells.seen(first.fine, first.valid)
                for name, pair in pairs.items():
                    weight = (pair.there & (share > LEAST_SHARE)).astype(np.float32)
                    told = gather(seen.astype(np.float32), pair.first, pair.second, weight, sample.inner)
                    key = name, blur
                    sums.moments[key] = sums.moments[key] + told if key in sums.moments else told

    def _add_pixels(self, pair: Pair, sums: Sums, place: int, sample: Sample) -> None:
        rows, cols = sample.inner_px
        known = pair.fine[:, rows, cols][:, pair.valid[rows, cols]].astype(np.float64)
        sums.pixels += known.shape[1]
        sums.values, sums.squares = sums.values + known.sum(axis=1), sums.squares + (known**2).sum(axis=1)
        if self._classes and len(self._kept[place]) < KEPT:
            self._kept[place].append(middle(pair, self._side, KEPT_CELLS, sample.inner))

    def solve(self) -> None:
        """End the survey.

        Raises
        ------
        InputError
            Too few cells have data in all rasters.
        """
        for place, sums in enumerate(self._sums):
            for name in self.seconds(place):
                judged = {blur: judge(sums.moments[name, blur], self._known_slope(place, name)) for blur in BLURS}
                if judged[0.0][0].cells < LEAST_CELLS:
                    self._refuse(place, judged[0.0][0].cells)
                best = max(BLURS, key=lambda blur: np.mean([one.agrees for one in judged[blur]]))
                cells = Cells(self._side, self._pixel, best * self._side)
                variances = sums.moments[name, best].covariances.sum(axis=0)[:, 0, 0]
                model = Model(cells, judged[best], variances, sums.spreads())
                self.models[place, name] = self._with_classes(model, place, name)

    def _refuse(self, place: int, cells: float) -> None:
        task, pair = self._plan.task, self._chosen.pairs[place]
        raise InputError(
            f"{task.parameter(pair.fine)} and {task.parameter(pair.coarse)} of {pair.when} and "
            f"{task.parameter(self._chosen.target.name)} have data together in {cells:.0f} pixels of the coarse "
            f"sensor; expected at least {LEAST_CELLS}, so choose a larger area, clearer dates, or say COARSE_PIXEL."
        )

    def _known_slope(self, place: int, second: str) -> Optional[np.ndarray]:
        fine = self._chosen.pairs[place].fine
        known = scale_known(self._plan, fine, second)
        return np.ones(result_bands(self._plan)) if known else None

    def _with_classes(self, model: Model, place: int, name: str) -> Model:
        if not self._classes or name != self._chosen.target.name:
            return model
        kept = self._kept[place]
        pixels = np.concatenate([pair.fine[:, pair.valid][:, ::7] for pair in kept], axis=1).T
        centres, scale = group(pixels)
        shares, changes = [], []
        for pair in kept:
            labels = nearest(pair.fine.reshape(len(pair.fine), -1).T, centres, scale).reshape(pair.valid.shape)
            there = pair.there & (model.cells.seen(pair.fine, pair.valid)[1] > LEAST_SHARE)
            shares.append(fractions(labels, pair.valid, model)[:, there])
            changes.append((model.column("slope") * (pair.second - pair.first))[:, there])
        changed = unmix(np.concatenate(shares, axis=1), np.concatenate(changes, axis=1))
        return Model(model.cells, model.bands, model.variances, model.spreads, Classes(centres, changed, scale))


def cells_of(window: Window, side: int) -> Window:
    """The cells under a window of fine pixels that begins where a cell does."""
    return Window(window.col_off // side, window.row_off // side, -(-window.width // side), -(-window.height // side))


def pixels_of(cells: Window, side: int) -> Window:
    """The fine pixels of a window of cells."""
    return Window(*(part * side for part in (cells.col_off, cells.row_off, cells.width, cells.height)))


def pair_of(fine: np.ndarray, first: np.ndarray, second: np.ndarray) -> Pair:
    """A pair from values with NaN where there is no data; what has none is 0 in it."""
    valid, one, other = (~np.isnan(values).any(axis=0) for values in (fine, first, second))
    there = one & other
    fine = fine if valid.all() else np.where(valid, fine, np.float32(0))
    return Pair(fine, valid, np.where(there, first, np.float32(0)), np.where(there, second, np.float32(0)), there)


def middle(pair: Pair, side: int, cells: int, inner: tuple[slice, slice]) -> Pair:
    """At most so many cells along each axis, around the middle of a part of a pair."""
    top, left = (max(0, (one.start + one.stop - cells) // 2) for one in inner)
    coarse = np.s_[..., top : top + cells, left : left + cells]
    fine = np.s_[..., top * side : (top + cells) * side, left * side : (left + cells) * side]
    return Pair(pair.fine[fine], pair.valid[fine], pair.first[coarse], pair.second[coarse], pair.there[coarse])
