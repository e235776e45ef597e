"""Of which tasks a model card may be, and which roles it may then have.

Which tasks there are, and with which roles, whoever knows the tasks says with `register`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Callable

from ..basics import field_checks as check


@dataclass(frozen=True)
class CardRoles:
    """What a card of one task may say.

    needed, optional: roles that a network of the task must take, and those that it may take besides; where none is
        needed, one of the optional ones is.
    mlm_task: the nearest word that the STAC extension has for the task.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...]
    mlm_task: str


Tasks = Mapping[str, CardRoles]
"""Name of a task, as cards have it -> what such a card may say."""


def _no_tasks() -> Tasks:
    return {}


_lookup: Callable[[], Tasks] = _no_tasks


def register(lookup: Callable[[], Tasks]) -> None:
    """Have the tasks looked up there from now on, whenever a card is made."""
    global _lookup
    _lookup = lookup


def known_tasks() -> Tasks:
    """The tasks that a card may be of."""
    return _lookup()


def task_roles(task: str) -> CardRoles | None:
    """What a card of that task may say; None where the task is unknown."""
    return known_tasks().get(task)


def require_task(task: str) -> CardRoles:
    """What a card of that task may say; raises ModelError where the task is unknown."""
    tasks = known_tasks()
    check.require_choice("task", task, tuple(tasks))
    return tasks[task]
