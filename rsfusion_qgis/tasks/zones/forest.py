"""A random forest that gives zones their class, checked in blocks: zones of one part of the map teach or test together.

Breiman 2001, doi:10.1023/A:1010933404324. Spatially blocked validation: Roberts et al. 2017, doi:10.1111/ecog.02881.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.optional import OptionalModule
from ...core.measures.classes.confusion import ConfusionMatrix
from .calibration import Reliability, best_exponent, cross_calibrated, reliability, sharpened
from .features import SHAPE, Table
from .reading import Zones

ensemble = OptionalModule("sklearn.ensemble", "scikit-learn")
cluster = OptionalModule("sklearn.cluster", "scikit-learn")
TREES, BLOCKS_OF_A_FOLD = 200, 4
ABSENT, COPY_WEIGHT = -1e9, 0.5
SHARE_OF_FEATURES = 0.33
"""That a split looks at; with the root of their number, a few good ones are lost among many."""
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Classified:
    """What was found.

    Attributes
    ----------
    places : ndarray
        (zones,) index of the class. Of zones whose class is known, it comes from a forest that has not seen them.
    chances : ndarray
        (zones,) its probability, calibrated.
    matrix : ConfusionMatrix
        Of the zones whose class is known.
    blocks, folds : ndarray
        (zones,) of those; -1 elsewhere.
    without : dict
        Kinds of features, such as ("imagery",) -> the matrix with these alone.
    importances : tuple of (name, share), the largest first.
    reliability : Reliability
        Of the probabilities of zones whose class is known.
    partly : tuple of (kind, matrix of the zones that have it, matrix of those that have it not)
        For kinds of features that some zones of known class lack.
    """

    places: np.ndarray
    chances: np.ndarray
    matrix: ConfusionMatrix
    blocks: np.ndarray
    folds: np.ndarray
    without: dict[tuple[str, ...], ConfusionMatrix]
    importances: tuple[tuple[str, float], ...]
    reliability: Reliability
    partly: tuple[tuple[str, ConfusionMatrix, ConfusionMatrix], ...] = ()


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
    classes = zones.known[known]
    blocks, fold_of = blocked_folds(centres[known], classes, folds, seed)
    kinds = [kind for kind in dict.fromkeys(one.kind for one in tables) if kind != SHAPE]
    chosen = [subset for size in range(1, len(kinds)) for subset in combinations(kinds, size)]
    total, done = (len(chosen) + 1) * folds + 1, 0

    def told() -> None:
        nonlocal done
        watch(done / total)
        done += 1

    without = {}
    for subset in chosen:
        chances = _held_out(Columns(tables, subset), zones, known, fold_of, folds, seed, told)
        without[subset] = _matrix(zones, classes, chances.argmax(axis=1))
    columns = Columns(tables, kinds)
    before = _held_out(columns, zones, known, fold_of, folds, seed, told)
    after = cross_calibrated(before, classes, fold_of)
    made = before.argmax(axis=1)
    told()
    forest = columns.fitted(known, classes, seed)
    everyone = sharpened(_chances(forest, columns.values, len(zones.classes)), best_exponent(before, classes))
    places, best = everyone.argmax(axis=1), everyone.max(axis=1)
    places[known], best[known] = made, after[np.arange(len(known)), made]
    order = np.argsort(-forest.feature_importances_)
    told_names = tuple((columns.names[one], float(forest.feature_importances_[one])) for one in order[:20])
    everywhere = np.full((2, len(zones)), -1)
    everywhere[:, known] = blocks, fold_of
    partly = tuple(
        (kind, *(_matrix(zones, classes[part], made[part]) for part in (~gone[known], gone[known])))
        for kind, gone in _lacking(tables, kinds).items() if gone[known].any() and not gone[known].all()
    )  # fmt: skip
    return Classified(places, best, _matrix(zones, classes, made), *everywhere, without, told_names,
                      reliability(before, after, classes), partly)  # fmt: skip


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


class Columns:
    """The features of some kinds, and of the shape, as columns of a forest.

    What a zone has in part gets the median of the others. A table that a zone lacks altogether is absent there: all its
    columns are `ABSENT`, and each zone that has it teaches once more without it, so that the forest learns to do so.

    Attributes
    ----------
    names : tuple of str
    values : ndarray
        (zones, features).
    """

    def __init__(self, tables: Sequence[Table], kinds: Sequence[str]) -> None:
        taken = [one for one in tables if one.kind in (SHAPE, *kinds)]
        self.names = tuple(name for one in taken for name in one.names)
        self.values = np.concatenate([_filled(one.values) for one in taken], axis=1)
        ends = np.cumsum([0, *(one.values.shape[1] for one in taken)])
        spans = [(slice(*span), ~np.isfinite(one.values).any(axis=1)) for span, one in zip(zip(ends, ends[1:]), taken)]
        self.absent = [(span, gone) for span, gone in spans if gone.any() and not gone.all() and span.start < span.stop]
        for span, gone in self.absent:
            self.values[gone, span] = ABSENT

    def fitted(self, rows: np.ndarray, classes: np.ndarray, seed: int, trees: int = TREES) -> Any:
        """A forest that has learned from these zones."""
        columns, wanted, weights = [self.values[rows]], [classes], [np.ones(len(rows))]
        for span, gone in self.absent:
            has = ~gone[rows]
            without = self.values[rows][has]
            without[:, span] = ABSENT
            columns.append(without)
            wanted.append(classes[has])
            weights.append(np.full(int(has.sum()), COPY_WEIGHT))
        forest = ensemble.RandomForestClassifier(
            trees, class_weight="balanced", min_samples_leaf=2, max_features=SHARE_OF_FEATURES, n_jobs=1,
            random_state=seed,
        )
        return forest.fit(np.concatenate(columns), np.concatenate(wanted), np.concatenate(weights))


def _filled(values: np.ndarray) -> np.ndarray:
    """The values, with the median of the known ones where one is not known."""
    values = np.where(np.isfinite(values), values, np.nan)
    known = np.isfinite(values).any(axis=0)
    middle = np.zeros(values.shape[1])
    middle[known] = np.nanmedian(values[:, known], axis=0)
    return np.where(np.isnan(values), middle, values)


def _lacking(tables: Sequence[Table], kinds: Sequence[str]) -> dict[str, np.ndarray]:
    """Kind -> (zones,) bool: the zones that have none of its own features; those of neighbours do not count."""
    found: dict[str, np.ndarray] = {}
    for one in tables:
        if one.kind in kinds and one.values.shape[1] and not one.of_neighbours:
            gone = ~np.isfinite(one.values).any(axis=1)
            found[one.kind] = found.get(one.kind, gone) & gone
    return found


def _chances(forest: Any, columns: np.ndarray, classes: int) -> np.ndarray:
    """(zones, classes) votes, 0 for classes that the forest has not met."""
    made = np.zeros((len(columns), classes))
    made[:, forest.classes_] = forest.predict_proba(columns)
    return made


def _held_out(
    columns: Columns, zones: Zones, known: np.ndarray, fold_of: np.ndarray, folds: int, seed: int,
    told: Callable[[], None],
) -> np.ndarray:  # fmt: skip
    """(known zones, classes) votes for each known zone of forests that have not seen its fold."""
    made = np.zeros((len(known), len(zones.classes)))
    classes = zones.known[known]
    for fold in range(folds):
        told()
        test = fold_of == fold
        if test.any():
            forest = columns.fitted(known[~test], classes[~test], seed)
            made[test] = _chances(forest, columns.values[known[test]], len(zones.classes))
    return made


def _matrix(zones: Zones, classes: np.ndarray, made: np.ndarray) -> ConfusionMatrix:
    counts = np.zeros((len(zones.classes),) * 2, np.int64)
    np.add.at(counts, (classes, made), 1)
    return ConfusionMatrix(counts, zones.classes)
