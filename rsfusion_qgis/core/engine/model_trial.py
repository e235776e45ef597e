"""Does a network keep to what its card promises? Runs on rasters of the user, or on generated ones, and what they show.

A network passes where its result depends on neither tiles nor extent, where holes of its rasters stay holes, and where
it does without the rasters that its card calls dispensable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..basics.errors import InputError, RsFusionError
from ..basics.monitor import Monitor
from ..networks.card import ModelCard
from ..networks.card_fields import InputSpec
from ..networks.indicators import Indicators, measure
from ..rasters import generated
from .contract import Face, Role, Task
from .job import Job
from .run import run

PASSED, FAILED, SKIPPED = "passed", "failed", "not applicable"
SIDE_PX, PIXEL_M = 160, 10.0
ANY_BANDS = 4
SMALL_TILES = (32, 64)
RELATIVE = 1e-4
"""By how much values may differ, of the range of all."""
LARGEST_DIFFERING = 1e-4
"""Share of pixels whose class may differ: what lies on the border between two classes."""


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, one of PASSED, FAILED and SKIPPED, and what was found."""

    name: str
    verdict: str
    found: str


class _Quiet(Monitor):
    """Passes on nothing but the wish to stop."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor

    def is_cancelled(self) -> bool:
        return self._monitor.is_cancelled()


def face_of(task: Task) -> Face:
    """The face of a task that runs networks."""
    return next(face for face in task.faces if face.networks)


def trial_job(
    task: Task, model: Path, card: ModelCard, rasters: Mapping[str, str], output: str
) -> Job:
    """A job that runs the network as it is, with all options neutral; `card` goes before that of the file."""
    face = face_of(task)
    fine = "Float32" if face.typed else ""  # so that small differences show
    return Job(task, dict(rasters), output, str(model), options=face.options(), device="cpu", card=card, data_type=fine)


def assigned(task: Task, card: ModelCard, paths: Sequence[str]) -> dict[str, str]:
    """Rasters of the user, in the order of the card's inputs, by role.

    Raises
    ------
    InputError
        There are more or fewer than the card takes.
    """
    roles = list(dict.fromkeys(spec.role for spec in card.inputs if spec.is_raster))
    needed = [spec.role for spec in card.inputs if spec.is_raster and spec.required]
    if not len(set(needed)) <= len(paths) <= len(roles):
        names = ", ".join(task.parameter(role) for role in roles)
        raise InputError(f"RASTERS holds {len(paths)} rasters, but the network takes {len(roles)}; expected, in this "
                         "order: "
                         f"{names}.")  # fmt: skip
    return dict(zip(roles, paths))


def generated_rasters(task: Task, card: ModelCard, folder: Path) -> dict[str, str]:
    """A raster of a made-up scene for each role of the card; returns role -> path."""
    first = task.grid or next(spec.role for spec in card.inputs if spec.is_raster)
    ratios = [_ratio(task, card, spec, first) for spec in card.inputs if spec.is_raster]
    step = math.lcm(*ratios, card.multiple_of)
    side = max(SIDE_PX, 4 * card.halo if card.halo < 64 else SIDE_PX)
    side = -(-side // step) * step
    made: dict[str, str] = {}
    for spec in card.inputs:
        if not spec.is_raster or spec.role in made:
            continue
        role, ratio = task.role(spec.role), _ratio(task, card, spec, first)
        names = [band.name for band in spec.bands] if spec.bands else []
        count = len(names) or role.bands or max(ANY_BANDS, spec.components)
        names = names or [f"{role.parameter} {n}" for n in range(1, count + 1)]
        ground = generated.scene(count, side // ratio, side // ratio, PIXEL_M * ratio)
        values, data_type, nodata = _stored(ground, spec, role)
        path = str(folder / f"{role.parameter}_2024-06-15.tif")
        made[spec.role] = generated.write(path, values, PIXEL_M * ratio, data_type, names, nodata)
    return made


def _ratio(task: Task, card: ModelCard, spec: InputSpec, first: str) -> int:
    """The pixel size of a generated raster over that of the result."""
    coarse = max(one.ratio for one in card.inputs if one.role == spec.role)
    if coarse > 1 or spec.role == first:
        return coarse
    low, high = card.ratio_range
    if low <= 1 <= high and spec.role != task.like:
        return 1
    return next((ratio for ratio in (4, 2, 3, 6, 8) if low <= ratio <= high), max(1, math.ceil(low)))


def _stored(values: np.ndarray, spec: InputSpec, role: Role) -> tuple[np.ndarray, str, float]:
    """Values of 0 to 1 as such a raster stores them, the data type, and what marks no data."""
    if role.codes:
        return np.rint(1 + 2 * values), "Byte", 0.0
    if spec.scaling.kind == "decibels" or (role.instrument == "sentinel1"):
        return -22 + 18 * values, "Float32", -9999.0
    if (spec.scaling.kind == "depth" and 0 < spec.scaling.bits <= 8) or spec.tensor.dtype == "uint8":
        return 1 + 250 * values, "Byte", 0.0
    if role.heights:
        return 100 + 30 * values, "Float32", -9999.0
    top = 2.0**spec.scaling.bits - 2 if spec.scaling.kind == "depth" and spec.scaling.bits else 6000.0
    return 1 + top * values, "UInt16", 0.0


def checks(job: Job, monitor: Monitor, folder: Path) -> list[Check]:
    """Run the network in all ways that a card promises.

    Parameters
    ----------
    job : whose `card` is that of the network; OUTPUT is not written.
    folder : for results that go afterwards.
    """
    quiet, made = _Quiet(monitor), []
    whole = replace(job, output=str(folder / "whole.tif"))
    steps = (_tiles, _extent, _hole, _absent)
    try:
        run(whole, quiet)
        values, valid = generated.read(whole.output)
    except RsFusionError as error:
        return [Check("It runs", FAILED, str(error))]
    share = float(valid.mean())
    found = f"{values.shape[0]} bands of {values.shape[2]} x {values.shape[1]} pixels, {100 * share:.0f} % valid"
    made.append(Check("It runs", PASSED if share else FAILED, found))
    flat = [number for number, band in enumerate(values, start=1) if valid.any() and np.ptp(band[valid]) == 0]
    words = "every band varies" if not flat else f"bands {', '.join(map(str, flat[:8]))} have one value everywhere"
    made.append(Check("Its result varies", PASSED if len(flat) < len(values) else FAILED, words))
    for place, step in enumerate(steps, start=1):
        monitor.progress(place / (len(steps) + 2))
        monitor.raise_when_cancelled()
        try:
            made += step(whole, quiet, folder, values, valid)
        except RsFusionError as error:
            made.append(Check(_NAMES[step.__name__], FAILED, str(error)))
    return made


_NAMES = {"_tiles": "Tiles do not matter", "_extent": "A part is that part of the whole", "_hole": "A hole stays a "
                                                                                                   "hole",
          "_absent": "It does without what is dispensable"}  # fmt: skip


def _same(name: str, found: np.ndarray, wanted: np.ndarray, valid: np.ndarray, classes: bool) -> Check:
    if classes:
        share = float((found != wanted)[:, valid].mean()) if valid.any() else 0.0
        return Check(name, PASSED if share <= LARGEST_DIFFERING else FAILED, f"{100 * share:.3g} % of the pixels "
                                                                             "differ")
    spread = float(np.ptp(wanted[:, valid])) if valid.any() else 1.0
    most = float(np.abs(found - wanted)[:, valid].max(initial=0.0))
    whole = bool(np.all(wanted[:, valid] == np.rint(wanted[:, valid])))
    limit = max(RELATIVE * spread, 1.0 if whole else 0.0)
    words = f"values differ by up to {most:.3g}, {100 * most / max(spread, 1e-30):.3g} % of their range"
    return Check(name, PASSED if most <= limit else FAILED, words)


def _classes(job: Job) -> bool:
    card: Any = job.card
    return card.outputs[0].classes is not None


def _tiles(job: Job, monitor: Monitor, folder: Path, values: np.ndarray, valid: np.ndarray) -> list[Check]:
    made = []
    for size in SMALL_TILES:
        other = replace(job, output=str(folder / f"tiles{size}.tif"), tile_size=size)
        result = run(other, monitor)
        found, there = generated.read(other.output)
        name = f"{_NAMES['_tiles']}, {result.tiles} tiles of {result.tile_size} pixels"
        made.append(_same(name, found, values, valid & there, _classes(job)))
    return made


def _extent(job: Job, monitor: Monitor, folder: Path, values: np.ndarray, valid: np.ndarray) -> list[Check]:
    x, y, width, height = generated.corners(job.output)
    rows, cols = valid.shape
    top, left, high, wide = rows // 8 + 1, cols // 7 + 1, rows // 2, cols // 2
    corners = (x + left * width, y + (top + high) * height, x + (left + wide) * width, y + top * height)
    part = replace(job, output=str(folder / "part.tif"), extent=corners)
    run(part, monitor)
    found, there = generated.read(part.output)
    cut = (slice(top, top + high), slice(left, left + wide))
    return [_same(_NAMES["_extent"], found, values[(slice(None), *cut)], valid[cut] & there, _classes(job))]


def _hole(job: Job, monitor: Monitor, folder: Path, values: np.ndarray, valid: np.ndarray) -> list[Check]:
    made = []
    card: Any = job.card
    for spec in card.inputs:
        if not spec.is_raster or not spec.required or spec.again or spec.role not in job.inputs:
            continue
        name = job.task.parameter(spec.role)
        holed = generated.copy_with_hole(job.inputs[spec.role], str(folder / f"hole_{spec.role}.tif"))
        other = replace(job, inputs={**job.inputs, spec.role: holed}, output=str(folder / f"out_{spec.role}.tif"))
        run(other, monitor)
        _, there = generated.read(other.output)
        rows, cols = there.shape
        inside, outside = there[rows // 2, cols // 2], there[: rows // 10, : cols // 10]
        fine = not inside and bool(outside.all())
        words = "no data where it has none, data beside it" if fine else (
            "data where it has none" if inside else "no data far from its hole")  # fmt: skip
        made.append(Check(f"{_NAMES['_hole']}, {name}", PASSED if fine else FAILED, words))
    return made


def _absent(job: Job, monitor: Monitor, folder: Path, values: np.ndarray, valid: np.ndarray) -> list[Check]:
    card: Any = job.card
    given = [spec for spec in card.inputs if spec.is_raster and spec.role in job.inputs]
    dispensable = [spec.role for spec in given if not spec.required]
    dispensable = [role for role in dict.fromkeys(dispensable) if len(job.inputs) > 1]
    if not dispensable:
        return [Check(_NAMES["_absent"], SKIPPED, "its card calls every raster required")]
    made = []
    for role in dispensable:
        fewer = {name: path for name, path in job.inputs.items() if name != role}
        other = replace(job, inputs=fewer, output=str(folder / f"without_{role}.tif"))
        run(other, monitor)
        _, there = generated.read(other.output)
        name = f"{_NAMES['_absent']}, {job.task.parameter(role)}"
        made.append(Check(name, PASSED if there.any() else FAILED, f"{100 * there.mean():.0f} % valid without it"))
    return made


def costs(path: Path, card: ModelCard, monitor: Monitor) -> tuple[Optional[Indicators], list[tuple[str, str]]]:
    """What the network costs here, as (what, value) rows."""
    try:
        found = measure(path, card, monitor)
    except InputError as error:
        return None, [("Costs", str(error))]
    rows = [("Weights", f"{found.weights}"), ("Size", f"{found.file_bytes / 2**20:.2f} MiB")]
    if found.flop_per_pixel is not None:
        rows.append(("Operations for a pixel of the result", f"{found.flop_per_pixel:.0f}"))
    if found.seconds_per_mpx is not None:
        rows.append(("Time for a million pixels", f"{found.seconds_per_mpx:.2f} s with {found.threads} threads"))
    if found.peak_bytes is not None:
        rows.append(("Memory", f"{found.peak_bytes / 2**20:.0f} MiB for a tile of {found.tile_px} pixels"))
    if found.reach_px is not None:
        least = "at least " if found.at_least else ""
        rows.append(("It sees", f"{least}{found.reach_px} pixels around, its card says {card.halo}"))
    return found, [*rows, *(("Not measured", remark) for remark in found.remarks)]
