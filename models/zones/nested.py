"""Accuracy of zones when everything that can be chosen is chosen inside the training folds: nested cross-validation.

Varma, Simon 2006, doi:10.1186/1471-2105-7-91. Inner folds are spatial blocks of the training zones, too;
their forests have fewer trees, since they only choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.tasks.zones.features import SHAPE, Table
from rsfusion_qgis.tasks.zones.forest import TREES, Columns, blocked_folds
from rsfusion_qgis.tasks.zones.reading import Zones

INNER_FOLDS, INNER_TREES = 4, 60
CLASSIFIERS = ("forest", "extra trees", "logistic")
Option = tuple[Sequence[Table], str]
"""Tables, and one of CLASSIFIERS."""


def chosen_inside(
    zones: Zones, options: Mapping[str, Option], centres: np.ndarray, folds: int, seed: int
) -> tuple[ConfusionMatrix, list[str]]:
    """The confusion matrix of the outer folds, and which option each of them took."""
    columns = {name: Columns(tables, _kinds(tables)) for name, (tables, _) in options.items()}
    classes = zones.known
    _, fold_of = blocked_folds(centres, classes, folds, seed)
    made, chosen = np.zeros(len(classes), int), []
    for fold in range(folds):
        rest, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        if len(options) == 1:
            (best,) = options
            chosen.append(best)
            model = _fitted(columns[best], rest, classes, options[best][1], seed)
            made[test] = model.predict(columns[best].values[test])
            continue
        _, inner = blocked_folds(centres[rest], classes[rest], INNER_FOLDS, seed)
        scores = {}
        for name, (_, kind) in options.items():
            guess = np.zeros(len(rest), int)
            for part in range(INNER_FOLDS):
                learn, look = rest[inner != part], rest[inner == part]
                model = _fitted(columns[name], learn, classes, kind, seed, INNER_TREES)
                guess[inner == part] = model.predict(columns[name].values[look])
            scores[name] = float(_matrix(classes[rest], guess, zones.classes).overall()["kappa"])
        best = max(scores, key=lambda name: scores[name])
        chosen.append(best)
        kind = options[best][1]
        made[test] = _fitted(columns[best], rest, classes, kind, seed).predict(columns[best].values[test])
    return _matrix(classes, made, zones.classes), chosen


def _kinds(tables: Sequence[Table]) -> list[str]:
    return [kind for kind in dict.fromkeys(one.kind for one in tables) if kind != SHAPE]


def _fitted(
    columns: Columns, rows: np.ndarray, classes: np.ndarray, kind: str, seed: int, trees: int = TREES
) -> Any:
    if kind == "forest":
        return columns.fitted(rows, classes[rows], seed, trees)
    if kind == "extra trees":
        model: Any = ExtraTreesClassifier(trees, class_weight="balanced", min_samples_leaf=2, random_state=seed)
    else:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, class_weight="balanced", max_iter=2000))
    return model.fit(columns.values[rows], classes[rows])


def _matrix(classes: np.ndarray, made: np.ndarray, names: tuple[str, ...]) -> ConfusionMatrix:
    counts = np.zeros((len(names),) * 2, np.int64)
    np.add.at(counts, (classes, made), 1)
    return ConfusionMatrix(counts, names)
