"""A map of classes as polygons: simplified or regular, not the smallest, each with its area and mean probability.

Coordinates are (x, y) of the map; areas are square metres, where a CRS says what a metre is, else square units. Memory
does not grow with the raster: it is read in stripes, and polygons are kept on disk until they are written.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable, Optional

import numpy as np
from osgeo import gdal, ogr

from ..basics.errors import OutputError
from ..basics.interruption import uninterrupted
from ..grid.crs import is_geographic, metres_per_degree, metres_per_unit, read_crs
from ..grid.grid import Grid, Window, in_the_map
from . import outlines
from .class_spec import ClassSpec
from .gdal_calls import GdalFailure, close, gdal_failures

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".fgb": "FlatGeobuf", ".shp": "ESRI Shapefile"}
"""Ending of a file's name -> OGR's driver."""
FIELDS = (
    ("id", ogr.OFTInteger), ("code", ogr.OFTInteger), ("class", ogr.OFTString), ("area_m2", ogr.OFTReal),
    ("mean_prob", ogr.OFTReal),
)  # fmt: skip
_STRIPE_PX = 2**22
_SHORTEST_PX, _ALIKE = 3.0, 0.75
"""Of regular outlines: edges, and the intersection over union with the pixels."""
_AT_ONCE = 1_000  # features between two looks whether to go on
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Shapes:
    """How polygons are made.

    Attributes
    ----------
    tolerance_px : float
        How far a line may be moved to simplify it, in pixels; 0 = it follows the pixels.
    least_area, least_hole : float
        Square metres; smaller polygons are left out, smaller holes are filled; 0 = none.
    regular : tuple of int
        Codes of the classes whose outlines get right angles, see `outlines`; () = none.
    rectangularity : float
        Share of the rectangle around it that a polygon of those classes covers at least; 0 = all.
    """

    tolerance_px: float = 1.0
    least_area: float = 0.0
    least_hole: float = 0.0
    regular: tuple[int, ...] = ()
    rectangularity: float = 0.0


@dataclass(frozen=True)
class Drawn:
    """What was written: how many polygons and how much area by the code of their class."""

    counts: dict[int, int]
    areas: dict[int, float]


def driver_of(path: str, parameter: str) -> str:
    """OGR's driver for a file's ending; raises OutputError where there is none."""
    driver = DRIVERS.get(Path(path).suffix.lower())
    if driver is None:
        raise OutputError(
            f"{parameter}: '{path}' ends in '{Path(path).suffix}'; expected one of {', '.join(DRIVERS)}, so choose "
            "another name."
        )
    return driver


def draw(
    classes: str, chances: str, grid: Grid, wanted: Sequence[ClassSpec], shapes: Shapes, target: Path,
    watch: Optional[Watch] = None,
) -> Drawn:  # fmt: skip
    """Write the polygons of some classes.

    Parameters
    ----------
    classes : path of a raster of class codes.
    chances : path of a raster on the same grid, whose mean inside each polygon is written; its invalid pixels are NaN.
    grid : theirs.
    wanted : the classes to draw.
    target : the file to write; its ending is one of DRIVERS.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    with TemporaryDirectory(prefix="rsfusion-") as folder, _failures_told(target):
        return _Drawing(Path(folder), in_the_map(grid), wanted, shapes, watch or _nobody).draw(classes, chances, target)


@contextmanager
def _failures_told(target: Path) -> Iterator[None]:
    """What GDAL complains of, as a sentence about the file that is written."""
    try:
        yield
    except GdalFailure as error:
        raise OutputError(
            f"The polygons '{target.name}' cannot be written ({error}); free some space or choose another name."
        ) from None


def _nobody(share: float) -> None:
    """Nobody watches."""


class _Drawing:
    def __init__(
        self, folder: Path, grid: Grid, wanted: Sequence[ClassSpec], shapes: Shapes, watch: Watch
    ) -> None:
        self._folder, self._grid, self._shapes, self._watch = folder, grid, shapes, watch
        self._classes = {one.code: one.name for one in wanted}

    def draw(self, classes: str, chances: str, target: Path) -> Drawn:
        raw = self._outlined(self._chosen(classes))
        kept, count = self._kept(raw)
        means = self._means(kept, count, chances)
        return self._written(kept, means, target)

    def _stripes(self) -> Iterator[Window]:
        rows = max(1, _STRIPE_PX // self._grid.width)
        for row in range(0, self._grid.height, rows):
            self._watch(row / self._grid.height)
            yield Window(0, row, self._grid.width, min(rows, self._grid.height - row))

    def _raster(self, name: str, kind: int) -> gdal.Dataset:
        made = gdal.GetDriverByName("GTiff").Create(
            str(self._folder / name), self._grid.width, self._grid.height, 1, kind,
            options=["COMPRESS=LZW", "BIGTIFF=IF_SAFER"],
        )  # fmt: skip
        made.SetGeoTransform(self._grid.geotransform)
        return made

    def _chosen(self, path: str) -> gdal.Dataset:
        """The codes that are wanted, and one more, since a class may have the code 0; 0 elsewhere."""
        with gdal_failures():
            source, made = gdal.Open(path), self._raster("chosen.tif", gdal.GDT_UInt16)
            for window in self._stripes():
                codes = _read(source, window, np.uint16, gdal.GDT_UInt16)
                there = _read(source, window, np.uint8, gdal.GDT_Byte, mask=True) > 0
                chosen = np.where(there & np.isin(codes, list(self._classes)), codes + 1, 0).astype(np.uint16)
                made.WriteRaster(0, window.row_off, window.width, window.height, chosen.tobytes())
            made.GetRasterBand(1).SetNoDataValue(0)
            made.FlushCache()
        return made

    def _layer(self, name: str) -> tuple[gdal.Dataset, ogr.Layer]:
        dataset = gdal.GetDriverByName("GPKG").Create(str(self._folder / f"{name}.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer(name, None, ogr.wkbPolygon)
        for field in ("id", "code"):
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTInteger))
        return dataset, layer

    def _outlined(self, chosen: gdal.Dataset) -> gdal.Dataset:
        """All polygons, along the edges of the pixels."""
        with gdal_failures():
            dataset, layer = self._layer("raw")
            band = chosen.GetRasterBand(1)
            layer.StartTransaction()
            with self._asked() as callback:
                gdal.Polygonize(band, band.GetMaskBand(), layer, 1, [], callback=callback)
            layer.CommitTransaction()
        return dataset

    @contextmanager
    def _asked(self) -> Iterator[Callable[..., int]]:
        """A callback for GDAL that asks whether to go on; what that raises, leaves the block."""
        raised: list[BaseException] = []

        def callback(share: float, *_: Any) -> int:
            try:
                self._watch(share)
            except BaseException as error:  # GDAL's module would print it and go on
                raised.append(error)
            return not raised

        try:
            with uninterrupted():  # what is raised in the callback from outside, GDAL's module would print
                yield callback
        except RuntimeError:
            if not raised:
                raise
        if raised:
            raise raised[0]

    def _kept(self, raw: gdal.Dataset) -> tuple[gdal.Dataset, int]:
        """Those that are large enough, numbered from 1, small holes filled; and how many."""
        with gdal_failures():
            dataset, layer = self._layer("kept")
            layer.StartTransaction()
            number = 0
            for number_read, feature in enumerate(raw.GetLayer(0)):
                if number_read % _AT_ONCE == 0:
                    self._watch(0.0)
                geometry = feature.GetGeometryRef()
                code = feature.GetField("code") - 1
                if self._area(geometry) < self._shapes.least_area or self._is_odd(geometry, code):
                    continue
                number += 1
                new = ogr.Feature(layer.GetLayerDefn())
                new.SetField("id", number)
                new.SetField("code", code)
                new.SetGeometry(geometry)
                layer.CreateFeature(new)
            layer.CommitTransaction()
        return dataset, number

    def _means(self, kept: gdal.Dataset, count: int, chances: str) -> np.ndarray:
        """Mean probability of each polygon, by its number."""
        total, pixels = np.zeros(count + 1), np.zeros(count + 1, np.int64)
        with gdal_failures():
            numbers = self._raster("numbers.tif", gdal.GDT_Int32)
            with self._asked() as callback:
                gdal.RasterizeLayer(numbers, [1], kept.GetLayer(0), options=["ATTRIBUTE=id"], callback=callback)
            source = gdal.Open(chances)
            for window in self._stripes():
                ids = _read(numbers, window, np.int32, gdal.GDT_Int32).ravel()
                values = _read(source, window, np.float32, gdal.GDT_Float32).ravel()
                there = np.isfinite(values)
                total += np.bincount(ids[there], values[there], count + 1)
                pixels += np.bincount(ids[there], minlength=count + 1)
        return total / np.maximum(pixels, 1)

    def _written(self, kept: gdal.Dataset, means: np.ndarray, target: Path) -> Drawn:
        counts, areas = dict.fromkeys(self._classes, 0), dict.fromkeys(self._classes, 0.0)
        driver = DRIVERS[target.suffix.lower()]
        with gdal_failures():
            dataset = gdal.GetDriverByName(driver).Create(str(target), 0, 0, 0, gdal.GDT_Unknown)
            layer = self._result(dataset, target.stem)
            layer.StartTransaction()
            for feature in kept.GetLayer(0):
                number, code = feature.GetField("id"), feature.GetField("code")
                if number % _AT_ONCE == 0:
                    self._watch(1.0)
                filled = self._filled(feature.GetGeometryRef())
                area = self._area(filled)
                new = ogr.Feature(layer.GetLayerDefn())
                for name, value in zip((n for n, _ in FIELDS),
                                       (number, code, self._classes[code], area, float(means[number]))):  # fmt: skip
                    new.SetField(name, value)
                new.SetGeometry(self._outline(filled, code))
                layer.CreateFeature(new)
                counts[code] += 1
                areas[code] += area
            layer.CommitTransaction()
            layer = None
            close(dataset)
        return Drawn(counts, areas)

    def _result(self, dataset: gdal.Dataset, name: str) -> ogr.Layer:
        reference = read_crs(self._grid.crs_wkt) if self._grid.crs_wkt else None
        layer = dataset.CreateLayer(name, reference, ogr.wkbMultiPolygon)
        for field, kind in FIELDS:
            layer.CreateField(ogr.FieldDefn(field, kind))
        return layer

    def _filled(self, geometry: ogr.Geometry) -> ogr.Geometry:
        """Without the smallest holes."""
        made = ogr.Geometry(ogr.wkbPolygon)
        for place in range(geometry.GetGeometryCount()):
            ring = geometry.GetGeometryRef(place)
            hole = ogr.Geometry(ogr.wkbPolygon)
            hole.AddGeometry(ring)
            if place == 0 or self._area(hole) >= self._shapes.least_hole:
                made.AddGeometry(ring)
        return made

    def _is_odd(self, geometry: ogr.Geometry, code: int) -> bool:
        """Whether a polygon whose outline shall be regular covers too little of the rectangle around it."""
        if code not in self._shapes.regular or not self._shapes.rectangularity:
            return False
        ring = _rings(self._simple(geometry))[0]
        return geometry.GetArea() < self._shapes.rectangularity * outlines.area(outlines.box_around(ring))

    def _outline(self, geometry: ogr.Geometry, code: int) -> ogr.Geometry:
        """As it is written: regular where that is wished and resembles the pixels, else simplified."""
        simple = self._simple(geometry)
        if code not in self._shapes.regular:
            return simple
        made = ogr.Geometry(ogr.wkbPolygon)
        for place, ring in enumerate(_rings(simple)):
            points = self._regular(ring)
            if points is not None:
                made.AddGeometry(_ring(points))
            elif place == 0:
                return simple
        if not made.IsValid() or not _alike(made, geometry):
            return simple
        return ogr.ForceToMultiPolygon(made)

    def _regular(self, ring: np.ndarray) -> Optional[np.ndarray]:
        """A ring with right angles, computed in pixels; None where that does not work."""
        width, height = self._grid.pixel_size
        made = outlines.regular(ring / (width, height), _SHORTEST_PX) if len(ring) >= outlines.FEWEST else None
        return None if made is None else made * (width, height)

    def _simple(self, geometry: ogr.Geometry) -> ogr.Geometry:
        """With fewer vertices and the same holes, as a multipolygon."""
        tolerance = self._shapes.tolerance_px * min(self._grid.pixel_size)
        made = geometry.SimplifyPreserveTopology(tolerance) if tolerance > 0 else geometry
        if made is None or made.IsEmpty() or not made.IsValid():
            made = geometry
        return ogr.ForceToMultiPolygon(made.Clone())

    def _area(self, geometry: ogr.Geometry) -> float:
        """Square metres on the map; of degrees, on the ellipsoid in the polygon's middle."""
        wkt, plane = self._grid.crs_wkt, float(geometry.GetArea())
        if not wkt:
            return plane
        if is_geographic(wkt):
            _, _, south, north = geometry.GetEnvelope()
            return plane * math.prod(metres_per_degree(wkt, (south + north) / 2))
        return plane * self._unit**2

    @property
    def _unit(self) -> float:
        return metres_per_unit(self._grid.crs_wkt)


def _rings(polygons: ogr.Geometry) -> list[np.ndarray]:
    """Of the first of some polygons, the outer ring first: (n, 2) each, the first point not repeated."""
    first = polygons.GetGeometryRef(0)
    rings = [first.GetGeometryRef(place) for place in range(first.GetGeometryCount())]
    return [np.array([point[:2] for point in ring.GetPoints()[:-1]]) for ring in rings]


def _ring(points: np.ndarray) -> ogr.Geometry:
    made = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in (*points, points[0]):
        made.AddPoint_2D(float(x), float(y))
    return made


def _alike(one: ogr.Geometry, other: ogr.Geometry) -> bool:
    """Whether two polygons have most of their area in common."""
    both = one.Intersection(other)
    shared = both.GetArea() if both is not None else 0.0
    return shared >= _ALIKE * (one.GetArea() + other.GetArea() - shared)


def _read(dataset: gdal.Dataset, window: Window, dtype: Any, kind: int, mask: bool = False) -> np.ndarray:
    """(rows, cols) of the first band or of its mask."""
    band = dataset.GetRasterBand(1)
    band = band.GetMaskBand() if mask else band
    raw = band.ReadRaster(window.col_off, window.row_off, window.width, window.height, buf_type=kind)
    return np.frombuffer(raw, dtype).reshape(window.shape)
