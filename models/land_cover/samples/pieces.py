"""Labelled pixels of all chips as one list, and what is done to their regions: merging and cutting.

Positions are rows and columns of the scene. Numbers of regions that come to be are above all that there were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from models.land_cover.samples.scenes import NO_REGION, UNLABELLED, Chip

ANGLE_NOISE = 1e-3


@dataclass(frozen=True)
class Samples:
    """One entry a labelled pixel; all arrays (pixels,)."""

    chip: np.ndarray
    """Number of the chip."""
    place: np.ndarray
    """Index in the flattened arrays of the chip."""
    scene: np.ndarray
    row: np.ndarray
    col: np.ndarray
    label: np.ndarray
    """`UNLABELLED` for a pixel of a buffer."""
    region: np.ndarray


def gather(chips: Sequence[Chip]) -> Samples:
    """List the labelled pixels."""
    columns: list[tuple[np.ndarray, ...]] = []
    for number, chip in enumerate(chips):
        rows, cols = np.nonzero(chip.labelled)
        same = np.ones(len(rows), np.int64)
        columns.append((
            same * number, rows * chip.labels.shape[1] + cols, same * chip.scene,
            rows + (chip.row - chip.halo), cols + (chip.col - chip.halo),
            chip.labels[rows, cols].astype(np.int64), chip.regions[rows, cols].astype(np.int64),
        ))
    empty = (np.zeros(0, np.int64),) * 7
    return Samples(*(np.concatenate(parts) for parts in zip(*(columns or [empty]))))


def put_back(chips: Sequence[Chip], samples: Samples) -> list[Chip]:
    """The chips with the labels and regions of the list; chips that have none left are dropped."""
    order = np.argsort(samples.chip, kind="stable")
    ends = np.searchsorted(samples.chip[order], np.arange(len(chips) + 1))
    filled = []
    for number, chip in enumerate(chips):
        mine = order[ends[number] : ends[number + 1]]
        mine = mine[samples.label[mine] != UNLABELLED]
        if len(mine):
            labels, regions = np.full(chip.labels.size, UNLABELLED, np.int16), np.zeros(chip.labels.size, np.int32)
            labels[samples.place[mine]], regions[samples.place[mine]] = samples.label[mine], samples.region[mine]
            filled.append(chip.relabelled(labels.reshape(chip.labels.shape), regions.reshape(chip.labels.shape)))
    return filled


def merge_touching(samples: Samples, reach_px: int) -> Samples:
    """Regions of one class with pixels less than `reach_px` apart become one, with the smallest of their numbers."""
    numbers, index = np.unique(samples.region, return_inverse=True)
    first, second = [], []
    for down in range(reach_px):
        for across in range(-reach_px + 1 if down else 1, reach_px):
            a, b = _neighbours(samples, down, across)
            apart = index[a] != index[b]
            first.append(index[a][apart])
            second.append(index[b][apart])
    if not first:
        return samples
    a, b = np.concatenate(first), np.concatenate(second)
    graph = coo_matrix((np.ones(len(a), bool), (a, b)), shape=(len(numbers), len(numbers)))
    count, component = connected_components(graph, directed=False)
    smallest = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(smallest, component, numbers)
    return replace(samples, region=smallest[component][index])


def _neighbours(samples: Samples, down: int, across: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of pixels of one scene and class of which the second lies so many pixels off the first."""
    if not len(samples.row):
        return samples.row, samples.row
    width = int(samples.col.max() - samples.col.min()) + 2 * (abs(across) + 1)
    height = int(samples.row.max() - samples.row.min()) + 2 * (down + 1)
    layer = samples.scene * (samples.label.max() + 2) + samples.label
    key = (layer * height + samples.row - samples.row.min()) * width + samples.col - samples.col.min()
    order = np.argsort(key, kind="stable")
    wanted = key + down * width + across
    found = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
    hit = key[order][found] == wanted
    return np.nonzero(hit)[0], order[found[hit]]


def cut_regions(
    samples: Samples, regions: Sequence[int], blocks: int, buffer_px: int, seed: int
) -> tuple[Samples, int]:
    """Cut each of these regions across its length into blocks; returns the samples and how many regions there are now.

    The buffer between two blocks is as wide as it can be, `buffer_px` at most, one pixel at least; a region that is too
    small for that stays whole. Of three blocks and more the first is larger than the others where there is room.
    """
    label, region = samples.label.copy(), samples.region.copy()
    following, total = int(region.max()) + 1, 0
    rng = np.random.default_rng(seed)
    for number in regions:
        mine = np.nonzero(samples.region == number)[0]
        block = _blocks(samples.row[mine], samples.col[mine], blocks, buffer_px, bool(rng.integers(2)))
        label[mine[block < 0]], region[mine[block < 0]] = UNLABELLED, NO_REGION
        for piece in range(1, block.max() + 1):
            region[mine[block == piece]] = following
            following += 1
        total += block.max() + 1
    return replace(samples, label=label, region=region), int(total)


def _blocks(row: np.ndarray, col: np.ndarray, blocks: int, buffer_px: int, turned: bool) -> np.ndarray:
    """Block 0.. of every pixel, -1 in a buffer; all 0 where the region cannot be cut."""
    along = _along(row, col) * (-1 if turned else 1)
    first, length = along.min() - 0.5, np.ptp(along) + 1
    even = [1 / blocks] * blocks
    first_larger = [0.6, *[0.4 / (blocks - 1)] * (blocks - 1)] if blocks > 2 else even
    for width in range(max(buffer_px, 1), 0, -1):
        for shares in (first_larger, even):
            sizes = np.array(shares) * (length - (blocks - 1) * width)
            begins = first + np.cumsum([0, *(sizes[:-1] + width)])
            block = np.searchsorted(begins, along, side="right") - 1
            block[along > (begins + sizes + 1e-6)[block]] = -1
            if all(np.any(block == piece) for piece in range(blocks)):
                return block
    return np.zeros(len(row), np.int64)


def _along(row: np.ndarray, col: np.ndarray) -> np.ndarray:
    """Position of every pixel along the longest direction of them all, in pixels."""
    places = np.stack([row, col]).astype(np.float64)
    places -= places.mean(axis=1, keepdims=True)
    _, vectors = np.linalg.eigh(places @ places.T + ANGLE_NOISE * np.diag([1.0, 0.0]))
    return vectors[:, -1] @ places
