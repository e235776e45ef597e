"""The chain of the densities: one operator, which needs no pixel of the raster, only its grid."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.basics.errors import CancelledError
from ...core.basics.findings import Finding
from ...core.basics.optional import OptionalModule
from ...core.engine.chain import Block, Chain, Encoder, Layer, Operator
from ...core.engine.output_profile import DOMAIN, history
from ...core.engine.plan import Plan
from ...core.operators.scales import scales_of
from ...core.rasters.sink import OutputProfile
from . import kernels
from .preparation import MADE, OnGrid, bands_of, on_grid, require_metres

spatial = OptionalModule("scipy.spatial")
_LARGEST_TILE = 512
LEAST_FELT = 0.01
"""Share of what one point gives where it lies; a local mean is made where points together give more."""


class Densities(Operator):
    """Bands of densities, and of distances where they are wished."""

    def __init__(self, found: OnGrid, options: Any) -> None:
        self._found, self._options = found, options
        self._stopped = threading.Event()
        self._trees = [spatial.cKDTree(places) for places in found.places] if options.distances else []

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        seen, (width, height), options = block.seen, self._found.step, self._options
        x = (np.arange(seen.col_off, seen.col_end) + 0.5) * width
        y = (np.arange(seen.row_off, seen.row_end) + 0.5) * height
        made = [self._density(x, y, places, weights)
                for places, weights in zip(self._found.places, self._found.weights)]  # fmt: skip
        if self._found.values:
            sums = (self._density(x, y, places, values)
                    for places, values in zip(self._found.places, self._found.values))  # fmt: skip
            felt = LEAST_FELT * kernels.peak(options.kernel, options.bandwidth)
            made = [np.where(one > felt, total / np.maximum(one, felt), np.nan) for one, total in zip(made, sums)]
            block.arrays = {MADE: np.stack(made)[None].astype(np.float32)}
            return
        if options.edges:
            share = kernels.inside(x, y, self._found.size, options.kernel, options.bandwidth)
            made = [one / share for one in made]
        made += [self._nearest(tree, x, y) for tree in self._trees]
        block.arrays = {MADE: np.stack(made)[None].astype(np.float32)}

    def _density(self, x: np.ndarray, y: np.ndarray, places: np.ndarray, weights: np.ndarray) -> np.ndarray:
        options = self._options
        return kernels.density(x, y, places, weights, options.kernel, options.bandwidth, self._stop)

    def _nearest(self, tree: Any, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        self._stop()
        across, down = np.meshgrid(x, y)
        return tree.query(np.stack([across, down], axis=-1))[0]

    def _stop(self) -> None:
        if self._stopped.is_set():
            raise CancelledError("The run was cancelled; nothing was written.")

    def terminate(self) -> None:
        """See `Operator`."""
        self._stopped.set()


class DensityEncoder(Encoder):
    """One raster, a band for each category; NaN where the raster that gives the grid has no data."""

    def __init__(self, plan: Plan, found: OnGrid) -> None:
        bands = bands_of(found, plan.job.options)
        self.bands, self._found = len(bands), found
        options = plan.job.options
        told = {**history(plan), "KERNEL": options.kernel, "BANDWIDTH": f"{options.bandwidth:g}"}
        grid = plan.domain.crop(plan.extent)
        profile = OutputProfile(grid, bands, "Float32", float("nan"), metadata={DOMAIN: told})
        self.targets = ((plan.job.output, profile),)

    def tile_size(self, memory: int, bands: int, halo: int) -> int:
        """See `Encoder`."""
        return int(min(_LARGEST_TILE, max(64, (memory / (40 * self.bands)) ** 0.5)))

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        made = arrays.get(MADE)
        if made is None:
            return [np.full((self.bands, *valid.shape[1:]), np.nan, np.float32)]
        return [np.where(valid.all(axis=0), made, np.float32(np.nan))]

    def summary(self) -> OnGrid:
        """See `Encoder`."""
        return self._found


def check(plan: Plan) -> Sequence[Finding]:
    """What headers tell; raises InputError where lengths mean nothing."""
    require_metres(plan)
    return ()


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    found = on_grid(plan, lambda _: None)
    return Chain([Densities(found, plan.job.options)], DensityEncoder(plan, found), scales_of(plan, layers),
                 findings=found.findings)  # fmt: skip
