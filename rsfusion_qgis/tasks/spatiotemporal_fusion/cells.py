"""Fine pixels and cells: how a coarse sensor sees a fine image, and how a field of cells lies on the fine pixels.

A cell covers `side` x `side` fine pixels; cell 0 begins at fine pixel 0. The coarse rasters are read at the centres of
cells. Arrays are (bands, rows, cols). Everything is separable and has finite reach, so that it does not depend on the
part that is looked at: a part that reaches `reach` pixels further gives the same values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

SIGMAS = 3.0
"""A Gaussian ends at so many standard deviations."""
BAND_CELLS = 4
"""Cells that are sampled together."""
LEAST = 1e-3
"""Weight of valid neighbours below which a mean over them has no value."""


@dataclass(frozen=True)
class Cells:
    """The lattice of cells over an image.

    Attributes
    ----------
    side : int
        Fine pixels along a cell.
    pixel, sigma : float
        The coarse sensor averages over a square of `pixel` fine pixels and blurs by a Gaussian of standard deviation
        `sigma`, fine pixels.
    """

    side: int
    pixel: float
    sigma: float

    @property
    def reach(self) -> int:
        """Fine pixels from a cell's centre to the last one on which its value depends."""
        return int(np.ceil(self.pixel / 2 + SIGMAS * self.sigma))

    def seen(self, fine: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A fine image as the coarse sensor sees it, from valid pixels alone.

        Parameters
        ----------
        fine : (bands, rows, cols) float; rows and cols are multiples of `side`.
        valid : (rows, cols) bool.

        Returns
        -------
        seen : (bands, rows / side, cols / side) float32, 0 where nothing is valid.
        share : (rows / side, cols / side) float32
            Of the weight that fell on valid pixels, 0 to 1.
        """
        rows, cols = (sampling(size, self.side, self.pixel, self.sigma) for size in fine.shape[1:])
        share = banded(rows, valid.astype(np.float32)) @ cols.T
        values = fine if valid.all() else np.where(valid, fine, np.float32(0))
        return (banded(rows, values) @ cols.T) / np.maximum(share, LEAST), share

    def spread(self, field: np.ndarray) -> np.ndarray:
        """A field of cells on the fine pixels, linear between their centres; (..., rows, cols) -> float32."""
        return down(along(field, self.side), self.side)


@lru_cache(maxsize=64)
def sampling(size: int, side: int, pixel: float, sigma: float, moved: float = 0.0) -> np.ndarray:
    """(size / side, size) float32: weights of the pixels around each cell's centre; rows sum to 1 inside.

    moved : fine pixels that are added to the centres.
    """
    centre = (np.arange(size // side)[:, None] + 0.5) * side - 0.5 + moved
    away = np.arange(size) - centre
    return (_inside(away + 0.5, pixel, sigma) - _inside(away - 0.5, pixel, sigma)).astype(np.float32)


def _inside(place: np.ndarray, pixel: float, sigma: float) -> np.ndarray:
    """What a square pixel blurred by a Gaussian has gathered up to a place, counted from its centre; 0 to 1."""
    ends = pixel / 2 + SIGMAS * sigma
    place = np.clip(place, -ends, ends)
    if sigma < 0.05:
        return np.clip(place / pixel + 0.5, 0.0, 1.0)
    low, high = (_summed((place + step) / sigma) for step in (-pixel / 2, pixel / 2))
    return (high - low) * sigma / pixel


def _summed(z: np.ndarray) -> np.ndarray:
    """Integral of the normal distribution function."""
    density = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return z * _normal(z) + density


def _normal(z: np.ndarray) -> np.ndarray:
    """The normal distribution function, 7 digits; Abramowitz & Stegun 26.2.17."""
    t = 1 / (1 + 0.2316419 * np.abs(z))
    terms = (0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429)
    tail = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi) * sum(one * t ** (n + 1) for n, one in enumerate(terms))
    return np.where(z < 0, tail, 1 - tail)


def banded(weights: np.ndarray, values: np.ndarray, moves: int = 1) -> np.ndarray:
    """weights @ values, without most of the zeros of weights (cells, pixels) that lie in a band along its diagonal.

    moves : so many rows of weights belong to each cell.
    """
    made = np.empty((*values.shape[:-2], len(weights), values.shape[-1]), np.float32)
    step = BAND_CELLS * moves
    for top in range(0, len(weights), step):
        part = weights[top : top + step]
        used = np.flatnonzero(part.any(axis=0))
        there = slice(used[0], used[-1] + 1) if len(used) else slice(0, 0)
        made[..., top : top + step, :] = part[:, there] @ values[..., there, :]
    return made


def along(field: np.ndarray, side: int) -> np.ndarray:
    """A field of cells, linear between their centres along its last axis; (..., rows, cols) -> (..., cols * side)."""
    first, weights, size = _steps(side), _between(side), field.shape[-1]
    ends = np.concatenate([field[..., :1], field, field[..., -1:]], axis=-1).astype(np.float32)
    made = np.stack([ends[..., :-1], ends[..., 1:]], axis=-1) @ weights
    return made.reshape(*field.shape[:-1], -1)[..., first : first + size * side]


def down(field: np.ndarray, side: int) -> np.ndarray:
    """As `along`, along the axis before the last one."""
    first, weights, size = _steps(side), _between(side), field.shape[-2]
    ends = np.concatenate([field[..., :1, :], field, field[..., -1:, :]], axis=-2).astype(np.float32)
    made = weights.T @ np.stack([ends[..., :-1, :], ends[..., 1:, :]], axis=-2)
    return made.reshape(*field.shape[:-2], -1, field.shape[-1])[..., first : first + size * side, :]


def _steps(side: int) -> int:
    """Fine pixels between the centre of the cell before the first one and the first fine pixel."""
    return side - side // 2


@lru_cache(maxsize=64)
def _between(side: int) -> np.ndarray:
    """(2, side) float32: weights of both cells around the fine pixels that follow a cell's centre."""
    place = (side // 2 + np.arange(side) + 0.5) / side - 0.5
    return np.stack([1 - place, place]).astype(np.float32)


@lru_cache(maxsize=64)
def smoothing(size: int, sigma: float) -> np.ndarray:
    """(size, size) float32: Gaussian weights between cells, `sigma` in cells; not normalised at the ends."""
    away = np.abs(np.arange(size)[:, None] - np.arange(size))
    weight = np.where(away <= SIGMAS * sigma, np.exp(-0.5 * (away / sigma) ** 2), 0.0)
    steps = np.arange(-int(SIGMAS * sigma), int(SIGMAS * sigma) + 1)
    return (weight / np.exp(-0.5 * (steps / sigma) ** 2).sum()).astype(np.float32)


def smooth(field: np.ndarray, weight: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian mean of a field of cells over valid neighbours.

    Parameters
    ----------
    field : (..., rows, cols) float32.
    weight : (rows, cols) float32, 0 = of no use.
    sigma : cells.
    """
    rows, cols = (smoothing(size, sigma) for size in weight.shape)
    total = rows @ weight @ cols.T
    return (rows @ (field * weight) @ cols.T) / np.maximum(total, LEAST)
