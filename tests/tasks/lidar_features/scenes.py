"""A small town on a hill: terrain, surface and intensity whose every part is known, written as rasters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks import task_by_id
from rsfusion_qgis.tasks.lidar_features.options import LidarOptions
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


def lidar_job(
    output: Path | str, dsm: str, dtm: str = "", intensity: str = "", tile_size: int = 0, policy: str = "warn",
    extent: tuple[float, float, float, float] | None = None, **options: Any,
) -> Job:  # fmt: skip
    """A job; what is not named here is an option."""
    rasters = {"dsm": dsm, "dtm": dtm, "intensity": intensity}
    return Job(
        task_by_id("lidar_features"), {role: path for role, path in rasters.items() if path}, str(output),
        method="lidarfeatures", options=LidarOptions(**options), policy=policy, extent=extent, tile_size=tile_size,
    )  # fmt: skip


def computed(tmp_path: Path, dsm: str, name: str = "out.tif", **job: Any) -> Result:
    """Run with a result in the test's folder."""
    return run(lidar_job(tmp_path / name, dsm, **job))


def sentences(done: Result) -> list[str]:
    """What was said about the rasters."""
    return [finding.sentence for finding in done.findings]


def warnings(done: Result) -> int:
    """How many of these are warnings."""
    return sum(finding.severity == "warning" for finding in done.findings)
