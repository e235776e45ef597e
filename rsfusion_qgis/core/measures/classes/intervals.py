"""How sure accuracy measures are: percentile bootstrap over regions.

Neighbouring pixels of one polygon are nearly the same observation, so regions (polygons, points, connected patches)
are drawn with replacement, whole, and the measures computed anew of each draw (a cluster bootstrap). Where every
region is one pixel this is the ordinary bootstrap. It says how the measures would vary with other regions of the
same kind; with fewer than about ten regions a class it is a little too narrow, as every bootstrap is.

Where every region is right, or every one wrong, all draws agree, and the bound of Clopper and Pearson (1934,
doi:10.1093/biomet/26.4.404) for so many regions stands instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .confusion import OVERALL, PER_CLASS, class_mean, class_measures, overall_measures

REPLICATES, LEVEL, SEED = 1000, 0.95, 0
LEAST_REGIONS = 2
"""Of fewer regions nothing can be said: NaN."""
MOST_REGIONS = 5_000
"""More are thrown together at random into so many groups, class by class; the groups are then drawn."""
_AT_ONCE = 2_000_000  # weights of one round of draws
_COMPACT_AT = 2_000_000  # entries of a tally


@dataclass(frozen=True)
class Intervals:
    """95 % intervals; (low, high), NaN where nothing can be said.

    Attributes
    ----------
    overall : dict
        Measure of `confusion.OVERALL` -> (low, high).
    per_class : dict
        Measure of `confusion.PER_CLASS` -> (classes, 2) float64.
    regions : ndarray
        (classes,) int64 regions of each class.
    """

    overall: dict[str, tuple[float, float]]
    per_class: dict[str, np.ndarray]
    regions: np.ndarray


class RegionTally:
    """Counts what the pixels of each region were predicted as, in any order of windows; memory grows with regions.

    Parameters
    ----------
    classes : how many.
    """

    def __init__(self, classes: int) -> None:
        self.classes = classes
        self._keys, self._counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._new: list[tuple[np.ndarray, np.ndarray]] = []
        self._waiting = 0

    def add(self, regions: np.ndarray, true: np.ndarray, predicted: np.ndarray) -> None:
        """Count pixels: arrays of one shape, region ids above 0 and class indices; one that is -1 is left out."""
        used = (true >= 0) & (predicted >= 0)
        keys = (regions[used].astype(np.int64) * self.classes + true[used]) * self.classes + predicted[used]
        keys, counts = np.unique(keys, return_counts=True)
        self._new.append((keys, counts))
        self._waiting += len(keys)
        if self._waiting > _COMPACT_AT:
            self._compact()

    def _compact(self) -> None:
        keys = np.concatenate([self._keys, *(k for k, _ in self._new)])
        counts = np.concatenate([self._counts, *(c for _, c in self._new)])
        self._keys, place = np.unique(keys, return_inverse=True)
        self._counts = np.bincount(place.reshape(-1), counts, len(self._keys)).astype(np.int64)
        self._new, self._waiting = [], 0

    def matrix(self) -> np.ndarray:
        """(classes, classes) int64 [true, predicted] of all pixels."""
        self._compact()
        size = self.classes**2
        return np.bincount(self._keys % size, self._counts, size).astype(np.int64).reshape((self.classes,) * 2)

    def groups(self, most: int = MOST_REGIONS, seed: int = SEED) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The regions, or random groups of regions of one class where there are more than `most`.

        Returns
        -------
        true : ndarray
            (groups,) int64 class of each.
        counts : ndarray
            (groups, classes) int64 pixels predicted as each class.
        regions : ndarray
            (classes,) int64 regions of each class.
        """
        self._compact()
        # A label raster's region has one class; should an id come with several, each is a region of its own.
        ids, place = np.unique(self._keys // self.classes, return_inverse=True)
        true = ids % self.classes
        regions = np.bincount(true, minlength=self.classes)
        group, true = _grouped(true, regions, most, seed)
        counts = np.zeros((len(true), self.classes), np.int64)
        np.add.at(counts, (group[place.reshape(-1)], self._keys % self.classes), self._counts)
        return true, counts, regions


def _grouped(true: np.ndarray, regions: np.ndarray, most: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The group of each region, and the class of each group."""
    if len(true) <= most:
        return np.arange(len(true)), true
    rng, group, classes = np.random.default_rng(seed), np.zeros(len(true), np.int64), []
    for index in np.flatnonzero(regions):
        size = max(LEAST_REGIONS, int(regions[index] * most / len(true)))
        size = min(size, int(regions[index]))
        group[true == index] = len(classes) + rng.permutation(int(regions[index])) % size
        classes += [index] * size
    return group, np.array(classes)


def draws(
    true: np.ndarray, counts: np.ndarray, replicates: int = REPLICATES, seed: int = SEED
) -> Iterator[np.ndarray]:  # fmt: skip
    """Confusion matrices of regions drawn with replacement, as many as there are; some at a time.

    Parameters
    ----------
    true : ndarray
        (regions,) class index of each.
    counts : ndarray
        (regions, classes) pixels predicted as each class.

    Yields
    ------
    ndarray
        (n, classes, classes) float64 [true, predicted]; all n sum to `replicates`.
    """
    rng, (size, classes) = np.random.default_rng(seed), counts.shape
    members = [np.flatnonzero(true == index) for index in range(classes)]
    step = max(1, _AT_ONCE // (size + classes**2))
    for start in range(0, replicates, step):
        now = min(step, replicates - start)
        times = rng.multinomial(size, np.full(size, 1.0 / size), now).astype(np.float64)
        yield np.stack([times[:, own] @ counts[own] for own in members], axis=1)


def intervals(
    true: np.ndarray, counts: np.ndarray, regions: np.ndarray | None = None, replicates: int = REPLICATES,
    seed: int = SEED,
) -> Intervals:  # fmt: skip
    """The intervals of all measures.

    Parameters
    ----------
    true, counts : as for `draws`.
    regions : ndarray, optional
        (classes,) regions of each class, where `true` holds groups of them.
    """
    classes = counts.shape[1]
    regions = np.bincount(true, minlength=classes) if regions is None else regions
    if len(true) < LEAST_REGIONS:
        nothing = {name: np.full((classes, 2), np.nan) for name in PER_CLASS}
        return Intervals(dict.fromkeys(OVERALL, (np.nan, np.nan)), nothing, regions)
    whole = np.zeros((classes, classes))
    np.add.at(whole, true, counts)
    drawn = [_measured(some, whole) for some in draws(true, counts, replicates, seed)]
    overall = {name: _ends(np.concatenate([one[name] for one, _ in drawn])) for name in OVERALL}
    per_class = {name: _ends(np.concatenate([one[name] for _, one in drawn])).T for name in PER_CLASS}
    called = (counts > 0).sum(0)
    for name, ends in per_class.items():
        ends[:] = _widened(ends, called if name == "ua" else regions)
        ends[(called if name == "ua" else regions) < LEAST_REGIONS] = np.nan
    widened = _widened(np.array(list(overall.values())), np.full(len(overall), len(true)))
    return Intervals(dict(zip(overall, map(tuple, widened.tolist()))), per_class, regions)


def _measured(drawn: np.ndarray, whole: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """All measures of many matrices.

    A draw that lacks a class says nothing of it: there its own measures are NaN, except for the user's accuracy, and
    in means over classes it stands as in the whole sample.
    """
    overall, per_class = overall_measures(drawn), class_measures(drawn)
    lacking = (drawn.sum(-1) == 0) & (whole.sum(-1) > 0)
    usual = class_measures(whole)
    for name, mean in (("pa", "aa"), ("f1", "f1"), ("iou", "miou")):
        overall[mean] = class_mean(np.where(lacking, usual[name], per_class[name]))
        per_class[name] = np.where(lacking, np.nan, per_class[name])
    return overall, per_class


def _widened(ends: np.ndarray, regions: np.ndarray) -> np.ndarray:
    """Intervals (n, 2) without width at 1 or 0, drawn out to what so many regions, (n,), that agree can show."""
    bound = ((1.0 - LEVEL) / 2.0) ** (1.0 / np.maximum(regions, 1))
    low, high = ends.T
    return np.stack([np.where((low == 1) & (high == 1), bound, low),
                     np.where((low == 0) & (high == 0), 1.0 - bound, high)], axis=1)  # fmt: skip


def _ends(values: np.ndarray) -> np.ndarray:
    """(2, ...) ends of the central `LEVEL` of the first axis, draws in which a measure is not defined left out."""
    tail = 50.0 * (1.0 - LEVEL)
    known = ~np.isnan(values).all(axis=0)
    ends = np.full((2, *values.shape[1:]), np.nan)
    if known.any():
        ends[:, known] = np.nanpercentile(values[:, known], (tail, 100.0 - tail), axis=0)
    return ends
