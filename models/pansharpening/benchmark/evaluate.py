"""Run every method on a pair in every test of `protocols`, and measure.

At reduced resolution fused image and reference are compared inside a border. Where the pair comes as it is, the
reference lies on the MS and a result may lie on the pan: every method is judged at the place of the reference that
suits it best, see `place`. Arrays `(bands, rows, cols)` float64.
"""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from models.pansharpening.benchmark.contender import COREGISTERED, EYE, FULL, NOISY, REDUCED, TRUTH, Contender
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.place import Movable, best_place
from models.pansharpening.benchmark.protocols import Seen, coregistered_test, noisy_test, reduced_test
from models.pansharpening.benchmark.wald import Reduced, inner
from models.pansharpening.shift import measure_band_shifts
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.measures.images import (
    CFLAT,
    CHF,
    CMF,
    D_LAMBDA_K,
    D_RHO,
    ERGAS,
    HQNR,
    Q2N,
    R_SAM,
    SAM,
    SCC,
    SLOPE,
    Metric,
)
from rsfusion_qgis.core.measures.images.scene import scene_of_arrays
from rsfusion_qgis.core.measures.images.streaming import measure

WITH_REFERENCE: tuple[Metric, ...] = (ERGAS, SAM, Q2N, SCC)
METRICS: dict[str, tuple[Metric, ...]] = {
    COREGISTERED: (*WITH_REFERENCE, D_RHO),
    NOISY: WITH_REFERENCE,
    REDUCED: WITH_REFERENCE,
    EYE: (CHF, CFLAT, CMF, SLOPE, D_RHO, HQNR),
    FULL: (D_LAMBDA_K, D_RHO, R_SAM),
}
"""What is measured in each test."""
REFERENCE = "the reference itself"

Show = Callable[[str, np.ndarray], None]
"""Is given the name of a method and what it fused to be looked at."""


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
    """One of `contender.TESTS`, or `contender.TRUTH`."""
    method: str
    kind: str
    values: dict[str, float]
    """Metric id to value; NaN when the method failed."""
    seconds: float
    trouble: str = field(default="")
    """Why it failed; `""` when it did not."""
    place: tuple[float, float] = (0.0, 0.0)
    """How far the reference was moved to suit the fused image, `(rows, cols)` in its pixels; zeros = it was not."""


def evaluate(pair: Pair, seen: Seen, contenders: Sequence[Contender], show: Show | None = None) -> Iterator[Result]:
    """Every method that takes the pair in every test, and what D_ρ says of the truth.

    D_ρ is measured on the coregistered reduced pairs, too: there it can be compared with that of the image that a
    fusion should give.

    Parameters
    ----------
    seen : the pair's `eye_test`.
    show : is given what every method fused there; None = nobody looks.
    """
    contenders = [contender for contender in contenders if contender.takes(pair)]
    clean = coregistered_test(pair)
    yield Result(*_about(pair), TRUTH, REFERENCE, "", _values((D_RHO,), _known(pair, clean), clean.reference), 0.0)
    for test, reduced in ((COREGISTERED, clean), (NOISY, noisy_test(pair, clean)), (REDUCED, reduced_test(pair))):
        movable = Movable(reduced.reference) if test == REDUCED and pair.reference is None else None
        for contender in _taking_part(contenders, test):
            result, fused = _fuse(pair, test, contender, reduced.ms, reduced.pan)
            if fused is not None:
                result = _judged(result, fused, _known(pair, reduced), movable)
            yield result
    for test, ms, known in ((EYE, seen.ms, _known_to_the_eye(pair, seen)), (FULL, pair.ms, _known_at_full(pair))):
        for contender in _taking_part(contenders, test):
            result, fused = _fuse(pair, test, contender, ms, pair.pan)
            if fused is not None:
                result = replace(result, values=_values(METRICS[test], known, fused))
                if test == EYE and show is not None:
                    show(contender.name, fused)
            yield result


def _taking_part(contenders: Sequence[Contender], test: str) -> list[Contender]:
    return [contender for contender in contenders if test in contender.tests]


def _known(pair: Pair, reduced: Reduced) -> dict[str, Any]:
    return {"reference": reduced.reference, "fine": reduced.pan, "ratio": pair.ratio}


def _known_to_the_eye(pair: Pair, seen: Seen) -> dict[str, Any]:
    images = {"fine": seen.pan, "coarse": seen.ms, "expanded": seen.expanded}
    told = {"ratio": pair.ratio, "gains": pair.gains, "fine_gain": pair.sensor.pan_gain}
    return {**images, **told, "contrast": seen.contrast}


def _known_at_full(pair: Pair) -> dict[str, Any]:
    shifts = measure_band_shifts(pair.ms, pair.pan, pair.ratio, pair.gains)
    return {"coarse": pair.ms, "fine": pair.pan, "ratio": pair.ratio, "gains": pair.gains, "shifts": shifts}


def _about(pair: Pair) -> tuple[str, str, int, int]:
    return pair.name, pair.group, len(pair.ms), pair.ratio


def _values(metrics: Sequence[Metric], known: dict[str, Any], fused: np.ndarray) -> dict[str, float]:
    """Metric id to value; inside a border where a reference is known."""
    images = {"fused": fused, **known}
    if "reference" in known:
        images.update({name: inner(images[name]) for name in ("fused", "reference", "fine")})
    return {name: found.value for name, found in measure(metrics, scene_of_arrays(**images)).items()}


def _judged(result: Result, fused: np.ndarray, known: dict[str, Any], movable: Movable | None) -> Result:
    """Compared with the reference, which is moved to suit the fused image where it may be."""
    metrics = METRICS[result.test]
    if movable is None:
        return replace(result, values=_values(metrics, known, fused))
    place = best_place(fused, movable)
    return replace(result, values=_values(metrics, {**known, "reference": movable.at(place)}, fused), place=place)


def _fuse(
    pair: Pair, test: str, contender: Contender, ms: np.ndarray, pan: np.ndarray
) -> tuple[Result, np.ndarray | None]:
    """Fuse and time; a method that cannot is told in the result, whose values are NaN, and has no image."""
    nothing = {metric.id: math.nan for metric in METRICS[test]}
    blank = Result(*_about(pair), test, contender.name, contender.kind, nothing, math.nan)
    started = time.perf_counter()
    try:
        fused = contender.method_for(pair, test)(ms, pan, pair.ratio, pair.gains)
    except (RsFusionError, subprocess.SubprocessError) as error:
        return replace(blank, trouble=str(error)), None
    return replace(blank, seconds=time.perf_counter() - started), fused
