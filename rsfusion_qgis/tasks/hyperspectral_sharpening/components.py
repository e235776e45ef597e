"""`hp1`: the principal components of the image, sharpened by what the guide tells of each, learned on the scene.

A hyperspectral image has far fewer independent components than bands. Each is regressed on the guide, over the scene
and around every pixel, its noise is measured, and back-projection follows, as `core.operators.detail_regression` does
for bands. What the components do not hold of a band is interpolated. Sharpening the principal components, Licciardi et
al. 2012, doi:10.1186/1687-6180-2012-207; bands in units of their standard deviation.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from ...core.engine.chain import Operator
from ...core.grid.grid import Window
from ...core.grid.tile_arrays import within
from ...core.operators import detail_regression as regression
from ...core.operators.back_projection import Recorded, settled
from .scene import Scene, Tile

COMPONENTS = 20
"""At most; ten lose a little with a guide of several bands."""
STEPS = 4
"""Of back-projection: at the coarse pixels they cost little, and four come near to what any number would give."""


class Components(Operator):
    """The method, and its own survey, which needs the components of the scene.

    Attributes
    ----------
    vectors : ndarray
        (bands in use, components), after the survey of the scene; `deviation` (bands in use,).
    model : Model or None
        Of the components.
    """

    id = "hp1"
    COST = 1.0

    def __init__(self, scene: Scene) -> None:
        self._scene, self.windows = scene, scene.windows
        self.vectors, self.deviation = np.zeros((0, 0)), np.zeros(0)
        self._sums: Optional[regression.Sums] = None
        self.model: Optional[regression.Model] = None

    def reach(self, scene: Scene) -> int:
        """Pixels around a tile that matter."""
        return regression.halo_px((scene.coarse.gain,), scene.coarse.ratio) + scene.coarse.reach(STEPS)

    def survey(self, run: Any, place: int) -> Components:
        """See `Operator`; the scene has been surveyed by now."""
        return self

    def learn(self, scene: Scene) -> None:
        """Find the components."""
        count = scene.bands
        self.vectors, self.deviation = principal(scene.covariance[:count, :count], COMPONENTS)

    def read_sample(self, window: Window) -> Optional[tuple[np.ndarray, Recorded]]:
        """See `Scene.read_sample`."""
        return self._scene.read_sample(window)

    def add_sample(self, sample: Optional[tuple[np.ndarray, Recorded]]) -> None:
        """Take it in."""
        if sample is None:
            return
        guide, recorded = sample
        planes = self._planes(recorded)
        sums = regression.gather(guide, planes, self._counts(recorded), self._gains, self._sees(recorded))
        self._sums = sums if self._sums is None else self._sums + sums

    def solve(self) -> None:
        """End the survey; the scene has made sure that there is something to learn from."""
        self.model = regression.solve(self._sums, self._gains)

    def fuse(self, scene: Scene, tile: Tile) -> np.ndarray:
        """(bands, rows, cols) of the seen window."""
        if tile.recorded is None:
            return tile.base
        recorded, coarse = tile.recorded, scene.coarse
        guide, planes, counts = within(tile.guide, tile.read, recorded.inside), self._planes(recorded), recorded.counts
        known = self._counts(recorded)
        interpolated = coarse.spreads(planes, recorded)
        part = regression.inject(
            guide, interpolated, planes, known, self.model, self._gains, self._sees(recorded),
            lambda values: coarse.spreads(values, recorded),
        )  # fmt: skip
        lacking = np.where(counts, part.recorded - coarse.sees(part.values, recorded), np.float32(0))
        strength = np.where(counts, part.strength, 0).astype(np.float32)
        added = settled(lacking, strength, coarse.sampling.there_and_back(recorded, coarse.gain), STEPS)
        change = tile.inner(part.values - interpolated) + coarse.spreads_to(added, recorded, tile.seen)
        return tile.plus(np.flatnonzero(scene.used), self.deviation[:, None] * self.vectors, change)

    @property
    def _gains(self) -> tuple[float, ...]:
        return (self._scene.coarse.gain,) * self.vectors.shape[1]

    def _planes(self, recorded: Recorded) -> np.ndarray:
        """The components of the recorded pixels, (components, rows, cols) float32; 0 where they do not count."""
        values = recorded.values[self._scene.used] - self._scene.mean[: self._scene.bands, None, None]
        planes = np.tensordot((self.vectors / self.deviation[:, None]).T, values, 1)
        return np.where(recorded.counts, planes, 0).astype(np.float32)

    def _counts(self, recorded: Recorded) -> np.ndarray:
        return np.broadcast_to(recorded.counts, (self.vectors.shape[1], *recorded.counts.shape[1:]))

    def _sees(self, recorded: Recorded) -> regression.Sees:
        return lambda planes, gain: self._scene.coarse.sees(planes, recorded)


def principal(covariance: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The first components of bands in units of their deviations: vectors (bands, components), deviations (bands,)."""
    deviation = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    _, vectors = np.linalg.eigh(covariance / np.outer(deviation, deviation))
    found = vectors[:, ::-1][:, :most]
    return found * np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])]), deviation
