"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.land_cover.options import ClassOptions
from rsfusion_qgis.tasks.land_cover.task import TASK
from tests.tasks.land_cover import classifier_files as files


def example(folder: Path, method: str) -> Job:
    """Two rasters of 100 x 110 pixels and a tiny classifier, with a majority filter."""
    hs, height = files.fields(100, 110)
    model = files.save(folder / "classifier.onnx")
    inputs = {
        "hs": files.write_hs(folder / "hs.tif", hs, nodata=-9999.0),
        "lidar": files.write_lidar(folder / "lidar.tif", height, nodata=-9999.0),
    }
    return Job(TASK, inputs, model=str(model), options=ClassOptions(majority=2))
