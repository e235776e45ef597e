"""Which networks can be chosen: those shipped with the plugin and those in the user's own folder.

A network is known by the id that `shipped_files.list_models` gives it, its file's stem, because what stands in
models and command lines must outlive upgrades.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..core.basics.errors import InputError, ModelError
from ..core.basics.shipped_files import list_models, zoo_folders
from .settings import user_zoo_folder


def networks(task: str = "") -> dict[str, Path]:
    """Return the networks for a task ("" = for any), by id; the shipped ones come first.

    A file whose card cannot be read is listed as well: choosing it gives the sentence that says what its
    card lacks.
    """
    shipped = zoo_folders()
    listed = [(name, path) for name, path in list_models((*shipped, user_zoo_folder())) if _serves(path, task)]
    return dict(sorted(listed, key=lambda entry: entry[1].parent not in shipped))


def ships_networks(task: str) -> bool:
    """Return whether the plugin brings a network for a task; those for classification are trained by their users."""
    return any(path.parent in zoo_folders() for path in networks(task).values())


def find_network(task: str, name: str, own_file: str) -> Path:
    """Return the file that MODEL or MODEL_FILE points to; MODEL_FILE wins where both are given.

    Raises
    ------
    InputError : neither names a network.
    """
    if own_file:
        return _existing_file("MODEL_FILE", own_file)
    known = networks(task)
    if name in known:
        return known[name]
    if name.lower().endswith(".onnx"):
        return _existing_file("MODEL", name)
    if not name and not known:
        raise InputError(
            f"No network is given, but {task} needs one; give the .onnx file that a training wrote as MODEL_FILE, or "
            f"put it into the folder {user_zoo_folder()}."
        )
    choice = ", ".join(known) or "none"
    raise InputError(
        f"MODEL is '{name}', but the networks found here are: {choice}; choose one of them, give the path of "
        f"an .onnx file, or put the file into the folder {user_zoo_folder()}."
    )


def _existing_file(parameter: str, text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise InputError(f"{parameter} is '{text}', but there is no such file; give the path of an .onnx file.")
    return path


def _serves(path: Path, task: str) -> bool:
    try:
        return not task or _task_of(path, path.stat().st_mtime_ns) in ("", task)
    except OSError:  # it has gone meanwhile, or cannot be read
        return False


@lru_cache(maxsize=256)
def _task_of(path: Path, changed_ns: int) -> str:
    """Return the task in the file's card, or "" where the card cannot be read."""
    from ..core.networks.card_files import read_card

    try:
        return read_card(path).task
    except (ModelError, OSError):
        return ""
