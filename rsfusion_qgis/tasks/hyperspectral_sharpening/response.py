"""Which bands of the hyperspectral image a band of the guide is made of: its spectral response, as the scene tells.

Least squares with weights that are not negative (Lawson, Hanson 1974, Solving least squares problems, chapter 23), on
pixels of the hyperspectral image, the guide blurred as that sensor sees it. An estimate of the response from the images
themselves is also what HySure does (Simoes et al. 2015, doi:10.1109/TGRS.2014.2375320).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIDGE = 1e-4
"""What is added to the variance of each band, as a share of the mean of all: neighbours then share a weight."""
_STEPS = 3  # as many times the number of bands, at most


@dataclass(frozen=True)
class Response:
    """guide = weights @ bands + constant.

    Attributes
    ----------
    weights : ndarray
        (guide bands, bands), 0 or more, units of the guide per unit of a band.
    constant : ndarray
        (guide bands,)
    explained : ndarray
        (guide bands,): share of the guide's variance at the coarse pixels that the bands so explain.
    """

    weights: np.ndarray
    constant: np.ndarray
    explained: np.ndarray


def estimate(mean: np.ndarray, covariance: np.ndarray, bands: int) -> Response:
    """The response from moments of some bands and, behind them, of the guide's.

    Parameters
    ----------
    mean, covariance : ndarray
        (bands + guide bands,), and the same squared.
    bands : how many of them are the image's.
    """
    own, cross = covariance[:bands, :bands], covariance[:bands, bands:]
    loaded = own + RIDGE * np.trace(own) / bands * np.eye(bands)
    weights = np.array([non_negative(loaded, one) for one in cross.T])
    variance = np.maximum(np.diag(covariance)[bands:], np.finfo(float).tiny)
    left = variance - 2 * (weights * cross.T).sum(axis=1) + np.einsum("gb,bc,gc->g", weights, own, weights)
    return Response(weights, mean[bands:] - weights @ mean[:bands], 1 - np.maximum(left, 0) / variance)


def non_negative(products: np.ndarray, target: np.ndarray) -> np.ndarray:
    """x >= 0 that minimises x' products x / 2 - target' x.

    Parameters
    ----------
    products : ndarray
        (n, n) positive definite.
    target : ndarray
        (n,)
    """
    x, active = np.zeros(len(target)), np.zeros(len(target), bool)
    small = 1e-10 * max(float(np.abs(target).max(initial=0.0)), np.finfo(float).tiny)
    for _ in range(_STEPS * len(target)):
        slope = target - products @ x
        if active.all() or slope[~active].max() <= small:
            break
        active[np.flatnonzero(~active)[slope[~active].argmax()]] = True
        while True:
            wanted = np.zeros_like(x)
            wanted[active] = np.linalg.solve(products[np.ix_(active, active)], target[active])
            if wanted[active].min(initial=1.0) > 0:
                break
            below = active & (wanted <= 0)
            step = float((x[below] / np.maximum(x[below] - wanted[below], np.finfo(float).tiny)).min())
            x = x + step * (wanted - x)
            active &= x > 1e-14 * max(float(x.max()), np.finfo(float).tiny)
            x[~active] = 0.0
            if not active.any():
                return x
        x = wanted
    return x
