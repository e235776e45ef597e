"""What is read of a tile: as little as tells that there is nothing to do, else all of its inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..grid.grid import Window
from ..grid.tile_arrays import at_output, coarser, within
from ..grid.tiles import Tile
from ..networks.card_fields import InputSpec
from ..rasters import radiometry
from .chain import Block, Chain, Layer
from .numbers import numbers_of
from .plan import Plan


class TileReader:
    """From the layers of a run to blocks.

    Parameters
    ----------
    plan : Plan
    layers : mapping
        By the input's name.
    chain : Chain

    Attributes
    ----------
    specs : tuple of InputSpec
        Of the inputs that there are.
    """

    def __init__(self, plan: Plan, layers: Mapping[str, Layer], chain: Chain) -> None:
        self._plan, self._layers, self._scales = plan, layers, chain.scales
        self._encoder, self._operators = chain.encoder, chain.operators
        self.specs: Sequence[InputSpec] = tuple(spec for spec in plan.card.inputs if spec.name in layers)
        self._like = next((one.name for one in self.specs if one.role == plan.card.outputs[0].like), "")
        self.begin()

    def begin(self) -> None:
        """The next tile is the first one."""
        self._rows = self._plan.extent.row_off

    def read(self, tile: Tile) -> Block:
        """What is given of a tile, scaled, and what the operators found when they looked at it."""
        if tile.write.row_off > self._rows:  # a new row of tiles: GDAL need not keep the blocks of the last
            self._rows = tile.write.row_off
            for layer in self._layers.values():
                layer.source.release_blocks()
        if self._encoder.sparse:
            block = self._first_look(replace(tile, read=tile.write.grown(self._encoder.margin)))
            if not self._worth(block):
                block.arrays = None
                return block
        block = self._first_look(tile)
        late = [spec for spec in self.specs if not self._first(spec)]
        if late and not self._worth(block):  # the other rasters of a tile with nothing to do need not be read
            block.arrays = None
            return block
        for spec in late:
            self._read_layer(spec, block)
        valid = within(block.everywhere, tile.read, block.seen)
        if not valid.any() or not self._encoder.needs(block.kept):
            block.arrays = None
            return block
        for spec in self._plan.card.inputs:
            if spec.name not in block.arrays:
                block.arrays[spec.name] = self._absent(spec, tile.read)
        for one in self._operators:
            one.look(block)
        return block

    def _first_look(self, tile: Tile) -> Block:
        """What tells whether there is anything to do in a tile."""
        bands = len(self._layers[self._like].source.bands) if self._like else 1
        block = Block(tile, {}, np.ones((bands, *tile.read.shape), bool), tile.write.grown(self._encoder.margin))
        for spec in self.specs:
            if self._first(spec):
                self._read_layer(spec, block)
        return block

    def _first(self, spec: InputSpec) -> bool:
        """Whether an input is read for every tile: it says where the result is valid, or what is to be done."""
        return spec.required or spec.role in self._encoder.wants

    def _worth(self, block: Block) -> bool:
        return bool(within(block.everywhere, block.tile.read, block.seen).any()) and self._encoder.needs(block.kept)

    def _read_layer(self, spec: InputSpec, block: Block) -> None:
        read, scale = block.tile.read, self._scales[spec.name]
        values, there = self._layers[spec.name].read(coarser(read, spec.ratio))
        array = radiometry.to_network(values, scale.offset, scale.scale)[None]
        if spec.role in self._encoder.wants:
            layer: Any = self._layers[spec.name]
            exact = getattr(layer, "is_wide", False)
            part = layer.read_exactly(block.seen) if exact else within(values, read, block.seen)
            block.kept[spec.role] = np.ascontiguousarray(part)  # and not all that was read along with it
        if self._plan.needs(spec.role):
            block.everywhere = block.everywhere & at_output(there, spec.ratio, spec.name == self._like)
        if not spec.required:
            array[:, :, ~there.all(axis=0)] = spec.stand_in
        block.arrays[spec.name] = array

    def _absent(self, spec: InputSpec, window: Window) -> np.ndarray:
        """What stands in the place of a raster that was not given, or of one that there is none for."""
        if not spec.is_raster:
            return numbers_of(self._plan, spec)
        return np.full((1, len(spec.bands or (0,)), *coarser(window, spec.ratio).shape), spec.stand_in, np.float32)
