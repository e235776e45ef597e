"""Where the shipped models and resources lie, in a checkout and in the installed plugin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def zoo_folders() -> tuple[Path, ...]:
    """Return the folders of the shipped ONNX files with their cards: one for each task that ships networks."""
    return tuple(sorted(_shipped("models").glob("*/zoo")))


def shipped_networks() -> tuple[Path, ...]:
    """Return the shipped ONNX files, in the order of their names."""
    own = PACKAGE.glob("tasks/*/*.onnx")  # those that a task uses unasked, which are in no list
    return tuple(sorted((*own, *(p for folder in zoo_folders() for p in folder.glob("*.onnx"))), key=lambda p: p.name))


def resources_folder() -> Path:
    """Return the folder of icons and styles."""
    return _shipped("resources")


def help_page(algorithm: str) -> str:
    """Return the file that explains an algorithm, with the place in it behind a #; the first page where it has none."""
    folder = _shipped("help") if (PACKAGE / "help").is_dir() else PACKAGE.parent / "build" / "help"
    index = folder / "algorithms.json"
    pages = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else {}
    if algorithm in pages:
        return str(folder / pages[algorithm])
    first = (folder / "index.html", folder / "index.md", PACKAGE.parent / "README.md", PACKAGE / "README.md")
    return str(next((page for page in first if page.is_file()), first[-1]))


def training_folders() -> tuple[Path, Path]:
    """Return the folders that a Python which trains must have on its path: of the recipes, and of this package."""
    return _shipped("models").parent, PACKAGE.parent


def list_models(folders: Iterable[str | Path]) -> tuple[tuple[str, Path], ...]:
    """Return (id, path) of all ONNX files that lie in the folders, sorted by id.

    The id is the file's stem; where an earlier folder has the same one, the id is `<folder>/<stem>` with as
    many parent folders as it takes, so that a user's file never silently takes the place of a shipped one.
    Folders that do not exist are empty.
    """
    found: dict[str, Path] = {}
    for folder in map(Path, folders):
        for path in sorted(folder.glob("*.onnx")) if folder.is_dir() else ():
            if path.is_file() and path not in found.values():
                found[_free_id(path, found)] = path
    return tuple(sorted(found.items()))


def _free_id(path: Path, taken: Mapping[str, Path]) -> str:
    parts = path.with_suffix("").parts
    names = ("/".join(parts[-depth:]) for depth in range(1, len(parts) + 1))
    return next((name for name in names if name not in taken), str(path))


def _shipped(relative: str) -> Path:
    """Return the folder inside the package (installed plugin), else beside it (checkout)."""
    inside = PACKAGE / relative
    beside = PACKAGE.parent / relative
    return beside if beside.is_dir() and not inside.is_dir() else inside
