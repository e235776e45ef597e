"""Wide changes put into pairs of unlike sensors, and recovered: ours beside peers and baselines; and wrong pairs.

    python -m models.alignment.wide --data FOLDER [--out runs/wide] [--changes 20] [--seed 1] [--arosics FOLDER]

Each change: rotation within 5 degrees, scale within 3 %, shear within 1.5 degrees, a shift of any direction up to 5 %
of the image, or, every second one, up to 100 pixels or a sixth of the side. Against control points, `found` means a
root mean square error of at most 1.2 times what the best affine fit to them leaves; where there are none, within a
pixel of what the same method says without the change. Wrong pairs: the images of different places, or one mirrored.
Prints Markdown; one line per trial goes to `<out>/wide_*.csv`. Seconds are of one core's time.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Callable, Optional

import numpy as np
from scipy import ndimage

from models.alignment import arosics
from models.alignment.baselines import cfog_like, rift_like
from models.alignment.control_points import ControlPoints, read_control_points
from models.alignment.methods import Array, Case
from models.alignment.pairs import S2_10M
from models.alignment.peers import peer_methods
from models.common.rasters import read_all
from rsfusion_qgis.core.alignment.shift import affine
from rsfusion_qgis.core.alignment.shift.wide import measure_widely, search_within
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.grid.grid import Placement

LARGEST_TURN_DEG, LARGEST_STRETCH, LARGEST_SHEAR_DEG = 5.0, 0.03, 1.5
SHARE, FAR_PX, FAR_SHARE = 0.05, 100.0, 1 / 6
LIMIT, NEAR_PX = 1.2, 1.0
SURE, KNOWN = 0.9, 0.5
OURS = "ours"
PARTS = RIGHT, PEERS, SMALL, WRONG, WRONG_SMALL = "right", "peers", "small", "wrong", "wrong-small"
"""What can be run by itself: ours and the others on large pairs, ours on small ones, and on wrong pairs of both."""
PEER_EVERY = 4
"""Peers take part in every fourth change."""

Find = Callable[[np.ndarray, np.ndarray], "tuple[Optional[np.ndarray], float]"]
"""From two images to (affine or None, confidence or NaN)."""


@dataclass(frozen=True)
class Pair:
    """Two images (bands, rows, cols) of one shape, and their control points where there are any."""

    name: str
    reference: np.ndarray
    secondary: np.ndarray
    points: Optional[ControlPoints] = None

    @property
    def centre(self) -> np.ndarray:
        return np.array(self.reference.shape[:0:-1]) / 2


@dataclass(frozen=True)
class Trial:
    """One method on one changed pair. NaN where it does not apply."""

    pair: str
    method: str
    number: int
    wrong: bool
    error_px: float
    """At the control points, or from the method's own answer without the change."""
    limit_px: float
    confidence: float
    seconds: float

    @property
    def found(self) -> bool:
        return self.error_px <= self.limit_px


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/wide"))
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--small", type=int, default=4, help="changes of each small Sentinel-1/2 pair")
    parser.add_argument("--wrong", type=int, default=12, help="wrong pairs beside each pair")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--arosics", type=Path, default=arosics.FOLDER, help="folder that AROSICS was installed into")
    parser.add_argument("--parts", nargs="*", default=PARTS, help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--pairs", nargs="*", default=(), help="only large pairs whose name has one of these words")
    parser.add_argument("--table", action="store_true", help="only print the table of what lies in the folder already")
    options = parser.parse_args(arguments)
    if options.table:
        print(table(list(_read(options.out))))
        return 0
    arosics.FOLDER, arosics.MAX_SHIFT_PX = options.arosics, FAR_PX
    options.out.mkdir(parents=True, exist_ok=True)
    trials: list[Trial] = []
    name = "_".join(("wide", *options.parts, *options.pairs)) + ".csv"
    with (options.out / name).open("w", newline="", encoding="utf-8") as stream, arosics.Arosics() as child:
        writer = csv.DictWriter(stream, [field.name for field in fields(Trial)])
        writer.writeheader()
        for trial in _trials(options, child):
            trials.append(trial)
            writer.writerow(asdict(trial))
            stream.flush()
    print(table(trials))
    return 0


def _trials(options: argparse.Namespace, child: arosics.Arosics) -> Iterator[Trial]:
    large, small = list(large_pairs(options.data)), list(small_pairs(options.data))
    chosen = [pair for pair in large if not options.pairs or any(word in pair.name for word in options.pairs)]
    if RIGHT in options.parts:
        for pair in chosen:
            yield from right(pair, {OURS: find_ours}, options.changes, options.seed)
    if PEERS in options.parts:
        for pair in chosen:
            yield from right(pair, _peers(child), options.changes, options.seed)
    if SMALL in options.parts:
        for pair in small:
            yield from right(pair, {OURS: find_ours}, options.small, options.seed)
    for part, group, pairs in ((WRONG, large, chosen), (WRONG_SMALL, small, small)):
        for pair in pairs if part in options.parts else ():
            yield from wrong(pair, group, options.wrong, options.seed)


def _read(folder: Path) -> Iterator[Trial]:
    for path in sorted(folder.glob("wide*.csv")):
        with path.open(newline="", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                numbers = [float(row[name]) for name in ("error_px", "limit_px", "confidence", "seconds")]
                yield Trial(row["pair"], row["method"], int(row["number"]), row["wrong"] == "True", *numbers)


def large_pairs(data: Path) -> Iterator[Pair]:
    """The registration pairs."""
    for folder in sorted((data / "registration").iterdir()):
        names = ("reference", "sensed") if (folder / "sensed.tif").exists() else ("optical", "sar")
        points = folder / "control_points.csv"
        images = (read_all(folder / f"{name}.tif") for name in names)
        yield _cut(folder.name, *images, read_control_points(points) if points.exists() else None)


def small_pairs(data: Path) -> Iterator[Pair]:
    """Every second Sentinel-1/2 patch of 256 pixels: those that no calibration saw."""
    for sar in sorted((data / "s1s2_cloud").glob("*_s1.tif"))[1::2]:
        stem = sar.name[: -len("_s1.tif")]
        optical = read_all(sar.with_name(f"{stem}_s2_clear.tif"))[list(S2_10M)]
        yield _cut(stem, optical, read_all(sar), None)


def _cut(name: str, first: np.ndarray, second: np.ndarray, points: Optional[ControlPoints]) -> Pair:
    rows, cols = (min(a, b) for a, b in zip(first.shape[1:], second.shape[1:]))
    return Pair(name, first[:, :rows, :cols], second[:, :rows, :cols], points)


def right(pair: Pair, finders: dict[str, Find], count: int, seed: int) -> Iterator[Trial]:
    """Known changes put into a pair."""
    rng = np.random.default_rng([seed, sum(pair.name.encode())])
    before = {}
    for name, find in finders.items():
        if pair.points is None:
            before[name] = _timed(find, pair.reference, pair.secondary)[0]
    for number in range(count):
        change = draw(rng, pair.secondary.shape[1:], number % 2 == 1)
        secondary = changed(pair.secondary, change)
        for name, find in finders.items():
            if name != OURS and number % PEER_EVERY:
                continue
            matrix, confidence, seconds = _timed(find, pair.reference, secondary)
            error, limit = _judged(pair, matrix, change, before.get(name))
            yield Trial(pair.name, name, number, False, error, limit, confidence, seconds)


def wrong(pair: Pair, others: Sequence[Pair], count: int, seed: int) -> Iterator[Trial]:
    """The reference beside a secondary that does not show it: another place's, or its own mirrored."""
    rng = np.random.default_rng([seed, 7, sum(pair.name.encode())])
    mirrors = (lambda v: v[:, ::-1], lambda v: v[:, :, ::-1], lambda v: v[:, ::-1, ::-1])
    strange = [other for other in others if other is not pair]
    for number in range(count):
        image = pair.secondary if number % 2 else strange[int(rng.integers(len(strange)))].secondary
        image = mirrors[int(rng.integers(3))](image) if number % 2 else image
        both = _cut(pair.name, pair.reference, np.ascontiguousarray(image), None)
        secondary = changed(both.secondary, draw(rng, both.secondary.shape[1:], False))
        _, confidence, seconds = _timed(find_ours, both.reference, secondary)
        yield Trial(pair.name, OURS, number, True, math.inf, 0.0, confidence, seconds)


def draw(rng: np.random.Generator, shape: tuple[int, int], far: bool) -> np.ndarray:
    """A change, see the module."""
    turn, shear = (math.radians(rng.uniform(-v, v)) for v in (LARGEST_TURN_DEG, LARGEST_SHEAR_DEG))
    one = affine.matrix(turn, rng.uniform(-LARGEST_STRETCH, LARGEST_STRETCH))
    sheared = np.array([[1.0, shear], [0.0, 1.0]]) if rng.random() < 0.5 else np.array([[1.0, 0.0], [shear, 1.0]])
    reach = min(FAR_PX, FAR_SHARE * min(shape)) if far else SHARE * max(shape)
    angle, length = rng.uniform(0, 2 * math.pi), reach * math.sqrt(rng.random())
    return np.column_stack([one[:, :2] @ sheared, (length * math.cos(angle), length * math.sin(angle))])


def changed(values: np.ndarray, change: np.ndarray) -> np.ndarray:
    """The image that shows at p what `values` shows where the change puts p; NaN from outside."""
    linear, offset = affine.array_terms(change, values.shape[1:])
    bands = []
    for band in values:
        known = np.isfinite(band)
        filled = np.where(known, band, np.nanmean(band))
        moved = ndimage.affine_transform(filled, linear, offset, order=3, mode="nearest")
        there = ndimage.affine_transform(known.astype(float), linear, offset, order=1, cval=0.0)
        bands.append(np.where(there > 0.999, moved, np.nan))
    return np.stack(bands)


def _judged(
    pair: Pair, matrix: Optional[np.ndarray], change: np.ndarray, before: Optional[np.ndarray]
) -> tuple[float, float]:
    """(error, limit) in pixels."""
    if pair.points is None:
        limit = NEAR_PX
        if matrix is None or before is None:
            return math.inf, limit
        rows, cols = np.meshgrid(*(np.linspace(-0.4, 0.4, 5) * size for size in pair.reference.shape[1:]))
        places = np.column_stack([cols.ravel(), rows.ravel()])
        away = affine.moved(matrix, places) - affine.moved(affine.after(before, change), places)
        return float(np.sqrt((away**2).sum(1).mean())), limit
    sensed = pair.points.sensed - pair.centre
    belong = sensed + pair.points.steps
    best = affine.fit(sensed, belong, np.ones(len(sensed)))
    limit = LIMIT * float(np.sqrt(((affine.moved(best, sensed) - belong) ** 2).sum(1).mean()))
    if matrix is None:
        return math.inf, limit
    away = affine.moved(matrix, affine.moved(affine.inverse(change), sensed)) - belong
    return float(np.sqrt((away**2).sum(1).mean())), limit


def _timed(find: Find, reference: np.ndarray, secondary: np.ndarray) -> tuple[Optional[np.ndarray], float, float]:
    started = time.process_time(), time.perf_counter()
    try:
        matrix, confidence = find(reference, secondary)
    except RsFusionError:
        matrix, confidence = None, math.nan
    child = find.__name__ == "find_by_arosics"  # another process, whose time only the clock tells
    return matrix, confidence, time.perf_counter() - started[1] if child else time.process_time() - started[0]


def find_ours(reference: np.ndarray, secondary: np.ndarray) -> tuple[Optional[np.ndarray], float]:
    """The plugin's measurement with its defaults; what it calls uncertain is no answer."""
    size = reference.shape[2], reference.shape[1]
    found = measure_widely(Array(reference), Array(secondary), size, size, Placement(1, 0, 1, 0), search_within(None))
    if found.verdict(0.0) == "uncertain":
        return None, found.confidence
    step = found.displacement(size[0] / 2, size[1] / 2)
    return np.column_stack([found.linear, step]), found.confidence


def filled(values: np.ndarray) -> np.ndarray:
    """With the nearest value where a pixel has none, for methods that know no such pixels."""
    gaps = ~np.isfinite(values).all(axis=0)
    nearest = ndimage.distance_transform_edt(gaps, return_distances=False, return_indices=True)
    return values[:, nearest[0], nearest[1]]


def _peers(child: arosics.Arosics) -> dict[str, Find]:
    methods = {method.name: method for method in peer_methods()[0]}

    def follow(reference: np.ndarray, secondary: np.ndarray) -> tuple[np.ndarray, float]:
        return affine.IDENTITY, math.nan

    def find_by_phase(reference: np.ndarray, secondary: np.ndarray) -> tuple[np.ndarray, float]:
        found = methods["skimage phase"].find(Case(reference, filled(secondary)))
        return affine.matrix(0.0, 0.0, found.cols, found.rows), math.nan

    def find_by_cfog(reference: np.ndarray, secondary: np.ndarray) -> tuple[Optional[np.ndarray], float]:
        return cfog_like(reference, secondary), math.nan

    def find_by_rift(reference: np.ndarray, secondary: np.ndarray) -> tuple[Optional[np.ndarray], float]:
        return rift_like(reference, secondary), math.nan

    def find_by_arosics(reference: np.ndarray, secondary: np.ndarray) -> tuple[np.ndarray, float]:
        found = child.methods(False)[0].find(Case(reference, filled(secondary)))
        return affine.matrix(0.0, 0.0, found.cols, found.rows), math.nan

    found: dict[str, Find] = {
        "GDAL, georeferencing only": follow, "scikit-image phase": find_by_phase, "CFOG-like": find_by_cfog,
        "RIFT-like": find_by_rift,
    }  # fmt: skip
    return found | ({"AROSICS global": find_by_arosics} if child.installed() else {})


def table(trials: Sequence[Trial]) -> str:
    """Markdown: what was found, and what was confident and wrong."""
    lines = ["| pairs | method | trials | found | median error | limit | s |", "|---|---|---|---|---|---|---|"]
    good = [t for t in trials if not t.wrong]
    for name, method in dict.fromkeys((t.pair, t.method) for t in good):
        mine = [t for t in good if (t.pair, t.method) == (name, method)]
        error = float(np.quantile([t.error_px for t in mine], 0.5, method="higher"))
        lines.append(
            f"| {name} | {method} | {len(mine)} | {np.mean([t.found for t in mine]):.0%} | {error:.2f} | "
            f"{mine[0].limit_px:.2f} | {np.median([t.seconds for t in mine]):.1f} |"
        )
    ours = [t for t in good if t.method == OURS]
    sure = [t for t in ours if t.confidence >= SURE]
    apart = [t for t in trials if t.wrong]
    false = [t for t in ours if t.confidence >= KNOWN and not t.error_px <= 2 * t.limit_px]
    lines += [
        "",
        f"Right pairs with confidence {SURE} and more: {len(sure)} of {len(ours)}, of them found "
        f"{np.mean([t.found for t in sure]) if sure else math.nan:.1%}.",
        f"Right pairs answered with more than twice the limit: {len(false)} of {len(ours)}.",
        f"Wrong pairs with confidence {KNOWN} and more: {sum(t.confidence >= KNOWN for t in apart)} of {len(apart)}; "
        f"{SURE} and more: {sum(t.confidence >= SURE for t in apart)}.",
        f"Seconds of ours, longest: {max((t.seconds for t in trials if t.method == OURS), default=math.nan):.1f}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
