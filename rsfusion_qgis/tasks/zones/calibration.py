"""Probabilities that mean what they say: one exponent for all, from zones that the forest had not seen.

Temperature scaling, Guo, Pleiss, Sun, Weinberger 2017, arXiv:1706.04599, of a forest's votes. Probabilities are
(zones, classes), sum 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEAST, EXPONENTS = 5e-3, np.geomspace(0.25, 4.0, 81)
"""Votes below this count as much: no forest of so few trees is surer."""
BINS = 6


@dataclass(frozen=True)
class Reliability:
    """How often zones of one confidence are right.

    Attributes
    ----------
    confidence, right, zones : tuple
        Mean confidence, share that is right, and number of zones of each group by confidence, ascending; the groups are
        about equally large.
    error, error_before : float
        Expected calibration error: mean distance of confidence from the share that is right, with and without the
        exponent.
    """

    confidence: tuple[float, ...]
    right: tuple[float, ...]
    zones: tuple[int, ...]
    error: float
    error_before: float


def sharpened(chances: np.ndarray, exponent: float) -> np.ndarray:
    """Probabilities to the power of an exponent, sum 1 again."""
    raised = np.maximum(chances, LEAST) ** exponent
    return raised / raised.sum(axis=1, keepdims=True)


def best_exponent(chances: np.ndarray, classes: np.ndarray) -> float:
    """The exponent with the smallest cross entropy on zones that were not seen."""
    at = np.arange(len(classes))
    losses = [-np.log(sharpened(chances, one)[at, classes]).mean() for one in EXPONENTS]
    return float(EXPONENTS[int(np.argmin(losses))])


def cross_calibrated(chances: np.ndarray, classes: np.ndarray, fold_of: np.ndarray) -> np.ndarray:
    """Each fold's probabilities with the exponent of the other folds."""
    made = chances.copy()
    for fold in np.unique(fold_of):
        own = fold_of == fold
        if (~own).any():
            made[own] = sharpened(chances[own], best_exponent(chances[~own], classes[~own]))
    return made


def reliability(before: np.ndarray, after: np.ndarray, classes: np.ndarray) -> Reliability:
    """How reliable probabilities are, before and after the exponent."""
    confidence, right = after.max(axis=1), after.argmax(axis=1) == classes
    parts = _groups(confidence)
    return Reliability(
        tuple(float(confidence[part].mean()) for part in parts), tuple(float(right[part].mean()) for part in parts),
        tuple(len(part) for part in parts), _error(confidence, right),
        _error(before.max(axis=1), before.argmax(axis=1) == classes),
    )  # fmt: skip


def _groups(confidence: np.ndarray) -> Sequence[np.ndarray]:
    order = np.argsort(confidence, kind="stable")
    return np.array_split(order, max(1, min(BINS, len(order) // 8)))


def _error(confidence: np.ndarray, right: np.ndarray) -> float:
    parts = _groups(confidence)
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts) / len(confidence))
