"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.regression.task import TASK
from tests.tasks.land_cover import classifier_files as rasters
from tests.tasks.regression import network_files


def example(folder: Path, method: str) -> Job:
    """Two rasters of 100 x 110 pixels and a tiny estimate."""
    hs, height = rasters.fields(100, 110)
    inputs = {
        "hs": rasters.write_hs(folder / "hs.tif", hs, nodata=-9999.0),
        "lidar": rasters.write_lidar(folder / "lidar.tif", height, nodata=-9999.0),
    }
    return Job(TASK, inputs, model=str(network_files.save(folder / "estimate.onnx")))
