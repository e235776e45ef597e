"""`hysure`: components of the image under the data of both sensors and a vector total variation, Simoes, Bioucas-Dias,
Almeida, Chanussot 2015, doi:10.1109/TGRS.2014.2375320.

x minimises ratio^2 / 2 |S x - y|^2 + WEIGHT / 2 |A x - g|^2 + TOTAL_VARIATION sum of the lengths of x's gradient over
all components: S sees as the hyperspectral sensor, y are its components, A gives the guide g from components by the
response that the scene tells. The paper's objective; its solver needs grids that nest and images that wrap around, so a
primal-dual one stands here (Condat 2013, doi:10.1007/s10957-012-0245-9), in which the guide's term is a proximal step.

Arrays are (components, rows, cols); components and guide in units of their standard deviation.
"""

from __future__ import annotations

import numpy as np

from ...core.grid.tile_arrays import within
from ...core.operators.back_projection import Recorded, through
from ...core.rasters.spectral import physical
from .components import principal
from .scene import Scene, Tile

COMPONENTS = 10
WEIGHT, TOTAL_VARIATION = 1.0, 0.005
ITERATIONS = 200
DUAL = 0.05
"""Step of the dual variable; that of the primal one follows, so that both converge."""


class HySure:
    """The method; constants after `learn`."""

    id = "hysure"

    def __init__(self, scene: Scene) -> None:
        self.vectors, self.deviation = np.zeros((0, 0)), np.zeros(0)
        self.mix = np.zeros((0, 0))

    def reach(self, scene: Scene) -> int:
        """Pixels around a tile that matter."""
        return scene.coarse.reach(3)

    def learn(self, scene: Scene) -> None:
        """Find the components, and the guide's bands as sums of them."""
        count = scene.bands
        self.vectors, self.deviation = principal(scene.covariance[:count, :count], COMPONENTS)
        scale, _ = physical(scene.coarse.layer.source.bands)
        guide_scale, _ = physical(scene.guide_infos)
        unit = np.sqrt(np.maximum(np.diag(scene.covariance)[count:], np.finfo(float).tiny)) * np.abs(guide_scale)
        weights = scene.response.weights * scale[scene.used] / unit[:, None]
        self.mix = (weights @ (self.deviation[:, None] * self.vectors)).astype(np.float32)
        self._guide = (guide_scale / unit)[:, None, None].astype(np.float32)
        level = scene.mean[count:] * guide_scale / unit  # the response explains the guide's mean exactly
        self._level = level[:, None, None].astype(np.float32)

    def fuse(self, scene: Scene, tile: Tile) -> np.ndarray:
        """(bands, rows, cols) of the seen window."""
        if tile.recorded is None:
            return tile.base
        recorded = tile.recorded
        values = recorded.values[scene.used] - scene.mean[: scene.bands, None, None]
        planes = np.tensordot((self.vectors / self.deviation[:, None]).T, values, 1)
        planes = np.where(recorded.counts, planes, 0).astype(np.float32)
        interpolated = scene.coarse.spreads(planes, recorded)
        guide = within(tile.guide, tile.read, recorded.inside) * self._guide - self._level
        found = self._solved(scene, recorded, planes, guide, interpolated)
        change = tile.inner(found - interpolated)
        return tile.plus(np.flatnonzero(scene.used), self.deviation[:, None] * self.vectors, change)

    def _solved(
        self, scene: Scene, recorded: Recorded, wanted: np.ndarray, guide: np.ndarray, start: np.ndarray
    ) -> np.ndarray:
        """x of a tile, see the top."""
        coarse, counts = scene.coarse, recorded.counts.astype(np.float32)
        weight = np.float32(coarse.ratio**2)
        blurs = coarse.sampling.blurs(recorded, (coarse.gain,))
        turned = tuple(one.transpose(0, 2, 1) for one in blurs)
        largest = weight * np.prod([np.linalg.norm(one[0].astype(float), 2) ** 2 for one in turned])
        step = np.float32(0.99 / (0.5 * max(largest, 1.0) + 8 * DUAL))
        towards = (step * WEIGHT * np.tensordot(self.mix.T, guide, 1)).astype(np.float32)
        damped = np.linalg.inv(np.eye(len(wanted)) + float(step) * WEIGHT * self.mix.T @ self.mix).astype(np.float32)
        x, dual = start, np.zeros((2, *start.shape), np.float32)
        for _ in range(ITERATIONS):
            slope = weight * through(counts * (through(x, *blurs) - wanted), *turned) + gathered(dual)
            following = np.tensordot(damped, x - step * slope + towards, 1)
            dual = dual + np.float32(DUAL) * differences(2 * following - x)
            length = np.sqrt((dual * dual).sum(axis=(0, 1)))
            dual /= np.maximum(1, length / np.float32(TOTAL_VARIATION))
            x = following
        return x


def differences(x: np.ndarray) -> np.ndarray:
    """(2, planes, rows, cols): to the next row, to the next column; 0 at the ends."""
    steps = np.zeros((2, *x.shape), np.float32)
    steps[0, :, :-1], steps[1, :, :, :-1] = x[:, 1:] - x[:, :-1], x[:, :, 1:] - x[:, :, :-1]
    return steps


def gathered(steps: np.ndarray) -> np.ndarray:
    """The transpose of `differences`."""
    planes = np.zeros(steps.shape[1:], np.float32)
    planes[:, :-1] -= steps[0, :, :-1]
    planes[:, 1:] += steps[0, :, :-1]
    planes[:, :, :-1] -= steps[1, :, :, :-1]
    planes[:, :, 1:] += steps[1, :, :, :-1]
    return planes
