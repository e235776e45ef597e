"""How much area each class really has: the map's areas corrected by what the reference says of its errors.

The stratified estimator of Olofsson et al., "Good practices for estimating area and assessing accuracy of land
change", Remote Sensing of Environment 148 (2014), doi:10.1016/j.rse.2014.02.015, equations 9 to 11; the strata are
the classes of the map. It holds where the reference was drawn at random within each class of the map; polygons drawn
where a class is easy to see make it too optimistic.

Orientation as everywhere: counts[true, predicted]; the paper's matrix is this one transposed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .intervals import REPLICATES, SEED, draws

Z95 = 1.959963984540054


@dataclass(frozen=True)
class AreaEstimates:
    """Shares of the map's area, 0 to 1, (classes,) float64 each; NaN where nothing can be said.

    Attributes
    ----------
    mapped : ndarray
        What the map says.
    estimated : ndarray
        Corrected by the reference.
    error : ndarray
        Standard error of `estimated`.
    covered : float
        Share of the map in classes with reference samples; the rest takes no part, and `estimated` sums to this.
    """

    mapped: np.ndarray
    estimated: np.ndarray
    error: np.ndarray
    covered: float

    @property
    def margin(self) -> np.ndarray:
        """Half the width of the 95 % interval."""
        return Z95 * self.error


def area_estimates(counts: np.ndarray, map_pixels: np.ndarray) -> AreaEstimates:
    """Estimates from sample units that are independent (points, single pixels), standard errors after the paper.

    Parameters
    ----------
    counts : ndarray
        (classes, classes) sample units [true, predicted].
    map_pixels : ndarray
        (classes,) pixels, or area, of each class of the whole map.
    """
    counts, weights = np.asarray(counts, np.float64), np.asarray(map_pixels, np.float64)
    weights = weights / weights.sum()
    units = counts.sum(0)
    shares = np.divide(counts, units, out=np.zeros_like(counts), where=units > 0)
    # One unit of a class says nothing of its spread: then neither do sums over the classes.
    spread = np.divide(shares * (1.0 - shares), units - 1.0, out=np.full_like(counts, np.nan), where=units > 1)
    unknown = (units == 1) & (weights > 0)
    spread[:, ~unknown & (units <= 1)] = 0.0
    error = np.sqrt((weights**2 * spread).sum(1))
    return AreaEstimates(weights, (weights * shares).sum(1), error, float(weights[units > 0].sum()))


def area_estimates_of_regions(
    true: np.ndarray, counts: np.ndarray, map_pixels: np.ndarray, replicates: int = REPLICATES, seed: int = SEED
) -> AreaEstimates:
    """The same estimates of regions of several pixels, standard errors by drawing whole regions.

    Parameters
    ----------
    true, counts : as for `intervals.draws`.
    map_pixels : as for `area_estimates`.
    """
    matrix = np.zeros((counts.shape[1],) * 2)
    np.add.at(matrix, true, counts)
    plain = area_estimates(matrix, map_pixels)
    if len(true) < 2:
        return AreaEstimates(plain.mapped, plain.estimated, np.full_like(plain.error, np.nan), plain.covered)
    drawn = draws(true, counts, replicates, seed)
    units = drawn.sum(-2, keepdims=True)
    whole = matrix.sum(0)
    shares = np.divide(drawn, units, out=np.zeros_like(drawn), where=units > 0)
    # A class of the map that a draw lacks stands as in the whole sample.
    average = np.divide(matrix, whole, out=np.zeros_like(matrix), where=whole > 0)
    shares = np.where(units > 0, shares, average)
    error = (plain.mapped * shares).sum(-1).std(0, ddof=1)
    return AreaEstimates(plain.mapped, plain.estimated, error, plain.covered)
