"""Where the shipped models and resources lie, in a checkout and in the installed plugin."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def zoo_folder() -> Path:
    """Return the folder of the shipped ONNX files with their cards."""
    return _shipped("models/zoo")


def resources_folder() -> Path:
    """Return the folder of icons and styles."""
    return _shipped("resources")


def list_models(folders: Iterable[str | Path]) -> tuple[tuple[str, Path], ...]:
    """Return (id, path) of all ONNX files that lie in the folders, sorted by id.

    The id is the file's stem; where an earlier folder has the same one, the id is `<folder>/<stem>`, so
    that a user's file never silently takes the place of a shipped one. Folders that do not exist are empty.
    """
    found: dict[str, Path] = {}
    for folder in map(Path, folders):
        for path in sorted(folder.glob("*.onnx")) if folder.is_dir() else ():
            identifier = path.stem if path.stem not in found else f"{folder.name}/{path.stem}"
            if path.is_file():
                found.setdefault(identifier, path)
    return tuple(sorted(found.items()))


def _shipped(relative: str) -> Path:
    """Return the folder inside the package (installed plugin), else beside it (checkout)."""
    inside = PACKAGE / relative
    beside = PACKAGE.parent / relative
    return beside if beside.is_dir() and not inside.is_dir() else inside
