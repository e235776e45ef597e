"""The fusion tasks, one file each. A new one is a file with a `TaskSpec` and its place in `TASKS`."""

from __future__ import annotations

from ..core.engine.task_spec import RoleSpec, TaskSpec
from .cloud_removal.task import CLOUD_REMOVAL
from .land_cover.task import CLASSIFICATION
from .pansharpening.task import PANSHARPENING

TASKS = (PANSHARPENING, CLASSIFICATION, CLOUD_REMOVAL)

__all__ = ["TASKS", "RoleSpec", "TaskSpec", "task_by_id"]


def task_by_id(task_id: str) -> TaskSpec:
    """The task of that id; KeyError when there is none."""
    found = {task.id: task for task in TASKS}
    return found[task_id]
