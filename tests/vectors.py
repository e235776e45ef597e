"""Small vector files and label rasters for the tests, from lists of (WKT, class)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

import numpy as np
from osgeo import gdal, ogr, osr

from tests.rasters import ORIGIN, GeoTransform

PIXEL_M = 10.0


def box(row: float, col: float, rows: float, cols: float) -> str:
    """The WKT of a rectangle in pixels of `PIXEL_M` from ORIGIN."""
    return polygon([(row, col), (row, col + cols), (row + rows, col + cols), (row + rows, col)])


def polygon(corners: Sequence[tuple[float, float]]) -> str:
    """The WKT of a polygon from (row, col) corners."""
    points = [place(row, col) for row, col in [*corners, corners[0]]]
    return f"POLYGON(({','.join(points)}))"


def point(row: float, col: float) -> str:
    """The WKT of a point."""
    return f"POINT({place(row, col)})"


def place(row: float, col: float) -> str:
    """x and y of a position."""
    return f"{float(ORIGIN[0] + PIXEL_M * col)!r} {float(ORIGIN[1] - PIXEL_M * row)!r}"


def reference(crs: Optional[str]) -> Optional[osr.SpatialReference]:
    """A CRS with coordinates x, y."""
    if crs is None:
        return None
    found = osr.SpatialReference()
    found.SetFromUserInput(crs)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


def write_vector(
    path: str | Path, shapes: Sequence[tuple[Optional[str], Any]], kind: str = "text",
    crs: Optional[str] = "EPSG:32632", stored_crs: Optional[str] = None,
    field: str = "class", driver: str = "GPKG", layer: str = "samples",
) -> str:  # fmt: skip
    """Write features of (WKT or None, class or None) and return the path as text.

    `kind` is text, integer, real or date; `stored_crs` = transformed from `crs` into that one.
    """
    types = {"text": ogr.OFTString, "integer": ogr.OFTInteger, "real": ogr.OFTReal, "date": ogr.OFTDate}
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    made = dataset.CreateLayer(layer, reference(stored_crs or crs), ogr.wkbUnknown)
    made.CreateField(ogr.FieldDefn(field, types[kind]))
    for wkt, value in shapes:
        feature = ogr.Feature(made.GetLayerDefn())
        if value is not None:
            feature.SetField(field, value)
        if wkt is not None:
            geometry = ogr.CreateGeometryFromWkt(wkt)
            if stored_crs:
                geometry.Transform(osr.CoordinateTransformation(reference(crs), reference(stored_crs)))
            feature.SetGeometry(geometry)
        made.CreateFeature(feature)
    made = None
    dataset.FlushCache()
    return str(path)


def write_labels(
    path: str | Path, codes: np.ndarray, geotransform: Optional[GeoTransform], crs: Optional[str] = "EPSG:32632",
    names: Sequence[str] = (), colours: Sequence[tuple[int, int, int]] = (), nodata: Optional[float] = None,
    table: Sequence[tuple[int, str, tuple[int, int, int]]] = (), dtype: int = gdal.GDT_Byte,
) -> str:  # fmt: skip
    """Write a raster of codes, (rows, cols), with category names, a colour table, a raster attribute table."""
    rows, cols = codes.shape
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), cols, rows, 1, dtype)
    if geotransform is not None:
        dataset.SetGeoTransform(geotransform)
    if crs is not None:
        dataset.SetProjection(reference(crs).ExportToWkt())
    band = dataset.GetRasterBand(1)
    if colours:
        palette = gdal.ColorTable()
        for code, colour in enumerate(colours):
            palette.SetColorEntry(code, (*colour, 255))
        band.SetColorTable(palette)
    if names:
        band.SetCategoryNames(list(names))
    if table:
        band.SetDefaultRAT(_attribute_table(table))
    if nodata is not None:
        band.SetNoDataValue(nodata)
    dataset.WriteRaster(0, 0, cols, rows, np.ascontiguousarray(codes.astype("f8")).tobytes(), buf_type=gdal.GDT_Float64)
    band = None
    dataset.FlushCache()
    return str(path)


def _attribute_table(rows: Sequence[tuple[int, str, tuple[int, int, int]]]) -> gdal.RasterAttributeTable:
    made = gdal.RasterAttributeTable()
    columns = [("Value", gdal.GFT_Integer, gdal.GFU_MinMax), ("Class", gdal.GFT_String, gdal.GFU_Name)]
    columns += [(n, gdal.GFT_Integer, u) for n, u in zip("RGB", (gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue))]
    for column in columns:
        made.CreateColumn(*column)
    for row, (code, name, colour) in enumerate(rows):
        made.SetValueAsInt(row, 0, code)
        made.SetValueAsString(row, 1, name)
        for column, value in enumerate(colour, start=2):
            made.SetValueAsInt(row, column, value)
    return made
