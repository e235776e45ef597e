"""Endmembers found in the scene itself: how many there are, and which pixels are the purest.

A scene is seen twice, window by window: `Moments` first, whose correlation tells the subspace of the signal and the
number of endmembers (HySime, Bioucas-Dias and Nascimento 2008, DOI 10.1109/TGRS.2008.918089); then `Extremes`, which
keeps the pixels that lie outermost along many directions of that subspace (Boardman, Kruse and Green 1995, pixel
purity). Among these, vertex component analysis (VCA, Nascimento and Bioucas-Dias 2005, DOI 10.1109/TGRS.2005.844293)
takes a first set, and N-FINDR (Winter 1999, DOI 10.1117/12.366289) exchanges pixels as long as the simplex grows.

Arrays: pixels (bands, n) in any unit; all draws are seeded, so that the same scene gives the same endmembers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DIRECTIONS = 512
MOST_ENDMEMBERS = 40
_SEED = 20050401
_RIDGE = 1e-9
_FLAT = 1e-12
"""Share of the power of a scene below which a direction of it is rounding."""
_SWEEPS = 50
_CHUNK = 4096


class Moments:
    """Sums over pixels: how many there are, their mean and their correlation."""

    def __init__(self, bands: int) -> None:
        self.count, self._sum, self._products = 0, np.zeros(bands), np.zeros((bands, bands))

    def add(self, pixels: np.ndarray) -> None:
        """Take in (bands, n)."""
        wide = pixels.astype(np.float64)
        self.count += wide.shape[1]
        self._sum += wide.sum(axis=1)
        self._products += wide @ wide.T

    @property
    def mean(self) -> np.ndarray:
        """(bands,)."""
        return self._sum / max(self.count, 1)

    @property
    def correlation(self) -> np.ndarray:
        """(bands, bands), mean of x x'."""
        return self._products / max(self.count, 1)

    @property
    def covariance(self) -> np.ndarray:
        """(bands, bands)."""
        return self.correlation - np.outer(self.mean, self.mean)


def noise_variances(correlation: np.ndarray) -> np.ndarray:
    """(bands,) variance of what a band does not share with a linear mix of all the others."""
    ridge = _RIDGE * float(np.trace(correlation)) / len(correlation)
    return 1.0 / np.diag(np.linalg.inv(correlation + ridge * np.eye(len(correlation))))


def signal_dimension(correlation: np.ndarray) -> int:
    """How many directions hold more signal than twice their noise (HySime), at least 1."""
    noise = noise_variances(correlation)
    directions = np.linalg.eigh(correlation - np.diag(noise))[1]
    power = np.einsum("bi,bc,ci->i", directions, correlation, directions)
    noises = np.einsum("bi,b,bi->i", directions, noise, directions)
    return max(1, int((2 * noises < power).sum()))


@dataclass(frozen=True)
class Found:
    """Endmembers of a scene.

    Attributes
    ----------
    spectra : ndarray
        (bands, count), those of pixels, as they were given.
    places : ndarray
        (count, 2) int, column and row of each.
    """

    spectra: np.ndarray
    places: np.ndarray


class Extremes:
    """The outermost pixels of a scene along many directions of its signal.

    Parameters
    ----------
    moments : Moments
        Of the scene.
    count : int
        Number of endmembers, 2 or more.
    """

    def __init__(self, moments: Moments, count: int) -> None:
        self._mean, self._count = moments.mean, count
        values, vectors = np.linalg.eigh(moments.covariance)
        kept = np.argsort(values)[::-1][: count - 1]
        spread = np.sqrt(np.maximum(values[kept], np.finfo(float).tiny))
        self._axes = (vectors[:, kept] / spread).T
        self._flat = int((values[kept] > _FLAT * np.trace(moments.correlation)).sum())
        draws = np.random.default_rng(_SEED).standard_normal((DIRECTIONS, len(kept)))
        draws[: len(kept)] = np.eye(len(kept))[: len(draws)]
        self._directions = np.concatenate([draws, -draws]) / np.linalg.norm(np.tile(draws, (2, 1)), axis=1)[:, None]
        self._best = np.full(len(self._directions), -np.inf)
        self._spectra = np.zeros((len(self._mean), len(self._directions)))
        self._places = np.full((len(self._directions), 2), -1)

    @property
    def dimensions(self) -> int:
        """How many independent directions the scene has, at most one less than the endmembers asked for."""
        return self._flat

    def add(self, pixels: np.ndarray, places: np.ndarray) -> None:
        """Take in (bands, n), and (n, 2) columns and rows; of equal pixels the first stays."""
        for first in range(0, pixels.shape[1], _CHUNK):
            self._add(pixels[:, first : first + _CHUNK], places[first : first + _CHUNK])

    def _add(self, pixels: np.ndarray, places: np.ndarray) -> None:
        reached = self._directions @ self.projected(pixels)
        best = reached.argmax(axis=1)
        values = reached[np.arange(len(best)), best]
        better = values > self._best
        self._best[better] = values[better]
        self._spectra[:, better] = pixels[:, best[better]]
        self._places[better] = places[best[better]]

    def projected(self, pixels: np.ndarray) -> np.ndarray:
        """(count - 1, n) coordinates in the subspace of the signal, each of unit variance over the scene."""
        return self._axes @ (pixels - self._mean[:, None])

    def solve(self) -> Found:
        """The endmembers; fewer than asked for where the outermost pixels are fewer."""
        places, first = np.unique(self._places, axis=0, return_index=True)
        keep = np.sort(first[(places >= 0).all(axis=1)])
        spectra, places = self._spectra[:, keep], self._places[keep]
        if len(keep) <= self._count:
            return Found(spectra, places)
        points = self.projected(spectra)
        chosen = nfindr(points, vca(points, self._count))
        return Found(spectra[:, chosen], places[chosen])


def vca(points: np.ndarray, count: int) -> np.ndarray:
    """Which points are the vertices, by projecting again and again at right angles to those found so far.

    Parameters
    ----------
    points : ndarray
        (count - 1, n) coordinates in the subspace of the signal.

    Returns
    -------
    ndarray
        (count,) int.
    """
    lifted = np.concatenate([points, np.full((1, points.shape[1]), np.abs(points).max())])
    rng, chosen = np.random.default_rng(_SEED), []
    basis = np.zeros((len(lifted), 0))
    for _ in range(count):
        draw = rng.standard_normal(len(lifted))
        draw -= basis @ (basis.T @ draw)
        reach = np.abs(draw @ lifted)
        reach[chosen] = -1.0
        chosen.append(int(reach.argmax()))
        basis = np.linalg.qr(lifted[:, chosen])[0]
    return np.array(chosen)


def nfindr(points: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Exchange vertices for points as long as the volume of their simplex grows; shapes as in `vca`."""
    lifted, chosen = np.concatenate([points, np.ones((1, points.shape[1]))]), np.array(chosen)
    for _ in range(_SWEEPS):
        changed = False
        for place in range(len(chosen)):
            others = lifted[:, np.delete(chosen, place)]
            across = np.linalg.svd(others, full_matrices=True)[0][:, -1]  # at right angles to all the others
            heights = np.abs(across @ lifted)
            best = int(heights.argmax())
            if heights[best] > heights[chosen[place]] * (1 + 1e-9):
                chosen[place], changed = best, True
        if not changed:
            break
    return chosen
