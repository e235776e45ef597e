"""Points with categories from any vector layer, or from OpenStreetMap data (.osm.pbf, .osm).

A category comes from a field, or from rules about keys and values: of OpenStreetMap, the tags; of other layers, the
fields. A polygon counts as a point inside it. Coordinates are (x, y) of the map.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

import numpy as np
from osgeo import gdal, ogr

from ..basics.errors import InputError
from ..grid.crs import Transformation, crs_name, horizontal, same_crs, transformation
from .gdal_calls import GdalFailure, close, gdal_failures
from .vector_io import LINES, point_inside

MOST_CATEGORIES = 64
OF_OSM = (".osm.pbf", ".osm", ".pbf")
LAYERS_OF_OSM = ("points", "multipolygons")
LAYER = "|layername="
_WATCHED_EVERY = 2000
_ANY = "*"
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
Rules = Mapping[str, Mapping[str, frozenset[str]]]
"""Category -> key -> values; "*" stands for any value."""
Watch = Callable[[float], None]


@dataclass
class PointTable:
    """Points that have a category.

    Attributes
    ----------
    categories : tuple of str
    places : ndarray
        (points, 2) float64 map coordinates.
    codes : ndarray
        (points,) int16 index into `categories`.
    weights : ndarray
        (points,) float64.
    left_out : Counter
        Why features were left out -> how many.
    warnings : list of str
    """

    categories: tuple[str, ...]
    places: np.ndarray
    codes: np.ndarray
    weights: np.ndarray
    left_out: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def of(self, category: int) -> tuple[np.ndarray, np.ndarray]:
        """Places and weights of one category."""
        there = self.codes == category
        return self.places[there], self.weights[there]


def parse_rules(text: str, parameter: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return the rules in a text such as "food: amenity=cafe|restaurant; shops: shop=*"; a comma joins keys.

    Raises
    ------
    InputError
        The text has another form.
    """
    found: dict[str, dict[str, frozenset[str]]] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        name, colon, conditions = part.partition(":")
        pairs = [one.partition("=") for one in conditions.split(",")] if colon else []
        whole = all(key.strip() and sign and value.strip() for key, sign, value in pairs)
        if not name.strip() or not pairs or not whole:
            raise InputError(
                f"{parameter} has the part '{part[:80]}'; expected 'category: key=value|value', such as "
                "'food: amenity=cafe|restaurant; shops: shop=*', so correct it."
            )
        rules = found.setdefault(name.strip(), {})
        for key, _, values in pairs:
            known = rules.get(key.strip(), frozenset())
            rules[key.strip()] = known | frozenset(value.strip() for value in values.split("|") if value.strip())
    return found


def category_of(tags: Mapping[str, str], rules: Rules) -> Optional[str]:
    """The first category one of whose conditions the tags fulfil, None for none."""
    for name, conditions in rules.items():
        for key, values in conditions.items():
            value = tags.get(key, "")
            if value and value != "no" and (_ANY in values or value in values):
                return name
    return None


def is_osm(path: str) -> bool:
    """Whether a name is that of OpenStreetMap data."""
    return path.split("|")[0].lower().endswith(OF_OSM)


def read_points(
    source: str, parameter: str, crs_wkt: str, category: str = "", rules: Optional[Rules] = None, weight: str = "",
    watch: Optional[Watch] = None,
) -> PointTable:  # fmt: skip
    """Read all points of a layer that have a category.

    Parameters
    ----------
    source : a file that OGR opens, with "|layername=" and a name where it has several layers.
    parameter : the user's, for messages.
    crs_wkt : where the places are wanted; "" = as they are.
    category : field with the category; "" = by `rules`, and without these all are of one.
    weight : field with a number that each point counts; "" = 1.
    watch : called now and then; may raise to stop.

    Raises
    ------
    InputError
        It cannot be opened, has no such field, no point with a category, or too many categories.
    """
    path, _, layer = source.partition(LAYER)
    reader = _Reader(path, parameter, crs_wkt, category, rules, weight)
    try:
        with gdal_failures():
            dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
            if dataset is None:
                raise GdalFailure("no vector file")
            try:
                for number, (feature, name) in enumerate(_features(dataset, path, parameter, layer)):
                    if watch is not None and number % _WATCHED_EVERY == 0:
                        watch(0.0)
                    reader.add(feature, name)
            finally:
                close(dataset)
    except GdalFailure as error:
        raise InputError(
            f"{parameter}: '{path}' cannot be read as a vector layer ({error}); choose one that OGR reads."
        ) from None
    return reader.table()


def _features(dataset: gdal.Dataset, path: str, parameter: str, wanted: str) -> Iterator[tuple[Any, str]]:
    """Features with the name of their layer; OpenStreetMap's come in the order of the file."""
    if is_osm(path):
        while True:
            feature, layer = dataset.GetNextFeature()
            if feature is None:
                return
            if layer.GetName() in LAYERS_OF_OSM:
                yield feature, layer.GetName()
    names = [dataset.GetLayerByIndex(i).GetName() for i in range(dataset.GetLayerCount())]
    if wanted not in names and (wanted or len(names) != 1):
        found = f"no layer '{wanted}'" if wanted else f"{len(names)} layers"
        raise InputError(f"{parameter}: '{path}' holds {found}; name one of these: {', '.join(names) or 'none'}.")
    layer = dataset.GetLayerByName(wanted or names[0])
    for feature in layer:
        yield feature, layer.GetName()


class _Reader:
    """Takes features in, one after the other."""

    def __init__(
        self, path: str, parameter: str, crs_wkt: str, category: str, rules: Optional[Rules], weight: str
    ) -> None:
        self.path, self.parameter, self.crs_wkt = path, parameter, crs_wkt
        self.category, self.rules, self.weight = category, rules, weight
        self.moves: dict[str, Optional[Transformation]] = {}
        self.rows: list[tuple[float, float, str, float]] = []
        self.left_out: Counter[str] = Counter()
        self.warnings: list[str] = []

    def add(self, feature: Any, layer: str) -> None:
        name = self._category(feature)
        if name is None:
            self.left_out["without a category"] += 1
            return
        geometry = feature.GetGeometryRef()
        if geometry is None or geometry.IsEmpty():
            self.left_out["without a geometry"] += 1
            return
        if geometry.GetDimension() == LINES:
            raise InputError(
                f"{self.parameter}: '{self.path}' holds lines; expected points or polygons, so choose another layer."
            )
        if layer not in self.moves:
            self.moves[layer] = self._transformation(geometry)
        weight = self._weight(feature)
        if weight is None:
            self.left_out[f"without a number above zero in '{self.weight}'"] += 1
            return
        for place in _places(geometry, self.moves[layer]):
            self.rows.append((*place, name, weight))

    def _category(self, feature: Any) -> Optional[str]:
        if self.category:
            index = feature.GetFieldIndex(self.category)
            self._require(feature, index, self.category)
            text = feature.GetFieldAsString(index).strip() if feature.IsFieldSetAndNotNull(index) else ""
            return text or None
        return category_of(_tags(feature), self.rules) if self.rules is not None else self.parameter.lower()

    def _weight(self, feature: Any) -> Optional[float]:
        if not self.weight:
            return 1.0
        index = feature.GetFieldIndex(self.weight)
        self._require(feature, index, self.weight)
        value = feature.GetFieldAsDouble(index) if feature.IsFieldSetAndNotNull(index) else 0.0
        return value if value > 0 and math.isfinite(value) else None

    def _require(self, feature: Any, index: int, name: str) -> None:
        if index < 0:
            names = ", ".join(feature.GetFieldDefnRef(i).GetName() for i in range(feature.GetFieldCount()))
            raise InputError(f"{self.parameter} has no field '{name}'; its fields are: {names or 'none'}.")

    def _transformation(self, geometry: ogr.Geometry) -> Optional[Transformation]:
        reference = geometry.GetSpatialReference()
        theirs = horizontal(reference.ExportToWkt()) if reference is not None else ""
        if not theirs or not self.crs_wkt or same_crs(theirs, self.crs_wkt):
            if bool(theirs) != bool(self.crs_wkt):
                known = crs_name(theirs or self.crs_wkt)
                self.warnings.append(f"{self.parameter} or the raster has no CRS: it is taken to be in {known}.")
            return None
        return transformation(theirs, self.crs_wkt)

    def table(self) -> PointTable:
        names = sorted({name for _, _, name, _ in self.rows})
        if self.rules is not None and not self.category:
            names = [name for name in self.rules if name in names]
        if not names:
            raise InputError(
                f"{self.parameter}: '{self.path}' has no point with a category; check the field or the rules."
            )
        if len(names) > MOST_CATEGORIES:
            raise InputError(
                f"{self.parameter} has {len(names)} categories, but at most {MOST_CATEGORIES} bands are made; choose a "
                "field with fewer, or rules that join them."
            )
        code = {name: place for place, name in enumerate(names)}
        columns = list(zip(*self.rows))
        return PointTable(
            tuple(names), np.array(columns[:2], np.float64).T, np.array([code[name] for name in columns[2]], np.int16),
            np.array(columns[3], np.float64), self.left_out, self.warnings,
        )  # fmt: skip


def _tags(feature: Any) -> dict[str, str]:
    """Fields with a text, and the tags that OGR puts into one field."""
    found = {}
    for place in range(feature.GetFieldCount()):
        if feature.IsFieldSetAndNotNull(place):
            name, text = feature.GetFieldDefnRef(place).GetName(), feature.GetFieldAsString(place)
            found.update(_PAIR.findall(text) if name == "other_tags" else [(name, text)])
    return found


def _places(geometry: ogr.Geometry, move: Optional[Transformation]) -> list[tuple[float, float]]:
    """Where the points of a geometry lie, of a polygon a point inside it; none where it cannot be transformed."""
    plain = geometry.Clone()
    plain.FlattenTo2D()
    single = [plain.GetGeometryRef(i) for i in range(plain.GetGeometryCount())] if plain.GetDimension() == 0 else []
    points = single or [plain if plain.GetDimension() == 0 else point_inside(plain)]
    places = []
    for one in points:
        point = one.Clone()
        if move is None or move.geometry(point):
            places.append((point.GetX(), point.GetY()))
    return places
