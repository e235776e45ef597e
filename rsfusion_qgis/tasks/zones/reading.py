"""Polygons such as blocks or parishes: their shapes, what class is known, and where they lie, in metres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.grid.crs import is_geographic, metres_per_degree, metres_per_unit
from ...core.rasters.points import LAYER
from ...core.rasters.vector_io import POLYGONS, VectorSource

MOST_CLASSES, LEAST_ZONES = 50, 3
Watch = Callable[[float], None]


@dataclass
class Zones:
    """Polygons of one layer.

    Attributes
    ----------
    geometries : list of ogr.Geometry
    numbers : ndarray
        (zones,) place of each among the layer's features, from 1; others were left out.
    classes : tuple of str
    known : ndarray
        (zones,) int index into `classes`, -1 = to be found.
    crs_wkt : str
    unit : (x, y)
        Metres of one map unit.
    origin : (x, y)
        Map coordinates from which metres count.
    left_out : int
        Features without a polygon.
    """

    geometries: list[Any]
    numbers: np.ndarray
    classes: tuple[str, ...]
    known: np.ndarray
    crs_wkt: str
    unit: tuple[float, float]
    origin: tuple[float, float]
    left_out: int

    def __len__(self) -> int:
        return len(self.geometries)

    def metres(self, places: np.ndarray) -> np.ndarray:
        """(n, 2) map coordinates in metres."""
        return (np.asarray(places, float) - self.origin) * self.unit

    def rings(self, number: int) -> list[np.ndarray]:
        """All rings of a polygon, (corners, 2) metres each; the first corner comes again at the end."""
        return [self.metres(ring) for ring in _rings(self.geometries[number])]


def read_zones(source: str, parameter: str, field: str, watch: Optional[Watch] = None) -> Zones:
    """Read polygons with the classes that are known of some.

    Parameters
    ----------
    source : a file that OGR opens, with "|layername=" and a name where it has several layers.
    field : with a text or a whole number for zones whose class is known, empty for the others.

    Raises
    ------
    InputError
        It holds no polygons, no such field, or too few zones of a class.
    """
    path, _, layer = source.partition(LAYER)
    geometries, values, numbers, left_out = [], [], [], 0
    with VectorSource(path, parameter, layer) as vector:
        if field not in vector.fields or not vector.fields[field]:
            names = ", ".join(name for name, kind in vector.fields.items() if kind) or "none"
            raise InputError(f"{parameter} has no field '{field}' of texts or numbers; its fields are: {names}.")
        for shape in vector.shapes(field):
            if watch is not None:
                watch(0.0)
            if shape.geometry is None or shape.dimension != POLYGONS:
                left_out += 1
                continue
            geometries.append(shape.geometry)
            values.append(_text(shape.value))
            numbers.append(shape.number)
        crs_wkt = vector.crs_wkt
    if not geometries:
        raise InputError(f"{parameter}: '{path}' holds no polygons; choose a layer of zones.")
    classes = _classes(values, parameter, field)
    known = np.array([classes.index(value) if value else -1 for value in values])
    unit, origin = _frame(geometries, crs_wkt)
    return Zones(geometries, np.array(numbers), classes, known, crs_wkt, unit, origin, left_out)


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _classes(values: list[str], parameter: str, field: str) -> tuple[str, ...]:
    found = sorted({value for value in values if value})
    if len(found) < 2:
        raise InputError(
            f"{parameter}: the field '{field}' names {len(found)} classes; expected two or more, each of {LEAST_ZONES} "
            "zones or more, so give the class of more zones."
        )
    if len(found) > MOST_CLASSES:
        raise InputError(
            f"{parameter}: the field '{field}' names {len(found)} classes, but at most {MOST_CLASSES} can be "
            "told apart; choose a field with fewer."
        )
    poor = [f"'{name}' ({values.count(name)})" for name in found if values.count(name) < LEAST_ZONES]
    if poor:
        raise InputError(
            f"{parameter} has too few zones of {', '.join(poor)}; expected {LEAST_ZONES} or more of each class, so add "
            "some, or leave the class out."
        )
    return tuple(found)


def _frame(geometries: list[Any], crs_wkt: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Metres of one unit to the east and to the north, and where metres count from."""
    boxes = np.array([one.GetEnvelope() for one in geometries])
    origin = float(boxes[:, 0].min()), float(boxes[:, 2].min())
    if crs_wkt and is_geographic(crs_wkt):
        return metres_per_degree(crs_wkt, float((boxes[:, 2].min() + boxes[:, 3].max()) / 2)), origin
    metres = metres_per_unit(crs_wkt)
    return (metres, metres), origin


def _rings(geometry: Any) -> list[np.ndarray]:
    if geometry.GetGeometryCount():
        return [ring for n in range(geometry.GetGeometryCount()) for ring in _rings(geometry.GetGeometryRef(n))]
    corners = np.array([geometry.GetPoint_2D(n) for n in range(geometry.GetPointCount())]).reshape(-1, 2)
    return [corners] if len(corners) > 2 else []
