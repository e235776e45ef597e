"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK
from tests.tasks.hyperspectral_sharpening.scenes import write_scene


def example(folder: Path, method: str) -> Job:
    """12 bands of 30 x 32 pixels of 30 m, and a guide of three bands of 10 m."""
    inputs = write_scene(folder, rows=30, cols=32, bands=12, nodata=-999)
    return Job(TASK, inputs, method=method, options=HyperspectralOptions(), policy="warn")
