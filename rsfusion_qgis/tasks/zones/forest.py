"""A random forest that gives zones their class, checked in blocks: zones of one part of the map teach or test together.

Breiman 2001, doi:10.1023/A:1010933404324. Spatially blocked validation: Roberts et al. 2017, doi:10.1111/ecog.02881.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.optional import OptionalModule
from ...core.measures.classes.confusion import ConfusionMatrix
from .features import SHAPE, Table
from .reading import Zones

ensemble = OptionalModule("sklearn.ensemble", "scikit-learn")
cluster = OptionalModule("sklearn.cluster", "scikit-learn")
TREES, BLOCKS_OF_A_FOLD = 200, 4
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Classified:
    """What was found.

    Attributes
    ----------
    places : ndarray
        (zones,) index of the class. Of zones whose class is known, it comes from a forest that has not seen them.
    chances : ndarray
        (zones,) its probability.
    matrix : ConfusionMatrix
        Of the zones whose class is known.
    blocks, folds : ndarray
        (zones,) of those; -1 elsewhere.
    without : dict
        Kinds of features, such as ("imagery",) -> the matrix with these alone.
    importances : tuple of (name, share), the largest first.
    """

    places: np.ndarray
    chances: np.ndarray
    matrix: ConfusionMatrix
    blocks: np.ndarray
    folds: np.ndarray
    without: dict[tuple[str, ...], ConfusionMatrix]
    importances: tuple[tuple[str, float], ...]


def classify(
    zones: Zones, tables: Sequence[Table], centres: np.ndarray, folds: int, seed: int, watch: Watch
) -> Classified:
    """Train, check, and classify all zones.

    Raises
    ------
    InputError
        The zones whose class is known are too few for so many folds.
    """
    known = np.flatnonzero(zones.known >= 0)
    blocks, fold_of = blocked_folds(centres[known], zones.known[known], folds, seed)
    kinds = [kind for kind in dict.fromkeys(one.kind for one in tables) if kind != SHAPE]
    chosen = [subset for size in range(1, len(kinds)) for subset in combinations(kinds, size)]
    total, done = (len(chosen) + 1) * folds + 1, 0

    def told() -> None:
        nonlocal done
        watch(done / total)
        done += 1

    without = {}
    for subset in chosen:
        columns = _columns(tables, subset)
        made, _ = _held_out(columns, zones, known, fold_of, folds, seed, told)
        without[subset] = _matrix(zones, known, made)
    columns = _columns(tables, kinds)
    made, chance = _held_out(columns, zones, known, fold_of, folds, seed, told)
    told()
    forest = _fitted(columns[known], zones.known[known], seed)
    chances = forest.predict_proba(columns)
    places, best = forest.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    places[known], best[known] = made, chance
    names = [name for one in tables if one.kind in (SHAPE, *kinds) for name in one.names]
    order = np.argsort(-forest.feature_importances_)
    told_names = tuple((names[one], float(forest.feature_importances_[one])) for one in order[:20])
    everywhere = np.full((2, len(zones)), -1)
    everywhere[:, known] = blocks, fold_of
    return Classified(places, best, _matrix(zones, known, made), *everywhere, without, told_names)


def blocked_folds(places: np.ndarray, classes: np.ndarray, folds: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Block and fold of each zone: parts of the map, dealt out so that every fold has as much of each class as can be.

    Parameters
    ----------
    places : (zones, 2) metres; classes : (zones,) int.

    Raises
    ------
    InputError
        There are fewer zones than folds need.
    """
    count = min(folds * BLOCKS_OF_A_FOLD, len(places) // 2)
    if count < folds:
        raise InputError(
            f"FOLDS is {folds}, but only {len(places)} zones have a class; expected at least {2 * folds}, so give the "
            "class of more zones, or fewer folds."
        )
    blocks = cluster.KMeans(count, n_init=4, random_state=seed).fit_predict(places)
    labels = int(classes.max()) + 1
    held = np.stack([np.bincount(classes[blocks == one], minlength=labels) for one in range(count)])
    wanted = held.sum(axis=0) / folds
    scale = np.maximum(wanted, 1e-9)
    filled, fold_of_block = np.zeros((folds, labels)), np.zeros(count, int)
    for block in np.argsort(-held.sum(axis=1), kind="stable"):
        before, after = (filled - wanted) / scale, (filled + held[block] - wanted) / scale
        fold_of_block[block] = int(np.argmin((after**2).sum(axis=1) - (before**2).sum(axis=1)))
        filled[fold_of_block[block]] += held[block]
    return blocks, fold_of_block[blocks]


def _columns(tables: Sequence[Table], kinds: Sequence[str]) -> np.ndarray:
    """(zones, features) of these kinds and of the shape; what is not known gets the median."""
    values = np.concatenate([one.values for one in tables if one.kind in (SHAPE, *kinds)], axis=1)
    values = np.where(np.isfinite(values), values, np.nan)
    known = np.isfinite(values).any(axis=0)
    middle = np.zeros(values.shape[1])
    middle[known] = np.nanmedian(values[:, known], axis=0)
    return np.where(np.isnan(values), middle, values)


def _fitted(columns: np.ndarray, classes: np.ndarray, seed: int) -> object:
    forest = ensemble.RandomForestClassifier(
        TREES, class_weight="balanced", min_samples_leaf=2, n_jobs=1, random_state=seed
    )
    return forest.fit(columns, classes)


def _held_out(
    columns: np.ndarray, zones: Zones, known: np.ndarray, fold_of: np.ndarray, folds: int, seed: int,
    told: Callable[[], None],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Class and probability of each known zone from forests that have not seen its fold."""
    places, best = np.zeros(len(known), int), np.zeros(len(known))
    classes = zones.known[known]
    for fold in range(folds):
        told()
        test = fold_of == fold
        if not test.any():
            continue
        forest = _fitted(columns[known[~test]], classes[~test], seed)
        chances = forest.predict_proba(columns[known[test]])
        places[test], best[test] = forest.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    return places, best


def _matrix(zones: Zones, known: np.ndarray, made: np.ndarray) -> ConfusionMatrix:
    counts = np.zeros((len(zones.classes),) * 2, np.int64)
    np.add.at(counts, (zones.known[known], made), 1)
    return ConfusionMatrix(counts, zones.classes)
