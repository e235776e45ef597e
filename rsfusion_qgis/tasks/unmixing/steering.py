"""What a finer raster tells of the shares: the chances of each class at its pixels, averaged over a pixel of HS.

Each class has a normal distribution of the guide's values (spectra of an MS image, heights of LiDAR). It is learned
from labelled pixels, or, without labels, from the shares that HS alone gives, by expectation and maximisation
(Dempster and others 1977): a fine pixel under a pixel of HS that is half tree is tree with the chance one half, until
its own value says more. Values above zero only are taken by their logarithm, since brightness varies by factors.

Fine values are (bands, steps^2, n), NaN = no data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

ROUNDS = 10
_SHRINK = 0.001
_FLOOR = 0.05
_EPSILON = 1e-3
_OF_LABELS, _OF_SHARES = 5.0, 0.01
"""How much the frequency of the classes counts beside the shares that HS alone gives (1 = as much): labels tell it,
while without them it comes from these shares."""


@dataclass(frozen=True)
class Chances:
    """Normal distributions of the guide's values, one per class.

    Attributes
    ----------
    floors : ndarray
        (bands,) least value whose logarithm is taken; NaN = values as they are.
    means : ndarray
        (classes, bands).
    inverses : ndarray
        (classes, bands, bands) of the covariances.
    levels : ndarray
        (classes,) minus the log of the root of the covariance's determinant.
    frequencies : ndarray
        (classes,) sum 1.
    trust : float
        How much they count beside the shares that HS alone gives.
    """

    floors: np.ndarray
    means: np.ndarray
    inverses: np.ndarray
    levels: np.ndarray
    frequencies: np.ndarray
    trust: float

    def shares(self, fine: np.ndarray, alone: Optional[np.ndarray] = None) -> tuple[np.ndarray, np.ndarray]:
        """Chances of the classes averaged over the fine pixels, (classes, n), and where there are any, (n,) bool.

        Parameters
        ----------
        fine : ndarray
            (bands, steps^2, n).
        alone : ndarray, optional
            (classes, n) shares that HS alone gives: classes that look alike in the guide stay as HS has them. None =
            the frequencies say what is expected.
        """
        there = ~np.isnan(fine).any(axis=0)
        expected = self.frequencies[:, None] * (1.0 if alone is None else self.trust)
        expected = expected if alone is None else expected + alone
        logs = self._logs(_adapted(fine, self.floors)) + np.log(np.maximum(expected, 1e-12))[:, None]
        chances = _posterior(logs, there)
        count = there.sum(axis=0)
        return chances.sum(axis=1) / np.maximum(count, 1), count > 0

    def _logs(self, values: np.ndarray) -> np.ndarray:
        """(classes, steps^2, n) log of the density, up to a constant."""
        flat = values.reshape(len(values), -1)
        off = flat[None] - self.means[:, :, None]
        squares = np.einsum("kin,kij,kjn->kn", off, self.inverses, off, optimize=True)
        return (self.levels[:, None] - 0.5 * squares).reshape(len(self.means), *values.shape[1:])


def from_labels(values: np.ndarray, weights: np.ndarray) -> Chances:
    """From pixels of known class.

    Parameters
    ----------
    values : ndarray
        (bands, n) of the guide, finite.
    weights : ndarray
        (classes, n), 1 for the class of the pixel.
    """
    floors = _floors(values)
    return _fitted(_adapted(values, floors), weights, floors, _OF_LABELS)


def from_shares(fine: np.ndarray, shares: np.ndarray) -> Chances:
    """From the shares that HS alone gives.

    Parameters
    ----------
    fine : ndarray
        (bands, steps^2, n).
    shares : ndarray
        (classes, n).
    """
    there = ~np.isnan(fine).any(axis=0)
    floors = _floors(fine[:, there])
    values = _adapted(fine, floors)
    before = np.broadcast_to((shares + _EPSILON)[:, None], (len(shares), *there.shape))
    weights = before / before.sum(axis=0)
    for _ in range(ROUNDS):
        found = _fitted(values[:, there], weights[:, there], floors, _OF_SHARES)
        weights = _posterior(found._logs(values) + np.log(before), there)
    return _fitted(values[:, there], weights[:, there], floors, _OF_SHARES)


def _floors(values: np.ndarray) -> np.ndarray:
    middles = np.median(values, axis=1)
    return np.where((values >= 0).all(axis=1) & (middles > 0), _FLOOR * middles, np.nan)


def _adapted(values: np.ndarray, floors: np.ndarray) -> np.ndarray:
    shape = (-1,) + (1,) * (values.ndim - 1)
    logs = np.log(np.maximum(values, np.where(np.isnan(floors), 1.0, floors).reshape(shape)))
    return np.where(np.isnan(floors).reshape(shape), values, np.where(np.isnan(values), np.nan, logs)).astype(float)


def _fitted(values: np.ndarray, weights: np.ndarray, floors: np.ndarray, trust: float) -> Chances:
    """Means and covariances with weights, drawn a little towards the covariance of all values."""
    total = weights.sum(axis=1) + 1e-9
    means = weights @ values.T / total[:, None]
    whole = np.cov(values).reshape(len(values), len(values))
    whole = np.diag(np.maximum(np.diag(whole), 1e-12))
    spread = np.stack([(off * one) @ off.T / many for one, many, off in
                       ((w, t, values - m[:, None]) for w, t, m in zip(weights, total, means))])  # fmt: skip
    spread = (1 - _SHRINK) * spread + _SHRINK * whole
    levels = -0.5 * np.linalg.slogdet(spread)[1]
    return Chances(floors, means, np.linalg.inv(spread), levels, total / total.sum(), trust)


def _posterior(logs: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Chances that sum to one where there is data, and are zero elsewhere."""
    logs = np.where(there, logs, 0.0)
    chances = np.exp(logs - logs.max(axis=0))
    return np.where(there, chances / chances.sum(axis=0), 0.0)
