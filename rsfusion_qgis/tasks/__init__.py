"""The fusion tasks, a folder each: found by walking, never listed.

A task is a package here, or in a folder of `RSFUSION_TASKS` (an environment variable of folders, as PATH), whose module
`task` has a `TASK`. Nothing outside that folder knows its name.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..core.engine.contract import Task
from ..core.networks import card

FOLDERS_VARIABLE = "RSFUSION_TASKS"


@lru_cache(maxsize=1)
def all_tasks() -> tuple[Task, ...]:
    """The tasks, in the order of their ids."""
    return tuple(sorted(_found(), key=lambda task: task.id))


def task_by_id(task_id: str) -> Task:
    """The task of that id; KeyError when there is none."""
    return {task.id: task for task in all_tasks()}[task_id]


def card_roles() -> Mapping[str, card.CardRoles]:
    """What a network's card may say, by the task's name in cards."""
    return {task.card_task: _card_roles(task) for task in all_tasks() if task.card_task}


def _card_roles(task: Task) -> card.CardRoles:
    needed = tuple(role.name for role in task.inputs if role.required or role.derived)
    optional = [role.name for role in task.inputs if role.name not in needed]
    ratio = [card.RATIO_ROLE] if task.derives_ratio else []
    return card.CardRoles(needed, (*optional, *ratio), task.mlm_task)


def _found() -> Iterator[Task]:
    for package in pkgutil.iter_modules(__path__):
        if package.ispkg and importlib.util.find_spec(f"{__name__}.{package.name}.task"):
            yield importlib.import_module(f"{__name__}.{package.name}.task").TASK
    for folder in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep):
        if folder:
            if folder not in sys.path:
                sys.path.append(folder)
            for package in pkgutil.iter_modules([folder]):
                if package.ispkg:
                    yield importlib.import_module(f"{package.name}.task").TASK


card.register(card_roles)
