"""Samples of a number, such as a height, on a grid: the value of each pixel and the region that it belongs to.

A region is a feature of a layer; of a raster it is a cell of `CELL_PX` pixels. NaN stands for "no sample".
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Optional

import numpy as np

from ...basics.errors import InputError
from ...grid.crs import crs_name, same_crs, transformation
from ...grid.grid import Grid, Window
from ..aligned_input import open_aligned
from ..fill import HEIGHTS
from ..source import RasterSource
from ..vector_io import LINES, BurnableLayer, Shape, VectorSource
from .samples import SampleSource, Watch, blocks_of, counted, watched

CELL_PX = 8
_KEPT_BLOCKS = 16
_WATCHED_EVERY = 1000
_LABELS = 1021
"""Features whose numbers differ by a multiple of this are taken for one where they overlap."""


class NumberSamples:
    """Numbers on a grid; a context manager. `open_numbers` makes one.

    Attributes
    ----------
    name : str
        What the number is called.
    warnings : tuple of str
        Sentences on what was left out.
    """

    def __init__(self, source: SampleSource, grid: Grid, name: str) -> None:
        self.source, self.grid, self.name, self.warnings = source, grid, name, ()
        self._block = lru_cache(maxsize=_KEPT_BLOCKS)(self.read_block)

    def read_block(self, block: Window) -> tuple[np.ndarray, np.ndarray]:
        """As `read`, of one block of the mesh."""
        raise NotImplementedError

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (rows, cols) float32, NaN = none, and regions (rows, cols) int32, 0 = none.

        The window may reach outside the grid.
        """
        values, regions = np.full(window.shape, np.nan, np.float32), np.zeros(window.shape, np.int32)
        for block in blocks_of(self.grid, window):
            part = block.intersection(window)
            here, there = (part.shifted(-one.col_off, -one.row_off) for one in (window, block))
            found = self._block(block)
            for made, whole in zip((values, regions), found):
                made[_slices(here)] = whole[_slices(there)]
        return values, regions

    def windows(self, watch: Optional[Watch] = None) -> Iterator[Window]:
        """The blocks that hold samples.

        Raises
        ------
        InputError
            None does.
        """
        empty = True
        for block in watched(list(blocks_of(self.grid)), watch):
            if np.isfinite(self._block(block)[0]).any():
                empty = False
                yield block
        if empty:
            raise InputError(
                f"{self.source.parameter} has no number inside the raster; check its CRS and that it lies in the "
                "raster's extent."
            )

    def close(self) -> None:
        """Let go of files."""
        self._block.cache_clear()

    def __enter__(self) -> NumberSamples:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_numbers(source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> NumberSamples:
    """Bring numbers onto a grid; the CRS may differ.

    Raises
    ------
    InputError
        The file or field is unusable.
    """
    return LayerNumbers(source, grid, watch) if source.field else RasterNumbers(source, grid)


class LayerNumbers(NumberSamples):
    """Numbers of points and polygons: a polygon gives its number to all pixels whose centres lie inside it."""

    def __init__(self, source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> None:
        super().__init__(source, grid, source.field)
        self.layer, self._numbers = BurnableLayer(grid), {0: math.nan}
        try:
            with VectorSource(source.path, source.parameter, source.layer) as vector:
                self._require_field(vector)
                self._fill(vector, watch)
        except BaseException:
            self.close()
            raise
        table = np.full(max(self._numbers) + 1, np.nan, np.float32)
        table[list(self._numbers)] = list(self._numbers.values())
        self._table = table

    def _require_field(self, vector: VectorSource) -> None:
        name, field = self.source.parameter, self.source.field
        if field not in vector.fields:
            known = ", ".join(one for one, kind in vector.fields.items() if kind in ("integer", "real")) or "none"
            raise InputError(f"{name} has no field '{field}'; its fields of numbers are: {known}.")
        if vector.fields[field] not in ("integer", "real"):
            raise InputError(f"{name}: the field '{field}' holds no numbers; choose a field of numbers.")

    def _fill(self, vector: VectorSource, watch: Optional[Watch]) -> None:
        left, move = Counter(), None
        ours, theirs = self.grid.crs_wkt, vector.crs_wkt
        if ours and theirs and not same_crs(ours, theirs):
            move = transformation(theirs, ours)
        elif bool(ours) != bool(theirs):
            without = "The raster" if theirs else self.source.parameter
            self.warnings += (f"{without} has no CRS: it is taken to be in {crs_name(ours or theirs)}.",)
        for shape in vector.shapes(self.source.field):
            if watch is not None and shape.number % _WATCHED_EVERY == 0:
                watch(0.0)
            left[self._add(shape, move)] += 1
        self.layer.finish()
        begin = f"Left out of {self.source.parameter}:"
        self.warnings += tuple(f"{begin} {counted(n, 'feature')} {why}." for why, n in left.items() if why)

    def _add(self, shape: Shape, move: Any) -> str:
        """Put one feature on the grid; returns why it was left out, "" where it was not."""
        if shape.value is None or not math.isfinite(shape.value):
            return "without a number"
        if shape.geometry is None:
            return "without a geometry"
        if shape.dimension == LINES:
            raise InputError(
                f"{self.source.parameter}: feature {shape.number} is a line; expected points or polygons, so buffer "
                "lines first (Vector > Geoprocessing Tools > Buffer)."
            )
        if move is not None and not move.geometry(shape.geometry):
            return "outside the raster"
        if not self.layer.add(shape.geometry, 1 + shape.number % _LABELS, shape.number):
            return "outside the raster"
        self._numbers[shape.number] = float(shape.value)
        return ""

    def read_block(self, block: Window) -> tuple[np.ndarray, np.ndarray]:
        """Pixels that several features claim have no number."""
        _, regions, _ = self.layer.burn(block)
        return self._table[regions], regions

    def close(self) -> None:
        """Let go of files."""
        super().close()
        self.layer.close()


class RasterNumbers(NumberSamples):
    """Numbers of a raster of one band, brought onto the grid; finer ones are averaged."""

    def __init__(self, source: SampleSource, grid: Grid) -> None:
        with RasterSource(source.path, source.parameter, kind=HEIGHTS) as raster:
            own, bands = raster.grid, raster.bands
        if len(bands) != 1:
            raise InputError(
                f"{source.parameter}: '{source.path}' has {len(bands)} bands; expected one of numbers, so extract it "
                "first."
            )
        super().__init__(source, grid, bands[0].description or "value")
        alike = own.is_georeferenced and grid.is_georeferenced
        ratio = own.pixel_size[0] / grid.pixel_size[0] if alike and same_crs(own.crs_wkt, grid.crs_wkt) else 1.0
        self._raster = open_aligned(
            source.path, source.parameter, grid, 1, "bilinear", own, max(ratio, 1.0), partial=True, kind=HEIGHTS
        )

    def read_block(self, block: Window) -> tuple[np.ndarray, np.ndarray]:
        """Regions are cells, numbered row by row over the whole grid."""
        values, valid = self._raster.read(block)
        there = valid[0] & np.isfinite(values[0])
        rows, cols = (np.arange(*ends) // CELL_PX for ends in (
            (block.row_off, block.row_end), (block.col_off, block.col_end)))  # fmt: skip
        cells = rows[:, None] * -(-self.grid.width // CELL_PX) + cols[None] + 1
        self._raster.source.release_blocks()
        return np.where(there, values[0], np.float32(np.nan)), np.where(there, cells, 0).astype(np.int32)

    def close(self) -> None:
        """Let go of files."""
        super().close()
        self._raster.close()


def _slices(part: Window) -> tuple[slice, slice]:
    return slice(part.row_off, part.row_end), slice(part.col_off, part.col_end)
