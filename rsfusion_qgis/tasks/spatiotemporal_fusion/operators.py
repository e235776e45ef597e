"""The chain of a spatiotemporal fusion: survey, comparison on the pairs themselves, prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from ...core.engine.chain import Block, Chain, Layer, Operator, Pupil
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.operators.scales import scales_of
from ...core.rasters.aligned_input import Scale
from . import estarfm, regression, starfm
from .cells import smoothing
from .comparison import Comparison
from .encode import PredictionEncoder
from .guard import MEAN_SHIFT, UNCHANGED, Decision, decide
from .index import Index
from .layers import DatedLayer, open_mask
from .methods import ESTARFM, FSDAF, PREDICTORS, REGRESSION
from .pair import Model, Pair
from .preparation import PREDICTED, TRUST, coarseness
from .selection import Selection, select
from .survey import MARGIN, OUTSIDE, Survey, cells_of, pair_of, pixels_of
from .units import index_findings, index_first, wished_index

LEAST_EVIDENCE = 1e-3
"""Share of valid coarse pixels around, below which there is no result."""


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    chosen, coarse = select(plan.job), coarseness(plan.job, select(plan.job))
    own = {}
    for spec in plan.raster_specs:
        mask = chosen.masks.get(spec.name)
        opened = open_mask(plan, mask) if mask else None
        own[spec.name] = DatedLayer(plan, spec.name, layers[spec.name], opened, spec.ratio)
    predict = Predict(plan, chosen, own, coarse.side, coarse.pixel)
    encoder = PredictionEncoder(plan, own, predict)
    plain = Scale(np.zeros(1, np.float32), np.ones(1, np.float32))
    scales = dict.fromkeys(own, plain) if index_first(plan) else scales_of(plan, own)
    index = None if index_first(plan) else wished_index(plan)
    further = [Indexed(index)] if index else []
    return Chain([predict, Comparison(predict), *further], encoder, scales, own, align=coarse.side)


class Predict(Operator):
    """The prediction from all pairs that are used, weighed by nearness and trust.

    Attributes
    ----------
    survey_of : Survey
    decision : Decision or None
        After the survey: which pairs are used, and by which method.
    """

    def __init__(
        self, plan: Plan, chosen: Selection, layers: Mapping[str, DatedLayer], side: int, pixel: float
    ) -> None:
        self.plan, self.chosen, self.method, self.side = plan, chosen, plan.job.method, side
        self.survey_of = Survey(plan, chosen, layers, side, pixel, self.method == FSDAF)
        self.decision: Optional[Decision] = None
        self.sees = self.reach_cells() * side

    def survey(self, run: Any, place: int) -> Pupil:
        """See `Operator`."""
        return self.survey_of

    def learned(self, run: Any) -> Sequence[Any]:
        """See `Operator`."""
        self.decision, said = decide(self.plan, self.chosen, self.survey_of.models, self.method)
        self.sees = self.reach_cells() * self.side
        return [*said, *index_findings(self.plan, self.chosen)]

    def model(self, place: int, second: str = "") -> Model:
        """What was learned of a pair."""
        return self.survey_of.models[place, second or self.chosen.target.name]

    def reach_cells(self) -> int:
        """Cells around a pixel on which its prediction depends."""
        models = self.survey_of.models.values()
        blur = max((model.cells.reach for model in models), default=self.side)
        window = -(-starfm.reach_px(self.side) // self.side) + 1
        wide = {REGRESSION: regression.REACH_CELLS, MEAN_SHIFT: MARGIN, UNCHANGED: MARGIN}
        return wide.get(self.method, 3 * window + 4) + 2 * -(-blur // self.side) + 1

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        own = cells_of(block.tile.read, self.side)
        cells = own.intersection(self.survey_of.area.grown(OUTSIDE))
        if cells.is_empty:
            cells = own
        inner = pixels_of(cells.shifted(-own.col_off, -own.row_off), self.side)
        part = np.s_[..., inner.row_off : inner.row_end, inner.col_off : inner.col_end]
        predicted, trust, known = self._predicted(self._values(block, cells, own))
        for name, made in ((PREDICTED, predicted), (TRUST, trust)):
            block.arrays[name] = np.zeros((1, len(made), *block.tile.read.shape), np.float32)
            block.arrays[name][part] = made
        everywhere = np.zeros(block.tile.read.shape, bool)
        everywhere[part] = known
        block.everywhere = block.everywhere & everywhere

    def _values(self, block: Block, cells: Window, own: Window) -> dict[str, np.ndarray]:
        """What was read of some of the cells of a block, (bands, rows, cols) by name."""
        found = {}
        for name in self._names():
            values, cells_in = block.arrays[name][0], cells.shifted(-own.col_off, -own.row_off)
            if values.shape[1:] != own.shape:
                cells_in = pixels_of(cells_in, self.side)
            found[name] = values[:, cells_in.row_off : cells_in.row_end, cells_in.col_off : cells_in.col_end]
        return found

    def _predicted(self, values: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Prediction and trust (bands, rows, cols), and where there is one (rows, cols)."""
        pairs = {place: self._pair(values, place) for place, _ in self.decision.weights}
        total = trust = weights = None
        for made, model, valid, there, weight in self._predictions(pairs):
            evidence = evidence_of(there, model)
            weight = weight * valid * (evidence > LEAST_EVIDENCE)
            belief = self.decision.belief(model)
            if total is None:
                total, trust = np.zeros_like(made), np.zeros_like(made)
                weights = np.zeros(made.shape[1:], np.float32)
            total += weight * made
            trust += weight * evidence * belief[:, None, None]
            weights += weight
        least = np.maximum(weights, np.float32(1e-20))
        return total / least, trust / least, weights > 0

    def _names(self) -> list[str]:
        names = [name for pair in self.chosen.pairs for name in (pair.fine, pair.coarse)]
        return [*dict.fromkeys(names), self.chosen.target.name]

    def _pair(self, values: Mapping[str, np.ndarray], place: int) -> Pair:
        names = self.chosen.pairs[place]
        return pair_of(values[names.fine], values[names.coarse], values[self.chosen.target.name])

    def _predictions(self, pairs: Mapping[int, Pair]) -> Any:
        """What each pair gives: prediction, model, where the fine and the coarse images are valid, and its weight."""
        if self.decision.method == ESTARFM:
            places = list(pairs)[:2]
            used, models = [pairs[place] for place in places], [self.model(place) for place in places]
            both = used[0].valid & used[1].valid
            yield estarfm.predict(used, models), models[0], both, used[0].there & used[1].there, 1.0
            return
        predict = PREDICTORS[self.decision.method]
        for place, weight in self.decision.weights:
            pair, model = pairs[place], self.model(place)
            yield predict(pair, model).astype(np.float32), model, pair.valid, pair.there, np.float32(weight)


class Indexed(Operator):
    """The index of the predicted bands, and the least trust in any of those that it needs."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        made = self._index.of(block.arrays[PREDICTED][0])
        needed = sorted(set(self._index.places.values()))
        block.arrays[PREDICTED] = made[None]
        block.arrays[TRUST] = block.arrays[TRUST][:, needed].min(axis=1, keepdims=True)
        block.everywhere = block.everywhere & ~np.isnan(made[0])


def evidence_of(there: np.ndarray, model: Model) -> np.ndarray:
    """(rows, cols) float32 of fine pixels: share of the coarse pixels around that are valid, 0 to 1."""
    known = there.astype(np.float32)
    rows, cols = (smoothing(size, 1.0) for size in known.shape)
    share = rows @ known @ cols.T
    return np.clip(model.cells.spread(np.maximum(known, share)), 0, 1)
