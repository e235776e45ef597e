"""Small rasters of a made-up scene, for trying a network where no raster is at hand, and rasters as arrays.

Axes are (bands, rows, cols), the first row north.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, ogr

from ..grid.crs import read_crs
from .band_info import numpy_type
from .class_spec import ClassSpec
from .class_table import write_class_table
from .gdal_calls import GdalFailure

PLACE = (500_000.0, 5_000_000.0)
UTM_32 = (
    'PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],'
    'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32632"]]'
)
_WAVES = 12


def scene(bands: int, rows: int, cols: int, pixel: float, seed: int = 1) -> np.ndarray:
    """(bands, rows, cols) float32 from 0 to 1: waves of several lengths, and fields with sharp edges.

    Parameters
    ----------
    pixel : metres; rasters of the same seed show the same ground whatever their pixels.
    """
    draw = np.random.default_rng(seed)
    row, col = ((np.arange(size) + 0.5) * pixel for size in (rows, cols))
    values = np.zeros((bands, rows, cols))
    for _ in range(_WAVES):
        across, down = 2 * np.pi / draw.uniform(60, 900, 2)
        phase, share = draw.uniform(0, 2 * np.pi), draw.uniform(0.3, 1.0, 256)
        wave = np.sin(across * col[None, :] + down * row[:, None] + phase)
        values += share[np.arange(bands) % 256, None, None] * wave
    fields = draw.uniform(0, 4, (64, 256))
    cell = (row[:, None] // 300).astype(int) * 7 + (col[None, :] // 420).astype(int) * 3
    values += fields[cell % 64].transpose(2, 0, 1)[np.arange(bands) % 256]
    low, high = values.min(), values.max()
    return ((values - low) / max(high - low, 1e-9)).astype(np.float32)


def write(path: str, values: np.ndarray, pixel: float, data_type: str, names: Sequence[str], nodata: float | None,
          wavelengths_um: Sequence[float] = (), metadata: Mapping[str, str] | None = None,
          moved: tuple[float, float] = (0.0, 0.0), classes: tuple[ClassSpec, ...] = ()) -> str:
    """Write (bands, rows, cols) in UTM zone 32; returns the path.

    Parameters
    ----------
    nodata : None = none is declared.
    wavelengths_um : centres of the bands; () = not said.
    moved : metres to the east and to the south of `PLACE`.
    classes : what the codes mean; () = the values are no codes.
    """
    bands, rows, cols = values.shape
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PHOTOMETRIC=MINISBLACK", "ALPHA=NO"]
    kind = numpy_type(data_type)
    dataset = gdal.GetDriverByName("GTiff").Create(path, cols, rows, bands, gdal.GetDataTypeByName(data_type), options)
    if dataset is None:
        raise GdalFailure(gdal.GetLastErrorMsg())
    dataset.SetGeoTransform((PLACE[0] + moved[0], pixel, 0.0, PLACE[1] - moved[1], 0.0, -pixel))
    dataset.SetProjection(UTM_32)
    dataset.SetMetadata(dict(metadata or {}))
    if classes:  # before any pixel: GDAL 3.10 changes no colours afterwards
        write_class_table(dataset.GetRasterBand(1), classes)
    for number, (band, name) in enumerate(zip(values, names), start=1):
        stored = np.ascontiguousarray((np.rint(band) if kind.kind in "iu" else band).astype(kind))
        one = dataset.GetRasterBand(number)
        one.WriteRaster(0, 0, cols, rows, stored.tobytes())
        one.SetDescription(name)
        if nodata is not None:
            one.SetNoDataValue(nodata)
        if wavelengths_um:
            told = {"wavelength": f"{1000 * wavelengths_um[number - 1]:.1f}", "wavelength_units": "Nanometers"}
            one.SetMetadata(told)
    dataset.FlushCache()
    return path


def write_shapes(path: str, shapes: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Write (WKT, field -> text or number) as a GeoPackage in UTM zone 32; returns the path."""
    dataset = gdal.GetDriverByName("GPKG").Create(path, 0, 0, 0, gdal.GDT_Unknown)
    if dataset is None:
        raise GdalFailure(gdal.GetLastErrorMsg())
    kind = ogr.CreateGeometryFromWkt(shapes[0][0]).GetGeometryType()
    layer = dataset.CreateLayer(Path(path).stem, read_crs(UTM_32), kind)
    for field, value in shapes[0][1].items():
        kind = ogr.OFTString if isinstance(value, str) else ogr.OFTReal
        layer.CreateField(ogr.FieldDefn(field, kind))
    layer.StartTransaction()
    for wkt, values in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        for field, value in values.items():
            if value is not None:
                feature.SetField(field, value if isinstance(value, str) else float(value))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    layer = feature = None
    dataset.FlushCache()
    return path


def square(row: float, col: float, rows: float, cols: float, pixel: float) -> str:
    """The WKT of a rectangle of pixels."""
    corners = ((row, col), (row, col + cols), (row + rows, col + cols), (row + rows, col), (row, col))
    return f"POLYGON(({','.join(_xy(*corner, pixel) for corner in corners)}))"


def spot(row: float, col: float, pixel: float) -> str:
    """The WKT of a point in pixels."""
    return f"POINT({_xy(row, col, pixel)})"


def _xy(row: float, col: float, pixel: float) -> str:
    return f"{PLACE[0] + col * pixel:.3f} {PLACE[1] - row * pixel:.3f}"


def read(path: str) -> tuple[np.ndarray, np.ndarray]:
    """All bands, float64, and where all of them are valid, (rows, cols) bool."""
    dataset = gdal.Open(path)
    shape = dataset.RasterYSize, dataset.RasterXSize
    values, valid = [], np.ones(shape, bool)
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        values.append(np.frombuffer(band.ReadRaster(buf_type=gdal.GDT_Float64), np.float64).reshape(shape))
        mask = np.frombuffer(band.GetMaskBand().ReadRaster(buf_type=gdal.GDT_Byte), np.uint8).reshape(shape)
        valid = valid & (mask > 0)
    return np.stack(values), valid


def corners(path: str) -> tuple[float, float, float, float]:
    """x and y of the upper left corner, and the pixel's width and height (below zero where north is up)."""
    x, width, _, y, _, height = gdal.Open(path).GetGeoTransform()
    return x, y, width, height


def copy_with_hole(path: str, target: str) -> str:
    """A copy without data in a fifth of its middle; returns its path."""
    gdal.Translate(target, path)
    dataset = gdal.Open(target, gdal.GA_Update)
    cols, rows = dataset.RasterXSize, dataset.RasterYSize
    nodata = dataset.GetRasterBand(1).GetNoDataValue()
    nodata = 0.0 if nodata is None else nodata
    hole = np.full((rows // 5, cols // 5), nodata).tobytes()
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        band.SetNoDataValue(nodata)
        band.WriteRaster(cols * 2 // 5, rows * 2 // 5, cols // 5, rows // 5, hole, buf_type=gdal.GDT_Float64)
    dataset.FlushCache()
    return target
