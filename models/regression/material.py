"""From rasters and samples on disk to chips with numbers; and their blocks, folds and bins.

Axis order: (bands, rows, cols). The labels of a chip are bins of the number, so that all that deals with classes (folds
of which each has its share, networks that give scores) serves here too; what is measured are the numbers themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.land_cover.samples.balance import fold_groups
from models.land_cover.samples.reading import BLOCK_PX, Watch, those_that_fit
from models.land_cover.samples.scenes import (
    CELL_PX,
    NO_REGION,
    UNLABELLED,
    Chip,
    LabelledScene,
    cut_chips,
    keep_regions,
)
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.plan import Plan
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.samples.numbers import NumberSamples, open_numbers
from rsfusion_qgis.core.rasters.samples.samples import SampleSource

TARGET = "target"
BINS, EVEN_BINS = 16, 8
"""Edges by the share of the samples, and edges evenly over the range."""
TRIMMED = 0.01
FEWEST_OF_A_BIN, FEWEST_PIXELS, FEWEST_BLOCKS = 4, 30, 3
BLOCKS_OF_A_FOLD = 6


@dataclass(frozen=True)
class Numbers:
    """What a training learns from."""

    chips: tuple[Chip, ...]
    """With `targets`; labels are 0 where there is a number, `UNLABELLED` elsewhere."""
    name: str
    """What is estimated."""
    plan: Plan | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Bins:
    """Bins of a number."""

    edges: np.ndarray
    """(bins - 1,) between the bins, ascending."""
    centres: np.ndarray
    """(bins,) mean of the samples of each bin."""
    low: float
    high: float
    """Least and greatest number of the samples."""

    def of(self, values: np.ndarray) -> np.ndarray:
        """Bin of each value."""
        return np.searchsorted(self.edges, values, side="right")


def gather(plan: Plan, source: SampleSource, halo: int, seed: int, watch: Watch) -> Numbers:
    """Chips around all samples; see `models.land_cover.samples.reading.gather`.

    Raises
    ------
    InputError
        The samples are unusable, or too few lie on pixels with data.
    """
    inputs = {spec.role: plan.open(spec) for spec in plan.raster_specs}
    first, unusable = plan.reference_role, 0
    with open_numbers(source, plan.domain) as samples:
        blocks = [part for window in samples.windows() for part in _parts(window, samples)]
        kept, lost = those_that_fit(blocks, inputs, halo, seed)
        chips: list[Chip] = []
        for number, block in enumerate(kept):
            watch(number / len(kept))
            found, missing = _block_chips(block, samples, inputs, first, halo)
            unusable += missing
            chips += found
        warnings, name, parameter = list(samples.warnings), samples.name, source.parameter
    for one in inputs.values():
        one.close()
    if unusable:
        warnings.append(f"{parameter}: {unusable} sample pixels lie where {first.upper()} has no data; left out.")
    if lost:
        warnings.append(f"{parameter}: {lost} of {len(blocks)} blocks of {BLOCK_PX} pixels with samples would not fit "
                        "into memory; left out.")
    check_numbers(chips, parameter)
    return Numbers(tuple(chips), name, plan, tuple(warnings))


def check_numbers(chips: Sequence[Chip], parameter: str) -> None:
    """Refuse what nothing can be learned from; raises InputError."""
    values = targets_of(chips)
    if len(values) < FEWEST_PIXELS:
        raise InputError(
            f"{parameter} gives {len(values)} pixels with a number where the first raster has data; expected "
            f"{FEWEST_PIXELS} or more, so add samples."
        )
    if np.ptp(values) <= 0:
        raise InputError(f"{parameter} holds the one number {values[0]:g}; expected different ones, so add samples.")


def _parts(window: Window, samples: NumberSamples) -> list[Window]:
    """Blocks that hold samples; their corners are those of cells."""
    values, _ = samples.read(window)
    corners = [(row, col) for row in range(0, window.height, BLOCK_PX) for col in range(0, window.width, BLOCK_PX)]
    held = (at for at in corners if np.isfinite(values[at[0] : at[0] + BLOCK_PX, at[1] : at[1] + BLOCK_PX]).any())
    return [Window(window.col_off + col, window.row_off + row, BLOCK_PX, BLOCK_PX).intersection(window)
            for row, col in held]  # fmt: skip


def _block_chips(
    block: Window, samples: NumberSamples, inputs: Mapping[str, object], first: str, halo: int
) -> tuple[list[Chip], int]:
    """The chips of a block, and how many samples lie where there is no data."""
    margin = halo + CELL_PX
    around = block.grown(margin)
    values, regions = (np.pad(one, margin, constant_values=fill)
                       for one, fill in zip(samples.read(block), (np.nan, NO_REGION)))  # fmt: skip
    read = {role: one.read(around) for role, one in inputs.items()}
    valid = {role: there.all(axis=0) for role, (_, there) in read.items()}
    known = np.isfinite(values)
    lost = known & ~valid[first]
    scene = number_scene({role: found for role, (found, _) in read.items()}, valid, values, np.where(lost, 0, regions),
                         known & ~lost)  # fmt: skip
    row, col = around.row_off, around.col_off
    return [replace(one, row=one.row + row, col=one.col + col) for one in number_chips(scene, halo)], int(lost.sum())


def number_scene(
    inputs: Mapping[str, np.ndarray], valid: Mapping[str, np.ndarray], values: np.ndarray, regions: np.ndarray,
    known: np.ndarray, name: str = "",
) -> LabelledScene:  # fmt: skip
    """A scene whose numbers (rows, cols) are one more input, for `number_chips`."""
    labels = np.where(known, 0, UNLABELLED).astype(np.int16)
    numbers = {TARGET: np.where(known, values, 0.0).astype(np.float32)[None]}
    return LabelledScene({**inputs, **numbers}, {**valid, TARGET: known}, labels, regions, name)


def number_chips(scene: LabelledScene, halo: int, number: int = 0) -> list[Chip]:
    """The chips of a scene of `number_scene`, each with its `targets`."""
    made = []
    for chip in cut_chips(scene, halo, number=number):
        inputs, valid = dict(chip.inputs), dict(chip.valid)
        targets = inputs.pop(TARGET)[0]
        del valid[TARGET]
        made.append(replace(chip, inputs=inputs, valid=valid, targets=targets))
    return made


def targets_of(chips: Sequence[Chip]) -> np.ndarray:
    """(pixels,) the numbers of all labelled pixels, chip by chip, row by row."""
    return np.concatenate([chip.targets[chip.labelled] for chip in chips] or [np.zeros(0, np.float32)])


def bins_of(values: np.ndarray) -> Bins:
    """Bins that hold enough samples each, narrow where there are many."""
    low, high = np.quantile(values, (TRIMMED, 1 - TRIMMED))
    wanted = [*np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]), *np.linspace(low, high, EVEN_BINS + 1)[1:-1]]
    ordered, edges, before = np.sort(values), [], 0
    for edge in np.unique(wanted):
        place = int(np.searchsorted(ordered, edge))
        if place - before >= FEWEST_OF_A_BIN and len(values) - place >= FEWEST_OF_A_BIN:
            edges.append(edge)
            before = place
    kept = np.array(edges)
    held = np.searchsorted(kept, values, side="right")
    centres = np.bincount(held, values, len(kept) + 1) / np.bincount(held, minlength=len(kept) + 1)
    return Bins(kept, centres, float(values.min()), float(values.max()))


def binned(chips: Sequence[Chip], bins: Bins) -> list[Chip]:
    """The chips with bins as labels."""
    made = []
    for chip in chips:
        labels = np.where(chip.labelled, bins.of(chip.targets), UNLABELLED).astype(np.int16)
        made.append(chip.relabelled(labels, chip.regions))
    return made


def dealt_folds(chips: Sequence[Chip], folds: int, block_px: float, seed: int) -> tuple[dict[int, int], int, float]:
    """Fold of each region, the number of blocks, and the side of one in pixels.

    A region is in the block of its first pixel. Blocks are dealt out so that each fold has its share of low and high
    numbers.

    Parameters
    ----------
    block_px : side of a block; 0 = so that there are some `BLOCKS_OF_A_FOLD` blocks for each fold.

    Raises
    ------
    InputError
        There are fewer blocks than folds.
    """
    places: dict[int, tuple[int, int, int]] = {}
    for chip in chips:
        rows, cols = np.nonzero(chip.labelled)
        for region, at in zip(*np.unique(chip.regions[rows, cols], return_index=True)):
            place = (chip.scene, int(rows[at] + chip.row - chip.halo), int(cols[at] + chip.col - chip.halo))
            places[int(region)] = min(place, places.get(int(region), place))
    regions = np.array(sorted(places))
    spots = np.array([places[int(one)] for one in regions])
    side = block_px or _side(spots, folds)
    keys = np.column_stack([spots[:, 0], (spots[:, 1:] // side).astype(int)])
    blocks = np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)
    count = int(blocks.max()) + 1
    if count < folds:
        raise InputError(
            f"FOLDS is {folds}, but the samples lie in {count} blocks of {side:.0f} pixels; give samples in more "
            "places, fewer FOLDS, or a smaller BLOCK."
        )
    bins = bins_of(targets_of(chips))
    held = np.zeros((count, len(bins.centres)), np.int64)
    block_of = dict(zip(regions.tolist(), blocks.tolist()))
    for chip in chips:
        inside = chip.labelled
        owners = np.array([block_of[int(one)] for one in chip.regions[inside]])
        np.add.at(held, (owners, bins.of(chip.targets[inside])), 1)
    fold_of = fold_groups(held, folds, seed)
    return {region: int(fold_of[block]) for region, block in block_of.items()}, count, float(side)


def _side(spots: np.ndarray, folds: int) -> float:
    """Pixels, from the area of the rows and columns that hold samples."""
    area = np.prod([np.ptp(spots[:, axis]) + CELL_PX for axis in (1, 2)]) * (spots[:, 0].max() + 1)
    return float(max(1.0, np.sqrt(area / (folds * BLOCKS_OF_A_FOLD))))


def of_folds(chips: Sequence[Chip], fold_of: Mapping[int, int], wanted: Sequence[int]) -> list[Chip]:
    """The chips of these folds, each with their samples only."""
    return keep_regions(chips, [region for region, fold in fold_of.items() if fold in wanted])
