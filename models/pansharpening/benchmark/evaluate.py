"""Run every method on a pair, at reduced and at full resolution, and measure.

Reduced: with a reference given by the source, the pair as it is; else one Wald step. Compared inside a border.
Coregistered: the same after pan and MS of the pair were brought onto each other, for every method alike, so that the
reference and the pan show the same place; as the pairs come, it measures luck with their misregistration, too.
Full: the pair as it is, against its own MS and pan, without a reference.
Arrays `(bands, rows, cols)` float64.
"""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import ndimage

from models.pansharpening.benchmark.contender import COREGISTERED, FULL, REDUCED, TRUTH, Contender
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.wald import Reduced, inner, reduce_pair
from models.pansharpening.shift import measure_band_shifts, measure_reference_shift, measure_shift
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.measures.images import D_LAMBDA_K, D_RHO, ERGAS, Q2N, R_SAM, SAM, SCC, Metric

REDUCED_METRICS: tuple[Metric, ...] = (ERGAS, SAM, Q2N, SCC)
FULL_METRICS: tuple[Metric, ...] = (D_LAMBDA_K, D_RHO, R_SAM)
REFERENCE = "the reference itself"
WORTH_SAYING_PX = 0.25
"""A shift between pan and MS from this many pan pixels on stands in the row."""


@dataclass(frozen=True)
class Result:
    """One method on one pair in one test."""

    pair: str
    group: str
    bands: int
    """Of the pair's MS."""
    ratio: int
    """Of the pair."""
    test: str
    """`coregistered`, `reduced` or `full`."""
    method: str
    kind: str
    values: dict[str, float]
    """Metric id to value; NaN when the method failed."""
    seconds: float
    trouble: str = field(default="")
    """Why it failed; `""` when it did not."""


def evaluate(pair: Pair, contenders: Sequence[Contender]) -> Iterator[Result]:
    """Every method that takes the pair: coregistered, as it comes, full; and what D_ρ says of the truth.

    D_ρ is measured at reduced resolution, too, on the pairs as they come: there it can be compared with that of the
    image that a fusion should give.
    """
    contenders = [contender for contender in contenders if contender.takes(pair)]
    for test, reduced in ((COREGISTERED, coregistered_test(pair)), (REDUCED, reduced_test(pair))):
        known = {"reference": inner(reduced.reference), "ratio": pair.ratio}
        known["fine"] = inner(reduced.pan)
        metrics = REDUCED_METRICS if test == COREGISTERED else (*REDUCED_METRICS, D_RHO)
        if test == REDUCED:
            d_rho = D_RHO.compute(fused=known["reference"], fine=known["fine"], ratio=pair.ratio)
            yield Result(*_about(pair), TRUTH, REFERENCE, "", {D_RHO.id: d_rho}, 0.0)
        for contender in _taking_part(contenders, test):
            if contender.moves_to_pan and pair.reference is None:
                continue
            yield _measure(pair, test, contender, (reduced.ms, reduced.pan), metrics, known)
    shifts = measure_band_shifts(pair.ms, pair.pan, pair.ratio, pair.gains)
    known = {"coarse": pair.ms, "fine": pair.pan, "ratio": pair.ratio, "gains": pair.gains, "shifts": shifts}
    for contender in _taking_part(contenders, FULL):
        yield _measure(pair, FULL, contender, (pair.ms, pair.pan), FULL_METRICS, known)


def _taking_part(contenders: Sequence[Contender], test: str) -> list[Contender]:
    return [contender for contender in contenders if test in contender.tests]


def reduced_test(pair: Pair) -> Reduced:
    """What the methods get at reduced resolution, and the reference."""
    if pair.reference is not None:
        return Reduced(pair.ms, pair.pan, pair.reference)
    return reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain)


def coregistered_test(pair: Pair) -> Reduced:
    """The same after the shift between MS and pan, as measured on them, was undone.

    The pan is decimated where the MS pixels really lie, without resampling it. Where the source gives a reference,
    which lies on the pan, the MS is moved instead (quintic splines, by a fraction of its pixel).
    """
    shift = measure_shift(pair.ms, pair.pan, pair.ratio, pair.gains)
    if pair.reference is None:
        return reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain, shift)
    moved = ndimage.shift(pair.ms, (0, *(part / pair.ratio for part in shift)), order=5, mode="nearest")
    return Reduced(moved, pair.pan, pair.reference)


def remarks(pair: Pair) -> tuple[str, ...]:
    """What a reader of the pair's row has to know: where MS and pan lie, who reduced it, which gains were guessed."""
    notes = list(pair.notes)
    shift = measure_shift(pair.ms, pair.pan, pair.ratio, pair.gains)
    if max(map(abs, shift)) >= WORTH_SAYING_PX:
        notes.append(f"MS lies {_signed(shift)} off its nominal place on the pan")
    if pair.reference is not None:
        phase = measure_reference_shift(pair.reference, pair.ms, pair.ratio, pair.gains)
        notes.append(f"reduced by its source, reference given; MS decimated {_signed(phase)} off centre")
    elif pair.reduced_by_source:
        notes.append("reduced by its source, reduced again here")
    if pair.sensor.name == "unknown":
        notes.append("sensor unknown: MTF gains .30 and .15")
    return tuple(notes)


def _signed(shift: tuple[float, float]) -> str:
    return f"{shift[0]:+.2f} rows, {shift[1]:+.2f} columns (pan pixels)"


def _about(pair: Pair) -> tuple[str, str, int, int]:
    return pair.name, pair.group, len(pair.ms), pair.ratio


def _measure(
    pair: Pair,
    test: str,
    contender: Contender,
    inputs: tuple[np.ndarray, np.ndarray],
    metrics: tuple[Metric, ...],
    known: dict[str, Any],
) -> Result:
    """Fuse, time and measure; a method that cannot is told in the result, and its values are NaN."""
    blank = Result(*_about(pair), test, contender.name, contender.kind, {}, math.nan)
    started = time.perf_counter()
    try:
        fused = contender.method_for(pair, test)(*inputs, pair.ratio, pair.gains)
    except (RsFusionError, subprocess.SubprocessError) as error:
        return replace(blank, values={metric.id: math.nan for metric in metrics}, trouble=str(error))
    seconds = time.perf_counter() - started
    fused = fused if test == FULL else inner(fused)
    values = {metric.id: metric.compute(fused=fused, **known) for metric in metrics}
    return replace(blank, values=values, seconds=seconds)
