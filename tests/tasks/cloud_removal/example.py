"""A small job for the checks that every task goes through, see `tests.contract.test_tasks`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rsfusion_qgis.core.engine.job import Job
from tests.tasks.cloud_removal.cloud_files import fields
from tests.tasks.cloud_removal.cloud_jobs import job, write_optical, written_scene


def example(folder: Path, method: str) -> Job:
    """Two clouds over 80 x 96 pixels: with a tiny network and a forest, or with an earlier image."""
    scene = written_scene(folder)
    if method in ("", "forest", "mean"):
        made = job(scene, wishes={"learn_from_scene": "auto"})
        return replace(made, method=method, model=made.model if not method else "")
    earlier = fields(seed=6)
    clear = write_optical(folder / "earlier.tif", earlier["optical"] * 0.8 + 100, nodata=0)
    return replace(job(scene, inputs={"clear": clear}, wishes={"learn_from_scene": "auto"}), method=method, model="")
