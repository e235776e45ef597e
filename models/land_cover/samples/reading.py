"""From rasters and samples on disk to chips: what lies around the samples is read, block by block, and nothing else.

The rasters are brought onto the grid of the first of them, by the engine that classifies later, so that a network sees
the same pixels in training and in use. Axis order: (bands, rows, cols).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from models.land_cover.drafting import draft_card
from models.land_cover.samples.scenes import CELL_PX, NO_REGION, UNLABELLED, Chip, LabelledScene, cut_chips
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.contract import Task
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import Plan, plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.aligned_input import AlignedInput
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.samples.opening import open_samples
from rsfusion_qgis.core.rasters.samples.samples import Samples, SampleSource, check_trainable
from rsfusion_qgis.tasks.land_cover.task import TASK

BLOCK_PX = 64
MOST_BYTES = 1_200_000_000
"""Of chips in memory; beyond, blocks are left out."""
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Material:
    """What a training learns from."""

    chips: tuple[Chip, ...]
    classes: tuple[ClassSpec, ...]
    plan: Plan
    """Its card names the rasters' bands and which may be absent; its findings say how they lie on each other."""
    warnings: tuple[str, ...]
    """Sentences about samples that could not be used."""


def opened(
    inputs: Mapping[str, str], optional: tuple[str, ...] | None, policy: str, watch: Watch, grid: str = "",
    task: Task = TASK,
) -> Plan:  # fmt: skip
    """The rasters as the engine will read them, checked and, under "correct", with their shifts undone.

    Parameters
    ----------
    inputs : role -> path.
    optional : roles that may be absent later; None = all but the first.
    grid : role that gives the grid; "" = the first in the order of the task.
    task : whose roles these are, see `draft_card`.
    """
    job = Job(task, dict(inputs), policy=policy, card=draft_card(inputs, optional, grid, task))
    return register_inputs(plan_job(job), watch)


def gather(plan: Plan, source: SampleSource, halo: int, seed: int, watch: Watch) -> Material:
    """Chips around all samples.

    Parameters
    ----------
    halo : pixels around a cell, at least the network's.
    seed : of the blocks that are left out where all would not fit into memory.

    Raises
    ------
    InputError
        The samples are unusable, or a class has too few on pixels with data.
    """
    inputs = {spec.role: plan.open(spec) for spec in plan.raster_specs}
    with open_samples(source, plan.domain) as samples:
        check_trainable(samples)
        blocks = list(blocks_with_samples(samples))
        kept, lost = those_that_fit(blocks, inputs, halo, seed)
        first = plan.reference_role
        chips: list[Chip] = []
        unusable = np.zeros(len(samples.classes), np.int64)
        for number, block in enumerate(kept):
            watch(number / len(kept))
            scene, missing = _scene(block, samples, inputs, first, halo)
            unusable += missing
            origin = block.grown(halo + CELL_PX)
            for chip in cut_chips(scene, halo):
                chips.append(replace(chip, row=chip.row + origin.row_off, col=chip.col + origin.col_off))
        warnings = list(samples.warnings)
        classes, parameter = samples.classes, source.parameter
    for one in inputs.values():
        one.close()
    if unusable.any():
        warnings.append(f"{parameter}: {unusable.sum()} sample pixels lie where {first.upper()} has no data; left out.")
    if lost:
        warnings.append(f"{parameter}: {lost} of {len(blocks)} blocks of {BLOCK_PX} pixels with samples would not fit "
                        "into memory; left out.")
    check_left(chips, classes, parameter, first)
    return Material(tuple(chips), classes, plan, tuple(warnings))


def blocks_with_samples(samples: Samples) -> Iterator[Window]:
    """Blocks of the domain that hold samples; their corners are those of cells."""
    for window in samples.windows():
        labels, _ = samples.read(window)
        for row in range(0, window.height, BLOCK_PX):
            for col in range(0, window.width, BLOCK_PX):
                if (labels[row : row + BLOCK_PX, col : col + BLOCK_PX] != UNLABELLED).any():
                    yield Window(window.col_off + col, window.row_off + row, BLOCK_PX, BLOCK_PX).intersection(window)


def those_that_fit(
    blocks: list[Window], inputs: Mapping[str, AlignedInput], halo: int, seed: int
) -> tuple[list[Window], int]:
    """As many blocks as fit into memory, drawn by chance, and how many do not."""
    bands = sum(len(one.source.bands) for one in inputs.values())
    side = BLOCK_PX + 2 * (halo + CELL_PX)
    most = max(1, MOST_BYTES // (2 * 4 * bands * side * side))
    if len(blocks) <= most:
        return blocks, 0
    drawn = np.random.default_rng(seed).permutation(len(blocks))[:most]
    return [blocks[i] for i in sorted(drawn)], len(blocks) - most


def _scene(
    block: Window, samples: Samples, inputs: Mapping[str, AlignedInput], first: str, halo: int
) -> tuple[LabelledScene, np.ndarray]:
    """A block with surroundings that hold no labels, and how many pixels of each class lie where there is no data."""
    around = block.grown(halo + CELL_PX)
    labels, regions = np.full(around.shape, UNLABELLED, np.int16), np.zeros(around.shape, np.int32)
    inside = np.s_[halo + CELL_PX : halo + CELL_PX + block.height, halo + CELL_PX : halo + CELL_PX + block.width]
    labels[inside], regions[inside] = samples.read(block)
    read = {role: one.read(around) for role, one in inputs.items()}
    valid = {role: there.all(axis=0) for role, (_, there) in read.items()}
    lost = (labels != UNLABELLED) & ~valid[first]
    missing = np.bincount(labels[lost], minlength=len(samples.classes))
    labels[lost], regions[lost] = UNLABELLED, NO_REGION
    return LabelledScene({role: values for role, (values, _) in read.items()}, valid, labels, regions), missing


def check_left(chips: list[Chip], classes: tuple[ClassSpec, ...], parameter: str, first: str) -> None:
    """Refuse classes of which fewer than three pixels are left; raises InputError."""
    counts = np.zeros(len(classes), np.int64)
    for chip in chips:
        counts += np.bincount(chip.labels[chip.labelled], minlength=len(classes))
    poor = [f"'{one.name}' ({count})" for one, count in zip(classes, counts) if count < 3]
    if poor:
        raise InputError(
            f"{parameter} has too few sample pixels of {', '.join(poor)} where {first.upper()} has data; expected 3 or "
            "more of every class, so add samples of these or leave them out."
        )
