"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.task import TASK
from tests.tasks.segmentation import scenes


def example(folder: Path, method: str) -> Job:
    """Four rasters of 100 x 110 pixels, with a majority filter; a tiny network where there is no method."""
    inputs = scenes.write(folder, scenes.flood())
    radar = ("sar", "sar_before")
    every = dict.fromkeys(("", "class_change", "irmad"), tuple(inputs))
    wanted = {**every, "otsu": radar, "logratio": radar}.get(method, ("optical", "optical_before"))
    model = str(scenes.save(folder / "water.onnx")) if method in ("", "class_change") else ""
    taken = {role: inputs[role] for role in wanted}
    return Job(TASK, taken, model=model, method=method, options=SegmentOptions(majority=1))
