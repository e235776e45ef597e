"""Whether a prediction can be trusted: which pairs agree, and what is done where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from .options import FALL_BACK
from .pair import Model
from .selection import LEAST_PAIRS, Selection

MEAN_SHIFT, UNCHANGED = "meanshift", "unchanged"
BASELINES = (MEAN_SHIFT, UNCHANGED)
DISAGREES = 0.6
"""Correlation of the fine and coarse image of one date, below which they do not show the same."""
CONTAMINATED = 2.4
"""Fine structure of one coarse image that the fine one does not explain, over all of the other coarse image, in the
geometric mean of the bands: from here on it is contamination rather than change."""
WHOLLY = 0.99
"""Correlation of a pair above which whatever the coarse images show is there."""
DAYS = 30.0
"""A pair that lies so much further away weighs half as much."""
LEAST_DOUBT = 0.02
WORSE = 1.02
"""On the pairs themselves a method may have so many times the error of the better baseline."""


@dataclass(frozen=True)
class Decision:
    """What is done.

    Attributes
    ----------
    method : str
    weights : tuple of (place, weight)
        Of the pairs that are used.
    fallback : str
        What is done instead of what was wished, "" = nothing.
    """

    method: str
    weights: tuple[tuple[int, float], ...]
    fallback: str = ""

    def belief(self, model: Model) -> np.ndarray:
        """(bands,) float32: how far the coarse change is believed, 0 to 1."""
        if self.method in BASELINES:
            return np.zeros(len(model.bands), np.float32)
        if self.method == "regression":
            return np.array([one.belief for one in model.bands], np.float32)
        return np.array([max(one.agrees, 0.0) ** 2 for one in model.bands], np.float32)

    def instead(self, method: str, why: str) -> Decision:
        """The decision for another method."""
        return replace(self, method=method, fallback=why)


def decide(
    plan: Plan, chosen: Selection, models: Mapping[tuple[int, str], Model], method: str
) -> tuple[Decision, Sequence[Finding]]:
    """Which pairs are used, and what is said about each."""
    said, sound, shown, weights = [], [], [], []  # shown: not contaminated, whether they agree or not
    for place, pair in enumerate(chosen.pairs):
        model = models[place, chosen.target.name]
        name = f"{plan.task.parameter(pair.fine)} and {plan.task.parameter(pair.coarse)} of {pair.when}"
        agrees = agreement_of(model)
        fault = contamination_of(model, chosen.target.when)
        if not fault:
            shown.append(place)
            fault = "" if agrees >= DISAGREES else f"correlate by {agrees:.2f} only, so they do not show the same"
        weights.append((place, weight_of(model, chosen.days(pair))))
        if fault:
            said.append(Finding("agreement", "warning", plan.task.parameter(pair.coarse), f"{name} {fault}", agrees,
                                DISAGREES, "", "look at both for clouds, or give masks"))  # fmt: skip
        else:
            sound.append(place)
            told = f"{name} correlate by {agrees:.2f}; slopes {_numbers(model, 'slope')}, blur {blur_text(model)}"
            said.append(Finding("agreement", "info", plan.task.parameter(pair.coarse), told, agrees, DISAGREES))
    if method in BASELINES or plan.job.options.guard != FALL_BACK or len(sound) == len(weights):
        return Decision(method, tuple(weights)), said
    if len(sound) >= LEAST_PAIRS.get(method, 1):
        why = "only the pairs of " + ", ".join(str(chosen.pairs[place].when) for place in sound) + " are used"
        return Decision(method, tuple(one for one in weights if one[0] in sound), why), said
    near = (shown or [0])[0]
    instead, what = (MEAN_SHIFT, "with the mean change alone") if shown else (UNCHANGED, "unchanged")
    why = f"the fine raster of {chosen.pairs[near].when} is given {what}"
    role = plan.task.parameter(chosen.pairs[near].fine)
    said.append(Finding("fallback", "warning", role, f"Too few pairs can be trusted, so {why}"))
    return Decision(instead, (weights[near],), why), said


def contamination_of(model: Model, wanted: object) -> str:
    """How one of the coarse rasters contradicts the fine one, as the end of a sentence; "" where none does."""
    odd = float(np.exp(np.mean([np.log(max(one.unexplained, 1e-6)) for one in model.bands])))
    if odd <= CONTAMINATED or agreement_of(model) >= WHOLLY:
        return ""
    return (
        f"and the coarse raster of {wanted} contradict each other: one of the coarse ones shows {odd:.1f} times as "
        "much fine structure that the fine raster does not explain as the other shows at all (limit "
        f"{CONTAMINATED:g}), so one of the dates is contaminated"
    )


def agreement_of(model: Model) -> float:
    """Mean correlation of the fine and the coarse image of a pair."""
    return float(np.mean([one.agrees for one in model.bands]))


def weight_of(model: Model, days: int) -> float:
    """How much a pair weighs: the more, the nearer it is in time and the more it resembles the wanted date."""
    doubt = float(np.mean([1 - max(one.resembles, 0.0) ** 2 for one in model.bands]))
    return 1.0 / ((LEAST_DOUBT + doubt) * (1 + days / DAYS))


def blur_text(model: Model) -> str:
    """The measured blur in words."""
    cells = model.cells
    return f"a square of {cells.pixel:.3g} pixels and a Gaussian of {cells.sigma:.3g}"


def _numbers(model: Model, name: str) -> str:
    return ", ".join(f"{getattr(one, name):.3g}" for one in model.bands)
