"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions, NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests import onnx_files
from tests.rasters import make_pan_ms


def example(folder: Path, method: str) -> Job:
    """A PAN of 120 x 136 pixels and an MS of four bands, by a tiny network or a classical method."""
    pan, ms = make_pan_ms(folder, rows=30, cols=34, nodata=0)
    rasters = {"pan": pan, "ms": ms}
    if method:
        return Job(TASK, rasters, method=method, options=MethodOptions())
    return Job(TASK, rasters, model=str(onnx_files.save(folder / "detail.onnx")), options=NetworkOptions())
