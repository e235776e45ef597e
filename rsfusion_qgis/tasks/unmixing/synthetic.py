"""Shares by a regression that is trained on mixtures of the endmembers' own spectra.

Synthetic mixing (Okujeni and others 2013, DOI 10.1016/j.rse.2013.06.007): spectra of two or more classes, drawn at
random, are mixed in random shares, and a kernel ridge regression learns to tell the shares from the mixture. So the
spectral variety within a class is learned, which one mean spectrum per class lacks.

Arrays: spectra (bands, n), shares (classes, n), float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MIXTURES = 600
_SEED = 20130601
_PARTS = (2, 3)
_CHANCES = (0.6, 0.4)
_WIDTHS = (0.5, 1.0, 2.0, 4.0)
_RIDGES = (1e-3, 1e-2, 1e-1)
_KEPT_VARIANCE = 0.9999
_MOST_AXES = 40
CHUNK = 4096


def mixtures(spectra: np.ndarray, classes: Sequence[int], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Random mixtures of spectra, the pure ones first.

    Parameters
    ----------
    spectra : ndarray
        (bands, m).
    classes : sequence of int
        (m,) class of each, 0 ... k - 1; every class has one or more.
    count : int
        Mixtures beside the pure spectra.

    Returns
    -------
    spectra : ndarray
        (bands, m + count).
    shares : ndarray
        (k, m + count), sum 1.
    """
    rng, of = np.random.default_rng(_SEED), np.asarray(classes)
    members = [np.flatnonzero(of == one) for one in range(of.max() + 1)]
    weights = np.zeros((spectra.shape[1], count))
    for column in range(count):
        parts = min(int(rng.choice(_PARTS, p=_CHANCES)), len(members))
        chosen = rng.choice(len(members), parts, replace=False)
        for one, share in zip(chosen, rng.dirichlet(np.ones(parts))):
            weights[rng.choice(members[one]), column] += share
    weights = np.concatenate([np.eye(spectra.shape[1]), weights], axis=1)
    shares = np.stack([weights[some].sum(axis=0) for some in members])
    return spectra @ weights, shares


@dataclass(frozen=True)
class Regression:
    """A kernel ridge regression with a Gaussian kernel, from spectra to shares.

    Attributes
    ----------
    mean, axes : ndarray
        (bands,) and (k, bands): coordinates are `axes @ (x - mean)`.
    known : ndarray
        (k, n) coordinates of what was learned from.
    weights : ndarray
        (classes, n).
    base : ndarray
        (classes,) what is added.
    width : float
        Of the kernel exp(-d^2 / (2 width^2)).
    error : float
        Root mean square of the shares when each mixture is left out in turn.
    """

    mean: np.ndarray
    axes: np.ndarray
    known: np.ndarray
    weights: np.ndarray
    base: np.ndarray
    width: float
    error: float

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        """Shares that are not negative and sum to one, (classes, n), of (bands, n)."""
        made = np.empty((len(self.weights), pixels.shape[1]))
        for first in range(0, pixels.shape[1], CHUNK):
            part = np.s_[:, first : first + CHUNK]
            points = self.axes @ (pixels[part].astype(np.float64) - self.mean[:, None])
            made[part] = on_simplex(self.weights @ _kernel(self.known, points, self.width) + self.base[:, None])
        return made


def fit(spectra: np.ndarray, shares: np.ndarray) -> Regression:
    """Learn shares (classes, n) from spectra (bands, n); width and ridge are those that do best when left out."""
    mean = spectra.mean(axis=1)
    left, sizes, _ = np.linalg.svd(spectra - mean[:, None], full_matrices=False)
    power = np.cumsum(sizes**2) / max(float((sizes**2).sum()), np.finfo(float).tiny)
    kept = min(int((power < _KEPT_VARIANCE).sum()) + 1, _MOST_AXES)
    axes = left[:, :kept].T / (np.sqrt(np.mean(sizes[:kept] ** 2) / spectra.shape[1]) or 1.0)
    known = axes @ (spectra - mean[:, None])
    base = shares.mean(axis=1)
    aims, typical = shares - base[:, None], float(np.sqrt(np.median(_squares(known, known))) or 1.0)
    best = None
    for width in _WIDTHS:
        values, vectors = np.linalg.eigh(_kernel(known, known, width * typical))
        turned = aims @ vectors
        for ridge in _RIDGES:
            inverse = 1.0 / (np.maximum(values, 0.0) + ridge)
            weights = (turned * inverse) @ vectors.T
            left_out = weights / np.einsum("ij,j,ij->i", vectors, inverse, vectors)
            error = float(np.sqrt(np.mean(left_out**2)))
            if best is None or error < best[0]:
                best = error, weights, width * typical
    error, weights, width = best
    return Regression(mean, axes, known, weights, base, width, error)


def on_simplex(values: np.ndarray) -> np.ndarray:
    """The nearest shares that are not negative and sum to one, (classes, n) (Duchi and others 2008, DOI
    10.1145/1390156.1390191)."""
    falling = -np.sort(-values, axis=0)
    over = (np.cumsum(falling, axis=0) - 1.0) / np.arange(1, len(values) + 1)[:, None]
    kept = (falling > over).sum(axis=0)
    made = np.maximum(values - np.take_along_axis(over, kept[None] - 1, axis=0), 0.0)
    return made / made.sum(axis=0)


def _kernel(known: np.ndarray, points: np.ndarray, width: float) -> np.ndarray:
    squares = _squares(known, points)
    squares /= -2 * width**2
    return np.exp(squares, out=squares)


def _squares(known: np.ndarray, points: np.ndarray) -> np.ndarray:
    """(n, p) squared distances."""
    found = known.T @ points
    found *= -2
    found += (known**2).sum(axis=0)[:, None]
    found += (points**2).sum(axis=0)
    return np.maximum(found, 0, out=found)
