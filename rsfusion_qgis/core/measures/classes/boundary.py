"""How well the outlines of classes are met: boundary F1, streaming.

A boundary pixel of a class is one of its pixels that touches (by an edge) a pixel of another class. Precision is the
share of the boundary pixels of a prediction that lie within `TOLERANCE_PX` pixels (along rows and columns) of one of
the truth, recall the other way round, F1 their harmonic mean, 0 to 1; NaN for a class without a boundary in either.
Csurka, Larlus, Perronnin 2013, What is a good evaluation measure for semantic segmentation?, BMVC,
doi:10.5244/C.27.32.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...grid.moving import counts_around
from .confusion import class_mean

TOLERANCE_PX = 2
MARGIN_PX = TOLERANCE_PX + 1
"""What a window must show around the pixels that are counted."""
LABEL = "Boundary F1, mean of the classes"


class BoundaryTally:
    """Counts boundary pixels of windows, in any order.

    Parameters
    ----------
    classes : how many.
    """

    def __init__(self, classes: int) -> None:
        self.counts = np.zeros((4, classes), np.int64)

    def add(self, true: np.ndarray, predicted: np.ndarray, inner: Optional[tuple[slice, slice]] = None) -> None:
        """Count a window.

        Parameters
        ----------
        true, predicted : ndarray
            (rows, cols) class indices; a pixel that is -1 in either is no part of any boundary.
        inner : slices of rows and columns that are counted; None = all.
        """
        inner = inner or (slice(None), slice(None))
        known = (true >= 0) & (predicted >= 0)
        true, predicted = np.where(known, true, -1), np.where(known, predicted, -1)
        edges = _edges(true), _edges(predicted)
        for one in np.union1d(np.unique(true[edges[0]]), np.unique(predicted[edges[1]])).astype(int):
            own = edges[0] & (true == one), edges[1] & (predicted == one)
            near = [counts_around(edge, TOLERANCE_PX) > 0 for edge in own]
            parts = own[1], own[1] & near[0], own[0], own[0] & near[1]
            self.counts[:, one] += [int(part[inner].sum()) for part in parts]

    def per_class(self) -> np.ndarray:
        """(classes,) F1."""
        called, right, real, found = self.counts.astype(np.float64)
        with np.errstate(invalid="ignore", divide="ignore"):
            precision, recall = np.where(called > 0, right / called, 0.0), np.where(real > 0, found / real, 0.0)
            score = np.where(precision + recall > 0, 2 * precision * recall / (precision + recall), 0.0)
        return np.where(called + real > 0, score, np.nan)

    def mean(self) -> float:
        """Of the classes that have a boundary; NaN where none has."""
        return float(class_mean(self.per_class()))


def _edges(labels: np.ndarray) -> np.ndarray:
    """(rows, cols) bool: known pixels that touch a known pixel of another class."""
    found = np.zeros(labels.shape, bool)
    for axis in (0, 1):
        first, second = (np.take(labels, range(start, labels.shape[axis] - 1 + start), axis) for start in (0, 1))
        differ = (first != second) & (first >= 0) & (second >= 0)
        before, after = ((slice(None),) * axis + (cut,) for cut in (slice(None, -1), slice(1, None)))
        found[before] |= differ
        found[after] |= differ
    return found
