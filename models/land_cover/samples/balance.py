"""Groups of samples dealt out to parts so that every class has its share in every part.

A group (a polygon, several that touch, a plot) never goes to two parts. Greedy: the groups that hold most of a class go
first, each to the part in which it does most good; a part that lacks a class altogether counts more than any share.
What a part lacks is measured by its own share, so that small parts get large and small groups alike: a test on the
smallest regions alone, which are edges and slivers, would say too little good of a map. Several orders are tried, and
the best is kept; the same seed gives the same parts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

TRIES = 24
FEW_GROUPS = 400
"""Above so many groups one order is enough."""


def balanced(counts: np.ndarray, shares: Sequence[float], urgency: Sequence[float], seed: int) -> np.ndarray:
    """Part of every group, (groups,) int.

    Parameters
    ----------
    counts : (groups, classes), pixels of every class in every group.
    shares : of every part, sum 1.
    urgency : how bad it is for each part to lack a class; 10 and more count more than any share.
    """
    rng = np.random.default_rng(seed)
    relative = counts / np.maximum(counts.sum(axis=0), 1)
    best, best_cost = np.zeros(len(counts), int), np.inf
    for _ in range(TRIES if len(counts) <= FEW_GROUPS else 1):
        parts = _dealt_out(relative, np.asarray(shares, float), np.asarray(urgency, float), rng)
        cost = _cost(relative, parts, shares, urgency)
        if cost < best_cost - 1e-12:
            best, best_cost = parts, cost
    return best


def fold_groups(counts: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """Fold 0..folds-1 of every group, (groups,) int; a class with at least `folds` groups is in every fold if it can.

    Parameters
    ----------
    counts : (groups, classes), pixels of every class in every group.
    """
    return balanced(counts, [1 / folds] * folds, [10.0] * folds, seed)


def _dealt_out(relative: np.ndarray, shares: np.ndarray, urgency: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One greedy pass; relative: (groups, classes), share of each class that a group holds.

    A group that is more of a class than the whole share of a part waits while others of the class are left.
    """
    present, left = relative.sum(axis=0) > 0, (relative > 0).sum(axis=0)
    held = np.zeros((len(shares), relative.shape[1]))
    parts = np.zeros(len(relative), int)
    order = np.argsort(-relative.max(axis=1) * rng.uniform(0.7, 1.0, len(relative)), kind="stable")
    for group in order:
        adds = relative[group]
        mine = (adds > 0) & present
        gain = (2 * (held[:, mine] - shares[:, None]) + adds[mine]) * adds[mine] / shares[:, None]
        lacks = held[:, mine] == 0
        waits = (adds[mine] > shares[:, None]) & (left[mine] > lacks.sum(axis=0))
        fills = urgency[:, None] * (lacks & ~waits) - waits
        left[mine] -= 1
        part = int(np.argmin((gain - fills).sum(axis=1)))
        parts[group] = part
        held[part] += adds
    return parts


def _cost(relative: np.ndarray, parts: np.ndarray, shares: Sequence[float], urgency: Sequence[float]) -> float:
    """Squared distance of every part's share of every class from what it should have, by that; and what is lacking."""
    present = relative.sum(axis=0) > 0
    cost = 0.0
    for part, (share, urgent) in enumerate(zip(shares, urgency)):
        held = relative[parts == part].sum(axis=0)[present]
        cost += float(((held - share) ** 2).sum() / share + urgent * (held == 0).sum())
    return cost
