"""Means, covariances and regressions of a raster of any size, gathered block by block.

Numbers are float64; every block is centred on its own mean before it is squared, and blocks are merged as by
Chan et al. 1983 (doi:10.2307/2683386), so large values cost no precision.
"""

from __future__ import annotations

import numpy as np

_FLAT = 1e-6  # a spread below this part of the mean is rounding of float32, not contrast
_DEPENDENT = 1e-10  # share of the largest eigenvalue below which bands count as linear combinations of each other


class Moments:
    """Count, means and covariances of some variables.

    Parameters
    ----------
    variables : int

    Attributes
    ----------
    count : int
    mean : ndarray
        (variables,)
    """

    def __init__(self, variables: int) -> None:
        self.count, self.mean = 0, np.zeros(variables)
        self._products = np.zeros((variables, variables))

    def add(self, values: np.ndarray) -> None:
        """Take in the columns of `values` (variables, n), any real type."""
        count = values.shape[1]
        if not count:
            return
        centred = values.astype(np.float64)
        mean = centred.mean(axis=1)
        centred -= mean[:, None]
        step, total = mean - self.mean, self.count + count
        self._products += centred @ centred.T + np.outer(step, step) * (self.count * count / total)
        self.mean = self.mean + step * (count / total)
        self.count = total

    @property
    def covariance(self) -> np.ndarray:
        """(variables, variables), divided by the count."""
        return self._products / max(self.count, 1)

    def is_flat(self) -> np.ndarray:
        """(variables,) bool: no contrast but rounding."""
        return np.sqrt(np.diag(self.covariance)) <= _FLAT * np.abs(self.mean)


def columns(*stacks: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """The valid pixels of stacks (k, rows, cols) below each other: (sum of k, n).

    Parameters
    ----------
    valid : ndarray
        (rows, cols) bool.
    """
    if valid.all():
        return np.concatenate([stack.reshape(len(stack), -1) for stack in stacks])
    return np.concatenate([stack[:, valid] for stack in stacks])


def regress(moments: Moments) -> tuple[np.ndarray, float]:
    """Least-squares weights of all variables but the last, and the constant, that together give the last.

    A variable without contrast gets the weight 0, and all do where the last has none; variables that depend on each
    other share theirs (the shortest vector of weights, in units of standard deviations).
    """
    covariance, flat = moments.covariance, moments.is_flat()
    flat = flat[:-1] | flat[-1]
    spread = np.where(flat, 1.0, np.sqrt(np.diag(covariance)[:-1]))
    correlation = covariance[:-1, :-1] / np.outer(spread, spread)
    correlation[flat], correlation[:, flat] = 0.0, 0.0
    target = np.where(flat, 0.0, covariance[:-1, -1] / spread)
    weights = np.linalg.pinv(correlation, rcond=_DEPENDENT, hermitian=True) @ target / spread
    return weights, float(moments.mean[-1] - weights @ moments.mean[:-1])
