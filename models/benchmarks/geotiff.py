"""Small GeoTIFFs in and out for the benchmarks: `(bands, rows, cols)`, float64 in memory, Float32 on disk.

Values go through ReadRaster and WriteRaster, which work whatever numpy the GDAL bindings were compiled for.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, osr

from rsfusion_qgis.core.errors import InputError, OutputError

EPSG = 32631
ORIGIN = (500000.0, 5000000.0)
"""Where pairs without a place on Earth are put: the peers and the engine want a CRS."""


def open_raster(path: Path) -> gdal.Dataset:
    """Open for reading.

    Raises
    ------
    InputError
        When GDAL cannot.
    """
    try:
        dataset = gdal.Open(str(path))
    except RuntimeError:  # GDAL with exceptions switched on
        dataset = None
    if dataset is None:
        raise InputError(f"'{path}' cannot be read as a raster; give a file that GDAL opens.")
    return dataset


def read_values(dataset: gdal.Dataset) -> np.ndarray:
    """All the bands, `(bands, rows, cols)` float64."""
    cols, rows, bands = dataset.RasterXSize, dataset.RasterYSize, dataset.RasterCount
    data = dataset.ReadRaster(0, 0, cols, rows, buf_type=gdal.GDT_Float64)
    return np.frombuffer(data, np.float64).reshape(bands, rows, cols).copy()


def write_values(path: Path, values: np.ndarray, pixel_m: float) -> None:
    """Write `(bands, rows, cols)` as Float32, upper-left corner at `ORIGIN`, square pixels of `pixel_m` metres."""
    bands, rows, cols = values.shape
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), cols, rows, bands, gdal.GDT_Float32)
    if dataset is None:
        raise OutputError(f"'{path}' cannot be written; check that the folder exists and has room.")
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.SetGeoTransform((ORIGIN[0], pixel_m, 0.0, ORIGIN[1], 0.0, -pixel_m))
    dataset.WriteRaster(0, 0, cols, rows, np.ascontiguousarray(values, np.float32).tobytes())
    dataset.FlushCache()


def write_pair(folder: Path, ms: np.ndarray, pan: np.ndarray, ratio: int) -> tuple[Path, Path]:
    """`pan.tif` at 1 m and `ms.tif` at `ratio` m with one upper-left corner; returns `(pan, ms)` paths."""
    pan_path, ms_path = folder / "pan.tif", folder / "ms.tif"
    write_values(pan_path, pan, 1.0)
    write_values(ms_path, ms, float(ratio))
    return pan_path, ms_path
