"""Points with numbers: any table of features per point, such as what a network saw in street-view images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from ..basics.errors import InputError
from ..grid.crs import crs_name, same_crs, transformation
from .points import LAYER
from .vector_io import LINES, VectorSource, point_inside

MOST_FIELDS = 64
NUMBERS = ("integer", "real")
_WATCHED_EVERY = 2000


@dataclass(frozen=True)
class PointValues:
    """What was read.

    Attributes
    ----------
    names : tuple of str
        The fields.
    places : ndarray
        (points, 2) float64 map coordinates.
    values : ndarray
        (points, fields) float64; NaN = null.
    warnings : list of str
    """

    names: tuple[str, ...]
    places: np.ndarray
    values: np.ndarray
    warnings: list[str] = field(default_factory=list)


def read_point_values(
    source: str, parameter: str, crs_wkt: str, fields: Sequence[str] = (), fields_parameter: str = "",
    watch: Optional[Callable[[float], None]] = None,
) -> PointValues:  # fmt: skip
    """Read numeric fields of a layer; a polygon counts as a point inside it.

    Parameters
    ----------
    source : a file that OGR opens, with "|layername=" and a name where it has several layers.
    parameter, fields_parameter : the user's, for messages.
    crs_wkt : where the places are wanted; "" = as they are.
    fields : () = all fields of numbers.
    watch : called now and then; may raise to stop.

    Raises
    ------
    InputError
        It cannot be opened, has no such field of numbers, or no point with a number.
    """
    path, _, layer = source.partition(LAYER)
    with VectorSource(path, parameter, layer) as vector:
        numeric = tuple(name for name, kind in vector.fields.items() if kind in NUMBERS and name.lower() != "fid")
        names = tuple(fields) or numeric
        unknown = [name for name in names if name not in numeric]
        if unknown or not names:
            found = f"no field of numbers '{unknown[0]}'" if unknown else "no field of numbers"
            raise InputError(
                f"{fields_parameter or parameter}: {parameter} has {found}; its fields of numbers are: "
                f"{', '.join(numeric) or 'none'}."
            )
        if len(names) > MOST_FIELDS:
            raise InputError(
                f"{fields_parameter or parameter}: {len(names)} fields, but at most {MOST_FIELDS} are taken; name "
                "those that matter."
            )
        move, warnings = None, []
        if vector.crs_wkt and crs_wkt and not same_crs(vector.crs_wkt, crs_wkt):
            move = transformation(vector.crs_wkt, crs_wkt)
        elif bool(vector.crs_wkt) != bool(crs_wkt):
            known = crs_name(vector.crs_wkt or crs_wkt)
            warnings.append(f"{parameter} or what it is compared with has no CRS: it is taken to be in {known}.")
        columns = []
        places: list[tuple[float, float]] = []
        for place, name in enumerate(names):
            column = []
            for shape in vector.shapes(name):
                if watch is not None and shape.number % _WATCHED_EVERY == 0:
                    watch(0.0)
                if place == 0:
                    places.append(_place(shape.geometry, shape.dimension if shape.geometry else 0, parameter, move))
                column.append(np.nan if shape.value is None else float(shape.value))
            columns.append(column)
    values, where = np.array(columns, np.float64).T.reshape(-1, len(names)), np.array(places).reshape(-1, 2)
    kept = np.isfinite(where).all(axis=1) & np.isfinite(values).any(axis=1)
    if not kept.any():
        raise InputError(f"{parameter}: '{path}' has no point with a number; choose another layer.")
    return PointValues(names, where[kept], values[kept], warnings)


def _place(geometry: object, dimension: int, parameter: str, move: object) -> tuple[float, float]:
    if geometry is None:
        return np.nan, np.nan
    if dimension == LINES:
        raise InputError(f"{parameter} holds lines; expected points or polygons, so choose another layer.")
    point = (geometry if dimension == 0 else point_inside(geometry)).Clone()
    if point.GetGeometryCount():
        point = point.GetGeometryRef(0).Clone()
    if move is not None and not move.geometry(point):
        return np.nan, np.nan
    return point.GetX(), point.GetY()
