"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from tests.tasks.cloud_removal.cloud_jobs import job, written_scene


def example(folder: Path, method: str) -> Job:
    """Two clouds over 80 x 96 pixels, a tiny network, and a forest where scikit-learn is there."""
    return job(written_scene(folder), wishes={"learn_from_scene": "auto"})
