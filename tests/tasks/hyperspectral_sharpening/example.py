"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec
from rsfusion_qgis.core.rasters.scaling import Scaling
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK
from tests import onnx_files
from tests.tasks.hyperspectral_sharpening.scenes import write_scene


def example(folder: Path, method: str) -> Job:
    """12 bands of 30 x 32 pixels of 30 m, and a guide of 10 m: three bands, or one for a tiny network."""
    inputs = write_scene(folder, rows=30, cols=32, bands=12, count=3 if method else 1, nodata=-999)
    model = "" if method else str(write_network(folder / "detail.onnx"))
    return Job(TASK, inputs, method=method, model=model, options=HyperspectralOptions(), policy="warn")


def write_network(path: Path) -> Path:
    """The tiny network of `onnx_files` for any number of bands and a guide of one."""
    dataset = Scaling("dataset")
    inputs = InputSpec("hs", "hs", scaling=dataset), InputSpec("guide", "guide", (Band("guide"),), scaling=dataset)
    model = onnx_files.build(names=("hs", "guide", "fused"), with_ratio=False)
    outputs = onnx_files.card().outputs
    return onnx_files.save(path, model, task=TASK.card_task, inputs=inputs,
                           outputs=tuple(type(one)(one.name, "hs") for one in outputs))  # fmt: skip
