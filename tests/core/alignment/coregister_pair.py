"""A pair to coregister whose truth is known: one texture, sampled at the pixel centres of two grids.

The secondary's grid is then said to lie elsewhere than where it was sampled.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import numpy as np
from osgeo import gdal
from scipy import ndimage

from rsfusion_qgis.core.alignment.coregister import CoregisterJob
from rsfusion_qgis.core.alignment.registration import RegistrationJob, register
from rsfusion_qgis.core.alignment.shift.residual_shift import Search
from tests.rasters import write_raster

X0, Y0, PIXEL_M = 500000.0, 5000000.0, 5.0
Place = Callable[[np.ndarray, np.ndarray], "tuple[np.ndarray, np.ndarray]"]


def texture(size: int, seed: int = 0) -> np.ndarray:
    """Smoothed noise with structure of many sizes, UInt16's range; (size, size) float64."""
    noise = np.random.default_rng(seed).standard_normal((3, size, size))
    layers = [ndimage.gaussian_filter(n, s) / ndimage.gaussian_filter(n, s).std() for n, s in zip(noise, (1.5, 3, 8))]
    return 2000 + 150 * sum(layers)


GROUND = texture(620)
MARGIN = 60


def sampled(rows: int, cols: int, pixel: float = 1.0, place: Place = lambda c, r: (c, r), bands: int = 1) -> np.ndarray:
    """The ground, (bands, rows, cols), at the centres of pixels `pixel` reference pixels wide; `place` says where the
    ground is that the pixel at reference position (c, r) shows."""
    row, col = (np.mgrid[0:rows, 0:cols] + 0.5) * pixel
    c, r = place(col, row)
    ground = ndimage.gaussian_filter(GROUND, 0.5 * pixel) if pixel > 1 else GROUND
    values = ndimage.map_coordinates(ground, [r - 0.5 + MARGIN, c - 0.5 + MARGIN], order=3)
    return np.stack([values * (1 + 0.2 * b) + 100 * b for b in range(bands)])


def north_up(pixel: float = 1.0, cols: float = 0.0, rows: float = 0.0) -> tuple[float, ...]:
    size = PIXEL_M * pixel
    return X0 + cols * PIXEL_M, size, 0.0, Y0 - rows * PIXEL_M, 0.0, -size


def moved(folder: Path, cols: float, rows: float, **how: Any) -> str:
    """The reference's ground on its own grid, whose content lies (cols, rows) reference pixels too far left and up."""
    values = sampled(400, 420, place=lambda c, r: (c + cols, r + rows), bands=how.pop("bands", 1))
    return write_raster(folder / "secondary.tif", values, north_up(), **how)


def job(reference: str, secondary: str, **how: Any) -> CoregisterJob:
    compared = RegistrationJob(reference, secondary, tolerance_px=how.pop("tolerance", 0.2))
    how.setdefault("method", "shift")
    return CoregisterJob(compared, how.pop("output", str(Path(reference).parent / "out.tif")), **how)


def geotransform(path: str) -> tuple[float, ...]:
    return tuple(gdal.Open(path).GetGeoTransform())


def nodata(path: str) -> Any:
    dataset = gdal.Open(path)
    return dataset.GetRasterBand(1).GetNoDataValue()


def remaining(reference: str, path: str) -> float:
    """RMSE between two rasters, measured anew on another mesh than the run's own."""
    estimate = register(RegistrationJob(reference, path, search=Search(mesh=4))).estimate
    assert estimate.confidence > 0.5
    return estimate.rmse


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name not in ("reference.tif", "secondary.tif"))
