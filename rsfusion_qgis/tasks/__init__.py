"""The fusion tasks, a folder each: found by walking, never listed.

A task is a package here, or in a folder of `RSFUSION_TASKS` (an environment variable of folders, as PATH), whose module
`task` has a `TASK`; a folder without that module is none. A module `example` with an `EXAMPLE` makes
data to try it on. Nothing outside that folder knows its name. One that cannot be used is left out and told of, and
takes nothing else with it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from ..core.engine.alignment_example import EXAMPLE as ALIGNMENT
from ..core.engine.contract import Task
from ..core.engine.example import Example
from ..core.engine.options import options_of
from ..core.networks import card_tasks
from ..core.networks.tensor_form import GAINS_ROLE, RATIO_ROLE

FOLDERS_VARIABLE = "RSFUSION_TASKS"
ALIGNMENT_ID = "alignment"
"""The example that belongs to no task."""


def all_tasks() -> tuple[Task, ...]:
    """The tasks, in the order of their ids."""
    return discovered()[0]


@lru_cache(maxsize=1)
def examples() -> Mapping[str, Example]:
    """The generated data that a folder brings, with or without a task in it, by the folder's name.

    Raises whatever an example that is not made well leads to.
    """
    found = {ALIGNMENT_ID: ALIGNMENT}
    for folder, package in _packages("example"):
        found[folder.name] = importlib.import_module(f"{package}.example").EXAMPLE
    return {name: found[name] for name in sorted(found)}


def faults() -> tuple[str, ...]:
    """A sentence about every folder whose task cannot be used."""
    return discovered()[1]


def task_by_id(task_id: str) -> Task:
    """The task of that id; KeyError when there is none."""
    return {task.id: task for task in all_tasks()}[task_id]


def card_roles() -> Mapping[str, card_tasks.CardRoles]:
    """What a network's card may say, by the task's name in cards."""
    return {task.card_task: _card_roles(task) for task in all_tasks() if task.card_task}


def _card_roles(task: Task) -> card_tasks.CardRoles:
    needed = tuple(role.name for role in task.inputs if role.required or role.derived)
    optional = [role.name for role in task.inputs if role.name not in needed]
    numbers = [RATIO_ROLE] if task.derives_ratio else []
    numbers += [GAINS_ROLE] if task.gains else []
    return card_tasks.CardRoles(needed, (*optional, *numbers), task.mlm_task)


@lru_cache(maxsize=1)
def discovered() -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """The tasks in the order of their ids, and sentences about the folders that cannot be used."""
    found: dict[str, Task] = {}
    taken: dict[str, str] = {}
    told: list[str] = []
    for folder, package in _packages("task"):
        try:
            task = _loaded(folder, package)
            for name in _public_names(task):
                if name in taken:
                    raise ValueError(f"{name} is that of the task {taken[name]}")
        except Exception as error:  # whatever it is, it must not take the other tasks with it
            told.append(unusable(folder, error))
            continue
        found[task.id] = task
        taken.update(dict.fromkeys(_public_names(task), task.id))
    return tuple(found[task_id] for task_id in sorted(found)), tuple(told)


def unusable(what: object, error: Exception) -> str:
    """The sentence about a task that was left out."""
    words = " ".join(str(error).split()).rstrip(".")
    return f"The task in '{what}' cannot be used ({type(error).__name__}: {words}); correct it, or take it away."


def _packages(module: str) -> Iterator[tuple[Path, str]]:
    """(folder, dotted name) of every package that has such a module."""
    yield from _inside(Path(__file__).parent, f"{__name__}.", module)
    for text in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep):
        if text:
            if text not in sys.path:
                sys.path.append(text)
            yield from _inside(Path(text), "", module)


def _inside(parent: Path, prefix: str, module: str) -> Iterator[tuple[Path, str]]:
    for file in sorted(parent.glob(f"*/{module}.py")):
        if (file.parent / "__init__.py").is_file():
            yield file.parent, prefix + file.parent.name


def _loaded(folder: Path, package: str) -> Task:
    module = importlib.import_module(f"{package}.task")
    if not Path(str(module.__file__)).resolve().is_relative_to(folder.resolve()):
        raise ImportError(f"a package named {package} was loaded from '{module.__file__}' before")
    task = module.TASK
    if not isinstance(task, Task):
        raise TypeError(f"TASK is a {type(task).__name__}, expected a Task")
    _card_roles(task)
    for algorithm in task.algorithms:
        options_of(algorithm.options)
    return task


def _public_names(task: Task) -> tuple[str, ...]:
    """What no other task may be called."""
    algorithms = (one.text.id for one in task.algorithms)
    cards = [f"the name {task.card_task} in cards"] if task.card_task else []
    return (f"the id {task.id}", *cards, *(f"the algorithm {one}" for one in algorithms))


card_tasks.register(card_roles)
