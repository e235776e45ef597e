"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.sar_optical_fusion.options import DetailOptions
from rsfusion_qgis.tasks.sar_optical_fusion.task import TASK
from tests.tasks.sar_optical_fusion import scenes


def example(folder: Path, method: str) -> Job:
    """SAR of 96 x 104 pixels and an optical image with pixels twice as large."""
    files = scenes.write(folder)
    return Job(TASK, {role: files[role] for role in ("optical", "sar")}, method=method, options=DetailOptions())
