"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK
from tests.tasks.spatiotemporal_fusion.scenes import write_series


def example(folder: Path, method: str) -> Job:
    """160 x 160 pixels of two bands: one pair, two where the method needs them."""
    days = (200, 232) if method == "estarfm" else (200,)
    inputs, _ = write_series(folder, days, (*days, 216))
    return Job(TASK, inputs, method=method, options=FusionOptions(target_date="2016-08-03"))
