"""How much area each class really has: the map's areas corrected by what the reference says of its errors.

The stratified estimator of Olofsson et al., "Good practices for estimating area and assessing accuracy of land
change", Remote Sensing of Environment 148 (2014), doi:10.1016/j.rse.2014.02.015, equations 9 to 11; the strata are
the classes of the map. It holds where the reference was drawn at random within each class of the map; polygons drawn
where a class is easy to see make it too optimistic.

Orientation as everywhere: counts[true, predicted]; the paper's matrix is this one transposed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .intervals import LEAST_REGIONS, REPLICATES, SEED, draws

Z95 = 1.959963984540054


@dataclass(frozen=True)
class AreaEstimates:
    """Shares of the map's area, 0 to 1, (classes,) float64 each; NaN where nothing can be said.

    Attributes
    ----------
    mapped : ndarray
        What the map says.
    estimated : ndarray
        Corrected by the reference; NaN for a class that is mapped, but where no sample was.
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

    def extended(self, mapped: np.ndarray) -> AreaEstimates:
        """With classes of the map, by their shares, of which the reference says nothing."""
        unknown = np.full(len(mapped), np.nan)
        return AreaEstimates(
            np.append(self.mapped, mapped), np.append(self.estimated, unknown), np.append(self.error, unknown),
            self.covered,
        )  # fmt: skip


def area_estimates(counts: np.ndarray, mapped: np.ndarray) -> AreaEstimates:
    """Estimates from sample units that are independent (points, single pixels), standard errors after the paper.

    Parameters
    ----------
    counts : ndarray
        (classes, classes) sample units [true, predicted].
    mapped : ndarray
        (classes,) share of the map, 0 to 1.
    """
    counts, weights = np.asarray(counts, np.float64), np.asarray(mapped, np.float64)
    units = counts.sum(0)
    shares = np.divide(counts, units, out=np.zeros_like(counts), where=units > 0)
    # One unit of a class says nothing of its spread: then neither do sums over the classes.
    spread = np.divide(shares * (1.0 - shares), units - 1.0, out=np.full_like(counts, np.nan), where=units > 1)
    unknown = (units == 1) & (weights > 0)
    spread[:, ~unknown & (units <= 1)] = 0.0
    error = np.sqrt((weights**2 * spread).sum(1))
    estimated = (weights * shares).sum(1)
    unseen = (units == 0) & (weights > 0)
    estimated[unseen] = error[unseen] = np.nan
    return AreaEstimates(weights, estimated, error, float(weights[units > 0].sum()))


def area_estimates_of_regions(
    true: np.ndarray, counts: np.ndarray, mapped: np.ndarray, replicates: int = REPLICATES, seed: int = SEED
) -> AreaEstimates:
    """The same estimates of regions of several pixels, standard errors by drawing whole regions.

    Parameters
    ----------
    true, counts : as for `intervals.draws`.
    mapped : as for `area_estimates`.
    """
    matrix = np.zeros((counts.shape[1],) * 2)
    np.add.at(matrix, true, counts)
    plain, units = area_estimates(matrix, mapped), matrix.sum(0)
    if len(true) < LEAST_REGIONS:
        return replace(plain, error=np.full_like(plain.error, np.nan))
    average = np.divide(matrix, units, out=np.zeros_like(matrix), where=units > 0)
    found = []
    for drawn in draws(true, counts, replicates, seed):
        units = drawn.sum(-2, keepdims=True)
        shares = np.divide(drawn, units, out=np.zeros_like(drawn), where=units > 0)
        # A class of the map that a draw lacks stands as in the whole sample.
        found.append((plain.mapped * np.where(units > 0, shares, average)).sum(-1))
    error = np.concatenate(found).std(0, ddof=1)
    return replace(plain, error=np.where(np.isnan(plain.estimated), np.nan, error))
