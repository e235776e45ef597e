"""Small generated rasters for the tests: a scene known as a formula, sampled on any grid.

The scene is a sum of plane waves in ground metres, one set of amplitudes per band, so that a pan and an MS
raster of any ratio, any offset and any extent show exactly the same ground. Waves shorter than the pixel
of a raster are left out of it, as a sensor's blur would do. Axis order `(bands, rows, cols)`; the first row
lies north; `rows` and `cols` count MS pixels; offsets are in MS pixels, positive to the east and the south.

    pan, ms = make_pan_ms(tmp_path, rows=32, cols=40, ratio=4, bands=4, dtype="UInt16")
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, osr

ORIGIN = (500000.0, 5000000.0)
PAN_PIXEL_M = 5.0
WAVES = 24
PEAK = {"Byte": 200.0, "UInt16": 2000.0, "Int16": 2000.0, "UInt32": 70000.0, "Int32": 70000.0}
NUMPY = {
    "Byte": "u1", "UInt16": "u2", "Int16": "i2", "UInt32": "u4", "Int32": "i4",
    "Float32": "f4", "Float64": "f8", "CFloat32": "c8",
}  # fmt: skip

RPC = {"LINE_OFF": "64", "SAMP_OFF": "60", "LINE_SCALE": "64", "SAMP_SCALE": "64", "LAT_OFF": "45", "LONG_OFF": "9",
       "HEIGHT_OFF": "100", "LAT_SCALE": "1", "LONG_SCALE": "1", "HEIGHT_SCALE": "500",
       **{f"{what}_{part}_COEFF": " ".join(["1"] + ["0"] * 19)
          for what in ("LINE", "SAMP") for part in ("NUM", "DEN")}}  # fmt: skip
"""Rational polynomial coefficients, as GDAL names them; a GeoTIFF keeps a whole set only."""

GeoTransform = tuple[float, float, float, float, float, float]


def grid_transform(pixel_m: float, shift_m: tuple[float, float] = (0.0, 0.0), degrees: float = 0.0) -> GeoTransform:
    """The geotransform of square pixels whose upper left corner lies `shift_m` (east, south) off ORIGIN."""
    x, y = ORIGIN[0] + shift_m[0], ORIGIN[1] - shift_m[1]
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return (x, float(pixel_m * c), float(pixel_m * s), y, float(pixel_m * s), float(-pixel_m * c))


def scene(bands: int, rows: int, cols: int, geotransform: GeoTransform, pixel_m: float, seed: int = 0) -> np.ndarray:
    """The ground at the pixel centres of a grid: float64 `(bands, rows, cols)` in about [0.15, 0.95]."""
    rng = np.random.default_rng(seed)
    wavelength = np.geomspace(3.0 * PAN_PIXEL_M, 60.0 * PAN_PIXEL_M, WAVES)
    angle, phase = rng.uniform(0, np.pi, WAVES), rng.uniform(0, 2 * np.pi, WAVES)
    common, own = rng.uniform(0.5, 1.0, WAVES), rng.uniform(0.0, 0.5, (64, WAVES))[:bands]
    row, col = np.mgrid[0:rows, 0:cols] + 0.5
    x0, xc, xr, y0, yc, yr = geotransform
    x, y = x0 + col * xc + row * xr - ORIGIN[0], y0 + col * yc + row * yr - ORIGIN[1]
    values = np.zeros((bands, rows, cols))
    for k in np.flatnonzero(wavelength > 2.0 * pixel_m):
        wave = np.sin(2 * np.pi * (x * np.cos(angle[k]) + y * np.sin(angle[k])) / wavelength[k] + phase[k])
        values += (common[k] + own[:, k])[:, None, None] * wave
    level = np.linspace(0.45, 0.65, bands)[:, None, None]
    return level + 0.3 * values / (1.5 * np.sqrt(WAVES) * 1.5)


def write_raster(
    path: str | Path,
    values: np.ndarray,
    geotransform: GeoTransform | None,
    crs: str | None = "EPSG:32632",
    dtype: str = "UInt16",
    nodata: float | Sequence[float | None] | None = None,
    descriptions: Sequence[str] = (),
    driver: str = "GTiff",
    options: Sequence[str] = (),
    metadata: dict[str, str] | None = None,
) -> str:
    """Write `(bands, rows, cols)` with GDAL, whatever numpy is installed, and return the path as text.

    `nodata` is one number for all bands or one per band; `crs=None` and `geotransform=None` leave them out.
    """
    bands, rows, cols = values.shape
    create = gdal.GetDriverByName(driver).Create
    dataset: Any = create(str(path), cols, rows, bands, gdal.GetDataTypeByName(dtype), list(options))
    if geotransform is not None:
        dataset.SetGeoTransform(geotransform)
    if crs is not None:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs)
        dataset.SetProjection(reference.ExportToWkt())
    dataset.SetMetadata(metadata or {})
    per_band = list(nodata) if isinstance(nodata, Sequence) else [nodata] * bands
    for index, band_values in enumerate(values, start=1):
        band = dataset.GetRasterBand(index)
        stored = np.rint(band_values) if NUMPY[dtype][0] in "ui" else band_values
        band.WriteRaster(0, 0, cols, rows, np.ascontiguousarray(stored.astype(NUMPY[dtype])).tobytes())
        if per_band[index - 1] is not None:
            band.SetNoDataValue(float(per_band[index - 1]))
        if index <= len(descriptions):
            band.SetDescription(descriptions[index - 1])
    dataset.FlushCache()
    return str(path)


def read_raster(path: str | Path) -> np.ndarray:
    """All bands of a raster as float64 `(bands, rows, cols)`, nodata not looked at."""
    dataset = gdal.Open(str(path))
    cols, rows, bands = dataset.RasterXSize, dataset.RasterYSize, dataset.RasterCount
    buffer = dataset.ReadRaster(0, 0, cols, rows, buf_type=gdal.GDT_Float64)
    return np.frombuffer(buffer, dtype="f8").reshape(bands, rows, cols).copy()


def make_pan_ms(
    folder: str | Path,
    rows: int = 32,
    cols: int = 32,
    ratio: float = 4,
    bands: int = 4,
    dtype: str = "UInt16",
    crs: str | None = "EPSG:32632",
    offset: tuple[float, float] = (0.0, 0.0),
    nodata: float | None = None,
    degrees: float = 0.0,
    seed: int = 0,
    name: str = "",
) -> tuple[str, str]:
    """Write `<name>pan.tif` and `<name>ms.tif` of one scene and return their paths.

    Parameters
    ----------
    rows, cols : size of the MS raster in its own pixels; the pan has `round(ratio * rows)` rows.
    offset : how far the MS grid lies east and south of the pan grid, in MS pixels; the ground stays true.
    degrees : rotation of the MS grid against the pan grid.
    nodata : value declared in both rasters; no pixel holds it unless the caller writes it.
    """
    folder = Path(folder)
    peak = PEAK.get(dtype, 1.0)
    ms_pixel = PAN_PIXEL_M * ratio
    ms_transform = grid_transform(ms_pixel, (offset[0] * ms_pixel, offset[1] * ms_pixel), degrees)
    pan_transform = grid_transform(PAN_PIXEL_M)
    ms = scene(bands, rows, cols, ms_transform, ms_pixel, seed)
    sharp = scene(bands, round(rows * ratio), round(cols * ratio), pan_transform, PAN_PIXEL_M, seed)
    names = tuple(f"band {index + 1}" for index in range(bands))
    pan_path = write_raster(
        folder / f"{name}pan.tif", peak * sharp.mean(axis=0, keepdims=True), pan_transform, crs, dtype, nodata
    )
    ms_path = write_raster(folder / f"{name}ms.tif", peak * ms, ms_transform, crs, dtype, nodata, names)
    return pan_path, ms_path


def crs_text(crs: str, three: bool = False) -> str:
    """A CRS as WKT; with heights above the ellipsoid where `three` axes are wanted."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    if three:
        reference.PromoteTo3D()
    return str(reference.ExportToWkt())


def site_heights(crs: str) -> str:
    """A CRS together with heights of a site that nothing else is known of, as WKT."""
    vertical = 'VERT_CS["site height",VERT_DATUM["site datum",2005],UNIT["metre",1],AXIS["Up",UP]]'
    return f'COMPD_CS["site",{crs_text(crs)},{vertical}]'
