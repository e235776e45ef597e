"""`cnmf`: coupled non-negative matrix factorisation, Yokoya, Yairi, Iwasaki 2012, doi:10.1109/TGRS.2011.2161320.

The image is spectra of endmembers times their shares at the coarse pixels, the guide is the same spectra as the guide
sees them times the shares at the fine pixels; seen by the sensor, these are those. Both are factorised in turn, each
starting from what the other found, by multiplicative updates (Lee, Seung 2001) with the rule that shares sum to one.
The endmembers are learned on some windows of the scene and begin with those of vertex component analysis (Nascimento,
Bioucas-Dias 2005, doi:10.1109/TGRS.2005.844293); shares at the fine pixels are found tile by tile.

Matrices are (bands, endmembers) and (endmembers, pixels), in physical units, at least 0.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from ...core.engine.chain import Operator
from ...core.grid.grid import Window
from ...core.grid.sampling import spread
from ...core.grid.tile_arrays import within
from ...core.operators.back_projection import Recorded
from ...core.rasters.spectral import physical
from .scene import Scene, Tile

LEAST_ENDMEMBERS, MOST_ENDMEMBERS, KEPT_VARIANCE = 4, 20, 0.99999
"""As many as principal components that hold so much of the variance, within limits."""
SIDE_COARSE_PX, MOST_WINDOWS = 48, 2
"""Side of the windows that endmembers are learned on, coarse pixels, and how many there are along each axis."""
ROUNDS, COARSE_STEPS, FINE_STEPS, SPECTRA_STEPS = 2, 300, 300, 20
SUM_WEIGHT = 0.3
"""Weight of the rule that shares sum to one, in units of the mean of the values."""
_TINY = 1e-9


class Cnmf(Operator):
    """The method, and its own survey.

    Attributes
    ----------
    spectra : ndarray
        (bands in use, endmembers)
    """

    id = "cnmf"
    COST = 4.0

    def __init__(self, scene: Scene) -> None:
        self._scene, self.spectra = scene, np.zeros((0, 0))
        side = round(SIDE_COARSE_PX * scene.coarse.ratio)
        self.windows = spread(scene.domain, side, MOST_WINDOWS)
        self._samples: list[tuple[np.ndarray, Recorded]] = []

    def reach(self, scene: Scene) -> int:
        """Pixels around a tile that matter: those of the interpolation."""
        return scene.coarse.reach(1) + round(2 * scene.coarse.ratio)

    def survey(self, run: Any, place: int) -> Cnmf:
        """See `Operator`; the scene has been surveyed by now."""
        return self

    def learn(self, scene: Scene) -> None:
        """Physical units, and the guide's response to the bands in use."""
        scale, offset = (one[scene.used] for one in physical(scene.coarse.layer.source.bands))
        self._scale, self._offset = scale[:, None, None], offset[:, None, None]
        guide_scale, guide_offset = physical(scene.guide_infos)
        self._guide_scale, self._guide_offset = guide_scale[:, None, None], guide_offset[:, None, None]
        mean = np.abs(scene.mean[: scene.bands] * scale + offset)
        self._unit = SUM_WEIGHT * float(mean.mean())

    def read_sample(self, window: Window) -> Optional[tuple[np.ndarray, Recorded]]:
        """See `Scene.read_sample`."""
        return self._scene.read_sample(window)

    def add_sample(self, sample: Optional[tuple[np.ndarray, Recorded]]) -> None:
        """Keep it until `solve`."""
        if sample is not None and sample[1].counts.any():
            self._samples.append(sample)

    def solve(self) -> None:
        """Find the endmembers' spectra."""
        parts = [self._image(recorded)[:, recorded.counts[0]] for _, recorded in self._samples]
        values = np.concatenate(parts, axis=1)
        self.spectra = vertices(values, wanted_number(values))
        shares = np.full((self.spectra.shape[1], values.shape[1]), 1 / self.spectra.shape[1])
        for _ in range(ROUNDS):
            shares = unmixed(self.spectra, values, shares, self._unit, COARSE_STEPS)
            self.spectra = updated(self.spectra, values, shares, SPECTRA_STEPS)
            shares = np.concatenate(
                [self._fine_as_seen(*one)[:, one[1].counts[0]] for one in self._samples], axis=1
            )
            self.spectra = updated(self.spectra, values, np.maximum(shares, _TINY), SPECTRA_STEPS)
        self._samples = []

    def fuse(self, scene: Scene, tile: Tile) -> np.ndarray:
        """(bands, rows, cols) of the seen window."""
        if tile.recorded is None:
            return tile.base
        started = scene.coarse.spreads_to(self._coarse_shares(tile.recorded), tile.recorded, tile.seen)
        shares = self._fine_shares(within(tile.guide, tile.read, tile.seen), started)
        values = np.tensordot(self.spectra.astype(np.float32), shares, 1)
        tile.base[scene.used] = (values - self._offset.astype(np.float32)) / self._scale.astype(np.float32)
        return tile.base

    def _image(self, recorded: Recorded) -> np.ndarray:
        """Bands in use, physical units, 0 or more."""
        return np.maximum(recorded.values[self._scene.used] * self._scale + self._offset, _TINY)

    def _coarse_shares(self, recorded: Recorded) -> np.ndarray:
        """(endmembers, rows, cols) float32; equal shares where nothing counts."""
        values, count = self._image(recorded), self.spectra.shape[1]
        flat = values.reshape(len(values), -1)
        start = np.full((count, flat.shape[1]), 1 / count)
        shares = unmixed(self.spectra, flat, start, self._unit, COARSE_STEPS).reshape(count, *values.shape[1:])
        return np.where(recorded.counts, shares, 1 / count).astype(np.float32)

    def _fine_shares(self, guide: np.ndarray, started: np.ndarray) -> np.ndarray:
        """(endmembers, rows, cols) float32 of fine pixels, from interpolated shares and the guide."""
        response = self._scene.response
        constant = response.constant[:, None, None]
        wanted = np.maximum(guide * self._guide_scale + self._guide_offset - constant, _TINY).reshape(len(guide), -1)
        spectra = np.maximum(response.weights @ self.spectra, _TINY)
        start = np.maximum(started.reshape(len(started), -1), _TINY)
        return unmixed(spectra, wanted, start, self._guide_unit(), FINE_STEPS).reshape(started.shape).astype(np.float32)

    def _guide_unit(self) -> float:
        mean = self._scene.response.weights @ (self._scene.mean[: self._scene.bands] * self._scale[:, 0, 0])
        return SUM_WEIGHT * max(float(np.abs(mean).mean()), _TINY)

    def _fine_as_seen(self, guide: np.ndarray, recorded: Recorded) -> np.ndarray:
        started = self._scene.coarse.spreads(self._coarse_shares(recorded), recorded)
        return self._scene.coarse.sees(self._fine_shares(guide, started), recorded)


def wanted_number(values: np.ndarray) -> int:
    """How many endmembers pixels (bands, n) are to be made of."""
    spread_ = np.linalg.eigvalsh(np.atleast_2d(np.cov(values)))[::-1]
    enough = int(np.searchsorted(np.cumsum(spread_) / max(spread_.sum(), _TINY), KEPT_VARIANCE)) + 2
    return int(min(max(enough, LEAST_ENDMEMBERS), MOST_ENDMEMBERS, *values.shape))


def vertices(values: np.ndarray, count: int) -> np.ndarray:
    """(bands, count): pixels (bands, n) at the corners of what all of them span, found one after the other along
    directions that those before do not reach."""
    mean = values.mean(axis=1, keepdims=True)
    vectors, _, _ = np.linalg.svd((values - mean) @ (values - mean).T)
    planes = np.concatenate([vectors[:, : count - 1].T @ (values - mean), np.ones((1, values.shape[1]))])
    planes[-1] = np.sqrt((planes[:-1] ** 2).sum(axis=0).max())
    random, found = np.random.default_rng(0), np.zeros((count, 0))
    places: list[int] = []
    for _ in range(count):
        direction = random.standard_normal(count)
        if places:
            direction -= found @ (np.linalg.pinv(found) @ direction)
        places.append(int(np.abs(direction @ planes).argmax()))
        found = planes[:, places]
    return np.maximum(values[:, places], _TINY)


def unmixed(spectra: np.ndarray, values: np.ndarray, start: np.ndarray, unit: float, steps: int) -> np.ndarray:
    """Shares (endmembers, n) of pixels (bands, n), 0 or more and near a sum of one, after so many updates."""
    products = spectra.T @ spectra + unit**2
    wanted, shares = np.maximum(spectra.T @ values + unit**2, 0), start
    for _ in range(steps):
        shares = shares * (wanted / np.maximum(products @ shares, _TINY**2))
    return shares


def updated(spectra: np.ndarray, values: np.ndarray, shares: np.ndarray, steps: int) -> np.ndarray:
    """Spectra (bands, endmembers) after so many updates with shares as they are."""
    wanted, products = values @ shares.T, shares @ shares.T
    for _ in range(steps):
        spectra = spectra * (wanted / np.maximum(spectra @ products, _TINY**2))
    return np.maximum(spectra, _TINY)
