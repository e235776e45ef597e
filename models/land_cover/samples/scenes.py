"""Labelled scenes, and the chips that are cut out of them for training.

Axis order: (bands, rows, cols) for inputs, (rows, cols) for everything else. Inputs are in the units in which they are
stored. A class is an index 0..K-1 in labels, `UNLABELLED` elsewhere. A *region* is what was labelled in one go: one
polygon, one point, one connected patch; its number is unique over all scenes of a training.

A chip is a cell of the scene with some of its surroundings (the halo), so that a training holds in memory only what
lies near its samples. Only the cell carries labels; the halo is what networks look at around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rsfusion_qgis.core.basics.errors import InputError

UNLABELLED = -1
NO_REGION = 0
CELL_PX = 8


@dataclass(frozen=True)
class LabelledScene:
    """Rasters of one place on one grid, and what is known of it."""

    inputs: Mapping[str, np.ndarray]
    """Role -> (bands, rows, cols) float32, stored units."""
    valid: Mapping[str, np.ndarray]
    """Role -> (rows, cols) bool: where that input holds data."""
    labels: np.ndarray
    """(rows, cols) int16, class index; `UNLABELLED` = not known."""
    regions: np.ndarray
    """(rows, cols) int32, number of the region; `NO_REGION` where there is no label."""
    name: str = ""
    """For messages; "" = none."""

    def __post_init__(self) -> None:
        shape = self.labels.shape
        for role, values in self.inputs.items():
            if values.shape[1:] != shape or self.valid[role].shape != shape:
                raise InputError(
                    f"{role.upper()} has {values.shape[1:]} pixels where the labels have {shape}; "
                    "bring every input onto the reference's grid."
                )
        if np.any((self.labels != UNLABELLED) & (self.regions == NO_REGION)):
            raise InputError("SAMPLES holds labelled pixels without a region; number the polygons from 1.")


@dataclass(frozen=True)
class Chip:
    """A cell of a scene with a halo around it, all arrays of one size."""

    inputs: Mapping[str, np.ndarray]
    """Role -> (bands, size, size) float32, stored units; beyond the scene's edge mirrored."""
    valid: Mapping[str, np.ndarray]
    """Role -> (size, size) bool."""
    labels: np.ndarray
    """(size, size) int16; `UNLABELLED` in the halo."""
    regions: np.ndarray
    """(size, size) int32; `NO_REGION` where there is no label."""
    row: int = 0
    """Row of the scene in which the cell begins."""
    col: int = 0
    halo: int = 0
    """Pixels around the cell; 0 = none."""
    scene: int = 0
    """Number of the scene that it was cut from."""
    targets: np.ndarray | None = None
    """(size, size) float32: the number that is to be estimated, where a pixel has a label; None = there are classes."""

    @property
    def labelled(self) -> np.ndarray:
        """(size, size) bool."""
        return self.labels != UNLABELLED

    def relabelled(self, labels: np.ndarray, regions: np.ndarray) -> Chip:
        """The same inputs with other labels."""
        return replace(self, labels=labels, regions=regions)


def cut_chips(scene: LabelledScene, halo: int, cell: int = CELL_PX, number: int = 0) -> list[Chip]:
    """Every cell of a scene that holds a label, as a chip; they are views into one mirrored copy of the scene.

    Parameters
    ----------
    halo : pixels around a cell, at least the network's.
    cell : edge of a cell in pixels.
    number : of the scene, where there are several.
    """
    rows, cols = scene.labels.shape
    margins = tuple((halo, halo + -size % cell) for size in (rows, cols))
    inputs = {role: mirrored(values, margins) for role, values in scene.inputs.items()}
    valid = {role: mirrored(mask, margins) for role, mask in scene.valid.items()}
    labels = np.pad(scene.labels.astype(np.int16), margins, constant_values=UNLABELLED)
    regions = np.pad(scene.regions.astype(np.int32), margins, constant_values=NO_REGION)
    corners = [(row, col) for row in range(0, rows, cell) for col in range(0, cols, cell)]
    chips = []
    for row, col in corners:
        if np.any(scene.labels[row : row + cell, col : col + cell] != UNLABELLED):
            window = np.s_[row : row + cell + 2 * halo, col : col + cell + 2 * halo]
            core = only_core(labels[window], regions[window], halo)
            chips.append(Chip(
                {role: values[(slice(None), *window)] for role, values in inputs.items()},
                {role: mask[window] for role, mask in valid.items()},
                *core, row, col, halo, number,
            ))
    return chips


def mirrored(values: np.ndarray, margins: Sequence[tuple[int, int]]) -> np.ndarray:
    """(..., rows, cols) with mirrored margins ((above, below), (left, right)), the edge itself not repeated."""
    around = ((0, 0),) * (values.ndim - 2) + tuple(margins)
    return np.pad(values, around, mode="reflect")


def only_core(labels: np.ndarray, regions: np.ndarray, halo: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and regions (size, size) of a chip, without what lies in its halo."""
    core_labels, core_regions = np.full_like(labels, UNLABELLED), np.full_like(regions, NO_REGION)
    inside = np.s_[halo : labels.shape[0] - halo, halo : labels.shape[1] - halo]
    core_labels[inside], core_regions[inside] = labels[inside], regions[inside]
    return core_labels, core_regions


def keep_regions(chips: Iterable[Chip], regions: Collection[int]) -> list[Chip]:
    """The chips with the labels of these regions only; chips that have none left are dropped."""
    wanted = np.array(sorted(regions), np.int32)
    kept = []
    for chip in chips:
        inside = np.isin(chip.regions, wanted) & chip.labelled
        if inside.any():
            labels = np.where(inside, chip.labels, np.int16(UNLABELLED))
            kept.append(chip.relabelled(labels, np.where(inside, chip.regions, np.int32(NO_REGION))))
    return kept


def class_counts(chips: Iterable[Chip], classes: int) -> np.ndarray:
    """Labelled pixels of every class, (classes,) int64."""
    total = np.zeros(classes, np.int64)
    for chip in chips:
        total += np.bincount(chip.labels[chip.labelled], minlength=classes)
    return total


def region_counts(chips: Iterable[Chip], classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the regions, (regions,) int32, ascending, and their pixels of every class, (regions, classes)."""
    found: dict[int, np.ndarray] = {}
    for chip in chips:
        inside = chip.labelled
        numbers, labels = chip.regions[inside], chip.labels[inside]
        for number in np.unique(numbers):
            counts = found.setdefault(int(number), np.zeros(classes, np.int64))
            counts += np.bincount(labels[numbers == number], minlength=classes)
    ids = sorted(found)
    return np.array(ids, np.int32), np.array([found[i] for i in ids], np.int64).reshape(len(ids), classes)
