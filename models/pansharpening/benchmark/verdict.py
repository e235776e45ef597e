"""What the benchmark says of a network of ours: the aims, and on how many pairs it is the best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.pansharpening.benchmark.contender import COREGISTERED, EYE, NOISY, REDUCED
from models.pansharpening.benchmark.means import (
    Results,
    best_classical,
    by_pair,
    geometric_mean,
    mean,
    over,
    over_best,
    select,
)

BLEND, CRISP = "BT-H", "MTF-GLP-FS"
"""The methods that colours and D_ρ at full resolution are held against."""
CLEAN_AIM, NOISY_AIM, WORST_AIM = 0.90, 0.92, 1.00
"""ERGAS over the best classical: geometric means, and on the worst pair."""
COLOUR_AIM = 1.05
"""CFLAT and CMF over those of BT-H, geometric means."""
SLOPE_AIM = (0.95, 1.10)
D_RHO_AIM = 0.02
"""How much more than MTF-GLP-FS's."""
TEST_NAMES = {COREGISTERED: "coregistered", NOISY: "noise restored", REDUCED: "as they come"}


@dataclass(frozen=True)
class Aim:
    """One aim and what was reached."""

    what: str
    value: float
    """NaN = it could not be measured."""
    low: float
    high: float
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the value lies between the limits."""
        return self.low <= self.value <= self.high

    @property
    def limits(self) -> str:
        """In words."""
        return f"at most {self.high:.2f}" if self.low == -math.inf else f"{self.low:.2f} to {self.high:.2f}"

    def reached(self) -> str:
        """The number, and whether that is enough, in words."""
        if math.isnan(self.value):
            return "not measured"
        return f"{self.value:.3f}, {'met' if self.met else 'not met'}"

    def words(self) -> str:
        """All of it in words."""
        return f"{self.what}: {self.reached()} (aim: {self.limits}{f'; {self.note}' if self.note else ''})"


def aims(results: Results, method: str) -> list[Aim]:
    """The aims for a network; `results` are those of one group."""
    found = []
    for test, name, aim in ((COREGISTERED, "clean", CLEAN_AIM), (NOISY, "with noise restored", NOISY_AIM)):
        ratios = over_best(results, test, method)
        worst = max(ratios, key=ratios.__getitem__, default="")
        what = f"ERGAS over the best classical, {name}"
        found.append(Aim(f"{what}, geometric mean", geometric_mean(list(ratios.values())), -math.inf, aim))
        found.append(Aim(f"{what}, worst pair", ratios.get(worst, math.nan), -math.inf, WORST_AIM, worst))
    for metric, label in (("cflat", "CFLAT"), ("cmf", "CMF")):
        ratio = over(results, EYE, method, BLEND, metric)
        found.append(Aim(f"{label} over that of {BLEND}", ratio, -math.inf, COLOUR_AIM))
    found.append(Aim("SLOPE", mean(list(by_pair(results, EYE, method, "slope").values())), *SLOPE_AIM))
    mine, theirs = (by_pair(results, EYE, name, "d_rho") for name in (method, CRISP))
    more = mean([mine[pair] - theirs[pair] for pair in mine if pair in theirs])
    return [*found, Aim(f"D_ρ minus that of {CRISP}", more, -math.inf, D_RHO_AIM)]


def aims_table(results: Results, methods: Sequence[str]) -> list[list[str]]:
    """Cells of a table: a row per aim, a column per method; [] without a method."""
    found = [aims(results, method) for method in methods]
    rows = [[one[0].what, one[0].limits, *(aim.reached() for aim in one)] for one in zip(*found)]
    return [["aim", "limits", *methods], *rows] if rows else []


def aims_in_words(results: Results, method: str, over_what: str) -> str:
    """Markdown: one aim a line, and how many are met."""
    found = [aim for aim in aims(results, method) if not math.isnan(aim.value)]
    if not found:
        return ""
    head = f"**{method} meets {sum(aim.met for aim in found)} of {len(found)} aims**, {over_what}:"
    return "\n".join([head, "", *(f"- {aim.words()}" for aim in found)])


def wins_in_words(results: Results, test: str, method: str, over_what: str) -> list[str]:
    """On how many pairs a network beats every classical and every other program, and what beats it elsewhere."""
    mine = {r.pair: r.values for r in select(results, test) if r.method == method and not r.trouble}
    wins, losses = 0, []
    for pair, values in mine.items():
        rivals = {name: best_classical(results, test, pair, name) for name in ("ergas", "sam")}
        if None in rivals.values():
            continue
        lost = [name for name, rival in rivals.items() if not values[name] < rival.values[name]]
        wins += not lost
        if lost:
            losses.append(f"{pair} ({', '.join(f'{name.upper()}: {rivals[name].method}' for name in lost)})")
    ratio = geometric_mean(list(over_best(results, test, method).values()))
    if not mine or math.isnan(ratio):
        return []
    lines = [
        f"**{method} beats every classical on ERGAS and SAM on {wins} of {len(mine)} pairs**, {TEST_NAMES[test]} "
        f"({over_what}); ERGAS over the best classical of each pair: {ratio:.3f} in the geometric mean."
    ]
    return [*lines, *(["Not beaten: " + "; ".join(losses) + "."] if losses else [])]
