"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.sentinel2_sharpening.options import SharpeningOptions
from rsfusion_qgis.tasks.sentinel2_sharpening.task import TASK
from tests.rasters import grid_transform, scene, write_raster

NAMES = {10: ("B2", "B3", "B4", "B8"), 20: ("B5", "B6", "B7", "B8A", "B11", "B12"), 60: ("B1", "B9")}
SIDE_M = 1200


def example(folder: Path, method: str) -> Job:
    """All bands of 120 x 120 pixels of 10 m."""
    inputs = {}
    for metres, names in NAMES.items():
        place, side = grid_transform(metres), SIDE_M // metres
        values = 4000 * scene(len(names), side, side, place, metres)
        path = folder / f"b{metres}.tif"
        inputs[f"b{metres}"] = write_raster(path, values, place, nodata=0, descriptions=names)
    return Job(TASK, inputs, method=method, options=SharpeningOptions())
