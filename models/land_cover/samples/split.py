"""Split of samples into training, validation and test, by region: never pixels of one region on two sides.

Training teaches, validation says how long and sets the temperatures, test gives the accuracy that is reported.
Regions of one class that (almost) touch count as one. A class with fewer than three regions has them cut across their
length into blocks, with a buffer of pixels between that are then unlabelled. What cannot be on every side is said.

Axis order: (rows, cols). Buffers in pixels. The same seed gives the same split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.land_cover.samples.balance import balanced
from models.land_cover.samples.pieces import Samples, cut_regions, gather, merge_touching, put_back
from models.land_cover.samples.scenes import Chip, keep_regions, region_counts

TRAINING, VALIDATION, TEST = "training", "validation", "test"
ROLES = (TRAINING, VALIDATION, TEST)
SHARES = (0.6, 0.2, 0.2)
URGENCY = (40.0, 10.0, 20.0)
"""A class with one region is learned, one with two is tested too."""
BUFFER_PX = 3
DOMINANT, LARGE_PX = 0.5, 200
"""Share of a class's pixels, and pixels, above which one region is too much to be on one side whole."""


@dataclass(frozen=True)
class Split:
    """Chips with their final regions, and on which side each region is."""

    chips: tuple[Chip, ...]
    """Labels of buffers taken away; regions that touch have become one, regions that were cut several."""
    roles: Mapping[int, str]
    """Region -> `TRAINING`, `VALIDATION` or `TEST`."""
    said: tuple[str, ...] = ()
    """Sentences on what could not be as it should; empty = nothing."""

    def of(self, *roles: str) -> list[Chip]:
        """The chips of these sides, each with the labels of these sides only."""
        return keep_regions(self.chips, [region for region, role in self.roles.items() if role in roles])

    def regions(self, role: str) -> list[int]:
        """Numbers of the regions on one side, ascending."""
        return sorted(region for region, found in self.roles.items() if found == role)


def split_regions(
    chips: Sequence[Chip],
    classes: Sequence[str],
    seed: int = 0,
    shares: tuple[float, float, float] = SHARES,
    buffer_px: int = BUFFER_PX,
    groups: Mapping[int, int] | None = None,
) -> Split:
    """Split by region, stratified by class.

    Parameters
    ----------
    chips : all that is labelled; chips of different cells of one scene lie at their `row` and `col`.
    classes : names, in the order of the indices.
    shares : of training, validation and test; 0 = that side stays empty.
    buffer_px : regions of a class nearer than this count as one, and blocks of a region lie at least so far apart.
    groups : region -> group, where groups (plots, fields) must stay whole; nothing is then merged or cut.
    """
    used = [i for i, share in enumerate(shares) if share > 0]
    said: list[str] = []
    samples = gather(chips)
    if groups is None:
        samples = merge_touching(samples, buffer_px)
        samples = _cut_where_too_few(samples, classes, len(used), buffer_px, seed, said)
    chips = put_back(chips, samples)
    numbers, counts = region_counts(chips, len(classes))
    keys = numbers if groups is None else np.array([groups[int(number)] for number in numbers])
    parts = _parts(keys, counts, [shares[i] for i in used], [URGENCY[i] for i in used], seed)
    roles = {int(number): ROLES[used[part]] for number, part in zip(numbers, parts)}
    said += _lacking(numbers, counts, roles, [ROLES[i] for i in used], classes)
    return Split(tuple(chips), roles, tuple(said))


def _parts(
    keys: np.ndarray, counts: np.ndarray, shares: Sequence[float], urgency: Sequence[float], seed: int
) -> np.ndarray:
    """Part of every region, equal for regions of one group (key)."""
    _, group = np.unique(keys, return_inverse=True)
    together = np.zeros((group.max(initial=-1) + 1, counts.shape[1]), np.int64)
    np.add.at(together, group, counts)
    return balanced(together, shares, urgency, seed)[group]


def _cut_where_too_few(
    samples: Samples, classes: Sequence[str], sides: int, buffer_px: int, seed: int, said: list[str]
) -> Samples:
    """Classes with fewer regions than sides have them cut; says so, and where it could not be done."""
    for index, name in enumerate(classes):
        regions = np.unique(samples.region[samples.label == index])
        if len(regions) >= sides:
            samples = _cut_where_one_dominates(samples, index, name, sides, buffer_px, seed, said)
        if not 0 < len(regions) < sides:
            continue
        samples, pieces = cut_regions(samples, regions, -(-sides // len(regions)), buffer_px, seed)
        kind = "region" if len(regions) == 1 else "regions"
        if pieces > len(regions):
            said.append(f"Class '{name}' has {len(regions)} {kind}; cut into {pieces} blocks with a buffer between.")
    return samples


def _cut_where_one_dominates(
    samples: Samples, index: int, name: str, sides: int, buffer_px: int, seed: int, said: list[str]
) -> Samples:  # fmt: skip
    """Cut the largest region of a class where it holds most of it, as in label rasters that cover everything."""
    own = samples.label == index
    regions, sizes = np.unique(samples.region[own], return_counts=True)
    if sizes.max() <= DOMINANT * sizes.sum() or sizes.max() < LARGE_PX:
        return samples
    largest = regions[[sizes.argmax()]]
    samples, pieces = cut_regions(samples, largest, sides, buffer_px, seed)
    if pieces > 1:
        share = 100 * sizes.max() / sizes.sum()
        said.append(f"Class '{name}' has {share:.0f} % of its pixels in one region; cut into {pieces} blocks with a "
                    "buffer between.")  # fmt: skip
    return samples


def _lacking(
    numbers: np.ndarray, counts: np.ndarray, roles: Mapping[int, str], sides: Sequence[str], classes: Sequence[str]
) -> list[str]:
    """A sentence for each class that is not on every side."""
    said = []
    for index, name in enumerate(classes):
        there = {roles[int(number)] for number, count in zip(numbers, counts[:, index]) if count}
        absent = [side for side in sides if side not in there]
        if absent:
            said.append(
                f"Class '{name}' has no samples for {' and '.join(absent)}: "
                "it has too few regions, or too small ones to be cut; add polygons of it elsewhere."
            )
    return said
