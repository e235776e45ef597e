"""The fusion tasks, one file each. A new one is a file with a `TaskSpec` and its place in `TASKS`."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.engine.task_spec import RoleSpec, TaskSpec
from ..core.networks import card
from .cloud_removal.task import CLOUD_REMOVAL
from .land_cover.task import CLASSIFICATION
from .pansharpening.task import PANSHARPENING

TASKS = (PANSHARPENING, CLASSIFICATION, CLOUD_REMOVAL)

CARD_ROLES: Mapping[str, card.CardRoles] = {
    # The extension has no word for pansharpening: finer pixels from coarser ones is its nearest.
    "pansharpening": card.CardRoles(("pan", "ms"), (card.RATIO_ROLE,), "super-resolution"),
    "cloud_removal": card.CardRoles(("optical", "cloudmask"), ("sar", "clear"), "generative"),
    "classification": card.CardRoles((), ("hs", "lidar", "intensity", "ms", "sar"), "semantic-segmentation"),
}
"""What a network's card may say, by the task's name in cards."""

card.register(lambda: CARD_ROLES)

__all__ = ["TASKS", "RoleSpec", "TaskSpec", "task_by_id"]


def task_by_id(task_id: str) -> TaskSpec:
    """The task of that id; KeyError when there is none."""
    found = {task.id: task for task in TASKS}
    return found[task_id]
