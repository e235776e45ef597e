"""Whole rasters in and out for demo, benchmarks and measurements: reading, writing, bringing onto another grid.

Axis order `(bands, rows, cols)`, float64 in memory. Values go through ReadRaster and WriteRaster only, which
work whatever numpy the GDAL bindings were compiled for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

from rsfusion_qgis.core.basics.errors import InputError, OutputError
from rsfusion_qgis.core.grid.crs import horizontal

UTM = 32631
ORIGIN = (500000.0, 5000000.0)
"""Where pairs without a place on Earth are put: peers and engine want a CRS."""
COLOURS = {"red": gdal.GCI_RedBand, "green": gdal.GCI_GreenBand, "blue": gdal.GCI_BlueBand}


@dataclass(frozen=True)
class Frame:
    """Where a raster lies: CRS as WKT ("" = none) and GDAL's geotransform."""

    crs_wkt: str
    geotransform: tuple[float, float, float, float, float, float]

    @staticmethod
    def square(corner: tuple[float, float], pixel_m: float) -> Frame:
        """Return the frame of square pixels, its upper left corner in UTM zone 31 north."""
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(UTM)
        return Frame(reference.ExportToWkt(), (corner[0], pixel_m, 0.0, corner[1], 0.0, -pixel_m))

    def moved(self, col: int, row: int) -> Frame:
        """Return the frame that begins at this pixel of it."""
        x, xc, xr, y, yc, yr = self.geotransform
        return Frame(self.crs_wkt, (x + col * xc + row * xr, xc, xr, y + col * yc + row * yr, yc, yr))


def open_raster(path: Path | str) -> gdal.Dataset:
    """Open a raster.

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
        raise InputError(f"'{path}' cannot be opened as a raster; give a file that GDAL reads.")
    return dataset


def frame_of(dataset: gdal.Dataset) -> Frame:
    """Return where an opened raster lies."""
    return Frame(horizontal(dataset.GetProjection()), dataset.GetGeoTransform())


def read_window(dataset: gdal.Dataset, col: int, row: int, cols: int, rows: int) -> np.ndarray:
    """Return all bands in a window, `(bands, rows, cols)`."""
    data = dataset.ReadRaster(col, row, cols, rows, buf_type=gdal.GDT_Float64)
    return np.frombuffer(data, np.float64).reshape(dataset.RasterCount, rows, cols).copy()


def read_values(dataset: gdal.Dataset) -> np.ndarray:
    """Return all bands of an opened raster, `(bands, rows, cols)`."""
    return read_window(dataset, 0, 0, dataset.RasterXSize, dataset.RasterYSize)


def read_all(path: Path | str) -> np.ndarray:
    """Return all bands of a raster."""
    return read_values(open_raster(path))


def write_raster(
    path: Path, values: np.ndarray, frame: Frame, names: tuple[str, ...] = (), data_type: str = "UInt16"
) -> Path:
    """Write a tiled, compressed GeoTIFF and return its path."""
    bands, rows, cols = values.shape
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PHOTOMETRIC=MINISBLACK"]
    driver, kind = gdal.GetDriverByName("GTiff"), gdal.GetDataTypeByName(data_type)
    dataset = driver.Create(str(path), cols, rows, bands, kind, options)
    if dataset is None:
        raise OutputError(f"'{path}' cannot be written; check that the folder exists and has room.")
    dataset.SetProjection(frame.crs_wkt)
    dataset.SetGeoTransform(frame.geotransform)
    other = gdal.GCI_GrayIndex if bands == 1 else gdal.GCI_Undefined
    for index, band_values in enumerate(np.ascontiguousarray(values, np.float64), start=1):
        band = dataset.GetRasterBand(index)
        band.WriteRaster(0, 0, cols, rows, band_values.tobytes(), buf_type=gdal.GDT_Float64)
        if index <= len(names):
            band.SetDescription(names[index - 1])
            band.SetColorInterpretation(COLOURS.get(names[index - 1], other))
    dataset.FlushCache()
    return path


def on_grid_of(path: Path | str, like: Path | str) -> np.ndarray:
    """Return a raster brought onto the grid of another one by cubic interpolation."""
    target = open_raster(like)
    return on_grid(path, frame_of(target), target.RasterXSize, target.RasterYSize)


def on_grid(path: Path | str, frame: Frame, cols: int, rows: int) -> np.ndarray:
    """Return a raster brought by cubic interpolation onto a grid of `rows` x `cols` pixels in a frame."""
    source = open_raster(path)
    target = gdal.GetDriverByName("MEM").Create("", cols, rows, source.RasterCount, gdal.GDT_Float64)
    target.SetProjection(frame.crs_wkt)
    target.SetGeoTransform(frame.geotransform)
    # "Near" and "cubic" agree where the pixels of both grids coincide, so nested rasters stay as they are.
    gdal.ReprojectImage(source, target, horizontal(source.GetProjection()), frame.crs_wkt, gdal.GRA_Cubic)
    return read_window(target, 0, 0, cols, rows)
