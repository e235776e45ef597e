"""Coarse bands on the pixels of fine ones: what the fine bands tell of each coarse band, learned on the scene.

Each coarse band is regressed on the fine bands where both have contrast at the coarse pixel size: the fine bands as
that band's sensor would see them (its MTF, its pixels), all without their further low pass. The regression over the
whole scene (ridge) is what a local one, in a window around each coarse pixel, is drawn towards. The detail that the
fine bands have beyond the coarse pixels is added with these coefficients. What of a coarse band the regression leaves
over is part scene, part noise: noise of neighbouring pixels is unrelated, what an MTF has blurred is not, so their
shares follow from the covariances of neighbours; and noise of one band is unrelated to that of others, so what bands
have in common is none. Where noise prevails, the coarse band is moved towards what the fine bands say, and
back-projection is weakened. With `Model.noise_left` set to 0 neither is done: the result then gives back the coarse
bands as they were recorded.

Arrays are (bands, rows, cols); the coarse bands may be components, such as those of a hyperspectral image. Values are
in any unit that is linear in reflectance, one scale per band for the whole scene. How the grids fit is known to two
functions alone, `Sees` and `Spreads`, so they need not nest.

Sources: MTF-matched detail injection, Aiazzi et al. 2006, doi:10.14358/PERS.72.5.591. Sharing geometry between the
bands of Sentinel-2, Brodu 2017, doi:10.1109/TGRS.2017.2694881; their protocol of evaluation, Lanaras et al. 2018,
doi:10.1016/j.isprsjprs.2018.09.018. Back-projection, Irani, Peleg 1991, doi:10.1016/1049-9652(91)90045-L. Local
weighing of signal against noise, Lee 1980, doi:10.1109/TPAMI.1980.4766994.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable

import numpy as np

from .scene_noise import LAGS, noise_share, of_one_band

HIGH_PASS = 0.7
"""Standard deviation, in coarse pixels, of the low pass that is taken off before the regression."""
WINDOW = 2.0
"""Standard deviation, in coarse pixels, of the window of the local regression."""
PRIOR = 1.0
"""Weight of the scene's statistics over those of a window that is full of valid pixels."""
RIDGE = 0.002
"""What is added to the variance of each fine band, as a share of it."""
HIGH_PASS_PX, WINDOW_PX, CUBIC_PX = 3, 6, 2
"""Where the two Gaussians and the cubic kernel end, in coarse pixels."""
_LEAST = 1e-12  # share of a variance that is rounding

Sees = Callable[[np.ndarray, float], np.ndarray]
"""(planes, fine rows, fine cols), MTF gain -> (planes, coarse rows, coarse cols): as a sensor sees them."""
Spreads = Callable[[np.ndarray], np.ndarray]
"""(planes, coarse rows, coarse cols) -> (planes, fine rows, fine cols), by cubic convolution."""


@dataclass(frozen=True)
class Sums:
    """What a scene's windows add up to; sums of two parts of it may be added in any order.

    Attributes
    ----------
    counts : ndarray
        (coarse bands, lags): pairs of coarse pixels that count.
    products : ndarray
        (coarse bands, lags, k + 1, k + 1) float64: sums over those pairs of the products of what is high-passed, the
        k fine bands as that coarse band's sensor sees them, and last that band itself.
    joint_count : float
        Coarse pixels that count in all bands.
    joint : ndarray
        (coarse bands, k + 1, coarse bands, k + 1) float64: the same products between all the bands, at these pixels.
    """

    counts: np.ndarray
    products: np.ndarray
    joint_count: float
    joint: np.ndarray

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.counts + other.counts, self.products + other.products, self.joint_count + other.joint_count,
            self.joint + other.joint,
        )  # fmt: skip


@dataclass(frozen=True)
class Model:
    """What holds for the whole scene.

    Attributes
    ----------
    coefficients : ndarray
        (coarse bands, k): unit of the coarse band per unit of the fine band.
    prior : ndarray
        (coarse bands, k, k): covariance of the high-passed fine bands with the ridge on its diagonal, times `PRIOR`.
    noise : ndarray
        (coarse bands,): standard deviation of the coarse bands' noise, in their units.
    noise_left : ndarray
        (coarse bands,): variance of what the high pass leaves of that noise.
    """

    coefficients: np.ndarray
    prior: np.ndarray
    noise: np.ndarray
    noise_left: np.ndarray


@dataclass(frozen=True)
class Sharpened:
    """A tile before back-projection.

    Attributes
    ----------
    values : ndarray
        (coarse bands, fine rows, fine cols) float32.
    recorded : ndarray
        (coarse bands, coarse rows, coarse cols) float32: the coarse bands freed from noise, which back-projection is
        to reach.
    strength : ndarray
        The same shape, 0 = noise alone .. 1 = no noise: what back-projection multiplies that which is lacking by. The
        square of the scene's share: what is coarser than the high pass keeps its noise.
    """

    values: np.ndarray
    recorded: np.ndarray
    strength: np.ndarray


def halo_px(gains: Sequence[float], ratio: float) -> int:
    """How many fine pixels around a tile `inject` needs; back-projection needs its own reach beyond.

    Parameters
    ----------
    gains : MTF gains of the coarse bands.
    ratio : coarse pixel size over fine pixel size.
    """
    blur = 4 * ratio / math.pi * math.sqrt(-2 * math.log(min(gains)))
    return math.ceil((HIGH_PASS_PX + WINDOW_PX + CUBIC_PX + 1) * ratio + blur) + 1


def gather(fine: np.ndarray, recorded: np.ndarray, counts: np.ndarray, gains: Sequence[float], sees: Sees) -> Sums:
    """The sums of one window of the scene.

    Parameters
    ----------
    fine : ndarray
        (k, fine rows, fine cols).
    recorded, counts : ndarray
        (coarse bands, coarse rows, coarse cols): values, and bool, whether all that matters there is valid.
    gains : MTF gains of the coarse bands.
    sees : see `Sees`.
    """
    seen = {gain: sees(fine, gain) for gain in set(gains)}
    highs = [
        high_passed(np.concatenate([seen[gain], values[None]]), valid)
        for values, valid, gain in zip(recorded, counts, gains)
    ]
    lagged = [_lagged(high, valid) for high, valid in zip(highs, counts)]
    every = counts.all(axis=0)
    planes = np.concatenate([high[:, every] for high in highs]).astype(np.float64)
    bands, size = len(highs), len(fine) + 1
    joint = (planes @ planes.T).reshape(bands, size, bands, size)
    return Sums(np.array([n for n, _ in lagged]), np.array([p for _, p in lagged]), float(every.sum()), joint)


def solve(sums: Sums, gains: Sequence[float]) -> Model:
    """Coefficients and noise of the whole scene; a band without contrast or valid pixels gets coefficients of 0."""
    covariances = sums.products / np.maximum(sums.counts, 1)[:, :, None, None]
    own, cross = covariances[:, 0, :-1, :-1], covariances[:, 0, :-1, -1]
    loaded = np.array([_loaded(one) for one in own])
    coefficients = np.linalg.solve(loaded, cross[..., None])[..., 0]
    remainder = np.concatenate([-coefficients, np.ones((len(gains), 1))], axis=1)
    of_neighbours = np.einsum("bi,blij,bj->bl", remainder, covariances, remainder)
    variance, left = np.array([noise_share(one, gain, HIGH_PASS) for one, gain in zip(of_neighbours, gains)]).T
    most = of_one_band(np.einsum("bi,bicj,cj->bc", remainder, sums.joint, remainder) / max(sums.joint_count, 1))
    kept = np.minimum(1, most / np.maximum(left, _LEAST))
    return Model(coefficients, PRIOR * loaded, np.sqrt(variance * kept), left * kept)


def inject(
    fine: np.ndarray, interpolated: np.ndarray, recorded: np.ndarray, counts: np.ndarray, model: Model,
    gains: Sequence[float], sees: Sees, spreads: Spreads,
) -> Sharpened:  # fmt: skip
    """The coarse bands of a tile with the fine bands' detail; they hold `halo_px` away from the tile's ends.

    Parameters
    ----------
    fine : ndarray
        (k, fine rows, fine cols) float32.
    interpolated : ndarray
        (coarse bands, fine rows, fine cols) float32: the coarse bands on the fine pixels.
    recorded, counts, gains, sees
        See `gather`.
    model : see `solve`.
    spreads : see `Spreads`.
    """
    values, cleaned = np.array(interpolated, np.float32), np.array(recorded, np.float32)
    strength = np.ones_like(cleaned)
    for gain in dict.fromkeys(gains):
        seen = sees(fine, gain)
        detail = fine - spreads(seen)
        for band in (place for place, own in enumerate(gains) if own == gain):
            high = high_passed(np.concatenate([seen, recorded[band][None]]), counts[band])
            weights, share = _local(high, counts[band], model, band)
            noise = (1 - share) * (high[-1] - (weights * high[:-1]).sum(axis=0))
            noise, strength[band] = np.where(counts[band], noise, 0).astype(np.float32), share**2
            cleaned[band] -= noise
            values[band] += (spreads(weights) * detail).sum(axis=0) - spreads(noise[None])[0]
    return Sharpened(values, cleaned, strength)


def high_passed(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(planes, rows, cols) less their low pass among valid pixels (rows, cols) bool; 0 elsewhere."""
    share = _smoothed(valid[None].astype(np.float64), HIGH_PASS, HIGH_PASS_PX)
    low = _smoothed(np.where(valid, values, 0), HIGH_PASS, HIGH_PASS_PX) / np.where(valid, share, 1)
    return np.where(valid, values - low, 0)


def _loaded(covariance: np.ndarray) -> np.ndarray:
    """A covariance (k, k) with the ridge on its diagonal; never singular."""
    variance = np.diag(covariance)
    return covariance + np.diag(RIDGE * variance + _LEAST * max(variance.sum(), _LEAST))


def _local(high: np.ndarray, valid: np.ndarray, model: Model, band: int) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (k, rows, cols) float32 around each coarse pixel, and (rows, cols) the share of the scene.

    `high` is (k + 1, rows, cols), see `Sums`; the share is that of what the coefficients leave, the rest is noise.
    """
    size = len(high) - 1
    upper = np.triu_indices(size + 1)
    smooth = _smoothed(np.concatenate([high[upper[0]] * high[upper[1]], valid[None]]), WINDOW, WINDOW_PX)
    place = {pair: n for n, pair in enumerate(zip(*(axis.tolist() for axis in upper)))}
    prior, start = model.prior[band], model.coefficients[band]
    own = [[smooth[place[min(i, j), max(i, j)]] for j in range(size)] for i in range(size)]
    cross = [smooth[place[i, size]] for i in range(size)]
    loaded = [[own[i][j] + prior[i, j] for j in range(i + 1)] for i in range(size)]
    weights = _solved(loaded, [plane + value for plane, value in zip(cross, prior @ start)])
    left = smooth[place[size, size]] + sum(
        one * (sum(a * b for a, b in zip(row, weights)) - 2 * given) for one, row, given in zip(weights, own, cross)
    )
    left = np.maximum(left / np.maximum(smooth[-1], _LEAST), model.noise_left[band])
    share = 1 - model.noise_left[band] / np.maximum(left, _LEAST)
    return np.stack(weights).astype(np.float32), share


def _solved(matrix: list[list[np.ndarray]], right: list[np.ndarray]) -> list[np.ndarray]:
    """The solutions of one system of equations for each pixel, by Cholesky's way.

    All systems are done at once, entry by entry: for the few unknowns here several times as fast as one by one.

    Parameters
    ----------
    matrix : the lower half of symmetric, positive definite matrices, one plane (rows, cols) for each entry.
    right : one plane for each equation.
    """
    size, roots, found = len(right), [], list(right)
    for i, row in enumerate(matrix):
        root: list[np.ndarray] = []
        for j in range(i):
            root.append((row[j] - sum(root[n] * roots[j][n] for n in range(j))) * roots[j][j])
        root.append(1 / np.sqrt(row[i] - sum(one * one for one in root)))  # its inverse, to multiply by
        roots.append(root)
        found[i] = (found[i] - sum(root[n] * found[n] for n in range(i))) * root[i]
    for i in reversed(range(size)):
        found[i] = (found[i] - sum(roots[n][i] * found[n] for n in range(i + 1, size))) * roots[i][i]
    return found


def _lagged(high: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts (lags,) and products (lags, planes, planes), symmetric, of pixels and their neighbours at each lag."""
    rows, cols = valid.shape
    counts, products = np.zeros(len(LAGS)), np.zeros((len(LAGS), len(high), len(high)))
    for number, (down, across) in enumerate(LAGS):
        here = slice(0, max(rows - down, 0)), slice(max(-across, 0), max(cols - max(across, 0), 0))
        there = slice(down, rows), slice(max(across, 0), max(cols - max(-across, 0), 0))
        both = valid[here] & valid[there]
        one, other = (high[(slice(None), *at)][:, both].astype(np.float64) for at in (here, there))
        product = one @ other.T
        counts[number], products[number] = both.sum(), (product + product.T) / 2
    return counts, products


def _smoothed(values: np.ndarray, sigma: float, reach: int) -> np.ndarray:
    """(planes, rows, cols) float64 through a Gaussian of sum 1; 0 stands beyond the ends."""
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps /= taps.sum()
    planes, (rows, cols) = len(values), values.shape[1:]
    smooth = np.empty(values.shape)
    part, term = np.zeros((rows + 2 * reach, cols + 2 * reach)), np.empty((rows + 2 * reach, cols))
    for place in range(planes):  # one by one, so that a plane stays in the processor's cache
        part[reach : reach + rows, reach : reach + cols] = values[place]
        across = _weighted(part, taps, 1, term)
        smooth[place] = _weighted(across, taps, 0, term[:rows])
    return smooth


def _weighted(values: np.ndarray, taps: np.ndarray, axis: int, term: np.ndarray) -> np.ndarray:
    """The symmetric weighted sum along an axis of a plane; `term` is room for one summand."""
    reach, size = len(taps) // 2, values.shape[axis] - len(taps) + 1

    def moved(start: int) -> np.ndarray:
        return values[start : start + size] if axis == 0 else values[:, start : start + size]

    total = taps[reach] * moved(reach)
    for step in range(1, reach + 1):
        np.add(moved(reach - step), moved(reach + step), out=term)
        term *= taps[reach + step]
        total += term
    return total
