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
MARGIN = int(np.ceil(SIGMAS * LEVEL_SIGMAS[-1])) + 1
"""Cells around a window that its levels need."""


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
        domain = plan.domain.window
        area = Window(0, 0, -(-domain.width // side), -(-domain.height // side))
        self.windows = [Window(*(part * side for part in (one.col_off, one.row_off, one.width, one.height)))
                        for one in whole_or_spread(area, WINDOW_CELLS, WINDOWS)]  # fmt: skip
        blur = max(Cells(side, pixel, one * side).reach for one in BLURS)
        self._around = MARGIN + -(-blur // side)
        self._sums = [Sums({}) for _ in chosen.pairs]
        self._kept: list[list[Pair]] = [[] for _ in chosen.pairs]
        self.models: dict[tuple[int, str], Model] = {}

    def seconds(self, place: int) -> list[str]:
        """The coarse rasters that a pair predicts: of the wanted date, and of the other pairs for comparison."""
        others = [pair.coarse for at, pair in enumerate(self._chosen.pairs) if at != place]
        return [self._chosen.target.name, *others]

    def read(self, window: Window, around: int) -> dict[str, np.ndarray]:
        """Values by name, of a window of fine pixels and so many cells around; NaN = no data."""
        fine = window.grown(around * self._side)
        cells = Window(*(part // self._side for part in (fine.col_off, fine.row_off, fine.width, fine.height)))
        names = {self._chosen.target.name: cells}
        for pair in self._chosen.pairs:
            names.update({pair.fine: fine, pair.coarse: cells})
        found = {name: self._layers[name].read(where)[0] for name, where in names.items()}
        for name in found:  # windows lie apart, so what GDAL keeps of one is of no use for the next
            self._layers[name].source.release_blocks()
        return found

    def pair(self, values: Mapping[str, np.ndarray], place: int, second: str) -> Pair:
        """A pair from what was read."""
        names = self._chosen.pairs[place]
        return pair_of(values[names.fine], values[names.coarse], values[second])

    def read_sample(self, window: Window) -> dict[str, np.ndarray]:
        """What was read of a window."""
        return self.read(window, self._around)

    def add_sample(self, sample: dict[str, np.ndarray]) -> None:
        """Take it in."""
        for place, sums in enumerate(self._sums):
            first = self.pair(sample, place, self._chosen.target.name)
            inner = slice(self._around, -self._around)
            self._add_pixels(first, sums, place)
            for blur in BLURS:
                cells = Cells(self._side, self._pixel, blur * self._side)
                seen, share = cells.seen(first.fine, first.valid)
                for name in self.seconds(place):
                    pair = self.pair(sample, place, name)
                    weight = (pair.there & (share > LEAST_SHARE)).astype(np.float32)
                    told = gather(seen.astype(np.float32), pair.first, pair.second, weight, inner)
                    key = name, blur
                    sums.moments[key] = sums.moments[key] + told if key in sums.moments else told

    def _add_pixels(self, pair: Pair, sums: Sums, place: int) -> None:
        margin = self._around * self._side
        inner = np.s_[..., margin:-margin, margin:-margin]
        known = pair.fine[inner][:, pair.valid[inner]].astype(np.float64)
        sums.pixels += known.shape[1]
        sums.values, sums.squares = sums.values + known.sum(axis=1), sums.squares + (known**2).sum(axis=1)
        if self._classes and len(self._kept[place]) < KEPT:
            self._kept[place].append(middle(pair, self._side, KEPT_CELLS))

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


def pair_of(fine: np.ndarray, first: np.ndarray, second: np.ndarray) -> Pair:
    """A pair from values with NaN where there is no data; what has none is 0 in it."""
    valid, one, other = (~np.isnan(values).any(axis=0) for values in (fine, first, second))
    there = one & other
    return Pair(np.where(valid, fine, np.float32(0)), valid, np.where(there, first, np.float32(0)),
                np.where(there, second, np.float32(0)), there)  # fmt: skip


def middle(pair: Pair, side: int, cells: int) -> Pair:
    """The middle of a pair, at most so many cells along each axis."""
    rows, cols = pair.there.shape
    top, left = max(0, (rows - cells) // 2), max(0, (cols - cells) // 2)
    coarse = np.s_[..., top : top + cells, left : left + cells]
    fine = np.s_[..., top * side : (top + cells) * side, left * side : (left + cells) * side]
    return Pair(pair.fine[fine], pair.valid[fine], pair.first[coarse], pair.second[coarse], pair.there[coarse])
