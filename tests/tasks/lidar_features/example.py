"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks import task_by_id
from tests.rasters import grid_transform, write_raster

NODATA = -9999.0


def example(folder: Path, method: str) -> Job:
    """Houses on a slope, 110 x 130 pixels of 0.5 m: surface, terrain, intensity."""
    rng = np.random.default_rng(4)
    row, col = np.mgrid[0:110, 0:130]
    ground = 300 + 0.03 * col + np.sin(row / 25)
    above = np.where((row // 22 % 2) & (col // 26 % 2), 6.0, 0.0) + rng.uniform(0, 0.05, row.shape)
    rasters = {"dsm": ground + above, "dtm": ground, "intensity": rng.uniform(0, 255, row.shape)}
    place = grid_transform(0.5)
    inputs = {role: write_raster(folder / f"{role}.tif", values[None], place, dtype="Float32", nodata=NODATA)
              for role, values in rasters.items()}  # fmt: skip
    task = task_by_id("lidar_features")
    return Job(task, inputs, method=method or task.faces[0].text.id, options=task.faces[0].options())
