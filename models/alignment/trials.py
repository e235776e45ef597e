"""The trials of the registration benchmark: put something in, measure, compare.

Errors in reference pixels at the centre of the window. `error_px`: from what the method itself measured before
anything was put in (for pairs made from one image: from what is true). `truth_error_px`: from the control points.
A method that fails has an infinite error: it counts, and never as a hit.
"""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.alignment.control_points import ControlPoints
from models.alignment.methods import OURS, Case, Measured, Method
from models.alignment.motion import Field, Motion, Place, draw, expected, moved
from models.alignment.pairs import NOISE_SHARE, PAN_MS, PAN_PAN, SAR, SAR_SEEN, Couple
from rsfusion_qgis.core.basics.errors import RsFusionError

BASE, SHIFTED, TURNED = "as it is", "shift", "shift, rotation, scale"
ALIGNED, UNRELATED = "aligned", "unrelated"
TOLERANCE_PX = 0.5
GAIN = 1.3
"""Of the secondary of a made pair over the reference."""
JITTER_PX = 3
FAILED = Measured(math.nan, math.nan)


@dataclass(frozen=True)
class Trial:
    """One method on one pair with one motion. NaN where it does not apply."""

    group: str
    couple: str
    kind: str
    number: int
    method: str
    put_in: tuple[float, float, float, float]
    """cols, rows, rotation_deg, scale"""
    cols: float = math.nan
    rows: float = math.nan
    error_px: float = math.nan
    truth_error_px: float = math.nan
    rotation_error_deg: float = math.nan
    scale_error: float = math.nan
    found_turn: bool = False
    confidence: float = math.nan
    verdict: str = ""
    points_before_px: float = math.nan
    """Median distance of the control points of the window as the pair comes."""
    points_after_px: float = math.nan
    """The same after what was found is added."""
    seconds: float = math.nan
    trouble: str = ""


def run_couple(couple: Couple, methods: Sequence[Method], count: int, seed: int) -> list[Trial]:
    """All trials of one pair but those with another pair."""
    rng = np.random.default_rng([seed, zlib.crc32(f"{couple.group} {couple.name}".encode())])
    trials, before = _as_it_is(couple, methods, rng)
    for kind in (SHIFTED, TURNED):
        for number, motion in enumerate(draw(rng, count, kind == TURNED)):
            case = made_case(couple, motion, rng)
            takers = [method for method in methods if method.takes(number)]
            trials += [_trial(couple, kind, number, method, motion, case, before[method.name]) for method in takers]
    ours = next((method for method in methods if method.kind == OURS), None)
    return [*trials, *_aligned(couple, ours, count, before[ours.name], rng)] if ours else trials


def unrelated(pair: tuple[Couple, Couple], number: int, method: Method, seed: int) -> Trial:
    """The reference of one place against the secondary of another."""
    first, second = (made_case(couple, Motion(), np.random.default_rng([seed, number])) for couple in pair)
    rows, cols = (min(a, b) for a, b in zip(first.secondary.shape[1:], second.secondary.shape[1:]))
    ratio = first.ratio
    case = replace(
        first, reference=first.reference[:, : rows * ratio, : cols * ratio], secondary=second.secondary[:, :rows, :cols]
    )
    found, seconds, trouble = _timed(method, case)
    name = f"{pair[0].name} / {pair[1].name}"
    blank = Trial(_kind_of_sensors(pair[0]), name, UNRELATED, number, method.name, _numbers(Motion()))
    return replace(blank, **_said(found), seconds=seconds, trouble=trouble)


def strangers(couples: Sequence[Couple], counts: dict[str, int], seed: int) -> Iterator[tuple[Couple, Couple]]:
    """Pairs of different places and the same sensors and ratio, so many per kind of sensors, drawn at random."""
    rng = np.random.default_rng([seed, 1])
    for kind, count in counts.items():
        of_kind = [couple for couple in couples if _kind_of_sensors(couple) == kind]
        all_pairs = [(a, b) for a in of_kind for b in of_kind if a.place != b.place and a.ratio == b.ratio]
        chosen = rng.choice(len(all_pairs), min(count, len(all_pairs)), replace=False) if all_pairs else []
        yield from (all_pairs[i] for i in chosen)


def made_case(couple: Couple, motion: Motion, rng: np.random.Generator, corner: tuple[int, int] = (0, 0)) -> Case:
    """The pair with a motion in it, without its margins; `corner` moves the cut by whole secondary pixels."""
    reference, secondary = couple.reference, couple.secondary
    if couple.reference_moved:
        reference = moved(reference, motion, couple.order, backwards=True)
    else:
        secondary = moved(secondary, motion, couple.order)
    if couple.exact:
        reference, secondary = _noisy(reference, rng), GAIN * _noisy(secondary, rng) + 10.0
    cut = couple.margin // couple.ratio
    secondary = _cut(secondary, cut, corner, 1)
    reference = _cut(reference, cut, corner, couple.ratio)
    return Case(reference, secondary, couple.ratio, couple.gain, motion.rotation_deg != 0)


def _cut(values: np.ndarray, cut: int, corner: tuple[int, int], ratio: int) -> np.ndarray:
    rows, cols = (size // ratio - 2 * cut for size in values.shape[1:])
    row, col = cut + corner[0], cut + corner[1]
    return values[:, row * ratio : (row + rows) * ratio, col * ratio : (col + cols) * ratio]


def _noisy(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return values + NOISE_SHARE * np.nanstd(values) * rng.standard_normal(values.shape)


def _as_it_is(
    couple: Couple, methods: Sequence[Method], rng: np.random.Generator
) -> tuple[list[Trial], dict[str, Field]]:  # fmt: skip
    """Each method on the pair as it comes, and from that what its errors count from."""
    trials, before = [], {}
    case = made_case(couple, Motion(), rng)
    for method in methods:
        if couple.exact:
            before[method.name] = _nothing
            continue
        found, seconds, trouble = _timed(method, case)
        before[method.name] = found.at
        trial = Trial(couple.group, couple.name, BASE, 0, method.name, _numbers(Motion()))
        trial = replace(trial, **_said(found), seconds=seconds, trouble=trouble)
        truth = _truth(couple)
        trials.append(replace(trial, **_beside_points(found, truth, case.centre)) if truth else trial)
    return trials, before


def _nothing(place: Place) -> Place:
    return 0.0, 0.0


def _truth(couple: Couple) -> ControlPoints | None:
    """The control points in the pixels of the cut window."""
    if couple.truth is None:
        return None
    rows, cols = (size - 2 * couple.margin for size in couple.reference.shape[1:])
    return couple.truth.cropped(couple.margin, (cols, rows))


def _beside_points(found: Measured, truth: ControlPoints, centre: Place) -> dict[str, float]:
    steps = np.array([found.at((col, row)) for col, row in truth.sensed]).reshape(-1, 2)
    left = np.hypot(*(truth.steps - steps).T)
    return {
        "truth_error_px": _distance(found.at(centre), truth.at(centre)),
        "points_before_px": float(np.median(np.hypot(*truth.steps.T))),
        "points_after_px": float(np.median(left)) if np.isfinite(left).all() else math.inf,
    }


def _trial(
    couple: Couple, kind: str, number: int, method: Method, motion: Motion, case: Case, before: Field
) -> Trial:  # fmt: skip
    found, seconds, trouble = _timed(method, case)
    trial = Trial(couple.group, couple.name, kind, number, method.name, _numbers(motion), seconds=seconds)
    trial = replace(trial, **_said(found), trouble=trouble)
    here = found.at(case.centre)
    truth = _truth(couple)
    errors = {"error_px": _distance(here, expected(motion, before, case.centre, couple.reference_moved))}
    if truth:
        errors["truth_error_px"] = _distance(here, expected(motion, truth.at, case.centre, couple.reference_moved))
    if found.estimate is not None:
        own_turn, own_scale = _linear(before, case.centre)
        errors["rotation_error_deg"] = abs(found.rotation_deg - motion.rotation_deg - own_turn)
        errors["scale_error"] = abs(found.scale - motion.scale * own_scale)
    return replace(trial, **errors)


def _linear(before: Field, centre: Place) -> tuple[float, float]:
    """(rotation in degrees, scale) of a displacement field, from two places beside each other."""
    here, right = before(centre), before((centre[0] + 1, centre[1]))
    across, down = 1 + right[0] - here[0], right[1] - here[1]
    return -math.degrees(math.atan2(down, across)), math.hypot(across, down)


def _aligned(
    couple: Couple, ours: Method, count: int, before: Field, rng: np.random.Generator
) -> list[Trial]:  # fmt: skip
    """Our verdict on pairs that lie on each other: by construction, or once what was measured is undone."""
    rows, cols = (size / 2 - couple.margin for size in couple.reference.shape[1:])
    cols, rows = before((cols, rows))
    trials = []
    for number in range(count):
        most = min(JITTER_PX, couple.margin // couple.ratio - 1)
        corner = tuple(int(v) for v in rng.integers(-most, most + 1, 2)) if number else (0, 0)
        case = made_case(couple, Motion(-cols, -rows), rng, corner)
        found, seconds, trouble = _timed(ours, case)
        trial = Trial(couple.group, couple.name, ALIGNED, number, ours.name, _numbers(Motion(-cols, -rows)))
        error = _distance(found.at(case.centre), (0.0, 0.0))
        trials.append(replace(trial, **_said(found), error_px=error, seconds=seconds, trouble=trouble))
    return trials


def _timed(method: Method, case: Case) -> tuple[Measured, float, str]:
    """What a method says, how long it took, and why it failed where it did."""
    started = time.perf_counter()
    try:
        found, trouble = method.find(case), ""
    except RsFusionError as error:
        found, trouble = FAILED, str(error)
    return found, time.perf_counter() - started, trouble


def _said(found: Measured) -> dict[str, object]:
    estimate = found.estimate
    verdict = estimate.verdict(TOLERANCE_PX) if estimate else ""
    turn = estimate is not None and (found.rotation_deg != 0 or found.scale != 1)
    return {
        "cols": found.cols, "rows": found.rows, "confidence": found.confidence, "verdict": verdict, "found_turn": turn,
    }  # fmt: skip


def _distance(first: Place, second: Place) -> float:
    """Infinite where one is unknown."""
    value = math.hypot(first[0] - second[0], first[1] - second[1])
    return value if math.isfinite(value) else math.inf


def _numbers(motion: Motion) -> tuple[float, float, float, float]:
    return motion.cols, motion.rows, motion.rotation_deg, motion.scale


def _kind_of_sensors(couple: Couple) -> str:
    """Groups that differ only by their use are one kind."""
    return SAR if couple.group == SAR_SEEN else couple.group


STRANGERS = {PAN_PAN: 70, PAN_MS: 70, SAR: 150}
"""How many unrelated pairs of each kind of sensors."""
