"""How densely points of a category lie: kernel density on a grid, with what lies beyond its edge made up for.

Places and lengths are metres on the grid: x to the right from its left edge, y down from its upper edge. Densities are
points per square kilometre. Silverman 1986, Density Estimation for Statistics and Data Analysis; edge correction:
Diggle 1985, doi:10.2307/2347366.
"""

from __future__ import annotations

import math
from typing import Callable

import numpy as np

GAUSSIAN, QUARTIC = "gaussian", "quartic"
KERNELS = (GAUSSIAN, QUARTIC)
REACH = {GAUSSIAN: 4.0, QUARTIC: 1.0}
"""Bandwidths beyond which a point counts nothing."""
PER_SQUARE_KILOMETRE = 1e6
_AT_ONCE = 1024
_NODES = 129
Stop = Callable[[], None]


def density(
    x: np.ndarray, y: np.ndarray, places: np.ndarray, weights: np.ndarray, kernel: str, bandwidth: float, stop: Stop
) -> np.ndarray:
    """Points per square kilometre at all crossings of columns and rows, (rows, cols) float64.

    Parameters
    ----------
    x, y : (cols,), (rows,) centres of the pixels.
    places : (points, 2); weights : (points,).
    bandwidth : standard deviation of the Gaussian, radius of the quartic kernel.
    stop : called now and then; may raise.
    """
    made, reach = np.zeros((len(y), len(x))), REACH[kernel] * bandwidth
    near = _within(x, places[:, 0], reach) & _within(y, places[:, 1], reach)
    places, weights = places[near], weights[near]
    add = _gaussian if kernel == GAUSSIAN else _quartic
    for first in range(0, len(places), _AT_ONCE):
        stop()
        part = slice(first, first + _AT_ONCE)
        add(made, x, y, places[part], weights[part], bandwidth)
    return PER_SQUARE_KILOMETRE * made


def peak(kernel: str, bandwidth: float) -> float:
    """What one point gives where it lies, per square kilometre."""
    return PER_SQUARE_KILOMETRE * (0.5 if kernel == GAUSSIAN else 3.0) / (math.pi * bandwidth * bandwidth)


def _within(centres: np.ndarray, values: np.ndarray, reach: float) -> np.ndarray:
    return (values >= centres[0] - reach) & (values <= centres[-1] + reach)


def _gaussian(
    made: np.ndarray, x: np.ndarray, y: np.ndarray, places: np.ndarray, weights: np.ndarray, bandwidth: float
) -> None:
    across, down = (_bell(centres, places[:, axis], bandwidth) for axis, centres in enumerate((x, y)))
    made += (down * weights) @ across.T


def _bell(centres: np.ndarray, values: np.ndarray, bandwidth: float) -> np.ndarray:
    """(centres, points): a Gaussian cut off at its reach."""
    away = (centres[:, None] - values) / bandwidth
    bell = np.exp(-0.5 * away * away) / (math.sqrt(2 * math.pi) * bandwidth)
    return np.where(np.abs(away) <= REACH[GAUSSIAN], bell, 0.0)


def _quartic(
    made: np.ndarray, x: np.ndarray, y: np.ndarray, places: np.ndarray, weights: np.ndarray, bandwidth: float
) -> None:
    scale = 3.0 / (math.pi * bandwidth * bandwidth)
    for (px, py), weight in zip(places, weights):
        rows = slice(*np.searchsorted(y, (py - bandwidth, py + bandwidth)))
        cols = slice(*np.searchsorted(x, (px - bandwidth, px + bandwidth)))
        squared = ((y[rows, None] - py) ** 2 + (x[None, cols] - px) ** 2) / bandwidth**2
        made[rows, cols] += weight * scale * np.maximum(1.0 - squared, 0.0) ** 2


def inside(x: np.ndarray, y: np.ndarray, size: tuple[float, float], kernel: str, bandwidth: float) -> np.ndarray:
    """Which share of the kernel around each pixel lies on the grid, (rows, cols) float64 in (0, 1].

    Parameters
    ----------
    size : (width, height) of the whole grid, metres.
    """
    steps = (np.arange(_NODES) + 0.5) / _NODES * 2 - 1
    away = steps * REACH[kernel] * bandwidth
    if kernel == GAUSSIAN:
        line = np.exp(-0.5 * (steps * REACH[GAUSSIAN]) ** 2)
        mass = np.outer(line, line)
    else:
        mass = np.maximum(1.0 - steps[:, None] ** 2 - steps**2, 0.0) ** 2
    there_x, there_y = (((centres[:, None] + away >= 0) & (centres[:, None] + away <= end)).astype(float)
                        for centres, end in ((x, size[0]), (y, size[1])))  # fmt: skip
    return there_y @ (mass / mass.sum()) @ there_x.T
