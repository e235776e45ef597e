"""Shift, rotation and scale from the score surfaces of all chips together.

A single chip of two unlike sensors may have its highest score anywhere; the sum over all chips, each surface moved as
rotation and scale would move it, has it where the rasters agree. Lengths in secondary pixels; models as in
`similarity_fit`. Surfaces (chips, 2 reach + 1, 2 reach + 1), see `structure.similarity`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np

from ...basics.optional import OptionalModule
from . import similarity_fit
from .structure import peak

ndimage = OptionalModule("scipy.ndimage")

LARGEST_TURN, LARGEST_STRETCH = 0.02, 0.02
"""Radians, and share: what is looked for where the search range allows it."""
LEAST_CHIPS = 6
"""Fewer chips than this are not searched for rotation and scale."""
AROUND_PX = 3
"""How far from the common displacement a chip's own is looked for."""
BEYOND_PX = 4
"""Scores farther than this from the highest are what chance gives."""


@dataclass(frozen=True)
class Joint:
    """What all chips say together.

    Attributes
    ----------
    model : (4,), see `similarity_fit`.
    shifts : (chips, 2), each chip's own displacement near the model's.
    scores : (chips,), each chip's score there.
    agrees : (chips,) bool.
    height : how many deviations the common score stands above those beyond it.
    lead : how many deviations it stands above the second highest.
    """

    model: np.ndarray
    shifts: np.ndarray
    scores: np.ndarray
    agrees: np.ndarray
    height: float
    lead: float


def combine(
    places: np.ndarray, surfaces: np.ndarray, weights: np.ndarray, watch: Callable[[], None] = lambda: None
) -> Joint:
    """See `Joint`; places (chips, 2), weights (chips,); `watch` is called now and then and may raise to stop."""
    surfaces = np.where(np.isfinite(surfaces), surfaces, np.nanmin(surfaces, (1, 2), keepdims=True))
    model = _searched(places, surfaces, weights, watch)
    shifts, scores = _own_peaks(model, places, surfaces)
    fitted, agrees = similarity_fit.fit(places, shifts, weights * np.clip(scores, 1e-3, None), model, 0.4, AROUND_PX)
    total = _total(fitted, places, surfaces, weights)
    cols, rows, _ = peak(total)
    if max(abs(cols), abs(rows)) <= AROUND_PX:
        fitted = fitted + np.array([cols, rows, 0, 0])
    return Joint(fitted, shifts, scores, agrees, *_standing_out(total))


def _searched(
    places: np.ndarray, surfaces: np.ndarray, weights: np.ndarray, watch: Callable[[], None]
) -> np.ndarray:
    """The whole-pixel model with the highest common score; turn and stretch only if they raise it clearly."""
    reach = surfaces.shape[1] // 2
    smooth = ndimage.gaussian_filter(surfaces, (0, 0.7, 0.7))
    plain = np.array([*peak(np.tensordot(weights, smooth, 1))[:2], 0.0, 0.0])
    farthest = float(np.hypot(*places.T).max())
    if len(places) < LEAST_CHIPS or farthest < 1:
        return plain
    limits = (min(limit, 0.6 * reach / farthest) for limit in (LARGEST_TURN, LARGEST_STRETCH))
    turns, stretches = (np.linspace(-limit, limit, 2 * int(np.ceil(limit * farthest)) + 1) for limit in limits)
    best, best_score = plain, -np.inf
    for turn in turns:
        watch()
        for stretch in stretches:
            model = np.array([0.0, 0.0, turn, stretch])
            total = _total(model, places, smooth, weights, order=0)
            score = total.max() - 0.02 * weights.sum() * ((turn != 0) + (stretch != 0)) * total.std() / weights.sum()
            if score > best_score:
                cols, rows, _ = peak(total)
                best, best_score = model + np.array([cols, rows, 0, 0]), score
    return best


def _total(
    model: np.ndarray, places: np.ndarray, surfaces: np.ndarray, weights: np.ndarray, order: int = 1
) -> np.ndarray:
    """Sum of the surfaces about the model's displacements, (2 reach + 1, 2 reach + 1); the middle is the model."""
    moves = similarity_fit.displacements(model, places)
    total = np.zeros(surfaces.shape[1:], np.float64)
    for (cols, rows), surface, weight in zip(moves, surfaces, weights):
        if order == 0:
            total += weight * _rolled(surface, round(cols), round(rows))
        else:
            total += weight * ndimage.shift(surface, (-rows, -cols), order=3, mode="nearest")
    return total


def _rolled(surface: np.ndarray, cols: int, rows: int) -> np.ndarray:
    """The surface moved so that (rows, cols) from its middle comes to the middle; edges repeat."""
    size = len(surface)
    down, across = (np.clip(np.arange(size) + move, 0, size - 1) for move in (rows, cols))
    return surface[down[:, None], across[None]]


def _own_peaks(model: np.ndarray, places: np.ndarray, surfaces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each chip's highest score within `AROUND_PX` of the model: displacement and score."""
    reach = surfaces.shape[1] // 2
    moves, scores = similarity_fit.displacements(model, places), np.empty(len(places))
    for number, surface in enumerate(surfaces):
        col, row = (int(np.clip(round(v), AROUND_PX - reach, reach - AROUND_PX)) for v in moves[number])
        part = surface[
            reach + row - AROUND_PX : reach + row + AROUND_PX + 1, reach + col - AROUND_PX : reach + col + AROUND_PX + 1
        ]
        cols, rows, scores[number] = peak(part)
        moves[number] = col + cols, row + rows
    return moves, scores


def _standing_out(total: np.ndarray) -> tuple[float, float]:
    """How far the highest score stands above chance and above the second highest, in deviations of chance."""
    row, col = np.unravel_index(int(total.argmax()), total.shape)
    rows, cols = np.ogrid[: total.shape[0], : total.shape[1]]
    beyond = total[np.hypot(rows - row, cols - col) > BEYOND_PX]
    if beyond.size < 9:
        return 0.0, 0.0
    deviation = beyond.std() + 1e-9
    return float((total.max() - beyond.mean()) / deviation), float((total.max() - beyond.max()) / deviation)
