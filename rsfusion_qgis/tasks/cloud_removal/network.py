"""The network inside a cloud removal: its own bands and units in, stored values of these bands out."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError, ModelError
from ...core.engine.chain import Block
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.networks.band_choice import choose_bands
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import InputSpec
from ...core.networks.session import InferenceSession
from ...core.operators.preparation import FROM_SCENE
from ...core.operators.scales import scale_of
from ...core.rasters import radiometry
from ...core.rasters.aligned_input import Scale
from ...core.sensors.reflectance import SCALE
from .card import CLEAR, MASK, MISSING, OPTICAL, RESTORED, SAR, SIGMA
from .codes import CLEAR as CLEAR_CODE
from .scene import Scene
from .view import cut


class CloudNetwork:
    """A network of a card for cloud removal.

    Parameters
    ----------
    card : ModelCard
    scene : Scene

    Attributes
    ----------
    places : tuple of int
        Those of its bands among the image's.
    gives_sigma : bool

    Raises
    ------
    InputError
        The image lacks bands that it takes, or its unit is not known.
    ModelError
        It takes something else than a cloud removal has.
    """

    def __init__(self, plan: Plan, card: ModelCard, scene: Scene) -> None:
        self.card, self._scene = card, scene
        self.gives_sigma = any(one.name == SIGMA for one in card.outputs)
        spec = card.input(OPTICAL)
        if spec is None or any(one.ratio != 1 for one in card.inputs) or card.outputs[0].name != RESTORED:
            raise ModelError(
                f"MODEL '{card.name}' takes no optical raster of the result's pixels, or gives no '{RESTORED}'; choose "
                "a network made for cloud removal."
            )
        if OPTICAL not in scene.inputs.scalings:
            raise InputError("The unit of OPTICAL is not known; a network needs reflectance, so give SCALE and OFFSET.")
        self.notes: list[tuple[str, bool]] = []
        self.places = self._places(plan, OPTICAL, spec)
        self._clear: Optional[tuple[int, ...]] = None
        clear = card.input(CLEAR)
        if clear is not None and CLEAR in scene.layers and CLEAR in scene.inputs.scalings:
            self._clear = self._places(plan, CLEAR, clear)
        self._scales = {one.name: self._scale(one) for one in card.inputs}
        self.session = InferenceSession(plan.job.model, card, plan.job.device, plan.job.threads, frugal=True)

    def _places(self, plan: Plan, role: str, spec: InputSpec) -> tuple[int, ...]:
        choice = choose_bands(plan.headers[role], spec, self.card.name, "sentinel2")
        if choice.note:
            self.notes.append((choice.note, choice.doubtful))
        return choice.positions

    def _scale(self, spec: InputSpec) -> Scale:
        """The card's scaling speaks of reflectance x 10000 and decibels; this one of stored values."""
        role, bands = spec.role, len(spec.bands or (0,))
        if spec.scaling.kind in FROM_SCENE and role in self._scene.layers:
            own = scale_of(spec, self._scene.layers[role])
            return Scale(*(part[list(self.places)] if role == OPTICAL else part for part in (own.offset, own.scale)))
        offset, scale = radiometry.resolve(spec.scaling, bands)
        found = self._scene.inputs.scalings.get(role)
        if role not in (OPTICAL, CLEAR) or found is None:
            return Scale(offset, scale)
        unit = np.float32(found.scale / SCALE)
        return Scale(offset * unit - np.float32(found.add_offset), scale * unit)

    def run(self, block: Block, wanted: Window) -> dict[str, np.ndarray]:
        """RESTORED, stored units, and SIGMA where it gives one: (its bands, rows, cols) of the wanted window.

        What the block was given goes before the network runs: of a wide tile that is a good part of the memory.
        """
        seen = self._seen(block.tile.read, wanted)
        feeds = {spec.name: self._feed(spec, block, seen)[None] for spec in self.card.inputs}
        block.arrays.clear()
        made = {name: cut(values[0], seen, wanted) for name, values in self.session.run(feeds).items()}
        scale = self._scales[self.card.input(OPTICAL).name]
        found = {RESTORED: radiometry.from_network(made[RESTORED], scale.offset, scale.scale)}
        if self.gives_sigma:
            found[SIGMA] = made[SIGMA] * scale.scale[:, None, None]
        return found

    def _seen(self, read: Window, wanted: Window) -> Window:
        """What it looks at for a window: begins and ends at its steps, counted from where the tile was read."""
        step, wide = self.card.multiple_of, wanted.grown(self.card.halo)
        starts, ends = ((wide.col_off, read.col_off), (wide.row_off, read.row_off)), (
            (wide.col_end, read.col_off), (wide.row_end, read.row_off)
        )  # fmt: skip
        left, top = ((one - first) // step * step for one, first in starts)
        right, below = (-(-(one - first) // step) * step for one, first in ends)
        return Window(read.col_off + left, read.row_off + top, right - left, below - top).intersection(read)

    def _feed(self, spec: InputSpec, block: Block, seen: Window) -> np.ndarray:
        """(bands, rows, cols) float32."""
        scale = self._scales[spec.name]
        if spec.role == MASK:
            codes = cut(block.arrays[MASK][0], block.tile.read, seen)
            return np.ascontiguousarray((codes > CLEAR_CODE).astype(np.float32))
        places = {OPTICAL: self.places, CLEAR: self._clear}.get(spec.role)
        if spec.role not in block.arrays or (spec.role == CLEAR and places is None):
            return np.full((len(spec.bands or (0,)), *seen.shape), spec.stand_in, np.float32)
        stored = cut(block.arrays[spec.role][0], block.tile.read, seen)
        stored = stored[list(places)] if places is not None else stored
        values = radiometry.to_network(stored, scale.offset, scale.scale)
        if spec.role in (SAR, CLEAR):
            values[:, (stored == np.float32(MISSING)).any(axis=0)] = spec.stand_in
        return np.ascontiguousarray(values)

    def close(self) -> None:
        """Give the memory back."""
        self.session.close()


def usable(plan: Plan, card: Optional[ModelCard], scene: Any) -> tuple[Optional[CloudNetwork], str]:
    """A network that takes part where it can; None, and why not, where it cannot."""
    if card is None:
        return None, ""
    try:
        return CloudNetwork(plan, card, scene), ""
    except InputError as error:
        return None, str(error).rstrip(".")
