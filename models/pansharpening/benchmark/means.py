"""Which results of a run belong together, and what is best among them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from models.pansharpening.benchmark.contender import KINDS, RIVALS
from models.pansharpening.benchmark.evaluate import Result

Results = Sequence[Result]


def select(results: Results, test: str, group: str | None = None) -> list[Result]:
    """Those of a test and, where one is given, of a group."""
    return [r for r in results if r.test == test and group in (None, r.group)]


def methods_of(results: Results) -> list[str]:
    """Kind by kind, since the first pair may be one that some networks do not take; the reference is no method."""
    kinds = {result.method: result.kind for result in results if result.kind in KINDS}
    return sorted(kinds, key=lambda method: KINDS.index(kinds[method]))


def kind_of(results: Results, method: str) -> str:
    """Its `Contender.kind`."""
    return next(result.kind for result in results if result.method == method)


def pairs_of(results: Results, method: str | None = None) -> set[str]:
    """The pairs of a method, or of all."""
    return {result.pair for result in results if method in (None, result.method)}


def by_pair(results: Results, test: str, method: str, metric: str) -> dict[str, float]:
    """Pair to value of a method in a test; pairs on which it failed are left out."""
    found = {r.pair: r.values.get(metric, math.nan) for r in select(results, test) if r.method == method}
    return {pair: value for pair, value in found.items() if not math.isnan(value)}


def best_classical(results: Results, test: str, pair: str, metric: str) -> Result | None:
    """The result with the lowest value of a metric on a pair in a test, networks of any kind left aside."""
    rivals = [r for r in select(results, test) if r.pair == pair and r.kind in RIVALS]
    rivals = [r for r in rivals if not math.isnan(r.values[metric])]
    return min(rivals, key=lambda result: result.values[metric], default=None)


def over_best(results: Results, test: str, method: str, metric: str = "ergas") -> dict[str, float]:
    """Pair to value of a method over that of the best classical."""
    ratios = {}
    for pair, value in by_pair(results, test, method, metric).items():
        best = best_classical(results, test, pair, metric)
        if best is not None:
            ratios[pair] = value / best.values[metric]
    return ratios


def over(results: Results, test: str, method: str, other: str, metric: str) -> float:
    """Geometric mean, over the pairs of both, of a method's value over another's."""
    mine, theirs = (by_pair(results, test, name, metric) for name in (method, other))
    return geometric_mean([mine[pair] / theirs[pair] for pair in mine if pair in theirs])


def geometric_mean(values: Sequence[float]) -> float:
    """NaN when there is nothing to take the mean of."""
    return float(np.exp(np.mean(np.log(values)))) if len(values) else math.nan


def mean(values: Sequence[float]) -> float:
    """NaN when there is nothing to take the mean of."""
    return float(np.mean(values)) if len(values) else math.nan
