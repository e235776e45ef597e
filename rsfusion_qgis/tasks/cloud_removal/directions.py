"""How far to trust a forest where nothing near was learned: from one side of clear ground to the other, in four ways.

Simulated clouds lie near to what taught, real ones often do not, so a forest looks better under simulated clouds than
it is. Here it learns from one half of the clear pixels and is asked for the other, in a large scene from every other
stripe and for those between, along both axes and both ways. Its weight beside the mean is the one with which the worst
of the four does best, each by its error over that of the mean: a forest that fails in one direction is not trusted. A
cross-validation in blocks (Roberts and others 2017, doi:10.1111/ecog.02881), decided by the worst case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.basics.optional import OptionalModule
from .scene_forest import SceneForest

ndimage = OptionalModule("scipy.ndimage")

STRIPE_PX = 256.0
"""Width of a stripe; a scene of less than two has two halves with as many clear pixels."""
TREES, PIXELS, ASKED, LEAST = 12, 4000, 1500, 100
WEIGHTS = np.linspace(0, 0.5, 11)
"""The forest never counts more than the mean: what another day changes under the clouds, no clear pixel shows."""
COL, ROW = -4, -3
"""Places of a pixel's place among its features."""


@dataclass(frozen=True)
class Trust:
    """What the four directions tell.

    Attributes
    ----------
    weight : float
        Of the forest beside the mean, 0 to 0.5.
    sigma : (bands,) float32
        Root mean square of the error with that weight in the worst direction, standardised.
    """

    weight: float
    sigma: np.ndarray


@dataclass(frozen=True)
class _Tried:
    forest: np.ndarray
    mean: np.ndarray
    truth: np.ndarray

    def missed(self, weight: float) -> np.ndarray:
        """(pixels, bands)."""
        return self.mean + weight * (self.forest - self.mean) - self.truth


def trust_in(known: np.ndarray, spectra: np.ndarray) -> Optional[Trust]:
    """Compare both; None where the clear pixels are too few or too near to each other for it.

    Parameters
    ----------
    known : (pixels, features) with the place at COL and ROW.
    spectra : (pixels, bands) standardised.
    """
    tried = []
    for axis in (COL, ROW):
        places = known[:, axis]
        reach = float(places.max() - places.min()) + 1 if len(places) else 0.0
        if reach < 2:
            continue
        whole = reach < 2 * STRIPE_PX
        first = places.min() if len(places) else 0.0
        odd = places >= np.median(places) if whole else ((places - first) // STRIPE_PX).astype(np.int64) % 2 == 1
        for teaches in (odd, ~odd):
            if min(teaches.sum(), (~teaches).sum()) >= LEAST:
                tried.append(_one(known, spectra, teaches, reach if whole else STRIPE_PX))
    if not tried:
        return None
    plain = [max(float(np.abs(one.missed(0)).mean()), 1e-9) for one in tried]
    worst = [max(np.abs(one.missed(w)).mean() / of for one, of in zip(tried, plain)) for w in WEIGHTS]
    weight = float(WEIGHTS[int(np.argmin(worst))])
    squares = [np.square(one.missed(weight)).mean(axis=0) for one in tried]
    return Trust(weight, np.sqrt(np.max(squares, axis=0)).astype(np.float32))


def _one(known: np.ndarray, spectra: np.ndarray, teaches: np.ndarray, width: float) -> _Tried:
    draw = np.random.default_rng(0)
    taught, asked = (np.flatnonzero(part) for part in (teaches, ~teaches))
    asked = np.sort(draw.choice(asked, min(ASKED, len(asked)), replace=False))
    forest = SceneForest(TREES, PIXELS)
    forest.add(known[taught], spectra[taught])
    mean = _means_around(known, spectra, taught, asked, width)
    if not forest.enough:
        return _Tried(mean, mean, spectra[asked])
    return _Tried(forest.grown().estimate(known[asked]), mean, spectra[asked])


def _means_around(
    known: np.ndarray, spectra: np.ndarray, taught: np.ndarray, asked: np.ndarray, width: float
) -> np.ndarray:
    """Means of what taught around the pixels that are asked, under a Gaussian over cells of that width."""
    cells = [((known[:, axis] - known[:, axis].min()) // width).astype(np.int64) for axis in (ROW, COL)]
    shape = tuple(int(one.max()) + 1 for one in cells)
    place = cells[0] * shape[1] + cells[1]
    count = np.bincount(place[taught], minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    sums = np.stack([np.bincount(place[taught], band, shape[0] * shape[1]).reshape(shape)
                     for band in spectra[taught].T.astype(np.float64)])  # fmt: skip
    near = ndimage.gaussian_filter(count, 1.0, mode="constant") + 1e-9
    around = np.stack([ndimage.gaussian_filter(band, 1.0, mode="constant") for band in sums])
    made = (around / near).reshape(len(sums), -1)[:, place[asked]].T
    return made.astype(np.float32)
