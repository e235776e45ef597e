"""Layers of points and polygons: reading them with OGR, and burning them into windows of a grid.

Coordinates are (x, y) of the map; windows are in pixels of the grid, arrays (rows, cols).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Optional

import numpy as np
from osgeo import gdal, ogr

from ..basics.errors import InputError
from ..grid.crs import horizontal
from ..grid.grid import Grid, Window, in_the_map
from .gdal_calls import GdalFailure, close, gdal_failures

POINTS, LINES, POLYGONS = 0, 1, 2
_NO_CRS = "Undefined"
"""So begin the names of those that a GeoPackage gives a layer without a CRS: of degrees, of a plane, or of neither."""
_KINDS = {
    ogr.OFTString: "text", ogr.OFTInteger: "integer", ogr.OFTInteger64: "integer", ogr.OFTReal: "real",
}  # fmt: skip
_CHUNK_PX = 256
_FEATURES_AT_ONCE = 5_000  # of one transaction


@dataclass(frozen=True)
class Shape:
    """A feature of a layer.

    Attributes
    ----------
    number : int
        From 1, in the layer's order.
    value : str, int, float or None
        Of the field that was asked for; None = null.
    geometry : ogr.Geometry or None
        None where the feature has none.
    """

    number: int
    value: Any
    geometry: Optional[ogr.Geometry]

    @property
    def dimension(self) -> int:
        """`POINTS`, `LINES` or `POLYGONS`."""
        return int(self.geometry.GetDimension())


class VectorSource:
    """A vector layer opened for reading; a context manager.

    Parameters
    ----------
    path : str
        Anything that OGR opens.
    role : str
        The user's parameter ("SAMPLES"), for messages.
    layer : str
        Name of the layer; "" where the file has but one.

    Attributes
    ----------
    crs_wkt : str
        Its horizontal part, since heights of points say nothing about where on a raster they lie; "" where the layer
        has none.
    fields : dict
        Name of a field -> "text", "integer", "real", or "" for any other kind.

    Raises
    ------
    InputError
        The file is no vector file, or which of its layers is meant is not clear.
    """

    def __init__(self, path: str, role: str, layer: str = "") -> None:
        self.path, self.role = path, role
        self.dataset = self._open()
        self.layer = self._layer(layer)
        reference = self.layer.GetSpatialRef()
        known = reference is not None and not str(reference.GetName()).startswith(_NO_CRS)
        self.crs_wkt = horizontal(reference.ExportToWkt()) if known else ""
        definition = self.layer.GetLayerDefn()
        found = [definition.GetFieldDefn(i) for i in range(definition.GetFieldCount())]
        self.fields = {field.GetName(): _KINDS.get(field.GetType(), "") for field in found}

    def _open(self) -> gdal.Dataset:
        try:
            with gdal_failures():
                dataset = gdal.OpenEx(self.path, gdal.OF_VECTOR | gdal.OF_VERBOSE_ERROR)
        except GdalFailure as error:
            raise InputError(
                f"{self.role}: '{self.path}' cannot be opened as a vector layer ({error}); choose one that OGR reads."
            ) from None
        if dataset is None or dataset.GetLayerCount() == 0:
            raise InputError(f"{self.role}: '{self.path}' holds no vector layer; choose another file.")
        return dataset

    def _layer(self, wanted: str) -> ogr.Layer:
        names = [self.dataset.GetLayerByIndex(i).GetName() for i in range(self.dataset.GetLayerCount())]
        if wanted in names or (not wanted and len(names) == 1):
            return self.dataset.GetLayerByIndex(names.index(wanted) if wanted else 0)
        found = f"no layer '{wanted}'" if wanted else f"{len(names)} layers"
        raise InputError(f"{self.role}: '{self.path}' holds {found}; name one of these: {', '.join(names)}.")

    def shapes(self, field: str) -> Iterator[Shape]:
        """The features in the layer's order."""
        index = self.layer.GetLayerDefn().GetFieldIndex(field)
        read = {"text": "GetFieldAsString", "integer": "GetFieldAsInteger64", "real": "GetFieldAsDouble"}
        self.layer.ResetReading()
        for number, feature in enumerate(self.layer, start=1):
            known = feature.IsFieldSetAndNotNull(index)
            value = getattr(feature, read[self.fields[field]])(index) if known else None
            geometry = feature.GetGeometryRef()
            empty = geometry is None or geometry.IsEmpty()
            yield Shape(number, value, None if empty else _plain(geometry))

    def close(self) -> None:
        """Let go of the file."""
        self.layer = None
        with gdal_failures():
            dataset, self.dataset = self.dataset, None
            close(dataset)

    def __enter__(self) -> VectorSource:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _plain(geometry: ogr.Geometry) -> ogr.Geometry:
    """A copy in the plane, with curves as straight pieces."""
    copy = geometry.Clone()
    copy.FlattenTo2D()
    return copy.GetLinearGeometry() if copy.HasCurveGeometry() else copy


class BurnableLayer:
    """Points and polygons on a grid, each with a class and a region, kept on disk with a spatial index.

    A point takes the pixel that it falls in, a polygon the pixels whose centres lie inside it, and one that holds no
    centre the pixel of a point inside it. Fill it with `add`, then `finish` it, then `burn` windows.

    Parameters
    ----------
    grid : Grid
        Without georeferencing, y runs to the north from the first row's upper edge, as QGIS draws it.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid, self.window = in_the_map(grid), grid.window
        self.folder = TemporaryDirectory(prefix="rsfusion-")
        path = str(Path(self.folder.name) / "shapes.gpkg")
        with gdal_failures():
            self.dataset = gdal.GetDriverByName("GPKG").Create(path, 0, 0, 0, gdal.GDT_Unknown)
            self.layer = self.dataset.CreateLayer("shapes", None, ogr.wkbUnknown)
            for name in ("one", "class", "square", "region"):
                self.layer.CreateField(ogr.FieldDefn(name, ogr.OFTInteger))
            self.layer.SyncToDisk()  # begins the spatial index: one of many features, built at the end, takes minutes
        self.count = 0

    def add(self, geometry: ogr.Geometry, label: int, region: int) -> bool:
        """Add a geometry in map coordinates; False, and nothing is added, where it lies outside the grid.

        Parameters
        ----------
        label : 1 or more.
        region : 1 or more.
        """
        if self.window_of(geometry.GetEnvelope()).intersection(self.window).is_empty:
            return False
        feature = ogr.Feature(self.layer.GetLayerDefn())
        for name, value in (("one", 1), ("class", label), ("square", label * label), ("region", region)):
            feature.SetField(name, value)
        feature.SetGeometry(self._visible(geometry))
        with gdal_failures():
            if self.count % _FEATURES_AT_ONCE == 0:
                self._commit()
                self.layer.StartTransaction()
            self.layer.CreateFeature(feature)
        self.count += 1
        return True

    def _commit(self) -> None:
        if self.count:
            self.layer.CommitTransaction()

    def finish(self) -> None:
        """No more geometries."""
        with gdal_failures():
            self._commit()
            self.layer.SyncToDisk()
            self.dataset.FlushCache()

    def window_of(self, envelope: tuple[float, float, float, float]) -> Window:
        """The pixels that (xmin, xmax, ymin, ymax) of the map touches; they may lie outside the grid."""
        pixels = [self.grid.to_pixel(x, y) for x in envelope[:2] for y in envelope[2:]]
        cols, rows = np.floor(np.array(pixels)).astype(np.int64).T
        col, row = int(cols.min()), int(rows.min())
        return Window(col, row, int(cols.max()) - col + 1, int(rows.max()) - row + 1)

    def _visible(self, geometry: ogr.Geometry) -> ogr.Geometry:
        """The geometry, or a point inside it where it is a polygon that holds no pixel's centre."""
        if geometry.GetDimension() != POLYGONS:
            return geometry
        inside = point_inside(geometry)
        window = self.window_of(inside.GetEnvelope())
        centre = ogr.Geometry(ogr.wkbPoint)
        centre.AddPoint_2D(*self.grid.to_map(window.col_off + 0.5, window.row_off + 0.5))
        with gdal_failures():
            holds = geometry.Contains(centre)
        return geometry if holds or self._holds_a_centre(geometry) else inside

    def _holds_a_centre(self, geometry: ogr.Geometry) -> bool:
        whole = self.window_of(geometry.GetEnvelope())
        memory = (ogr.GetDriverByName("MEM") or ogr.GetDriverByName("Memory")).CreateDataSource("")
        layer = memory.CreateLayer("alone")
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry)
        layer.CreateFeature(feature)
        for row in range(whole.row_off, whole.row_end, _CHUNK_PX):
            for col in range(whole.col_off, whole.col_end, _CHUNK_PX):
                chunk = Window(col, row, _CHUNK_PX, _CHUNK_PX).intersection(whole)
                if _burned(self.grid, chunk, [("", "")], layer).any():
                    return True
        return False

    def burn(self, window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What lies in a window.

        Returns
        -------
        labels : ndarray
            (rows, cols) int16; 0 = none, also where geometries of several classes overlap.
        regions : ndarray
            (rows, cols) int32; 0 = none; one of them where several of one class overlap.
        disputed : ndarray
            (rows, cols) bool; several classes.
        """
        self._look_at(window)
        if self.layer.GetFeatureCount() == 0:
            return np.zeros(window.shape, np.int16), np.zeros(window.shape, np.int32), np.zeros(window.shape, bool)
        wanted = [("one", "ADD"), ("class", "ADD"), ("square", "ADD"), ("region", "")]
        count, total, squares, regions = _burned(self.grid, window, wanted, self.layer)
        disputed = count * squares != total * total  # equal only where all the classes are (Cauchy and Schwarz)
        labels = np.where(disputed, 0, total / np.maximum(count, 1)).astype(np.int16)
        return labels, np.where(labels > 0, regions, 0).astype(np.int32), disputed

    def _look_at(self, window: Window) -> None:
        corners = self.grid.crop(window.grown(1)).corners()
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.layer.SetSpatialFilterRect(min(xs), min(ys), max(xs), max(ys))

    def close(self) -> None:
        """Remove what is on disk; harmless when repeated."""
        self.layer = None
        with gdal_failures():
            dataset, self.dataset = self.dataset, None
            close(dataset)
        del dataset
        self.folder.cleanup()


def point_inside(geometry: ogr.Geometry) -> ogr.Geometry:
    """A point inside a polygon, or on the edge of one that crosses itself."""
    try:
        with gdal_failures():
            found = geometry.PointOnSurface()
        if found is not None and not found.IsEmpty():
            return found
    except GdalFailure:
        pass
    ring = geometry
    while ring.GetGeometryCount():
        ring = ring.GetGeometryRef(0)
    point = ogr.Geometry(ogr.wkbPoint)
    point.AddPoint_2D(*ring.GetPoint_2D(0))
    return point


def _burned(grid: Grid, window: Window, wanted: list[tuple[str, str]], layer: ogr.Layer) -> np.ndarray:
    """Attributes of the features in a layer on a window: (attributes, rows, cols) float64, 0 where there is none.

    Parameters
    ----------
    wanted : (attribute, merge)
        The attribute "" is 1 of every feature; merge "ADD" sums the features of a pixel, "" takes the last.
    """
    around = window.grown(1)  # never GDAL's default geotransform, which it takes for none
    memory = gdal.GetDriverByName("MEM").Create("", around.width, around.height, len(wanted), gdal.GDT_Float64)
    memory.SetGeoTransform(grid.crop(around).geotransform)
    with gdal_failures():
        for band, (attribute, merge) in enumerate(wanted, start=1):
            options = [f"ATTRIBUTE={attribute}"] if attribute else []
            options += [f"MERGE_ALG={merge}"] if merge else []
            gdal.RasterizeLayer(memory, [band], layer, burn_values=[1.0], options=options)
        data = memory.ReadRaster(1, 1, window.width, window.height, buf_type=gdal.GDT_Float64)
    return np.frombuffer(data, np.float64).reshape(len(wanted), *window.shape)
