"""The figures of the registration benchmark's tables, from its trials."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.alignment.pairs import GROUPS, LIDAR, PAN_MS, PAN_MS_MADE, PAN_PAN, SAR
from models.alignment.trials import ALIGNED, SHIFTED, TURNED, UNRELATED, Trial

HALF, ONE = 0.5, 1.0
SURE, UNSURE = 0.9, 0.3
CONFIDENCE_STEPS = (0.0, UNSURE, 0.5, SURE, 1.0 + 1e-9)

POINTS = "control points"
BROUGHT_BACK = "fusion: at least 90 % of the loss comes back, worst pair"

Error = Callable[[Trial], float]


def self_error(trial: Trial) -> float:
    """From what the method itself says without a motion, or from the truth of a made pair."""
    return trial.error_px


def truth_error(trial: Trial) -> float:
    """From the control points."""
    return trial.truth_error_px


@dataclass(frozen=True)
class Statistics:
    """One method in one group and kind of trial, errors in reference pixels."""

    group: str
    kind: str
    method: str
    against: str
    """`itself`, or `control points`."""
    trials: int
    failed: int
    median: float
    p95: float
    below_half: float
    below_one: float
    seconds: float
    """Median of a pair."""


def all_statistics(trials: Sequence[Trial]) -> list[Statistics]:
    """Every group, kind and method that has trials."""
    rows = []
    for group in GROUPS:
        for kind in (SHIFTED, TURNED):
            for error, against in ((self_error, "itself"), (truth_error, POINTS)):
                rows += statistics(trials, group, kind, error, against)
    return rows


def statistics(
    trials: Sequence[Trial], group: str, kind: str, error: Error, against: str
) -> list[Statistics]:  # fmt: skip
    """One row per method, ours first."""
    chosen = [t for t in trials if (t.group, t.kind) == (group, kind) and not math.isnan(error(t))]
    rows = []
    for method in dict.fromkeys(t.method for t in chosen):
        mine = [t for t in chosen if t.method == method]
        errors = np.array([error(t) for t in mine])
        # The lower of two neighbours would hide a failure, and between a number and infinity there is no middle.
        median, p95 = (float(np.quantile(errors, q, method="higher")) for q in (0.5, 0.95))
        failed = sum(bool(t.trouble) for t in mine)
        seconds = float(np.median([t.seconds for t in mine]))
        below = (float((errors < limit).mean()) for limit in (HALF, ONE))
        rows.append(Statistics(group, kind, method, against, len(mine), failed, median, p95, *below, seconds))
    return rows


@dataclass(frozen=True)
class Bin:
    """Our trials of one group whose confidence lies in [low, high)."""

    group: str
    low: float
    high: float
    trials: int
    below_half: float


def by_confidence(trials: Sequence[Trial], group: str, error: Error = self_error) -> list[Bin]:
    """Bins of confidence with the share below half a pixel; both kinds of motion together."""
    mine = [t for t in ours_of(trials, (SHIFTED, TURNED), group) if not math.isnan(error(t))]
    bins = []
    for low, high in zip(CONFIDENCE_STEPS, CONFIDENCE_STEPS[1:]):
        errors = np.array([error(t) for t in mine if low <= t.confidence < high])
        share = float((errors < HALF).mean()) if errors.size else math.nan
        bins.append(Bin(group, low, high, errors.size, share))
    return bins


def ours_of(trials: Sequence[Trial], kinds: Sequence[str], group: str | None = None) -> list[Trial]:
    """Our own trials of some kinds."""
    return [t for t in trials if t.method == "ours" and t.kind in kinds and group in (None, t.group)]


def false_alarms(trials: Sequence[Trial], group: str | None = None) -> tuple[int, int, int]:
    """(trials, called shifted, called uncertain) of the aligned pairs."""
    verdicts = [t.verdict for t in ours_of(trials, (ALIGNED,), group)]
    return len(verdicts), verdicts.count("shifted"), verdicts.count("uncertain")


def strangers_unsure(trials: Sequence[Trial], group: str | None = None) -> tuple[int, int, int]:
    """(trials, confidence below `UNSURE`, confidence from `SURE` on) of the unrelated pairs."""
    values = np.array([t.confidence for t in ours_of(trials, (UNRELATED,), group)])
    return values.size, int((values < UNSURE).sum()), int((values >= SURE).sum())


@dataclass(frozen=True)
class Outlier:
    """A pair whose median error of ours is large."""

    couple: str
    group: str
    median: float
    worst: float
    confidence: float
    sure_and_wrong: int


def outliers(trials: Sequence[Trial]) -> list[Outlier]:
    """Pairs with a median error from half a pixel on, or with a trial that is sure and wrong; worst first."""
    rows = []
    mine = ours_of(trials, (SHIFTED, TURNED))
    for group, couple in dict.fromkeys((t.group, t.couple) for t in mine):
        here = [t for t in mine if (t.group, t.couple) == (group, couple)]
        errors, sure = np.array([t.error_px for t in here]), np.array([t.confidence for t in here])
        wrong = int(((errors >= HALF) & (sure >= SURE)).sum())
        if np.median(errors) >= HALF or wrong:
            rows.append(
                Outlier(couple, group, float(np.median(errors)), float(errors.max()), float(np.median(sure)), wrong)
            )
    return sorted(rows, key=lambda row: -row.median)


@dataclass(frozen=True)
class Goal:
    """What the project aims at, and what was measured; NaN where nothing was."""

    text: str
    measured: float
    met: bool
    as_share: bool


def goals(trials: Sequence[Trial], brought_back: Sequence[float]) -> list[Goal]:
    """The goals of the project; accuracy by shifts only, confidence by all motions."""
    rows = {(r.group, r.kind, r.against): r for r in all_statistics(trials) if r.method == "ours"}

    def value(group: str, name: str, against: str = "itself") -> float:
        row = rows.get((group, SHIFTED, against))
        return getattr(row, name) if row else math.nan

    found = []
    for group, limit in ((PAN_PAN, 0.03), (PAN_MS_MADE, 0.15), (PAN_MS, 0.15)):
        median = value(group, "median")
        found.append(Goal(f"{group}: median at most {limit:g} px", median, median <= limit, False))
    for group, against in ((SAR, "itself"), (SAR, POINTS), (LIDAR, "itself"), (LIDAR, POINTS)):
        where = f"{group}, test pairs, against {against}"
        found.append(_at_least(f"{where}: at least 60 % below 0.5 px", value(group, "below_half", against), 0.60))
        found.append(_at_least(f"{where}: at least 90 % below 1 px", value(group, "below_one", against), 0.90))
    return [*found, *_trust(trials), _at_least(BROUGHT_BACK, min(brought_back, default=math.nan), 0.90)]


def _trust(trials: Sequence[Trial]) -> list[Goal]:
    """The goals for confidence and verdict."""
    found, sure = [], [t for t in ours_of(trials, (SHIFTED, TURNED)) if t.confidence >= SURE]
    in_sar, known = [t for t in sure if t.group == SAR], [t for t in sure if not math.isnan(t.truth_error_px)]
    for where, chosen, error in (
        ("all groups", sure, self_error), (f"{SAR}, test pairs", in_sar, self_error),
        (f"against {POINTS}", known, truth_error),
    ):  # fmt: skip
        text = f"confidence 0.9 and more, {where} ({len(chosen)} trials): at least 95 % below 0.5 px"
        found.append(_at_least(text, _mean([error(t) < HALF for t in chosen]), 0.95))
    aligned, shifted, _ = false_alarms(trials)
    quiet = 1 - shifted / aligned if aligned else math.nan
    found.append(_at_least("aligned pairs: at least 99 % not called shifted", quiet, 0.99))
    strange, unsure, _ = strangers_unsure(trials)
    doubted = unsure / strange if strange else math.nan
    return [*found, _at_least("unrelated pairs: at least 99 % below confidence 0.3", doubted, 0.99)]


def _at_least(text: str, measured: float, limit: float) -> Goal:
    return Goal(text, measured, measured >= limit, True)


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if len(values) else math.nan


