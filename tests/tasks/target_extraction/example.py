"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.target_extraction.options import TargetOptions
from rsfusion_qgis.tasks.target_extraction.roles import METHOD
from rsfusion_qgis.tasks.target_extraction.task import TASK
from tests.tasks.target_extraction import scenes


def example(folder: Path, method: str) -> Job:
    """Heights of the surface, the ground, and an optical image of 108 x 112 pixels, with a majority filter."""
    inputs = scenes.write(folder, scenes.town())
    taken = {role: inputs[role] for role in ("lidar", "dtm", "optical")}
    return Job(TASK, taken, method=METHOD, options=TargetOptions(majority=1))
