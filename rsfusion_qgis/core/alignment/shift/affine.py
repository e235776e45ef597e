"""Affine displacements: what a shift, a rotation, a scale and a shear have in common, and consensus about them.

A *matrix* A, float64 (2, 3), maps a place (x to the right, y down, pixels from the centre) to where it belongs:
A[:, :2] @ place + A[:, 2]. The displacement there is the difference. Signs as in `shift_estimate`.
"""

from __future__ import annotations

import math

import numpy as np

TUKEY, ROUNDS = 4.0, 12
LEAST_NOISE_PX = 0.35
"""Deviation of a chip's own displacement that is always taken for noise, pixels."""
DRAWS, SEED = 400, 5
"""Triples of chips that are tried, and the seed by which they are drawn: equal rasters give equal results."""

IDENTITY = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def matrix(turn: float, stretch: float = 0.0, cols: float = 0.0, rows: float = 0.0) -> np.ndarray:
    """Turned by `turn` radians, counter-clockwise positive, stretched by 1 + `stretch`, then shifted."""
    c, s = (1 + stretch) * math.cos(turn), (1 + stretch) * math.sin(turn)
    return np.array([[c, s, cols], [-s, c, rows]])


def moved(affine: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where places (n, 2) belong."""
    return places @ affine[:, :2].T + affine[:, 2]


def displacements(affine: np.ndarray, places: np.ndarray) -> np.ndarray:
    """What must be added at places, (n, 2)."""
    return moved(affine, places) - places


def after(second: np.ndarray, first: np.ndarray) -> np.ndarray:
    """One affine that does `first` and then `second`."""
    return np.column_stack([second[:, :2] @ first[:, :2], second[:, :2] @ first[:, 2] + second[:, 2]])


def inverse(affine: np.ndarray) -> np.ndarray:
    """What undoes it."""
    back = np.linalg.inv(affine[:, :2])
    return np.column_stack([back, -back @ affine[:, 2]])


def array_terms(one: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """(matrix (2, 2), offset (2,)) of an affine for (row, col), counted from the centre of the first pixel."""
    linear = one[::-1, 1::-1]
    middle = (np.array(shape) - 1) / 2
    return linear, middle + one[::-1, 2] - linear @ middle


def parts(affine: np.ndarray) -> tuple[float, float, float, float]:
    """(rotation in radians, counter-clockwise; scale; aspect; shear in radians): the linear part, taken apart.

    Rotation and scale are those of the similarity that is nearest; aspect is what columns are stretched more than
    rows, shear by what the right angle between them changes, both 0 of a similarity.
    """
    (a, b), (c, d) = affine[:, :2]
    turn, scale = math.atan2(b - c, a + d), 0.5 * math.hypot(a + d, b - c)
    rest = matrix(-turn)[:, :2] @ affine[:, :2] / scale
    return turn, scale, float(rest[0, 0] - rest[1, 1]), float(rest[0, 1] + rest[1, 0])


def joined(turn: float, scale: float, aspect: float, shear: float) -> np.ndarray:
    """(2, 2): the linear part of which these are the `parts`."""
    rest = np.array([[1 + aspect / 2, shear / 2], [shear / 2, 1 - aspect / 2]])
    return scale * matrix(turn)[:, :2] @ rest


def fit(places: np.ndarray, belong: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted least squares of an affine; of fewer than three places, or of places on a line, a shift."""
    root = np.sqrt(weights)[:, None]
    terms = np.column_stack([places, np.ones(len(places))])
    spread = np.linalg.svd(root * (places - np.average(places, 0, weights)), compute_uv=False)
    if (weights > 0.02 * weights.max()).sum() < 4 or spread[-1] < 0.1 * max(spread[0], 1e-9):
        step = np.average(belong - places, 0, weights)
        return IDENTITY + np.column_stack([np.zeros((2, 2)), step])
    return np.linalg.lstsq(terms * root, belong * root, rcond=None)[0].T


def robust(
    places: np.ndarray, belong: np.ndarray, weights: np.ndarray, start: np.ndarray, farthest: float
) -> tuple[np.ndarray, np.ndarray]:
    """The affine that most places agree on near `start`, by iterated least squares with Tukey's weights.

    Returns
    -------
    affine : (2, 3). agrees : (n,) bool.
    """
    affine = start
    for _ in range(ROUNDS):
        away = np.hypot(*(belong - moved(affine, places)).T)
        limit = _limit(away, weights, farthest)
        trust = weights * np.clip(1 - (away / limit) ** 2, 0, None) ** 2
        if (trust > 0).sum() < 3:
            break
        affine = fit(places, belong, trust)
    away = np.hypot(*(belong - moved(affine, places)).T)
    return affine, away <= _limit(away, weights, farthest)


def _limit(away: np.ndarray, weights: np.ndarray, farthest: float) -> float:
    near = away < farthest
    order = np.argsort(away[near])
    total = np.cumsum(weights[near][order])
    middle = away[near][order][np.searchsorted(total, 0.5 * total[-1])] if near.any() else farthest
    return min(TUKEY * max(LEAST_NOISE_PX, 1.4826 * float(middle) / 1.7), farthest)


def triples(places: np.ndarray, belong: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Affines through triples of places that lie well apart, (m, 2, 3); drawn by weight."""
    if len(places) < 4:
        return np.empty((0, 2, 3))
    rng = np.random.default_rng(SEED)
    chosen = rng.choice(len(places), (DRAWS, 3), p=weights / weights.sum())
    sides = places[chosen[:, 1:]] - places[chosen[:, :1]]
    area = sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0]
    wide = np.abs(area) > 0.15 * np.prod(np.ptp(places, axis=0))
    chosen, sides, area = chosen[wide], sides[wide], area[wide, None]
    there = belong[chosen[:, 1:]] - belong[chosen[:, :1]]
    # What a pixel to the right, and one below, becomes.
    right = (sides[:, 1, 1:] * there[:, 0] - sides[:, 0, 1:] * there[:, 1]) / area
    below = (sides[:, 0, :1] * there[:, 1] - sides[:, 1, :1] * there[:, 0]) / area
    first = places[chosen[:, 0]]
    offset = belong[chosen[:, 0]] - first[:, :1] * right - first[:, 1:] * below
    return np.stack([right, below, offset], 2)
