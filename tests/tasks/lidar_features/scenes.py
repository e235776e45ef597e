"""A small town on a hill: terrain, surface and intensity whose every part is known, written as rasters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rsfusion_qgis.tasks.lidar_features.job import LidarJob
from rsfusion_qgis.tasks.lidar_features.run import LidarResult, run
from tests.rasters import grid_transform, write_raster

NODATA = -9999.0
PIXEL_M = 0.5


def terrain(rows: int = 150, cols: int = 170) -> np.ndarray:
    """Ground that rises to the east by one in twenty, with a swell: float32 (rows, cols), metres."""
    row, col = np.mgrid[0:rows, 0:cols] * PIXEL_M
    return (300 + 0.05 * col + 1.5 * np.sin(row / 40)).astype(np.float32)


def surface(rows: int = 150, cols: int = 170, holes: bool = True, seed: int = 0) -> np.ndarray:
    """The terrain with three houses, rough trees, noise, and, where wished, pixels without data (NaN)."""
    rng = np.random.default_rng(seed)
    z = terrain(rows, cols) + rng.normal(0, 0.02, (rows, cols)).astype(np.float32)
    for row, col, height in ((20, 30, 4.0), (70, 90, 9.0), (110, 20, 6.0)):
        z[row : row + 24, col : col + 30] += height
    z[30:60, 120:150] += rng.uniform(2, 9, (30, 30)).astype(np.float32)
    if holes:
        z[rng.random(z.shape) < 0.01] = np.nan
        z[90:104, 60:75] = np.nan
        z[:5, :7] = np.nan
    return z


def write(path: Path, values: np.ndarray, pixel_m: float = PIXEL_M, **how: Any) -> str:
    """One band with NaN as -9999, in UTM where nothing else is said."""
    geotransform = how.pop("geotransform", grid_transform(pixel_m))
    filled = np.where(np.isnan(values), NODATA, values)
    return write_raster(path, filled[None], geotransform, **{"dtype": "Float32", "nodata": NODATA, **how})


def computed(tmp_path: Path, dsm: str, name: str = "out.tif", **job: Any) -> LidarResult:
    """Run with a result in the test's folder."""
    return run(LidarJob(dsm=dsm, output=str(tmp_path / name), **job))
