"""Shift, rotation and scale that many local displacements have in common, whatever some of them say.

A *model* is (cols, rows, turn, stretch), float64 (4,): displacement at a place (x to the right, y down, from the
centre) is cols + stretch x + turn y to the right and rows + stretch y - turn x down, exact to first order. Turn in
radians, counter-clockwise positive. Places and displacements are (n, 2), in one unit of length.
"""

from __future__ import annotations

import numpy as np

TUKEY, ROUNDS = 4.0, 12
LEAST_CHIPS = 4
"""Fewer displacements than this tell a shift only: rotation and scale need some to be checked by others."""
SIGNIFICANT = 4.5
"""Rotation and scale count from this many standard errors on."""


def displacements(model: np.ndarray, places: np.ndarray) -> np.ndarray:
    """What the model says at places, (n, 2)."""
    cols, rows, turn, stretch = model
    x, y = places.T
    return np.stack([cols + stretch * x + turn * y, rows + stretch * y - turn * x], 1)


def fit(
    places: np.ndarray, found: np.ndarray, weights: np.ndarray, start: np.ndarray, spread: float, farthest: float
) -> tuple[np.ndarray, np.ndarray]:
    """The model that most displacements agree on, by iterated least squares with Tukey's weights.

    Parameters
    ----------
    weights : (n,) how exact each displacement is, any scale.
    start : model to begin with; decides which displacements belong together.
    spread : least deviation that is taken for noise, in the unit of the displacements.
    farthest : deviation from which on a displacement never agrees.

    Returns
    -------
    model : (4,). agrees : (n,) bool.
    """
    model = start.astype(float)
    for _ in range(ROUNDS):
        away = np.hypot(*(found - displacements(model, places)).T)
        limit = _limit(away, weights, spread, farthest)
        trust = weights * np.clip(1 - (away / limit) ** 2, 0, None) ** 2
        if trust.sum() <= 0:
            return model, np.zeros(len(found), bool)
        model = _least_squares(places, found, trust, spread)
    away = np.hypot(*(found - displacements(model, places)).T)
    return model, away <= _limit(away, weights, spread, farthest)


def _limit(away: np.ndarray, weights: np.ndarray, spread: float, farthest: float) -> float:
    return min(TUKEY * max(spread, 1.4826 * _weighted_median(away, weights)), farthest)


def _least_squares(places: np.ndarray, found: np.ndarray, trust: np.ndarray, spread: float) -> np.ndarray:
    """Weighted fit; turn and stretch only where there are enough displacements and they stand out of the noise."""
    middle = trust @ places / trust.sum()
    shift = trust @ found / trust.sum()
    x, y = (places - middle).T
    reach = trust @ (x * x + y * y)
    if (trust > 0.05 * trust.max()).sum() < LEAST_CHIPS or reach <= 0:
        return np.array([*shift, 0.0, 0.0])
    u, v = (found - shift).T
    stretch, turn = trust @ (x * u + y * v) / reach, trust @ (y * u - x * v) / reach
    left = np.hypot(u - stretch * x - turn * y, v - stretch * y + turn * x)
    error = np.sqrt(((trust @ left**2) / trust.sum() + 0.25 * spread**2) / (2 * reach / trust.mean()))
    turn, stretch = (value if abs(value) > SIGNIFICANT * error else 0.0 for value in (turn, stretch))
    at_origin = shift - np.array([stretch * middle[0] + turn * middle[1], stretch * middle[1] - turn * middle[0]])
    return np.array([*at_origin, turn, stretch])


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, 0.5 * total[-1])])
