"""Rasters of the demo: reading, writing, bringing onto another grid, and the picture before and after.

Axis order `(bands, rows, cols)`, float64 in memory. Values go through ReadRaster and WriteRaster only, which
work whatever numpy the GDAL bindings were compiled for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

UTM = 32631
GAP_PX = 8
PERCENTILES = (2.0, 98.0)
COLOURS = {"red": gdal.GCI_RedBand, "green": gdal.GCI_GreenBand, "blue": gdal.GCI_BlueBand, "pan": gdal.GCI_GrayIndex}


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
    """Open a raster; raises SystemExit with one sentence where GDAL cannot."""
    try:
        dataset = gdal.Open(str(path))
    except RuntimeError:  # GDAL with exceptions switched on
        dataset = None
    if dataset is None:
        raise SystemExit(f"demo: '{path}' cannot be opened as a raster; give a file that GDAL reads.")
    return dataset


def frame_of(dataset: gdal.Dataset) -> Frame:
    """Return where an opened raster lies."""
    return Frame(dataset.GetProjection(), dataset.GetGeoTransform())


def located(path: Path, cols: int, rows: int, folder: Path) -> Path:
    """Return the raster itself, or, where it has no georeferencing, a VRT that spans `cols` x `rows` metres."""
    dataset = open_raster(path)
    if dataset.GetGeoTransform(can_return_null=True) is not None:
        return path
    vrt = folder / f"{path.stem}_located.vrt"
    corners = [0.0, float(rows), float(cols), 0.0]
    gdal.Translate(str(vrt), dataset, format="VRT", outputSRS=f"EPSG:{UTM}", outputBounds=corners).FlushCache()
    return vrt


def read_window(dataset: gdal.Dataset, col: int, row: int, cols: int, rows: int) -> np.ndarray:
    """Return all bands in a window, `(bands, rows, cols)`."""
    data = dataset.ReadRaster(col, row, cols, rows, buf_type=gdal.GDT_Float64)
    return np.frombuffer(data, np.float64).reshape(dataset.RasterCount, rows, cols).copy()


def read_all(path: Path | str) -> np.ndarray:
    """Return all bands of a raster."""
    dataset = open_raster(path)
    return read_window(dataset, 0, 0, dataset.RasterXSize, dataset.RasterYSize)


def write_raster(
    path: Path, values: np.ndarray, frame: Frame, names: tuple[str, ...] = (), data_type: str = "UInt16"
) -> Path:
    """Write a tiled, compressed GeoTIFF and return its path."""
    bands, rows, cols = values.shape
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PHOTOMETRIC=MINISBLACK"]
    driver, kind = gdal.GetDriverByName("GTiff"), gdal.GetDataTypeByName(data_type)
    dataset = driver.Create(str(path), cols, rows, bands, kind, options)
    dataset.SetProjection(frame.crs_wkt)
    dataset.SetGeoTransform(frame.geotransform)
    for index, band_values in enumerate(np.ascontiguousarray(values, np.float64), start=1):
        band = dataset.GetRasterBand(index)
        band.WriteRaster(0, 0, cols, rows, band_values.tobytes(), buf_type=gdal.GDT_Float64)
        if index <= len(names):
            band.SetDescription(names[index - 1])
            band.SetColorInterpretation(COLOURS.get(names[index - 1], gdal.GCI_Undefined))
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
    gdal.ReprojectImage(source, target, source.GetProjection(), frame.crs_wkt, gdal.GRA_Cubic)
    return read_window(target, 0, 0, cols, rows)


def display_bands(dataset: gdal.Dataset) -> tuple[int, int, int]:
    """Return the bands (from 0) to show as red, green and blue."""
    kinds = [dataset.GetRasterBand(i + 1).GetColorInterpretation() for i in range(dataset.RasterCount)]
    wanted = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)
    if all(kind in kinds for kind in wanted):
        return tuple(kinds.index(kind) for kind in wanted)  # type: ignore[return-value]
    if len(kinds) >= 8:
        return (4, 2, 1)
    return (2, 1, 0) if len(kinds) >= 3 else (0, 0, 0)


def write_comparison(path: Path, pan: np.ndarray, ms: np.ndarray, fused: np.ndarray, zoom: int) -> None:
    """Write a PNG: pan, interpolated MS and result side by side, MS and result with one common stretch.

    All are `(1 or 3, rows, cols)` of the same place.
    """
    low, high = np.percentile(ms, PERCENTILES, axis=(1, 2), keepdims=True)
    grey = np.percentile(pan, PERCENTILES)
    panels = [_to_bytes(np.repeat(pan, 3, axis=0), *grey), _to_bytes(ms, low, high), _to_bytes(fused, low, high)]
    gap = np.full((3, pan.shape[1], GAP_PX // zoom), 255, np.uint8)
    picture = np.concatenate([panels[0], gap, panels[1], gap, panels[2]], axis=2)
    picture = np.ascontiguousarray(picture.repeat(zoom, axis=1).repeat(zoom, axis=2))
    _, rows, cols = picture.shape
    memory = gdal.GetDriverByName("MEM").Create("", cols, rows, 3, gdal.GDT_Byte)
    memory.WriteRaster(0, 0, cols, rows, picture.tobytes())
    gdal.GetDriverByName("PNG").CreateCopy(str(path), memory).FlushCache()
    Path(f"{path}.aux.xml").unlink(missing_ok=True)


def _to_bytes(values: np.ndarray, low: np.ndarray | float, high: np.ndarray | float) -> np.ndarray:
    span = np.maximum(np.subtract(high, low), 1e-9)
    return np.clip(np.rint((values - low) / span * 255), 0, 255).astype(np.uint8)
