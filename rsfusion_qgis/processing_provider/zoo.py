"""Which networks can be chosen: those shipped with the plugin and those in the user's own folder.

A network is known by its file's stem, because names in models and command lines must outlive upgrades.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..core.errors import InputError, ModelError
from ..core.paths import zoo_folder
from .settings import user_zoo_folder

OWN = " (own)"


def networks(task: str = "") -> dict[str, Path]:
    """Return the networks for a task ("" = for any), by name; the shipped ones come first.

    An own network that bears the name of a shipped one gets " (own)" behind its name. A file whose card
    cannot be read is listed as well: choosing it gives the sentence that says what its card lacks.
    """
    found = {path.stem: path for path in _onnx_files(zoo_folder()) if _serves(path, task)}
    for path in _onnx_files(user_zoo_folder()):
        if _serves(path, task):
            found[path.stem + OWN if path.stem in found else path.stem] = path
    return found


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


def _onnx_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.onnx")) if folder.is_dir() else []


def _serves(path: Path, task: str) -> bool:
    return not task or _task_of(path, path.stat().st_mtime_ns) in ("", task)


@lru_cache(maxsize=256)
def _task_of(path: Path, changed_ns: int) -> str:
    """Return the task in the file's card, or "" where the card cannot be read."""
    from ..core.model_card import read_card

    try:
        return read_card(path).task
    except (ModelError, OSError):
        return ""
