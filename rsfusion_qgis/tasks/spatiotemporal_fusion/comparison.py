"""A method tried on the pairs themselves: each predicts the fine image of the others, which is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Operator
from ...core.grid.grid import Window
from .guard import BASELINES, WORSE
from .methods import ESTARFM, FSDAF, PREDICTORS
from .options import FALL_BACK
from .selection import COARSE

WINDOWS = 9
"""At most; of those of the survey."""


class Comparison(Operator):
    """Compares a method with the baselines where two pairs or more are used, and falls back to the better of them.

    Attributes
    ----------
    errors : dict
        Method -> root of the mean squared error over bands, each over its spread; {} where nothing was compared.
    """

    COST = 2.0

    def __init__(self, predict: Any) -> None:
        self._predict, self.errors = predict, {}
        self.windows: Sequence[Window] = ()
        self._squares: dict[str, float] = {}
        self._count = 0.0
        self._methods: tuple[str, ...] = ()

    def survey(self, run: Any, place: int) -> Optional[Comparison]:
        """See `Operator`."""
        decision = self._predict.decision
        self._places = [at for at, _ in decision.weights]
        if len(self._places) < 2 or decision.method in (*BASELINES, ESTARFM, FSDAF):
            return None
        self._methods = (decision.method, *BASELINES)
        windows = self._predict.survey_of.windows
        self.windows = windows[:: max(1, -(-len(windows) // WINDOWS))]
        return self

    def read_sample(self, window: Window) -> Any:
        """What was read of a window."""
        return self._predict.survey_of.read(window, self._predict.reach_cells())

    def add_sample(self, sample: Any) -> None:
        """Take it in."""
        predict, inner = self._predict, (slice(None), *sample.inner_px)
        for first in self._places:
            for other in self._places:
                if other == first:
                    continue
                names = predict.chosen.pairs[other]
                pair = predict.survey_of.pair(sample, first, names.coarse)
                model, truth = predict.model(first, names.coarse), sample.values[names.fine][inner]
                known = pair.valid[inner[1:]] & ~np.isnan(truth).any(axis=0)
                for method in self._methods:
                    off = ((PREDICTORS[method](pair, model)[inner] - truth) / model.spread)[:, known]
                    self._squares[method] = self._squares.get(method, 0.0) + float((off.astype(np.float64) ** 2).sum())
                self._count += known.sum() * len(truth)

    def solve(self) -> None:
        """End the survey."""
        if self._count:
            self.errors = {name: (value / self._count) ** 0.5 for name, value in self._squares.items()}

    def learned(self, run: Any) -> Sequence[Finding]:
        """See `Operator`."""
        predict, role = self._predict, self._predict.plan.task.parameter(COARSE)
        if not self.errors:
            return ()
        method = predict.decision.method
        own, best = self.errors[method], min(BASELINES, key=lambda name: self.errors[name])
        least = self.errors[best]
        times = [f"{own / max(self.errors[name], 1e-12):.2f} times that of '{name}'" for name in BASELINES]
        told = f"On the pairs themselves the error of {method} is {' and '.join(times)}"
        if own <= WORSE * least:
            return (Finding("comparison", "info", role, told, own / max(least, 1e-12), WORSE, "ratio"),)
        if predict.plan.job.options.guard == FALL_BACK:
            why = f"'{best}' is used, which is better there"
            predict.decision = predict.decision.instead(best, why)
            told += f", so {why}"
        return (Finding("comparison", "warning", role, told, own / max(least, 1e-12), WORSE, "ratio"),)

    def apply(self, block: Block) -> None:
        """Nothing: it only compares."""
