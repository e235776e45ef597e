"""Samples from a layer of points and polygons with a field of classes."""

from __future__ import annotations

from collections import Counter
from typing import Any, Optional

import numpy as np

from ...basics.errors import InputError
from ...grid.crs import Transformation, crs_name, same_crs, transformation
from ...grid.grid import Grid, Window
from ..vector_io import LINES, BurnableLayer, Shape, VectorSource
from .classes import Value, classes_of, values_and_counts
from .samples import Samples, SampleSource, Watch, blocks_of, counted, watched

_WATCHED_EVERY = 1000  # features
_LEFT_OUT = {
    "class": "without a class",
    "geometry": "without a geometry",
    "outside": "outside the raster",
}  # fmt: skip


class VectorSamples(Samples):
    """Samples burned from a vector layer; a region is a feature, numbered from 1 in the layer's order.

    Texts are stripped of blanks around them; an empty one counts as null. Features without class or geometry are
    left out, and pixels that features of different classes claim.
    """

    def __init__(self, source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> None:
        super().__init__(source, grid)
        self._skipped: Counter[str] = Counter()
        self._disputed = 0
        self.layer = BurnableLayer(grid)
        try:
            with VectorSource(source.path, source.parameter, source.layer) as vector:
                self.classes, indices = self._classes(vector)
                self.values = tuple(indices)
                features = self._fill(vector, indices, watch)
                self._require_geometries()
            self._survey(features, watch)
        except BaseException:
            self.close()
            raise
        self.warnings += tuple(self._told())

    def _classes(self, vector: VectorSource) -> tuple[Any, dict[Value, int]]:
        name, field = self.source.parameter, self.source.field
        if field not in vector.fields:
            known = ", ".join(vector.fields) or "none"
            raise InputError(f"{name} has no field '{field}'; its fields are: {known}.")
        if not vector.fields[field]:
            raise InputError(
                f"{name}: the field '{field}' holds neither texts nor numbers; choose a field with the class."
            )
        values = {self._value(shape) for shape in vector.shapes(field)} - {None}
        if not values:
            raise InputError(f"{name}: the field '{field}' is null in every feature; choose a field with the class.")
        return classes_of(values, name, colours={str(value): colour for value, colour in self.source.colours})

    def _value(self, shape: Shape) -> Optional[Value]:
        """The class as a text or a whole number, None where there is none."""
        value = shape.value
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, float):
            if np.isnan(value):
                return None
            if not value.is_integer():
                raise InputError(
                    f"{self.source.parameter}: the field '{self.source.field}' holds {value:g}; expected texts or "
                    "whole numbers, so choose a field with the class."
                )
            return int(value)
        return value

    def _fill(self, vector: VectorSource, indices: dict[Value, int], watch: Optional[Watch]) -> int:
        """Put all usable features on the grid; returns how many the layer has."""
        move, number = self._transformation(vector), 0
        for shape in vector.shapes(self.source.field):
            number = shape.number
            if watch is not None and number % _WATCHED_EVERY == 0:
                watch(0.0)
            fault = self._add(shape, indices, move)
            self._skipped[fault] += 1
        self.layer.finish()
        return number

    def _require_geometries(self) -> None:
        """Refuse a table, all of whose features would be left out."""
        lacking = self._skipped["geometry"]
        if lacking and not self._skipped[""] and not self._skipped["outside"]:
            raise InputError(
                f"{self.source.parameter} has {counted(lacking, 'row')} with a class and none with a geometry; "
                "expected points or polygons, so load a table by its columns of coordinates (Layer > Add Layer > Add "
                "Delimited Text Layer), or choose another layer."
            )

    def _add(self, shape: Shape, indices: dict[Value, int], move: Optional[Transformation]) -> str:
        """Put one feature on the grid; returns why it was left out, "" where it was not."""
        value = self._value(shape)
        if value is None:
            return "class"
        if shape.geometry is None:
            return "geometry"
        if shape.dimension == LINES:
            raise InputError(
                f"{self.source.parameter}: feature {shape.number} is a line; expected points or polygons, so buffer "
                "lines first (Vector > Geoprocessing Tools > Buffer)."
            )
        if move is not None and not move.geometry(shape.geometry):
            return "outside"
        return "" if self.layer.add(shape.geometry, indices[value] + 1, shape.number) else "outside"

    def _transformation(self, vector: VectorSource) -> Optional[Transformation]:
        """From the layer's CRS to the grid's; None where they are the same or one of them is not known."""
        ours, theirs = self.grid.crs_wkt, vector.crs_wkt
        if ours and theirs and not same_crs(ours, theirs):
            found = transformation(theirs, ours)
            if found.ballpark:
                self.warnings += (
                    f"{self.source.parameter} is transformed from {crs_name(theirs)} to {crs_name(ours)} without the "
                    "datum shift, for which PROJ lacks a grid file: it may lie off by some hundred metres.",
                )
            return found
        if bool(ours) != bool(theirs):
            without = "the raster" if theirs else self.source.parameter
            self.warnings += (f"{without} has no CRS: it is taken to be in {crs_name(ours or theirs)}.",)
        return None

    def _survey(self, features: int, watch: Optional[Watch]) -> None:
        """Burn every block once, to count."""
        classes, counts = np.full(features + 1, -1, np.int16), np.zeros(features + 1, np.int64)
        occupied = []
        for block in watched(list(blocks_of(self.grid)), watch):
            labels, regions, disputed = self._burned(block)
            self._disputed += int(disputed.sum())
            inside = labels >= 0
            if inside.any():
                occupied.append(block)
                ids, sizes = values_and_counts(regions[inside])
                counts[ids] += sizes
                classes[regions[inside]] = labels[inside]
        self.settle(classes, counts, occupied)

    def _told(self) -> list[str]:
        left_out = f"Left out of {self.source.parameter}: "
        told = [
            f"{left_out}{counted(self._skipped[fault], 'feature')} {words}."
            for fault, words in _LEFT_OUT.items() if self._skipped[fault]
        ]  # fmt: skip
        if self._disputed:
            told.append(f"{left_out}{counted(self._disputed, 'pixel')} that features of different classes claim.")
        return told

    def _burned(self, window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        labels, regions, disputed = self.layer.burn(window)
        return labels - np.int16(1), regions, disputed

    def read_block(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        return self._burned(window)[:2]

    def close(self) -> None:
        super().close()
        self.layer.close()
