"""Methods that are one formula with constants of the scene: GSA and MTF-GLP, for a guide of one band or more.

Arrays are (bands, rows, cols) in stored units. With more than one band of the guide, GSA takes for each band of the
image the guide's band that resembles it most, and GLP mixes the guide's bands into one for each band of the image:
Selva et al. 2015, Hyper-sharpening, doi:10.1109/JSTARS.2015.2440092.
"""

from __future__ import annotations

import numpy as np

from ...core.grid.tile_arrays import within
from ...core.operators.back_projection import STEPS, settled, through
from .scene import Scene, Tile

_DEPENDENT = 1e-10  # share of the largest eigenvalue below which variables count as combinations of each other


def weights_for(covariance: np.ndarray, cross: np.ndarray) -> np.ndarray:
    """Least-squares weights (targets, n) of n variables for some targets, the shortest in units of deviations.

    Parameters
    ----------
    covariance, cross : ndarray
        (n, n) of the variables, (n, targets) between them and the targets.
    """
    spread = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    inverse = np.linalg.pinv(covariance / np.outer(spread, spread), rcond=_DEPENDENT, hermitian=True)
    return (inverse @ (cross / spread[:, None]) / spread[:, None]).T


class Gsa:
    """Aiazzi, Baronti, Selva 2007, doi:10.1109/TGRS.2007.901007: fused = band + gain (guide - intensity), the intensity
    being the bands' regression on the guide as the sensor sees it.

    `mixes`: for each band of the guide its place, the places of the bands that follow it, weights, constant, gains.
    """

    id = "gsa"

    def __init__(self, scene: Scene) -> None:
        self.mixes: tuple[tuple[int, np.ndarray, np.ndarray, float, np.ndarray], ...] = ()

    def reach(self, scene: Scene) -> int:
        """Pixels around a tile that matter."""
        return 0

    def learn(self, scene: Scene) -> None:
        """Take the constants from the moments."""
        count, spread = scene.bands, np.sqrt(np.maximum(np.diag(scene.covariance), np.finfo(float).tiny))
        alike = np.abs(scene.covariance / np.outer(spread, spread))[:count, count:]
        follows, mixes = alike.argmax(axis=1), []
        for place in np.unique(follows):
            some = np.flatnonzero(follows == place)
            own, cross = scene.covariance[np.ix_(some, some)], scene.covariance[some, count + place]
            weights = weights_for(own, cross[:, None])[0]
            variance = float(weights @ own @ weights)
            gains = own @ weights / variance if variance > 0 else np.zeros(len(some))
            constant = float(scene.mean[count + place] - weights @ scene.mean[some])
            mixes.append((int(place), np.flatnonzero(scene.used)[some], weights, constant, gains))
        self.mixes = tuple(mixes)

    def fuse(self, scene: Scene, tile: Tile) -> np.ndarray:
        """(bands, rows, cols) of the seen window."""
        guide = within(tile.guide, tile.read, tile.seen)
        for place, bands, weights, constant, gains in self.mixes:  # no band is in two of them
            intensity = np.tensordot(weights.astype(np.float32), tile.base[bands], 1) + np.float32(constant)
            tile.plus(bands, gains[:, None], (guide[place] - intensity)[None])
        return tile.base


class Glp:
    """MTF-GLP with back-projection: fused = band + weights (guide - its low pass). Aiazzi et al. 2006,
    doi:10.14358/PERS.72.5.591; `weights` (bands in use, guide bands)."""

    id = "glp"

    def __init__(self, scene: Scene) -> None:
        self.weights = np.zeros((0, 0))

    def reach(self, scene: Scene) -> int:
        """Pixels around a tile that matter."""
        return scene.coarse.reach(STEPS) + scene.coarse.reach(1)

    def learn(self, scene: Scene) -> None:
        """Take the constants from the moments."""
        count = scene.bands
        flat = np.diag(scene.covariance)[count:] <= 0
        self.weights = weights_for(scene.covariance[count:, count:], scene.covariance[count:, :count])
        self.weights[:, flat] = 0.0

    def fuse(self, scene: Scene, tile: Tile) -> np.ndarray:
        """(bands, rows, cols) of the seen window."""
        if tile.recorded is None:
            return tile.base
        recorded, coarse, used = tile.recorded, scene.coarse, np.flatnonzero(scene.used)
        weights = self.weights.astype(np.float32)
        guide = within(tile.guide, tile.read, recorded.inside)
        detail = guide - coarse.spreads(coarse.sees(guide, recorded), recorded)
        level = scene.mean[: scene.bands].astype(np.float32)[:, None, None]
        values = np.where(recorded.counts, recorded.values[used] - level, np.float32(0))
        trip = coarse.sampling.there_and_back(recorded, coarse.gain)
        lacking = values - through(values, *trip) - np.tensordot(weights, coarse.sees(detail, recorded), 1)
        added = settled(lacking, recorded.counts.astype(np.float32), trip, STEPS)
        fused = tile.plus(used, weights, tile.inner(detail))
        fused[used] += coarse.spreads_to(added, recorded, tile.seen)
        return fused
