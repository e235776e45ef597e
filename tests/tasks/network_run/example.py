"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.tensor_form import TensorForm
from rsfusion_qgis.tasks.network_run.task import TASK
from tests.exports import joined_shares, save_card
from tests.rasters import grid_transform, scene, write_raster


def example(folder: Path, method: str) -> Job:
    """Two rasters of 96 x 104 pixels in one tensor, and two shares that come out."""
    here = grid_transform(10.0)
    paths = {name: write_raster(folder / f"{name}.tif", 1000 * scene(bands, 96, 104, here, 10.0, seed), here,
                                nodata=0) for name, bands, seed in (("raster1", 3, 1), ("raster2", 1, 2))}  # fmt: skip
    tensor = TensorForm("x")
    inputs = (InputSpec("a", "raster1", tuple(map(Band, "abc")), tensor=tensor),
              InputSpec("b", "raster2", (Band("height"),), required=False, tensor=tensor))  # fmt: skip
    card = ModelCard("shares", TASK.card_task, inputs, (OutputSpec("y", bands=(Band("soil"), Band("tree"))),), halo=1,
                     ratio_range=(0.1, 10.0))  # fmt: skip
    model = save_card(folder / "shares.onnx", joined_shares(4, 2), card)
    return Job(TASK, paths, model=str(model))
