"""From rasters and samples of one or several scenes to chips, scaled by scene as `rsfusion:segment` scales them.

Axis order (bands, rows, cols). Backscatter is decibels less the scene's median over its spread, optical bands are over
the scene's brightness, heights are as stored. Samples that cover much of a scene are divided into square blocks, which
are the regions that training, validation and test are dealt out by; else a region is a polygon or a connected patch.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from models.land_cover.drafting import draft_card
from models.land_cover.samples.reading import blocks_with_samples, check_left, those_that_fit
from models.land_cover.samples.scenes import NO_REGION, UNLABELLED, Chip, LabelledScene, cut_chips
from models.land_cover.samples.split import Split, split_regions
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import Plan, plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.rasters.aligned_input import Scale
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.samples.opening import open_samples
from rsfusion_qgis.core.rasters.samples.samples import Samples, SampleSource, check_trainable
from rsfusion_qgis.tasks.segmentation.inputs import seen
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.task import TASK

CELL_PX = 32
DENSE = 0.25
"""Share of a scene that is labelled, from which on its samples are divided into blocks."""
BLOCKS, SMALLEST_BLOCK_PX, LARGEST_BLOCK_PX, RIM_PX = 60, 16, 128, 2
"""How many blocks a scene has about, their size, and the rim of a block whose labels are left out."""
SAMPLES, LABELS, FIELD = "SAMPLES", "LABELS", "CLASS_FIELD"
"""Columns of the table of scenes beside those of the rasters."""
Watch = Callable[[float], None]


@dataclass(frozen=True)
class SceneFiles:
    """Rasters by role, and where the samples are."""

    inputs: dict[str, str]
    samples: SampleSource


@dataclass(frozen=True)
class Material:
    """What a training learns from; `dense`: whether samples were divided into blocks."""

    chips: tuple[Chip, ...]
    classes: tuple[ClassSpec, ...]
    plan: Plan
    warnings: tuple[str, ...]
    dense: bool
    scenes: int


def scenes_of(job: Mapping[str, Any]) -> list[SceneFiles]:
    """The scene of the parameters, and those of the table SCENES.

    Raises
    ------
    InputError
        The table cannot be read, or a row lacks its samples or names what the first scene has not.
    """
    first = SceneFiles(dict(job["inputs"]), SampleSource(**job["samples"]))
    return [first, *(_row(number, row, first, Path(job["scenes"]).parent)
                     for number, row in enumerate(_rows(job.get("scenes") or ""), start=2))]  # fmt: skip


def _rows(path: str) -> list[dict[str, str]]:
    if not path:
        return []
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            return [{(key or "").strip().upper(): (value or "").strip() for key, value in row.items() if key}
                    for row in csv.DictReader(file)]  # fmt: skip
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"SCENES: '{path}' cannot be read as a table ({error}); give a CSV file.") from None


def _row(number: int, row: Mapping[str, str], first: SceneFiles, folder: Path) -> SceneFiles:
    known = {role.parameter: role.name for role in TASK.roles}
    strange = [name for name, value in row.items() if value and name not in (*known, SAMPLES, LABELS, FIELD)]
    if strange:
        raise InputError(
            f"SCENES: row {number} has the column {strange[0]}; expected {', '.join(known)}, {SAMPLES}, {LABELS} or "
            f"{FIELD}."
        )
    inputs = {known[name]: _placed(value, folder) for name, value in row.items() if value and name in known}
    extra = [role for role in inputs if role not in first.inputs]
    if extra or not inputs:
        found = f"names {extra[0].upper()}, which the first scene does not have" if extra else "names no raster"
        raise InputError(f"SCENES: row {number} {found}; name rasters that the parameters name, too.")
    labels, samples = row.get(LABELS, ""), row.get(SAMPLES, "")
    if bool(labels) == bool(samples):
        raise InputError(f"SCENES: row {number} needs one of {SAMPLES} and {LABELS}; name a file there.")
    field = (row.get(FIELD) or first.samples.field) if samples else ""
    if samples and not field:
        raise InputError(f"SCENES: row {number} names {SAMPLES} without {FIELD}; name the field with the class.")
    path = _placed(labels or samples, folder)
    return SceneFiles(inputs, SampleSource(path, field, "", f"SCENES row {number}", Path(path).name))


def _placed(path: str, folder: Path) -> str:
    beside = folder / path
    return str(beside) if not Path(path).is_absolute() and beside.exists() else path


def opened(
    files: SceneFiles, card: ModelCard, policy: str, sar_unit: str, watch: Watch
) -> Plan:
    """The rasters of a scene as `rsfusion:segment` will read them, checked and, under "correct", moved."""
    given = {role: path for role, path in files.inputs.items() if card.input(role) is not None}
    job = Job(TASK, given, policy=policy, card=card, options=SegmentOptions(sar_unit=sar_unit))
    return register_inputs(plan_job(job), watch)


def drafted(files: SceneFiles, optional: tuple[str, ...], grid: str) -> ModelCard:
    """The card of the network that is to be made, from the first scene."""
    return draft_card(files.inputs, optional, grid, TASK)


class ScaledLayer:
    """A raster in the units that networks see; invalid values are 0."""

    def __init__(self, layer: Any, scale: Scale) -> None:
        self.layer, self.source = layer, layer.source
        self.offset, self.scale = (np.asarray(one, np.float32)[:, None, None] for one in (scale.offset, scale.scale))

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """(bands, rows, cols) float32, and (rows, cols) bool."""
        values, valid = self.layer.read(window)
        there = valid.all(axis=0) & np.isfinite(values).all(axis=0)
        return np.where(there, (values - self.offset) / self.scale, 0).astype(np.float32), there


def gather(
    scenes: Sequence[SceneFiles], plans: Sequence[Plan], halo: int, seed: int, watch: Watch
) -> Material:
    """Chips of all scenes, `CELL_PX` wide with `halo` pixels around; raises InputError where samples are unusable."""
    chips: list[Chip] = []
    classes: list[ClassSpec] = []
    warnings: list[str] = []
    regions, dense = 0, False
    for number, (files, plan) in enumerate(zip(scenes, plans)):
        found, theirs, told, blocks = _scene_chips(files, plan, halo, seed, lambda share, n=number: watch(
            (n + share) / len(scenes)))  # fmt: skip
        places = _merged(classes, theirs)
        for chip in found:
            labels = np.where(chip.labelled, places[chip.labels], UNLABELLED).astype(np.int16)
            numbers = np.where(chip.regions != NO_REGION, chip.regions + regions, NO_REGION).astype(np.int32)
            chips.append(replace(chip.relabelled(labels, numbers), scene=number))
        regions = max((int(chip.regions.max()) for chip in chips), default=regions)
        warnings += told
        dense = dense or blocks
    check_left(chips, tuple(classes), scenes[0].samples.parameter, plans[0].reference_role)
    chips = _with_all_roles(chips, plans[0].card)
    return Material(tuple(chips), tuple(classes), plans[0], tuple(warnings), dense, len(scenes))


def _merged(classes: list[ClassSpec], theirs: Sequence[ClassSpec]) -> np.ndarray:
    """Index among all classes of each of a scene's, told by name; a new class keeps its code where that is free."""
    places = []
    for one in theirs:
        at = next((place for place, known in enumerate(classes) if known.name == one.name), None)
        if at is None:
            used = {known.code for known in classes}
            code = one.code if one.code not in used else next(code for code in range(1, 256) if code not in used)
            classes.append(replace(one, code=code))
            at = len(classes) - 1
        places.append(at)
    return np.array(places, np.int16)


def _with_all_roles(chips: Sequence[Chip], card: ModelCard) -> list[Chip]:
    """Chips in which every role of the card is, in its order: nothing valid where a scene has no such raster."""
    made = []
    for chip in chips:
        size = chip.labels.shape
        inputs = {spec.role: chip.inputs.get(spec.role, np.zeros((len(spec.bands), *size), np.float32))
                  for spec in card.inputs}  # fmt: skip
        valid = {role: chip.valid.get(role, np.zeros(size, bool)) for role in inputs}
        made.append(replace(chip, inputs=inputs, valid=valid))
    return made


def _scene_chips(
    files: SceneFiles, plan: Plan, halo: int, seed: int, watch: Watch
) -> tuple[list[Chip], tuple[ClassSpec, ...], list[str], bool]:
    with ExitStack() as stack:
        layers = {spec.name: plan.open(spec) for spec in plan.raster_specs}
        for layer in layers.values():
            stack.callback(layer.close)
        found = seen(plan, layers)
        layers = {**layers, **found.layers}
        inputs = {spec.role: ScaledLayer(layers[spec.name], found.scales[spec.name]) for spec in plan.raster_specs}
        samples = stack.enter_context(open_samples(files.samples, plan.domain))
        check_trainable(samples)
        dense = sum(samples.counts) > DENSE * plan.domain.height * plan.domain.width
        blocks = list(blocks_with_samples(samples))
        kept, lost = those_that_fit(blocks, inputs, halo, seed)
        chips, unusable = _cut(kept, samples, inputs, plan.reference_role, halo, dense, watch)
        said = [finding.sentence for finding in found.findings if finding.severity == "warning"]
        said += [*samples.warnings]
        classes, name = samples.classes, files.samples.parameter
    if unusable:
        said.append(f"{name}: {unusable} sample pixels lie where {plan.reference_role.upper()} has no data; left out.")
    if lost:
        said.append(f"{name}: {lost} of {len(blocks)} blocks with samples would not fit into memory; left out.")
    return chips, classes, said, dense


def _cut(
    blocks: Sequence[Window], samples: Samples, inputs: Mapping[str, ScaledLayer], first: str, halo: int, dense: bool,
    watch: Watch,
) -> tuple[list[Chip], int]:  # fmt: skip
    grown = -(-halo // CELL_PX) * CELL_PX  # so that cells begin where blocks do
    chips: list[Chip] = []
    unusable = 0
    for number, block in enumerate(blocks):
        watch(number / len(blocks))
        around = block.grown(grown)
        labels, regions = np.full(around.shape, UNLABELLED, np.int16), np.zeros(around.shape, np.int32)
        inside = np.s_[grown : grown + block.height, grown : grown + block.width]
        labels[inside], regions[inside] = samples.read(block)
        if dense:
            regions[inside], rim = _blocks(block, samples.grid.height, samples.grid.width)
            labels[inside] = np.where(rim, UNLABELLED, labels[inside])
        read = {role: layer.read(around) for role, layer in inputs.items()}
        lost = (labels != UNLABELLED) & ~read[first][1]
        unusable += int(lost.sum())
        labels[lost] = UNLABELLED
        regions[labels == UNLABELLED] = NO_REGION
        values = {role: one[0] for role, one in read.items()}
        scene = LabelledScene(values, {role: one[1] for role, one in read.items()}, labels, regions)
        for chip in cut_chips(scene, halo, CELL_PX):
            chips.append(replace(chip, row=chip.row + around.row_off, col=chip.col + around.col_off))
    return chips, unusable


def _blocks(window: Window, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
    """Number of the block of every pixel of a window, from 1, and what belongs to the rims of blocks."""
    side = int(np.clip(round((rows * cols / BLOCKS) ** 0.5), SMALLEST_BLOCK_PX, LARGEST_BLOCK_PX))
    row, col = np.arange(window.row_off, window.row_end)[:, None], np.arange(window.col_off, window.col_end)[None]
    number = (row // side) * (-(-cols // side)) + col // side + 1
    rim = [(place % side < RIM_PX) | (place % side >= side - RIM_PX) for place in (row, col)]
    return number.astype(np.int32), rim[0] | rim[1]


def split_of(material: Material, validation: float, test: float, seed: int) -> Split:
    """Training, validation and test; blocks stay whole."""
    names, shares = [one.name for one in material.classes], (1.0 - validation - test, validation, test)
    groups = None
    if material.dense:
        numbers = np.unique(np.concatenate([np.unique(chip.regions[chip.labelled]) for chip in material.chips]))
        groups = {int(number): int(number) for number in numbers}
    return split_regions(material.chips, names, seed, shares, groups=groups)


def narrowed(chips: Sequence[Chip], halo: int) -> list[Chip]:
    """The chips with so many pixels around their cells at most."""
    made = []
    for chip in chips:
        cut = max(0, chip.halo - halo)
        inner = np.s_[cut : chip.labels.shape[0] - cut, cut : chip.labels.shape[1] - cut]
        made.append(replace(
            chip, inputs={role: values[(slice(None), *inner)] for role, values in chip.inputs.items()},
            valid={role: mask[inner] for role, mask in chip.valid.items()}, labels=chip.labels[inner],
            regions=chip.regions[inner], halo=chip.halo - cut,
        ))  # fmt: skip
    return made
