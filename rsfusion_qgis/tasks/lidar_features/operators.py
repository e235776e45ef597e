"""The chain of the features: all of them at once, from the surface and what lies beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Optional

import numpy as np

from ...core.basics.errors import CancelledError
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.operators.scales import scales_of
from ...core.sensors.lidar.feature import View
from ...core.sensors.lidar.ground import estimate_ground
from .encode import FeatureEncoder
from .layers import DSM, DTM, INTENSITY, PhysicalLayer
from .preparation import MADE, Preparation, prepare
from .seen import Seen

_MOST_WORKERS = 8


class Features(Operator):
    """Bands of all features of a tile; what it has seen of the rasters is counted in `seen`."""

    def __init__(self, prepared: Preparation, whole: Window, floor: bool, seen: Seen) -> None:
        self._features, self._setting, self._ground = prepared.features, prepared.setting, prepared.ground
        self._whole, self._floor, self._seen = whole, floor, seen
        self._margin, self._bands = prepared.margin, len(prepared.bands)
        self.sees = max(self._margin) + (self._ground.halo if self._ground else 0)
        self._stopped = threading.Event()
        self._workers = ThreadPoolExecutor(min(_MOST_WORKERS, os.cpu_count() or 1))

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        view = self._view(block)
        valid = ~np.isnan(view.around(view.surface, (0, 0)))
        self._seen.add(view, valid)
        if self._setting.ground and self._floor:
            view = replace(view, heights=np.maximum(view.heights, np.float32(0)))
        made, band = np.full((1, self._bands, *valid.shape), np.nan, np.float32), 0
        for feature in self._features:
            self._stop()
            there = valid & ~np.isnan(view.around(getattr(view, feature.looks_at), (0, 0)))
            for values in feature.compute(view, self._setting):
                np.copyto(made[0, band], values, where=there)
                band += 1
        block.arrays = {MADE: made}

    def terminate(self) -> None:
        """See `Operator`."""
        self._stopped.set()

    def close(self) -> None:
        """See `Operator`."""
        self._workers.shutdown()

    def _stop(self) -> None:
        if self._stopped.is_set():
            raise CancelledError("The run was cancelled; nothing was written.")

    def _view(self, block: Block) -> View:
        """The tile as features see it: cut to their margin, NaN beyond the raster."""
        (rows, cols), seen = self._margin, block.seen
        around = Window(seen.col_off - cols, seen.row_off - rows, seen.width + 2 * cols, seen.height + 2 * rows)
        inside, whole = around.intersection(self._whole), block.tile.read.intersection(self._whole)
        surface, terrain, intensity = (
            _part(block, role, whole if role == DSM else inside) for role in (DSM, DTM, INTENSITY)
        )
        here = np.s_[inside.row_off - whole.row_off : inside.row_end - whole.row_off,
                     inside.col_off - whole.col_off : inside.col_end - whole.col_off]  # fmt: skip
        heights = surface[here]
        if terrain is not None:
            heights = heights - terrain
        elif self._ground is not None:
            heights = heights - estimate_ground(surface, self._ground, *here)
        pad = (
            (inside.row_off - around.row_off, around.row_end - inside.row_end),
            (inside.col_off - around.col_off, around.col_end - inside.col_end),
        )
        arrays = surface[here], heights, intensity
        padded = (None if a is None else np.pad(a, pad, constant_values=np.nan) for a in arrays)
        return View(*padded, self._margin, self._stop, self._workers)


def _part(block: Block, name: str, window: Window) -> Optional[np.ndarray]:
    """A window of what was read of a raster, (rows, cols); None where it was not."""
    if name not in block.arrays:
        return None
    row, col = window.row_off - block.tile.read.row_off, window.col_off - block.tile.read.col_off
    return block.arrays[name][0, 0, row : row + window.height, col : col + window.width]


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    for layer in layers.values():
        layer.close()
    prepared, seen = prepare(plan), Seen(plan)
    own = {
        spec.name: PhysicalLayer(plan, spec.role, prepared.factors[spec.role], prepared.changes.get(spec.role))
        for spec in plan.raster_specs
    }
    encoder = FeatureEncoder(plan, prepared, seen)
    features = Features(prepared, plan.domain.window, plan.job.options.floor, seen)
    align = prepared.ground.cell if prepared.ground else 1
    return Chain([features], encoder, scales_of(plan, own), own, align=align)
