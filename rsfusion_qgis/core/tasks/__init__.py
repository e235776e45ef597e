"""The fusion tasks, one file each. A new one is a file with a `TaskSpec` and its place in `TASKS`."""

from __future__ import annotations

from .classification import CLASSIFICATION
from .cloud_removal import CLOUD_REMOVAL
from .pansharpening import PANSHARPENING
from .task_spec import RoleSpec, TaskSpec

TASKS = (PANSHARPENING, CLASSIFICATION, CLOUD_REMOVAL)

__all__ = ["TASKS", "RoleSpec", "TaskSpec", "task_by_id"]


def task_by_id(task_id: str) -> TaskSpec:
    """The task of that id; KeyError when there is none."""
    found = {task.id: task for task in TASKS}
    return found[task_id]
