"""The confusion matrix of a classification and the measures that follow from it.

Orientation: counts[i, j] = pixels of *true* class i that were *predicted* as class j. Rows sum to the reference's
pixels t_i, columns to the prediction's p_j. Remote sensing's producer's accuracy (PA) is the recall n_ii / t_i, user's
accuracy (UA) the precision n_ii / p_i. All measures are shares from 0 to 1, kappa from -1 to 1.

What is not defined is NaN: PA of a class without true pixels, UA of one that was never predicted, F1 and IoU of one
that is neither true nor predicted anywhere (0 where it is but one of both), kappa where chance alone would agree
everywhere. Means over classes take the classes that are defined: AA those with true pixels, the means of F1 and IoU
those that are true or predicted somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...basics.errors import InputError

OVERALL = {
    "oa": "Overall accuracy (OA)",
    "aa": "Average accuracy (AA, mean of PA)",
    "kappa": "Cohen's kappa (κ)",
    "f1": "F1, mean of the classes",
    "miou": "Mean IoU (MIoU)",
    "fwiou": "Frequency-weighted IoU (FWIoU)",
}
PER_CLASS = {
    "pa": "Producer's accuracy (recall)",
    "ua": "User's accuracy (precision)",
    "f1": "F1",
    "iou": "IoU",
}


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, NaN where there is no whole."""
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0)


def class_mean(values: np.ndarray) -> np.ndarray:
    """Mean over the last axis of what is not NaN; NaN where nothing is."""
    known = ~np.isnan(values)
    return _share(np.where(known, values, 0.0).sum(-1), known.sum(-1).astype(np.float64))


def class_measures(counts: np.ndarray) -> dict[str, np.ndarray]:
    """The measures of `PER_CLASS`.

    Parameters
    ----------
    counts : ndarray
        (..., classes, classes) of one or many matrices, [true, predicted]; weights need not be whole numbers.

    Returns
    -------
    dict
        name -> (..., classes) float64.
    """
    counts = np.asarray(counts, np.float64)
    hits, true, predicted = np.diagonal(counts, axis1=-2, axis2=-1), counts.sum(-1), counts.sum(-2)
    return {
        "pa": _share(hits, true),
        "ua": _share(hits, predicted),
        "f1": _share(2.0 * hits, true + predicted),
        "iou": _share(hits, true + predicted - hits),
    }


def overall_measures(counts: np.ndarray) -> dict[str, np.ndarray]:
    """The measures of `OVERALL`, (...) float64 each; `counts` as for `class_measures`."""
    counts = np.asarray(counts, np.float64)
    hits, true, predicted = np.diagonal(counts, axis1=-2, axis2=-1), counts.sum(-1), counts.sum(-2)
    total = true.sum(-1)
    per_class = class_measures(counts)
    agreement = _share(hits.sum(-1), total)
    chance = _share((true * predicted).sum(-1), total * total)
    iou = np.where(true > 0, per_class["iou"], 0.0)
    return {
        "oa": agreement,
        "aa": class_mean(per_class["pa"]),
        "kappa": _share(agreement - chance, 1.0 - chance),
        "f1": class_mean(per_class["f1"]),
        "miou": class_mean(per_class["iou"]),
        "fwiou": _share((true * iou).sum(-1), total),
    }


@dataclass(frozen=True)
class ConfusionMatrix:
    """How often pixels of each true class were predicted as each class.

    Attributes
    ----------
    counts : ndarray
        (classes, classes) int64, [true, predicted].
    names : tuple of str
        Of the classes, in the order of both axes.
    """

    counts: np.ndarray
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.names),) * 2:
            raise InputError(
                f"A confusion matrix of {len(self.names)} classes was given as {self.counts.shape}; expected a square."
            )

    @staticmethod
    def of(true: np.ndarray, predicted: np.ndarray, names: Sequence[str]) -> ConfusionMatrix:
        """Count two arrays of class indices of one shape; a pixel that is -1 in either is left out."""
        size = len(names)
        both = (true >= 0) & (predicted >= 0)
        pairs = true[both].astype(np.int64) * size + predicted[both]
        return ConfusionMatrix(np.bincount(pairs, minlength=size * size).reshape(size, size), tuple(names))

    def __add__(self, other: ConfusionMatrix) -> ConfusionMatrix:
        """The matrix of both together; law: of(a + b) == of(a) + of(b)."""
        if self.names != other.names:
            raise InputError("Confusion matrices of different classes cannot be added.")
        return ConfusionMatrix(self.counts + other.counts, self.names)

    @property
    def true(self) -> np.ndarray:
        """(classes,) int64 pixels of each true class."""
        return self.counts.sum(1)

    @property
    def predicted(self) -> np.ndarray:
        """(classes,) int64 pixels predicted as each class."""
        return self.counts.sum(0)

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    def overall(self) -> dict[str, float]:
        """The measures of `OVERALL`."""
        return {name: float(value) for name, value in overall_measures(self.counts).items()}

    def per_class(self) -> dict[str, np.ndarray]:
        """The measures of `PER_CLASS`, (classes,) float64 each."""
        return class_measures(self.counts)
