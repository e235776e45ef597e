"""Put the plugin together in build/rsfusion_qgis as QGIS loads it: code, networks, resources, texts, help pages.

Only files whose content differs are written, and files that are gone from the sources are removed, so a
running QGIS keeps its compiled modules and nothing old stays behind.

    python3 .ci/assemble.py
"""

from __future__ import annotations

import ast
import filecmp
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from changes import write_shipped

from docs import help_folder

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "rsfusion_qgis"
TEXTS = ("LICENSE", "CHANGELOG.md", "README.md")
TREES = {"rsfusion_qgis": ".", "resources": "resources"}
# The pictures and the guides of the tasks are among the help pages.
LEFT_OUT = ("__pycache__", ".pytest_cache", ".ruff_cache", "guide.md")
PICTURES = Path("resources/images")
# A network's card is inside its ONNX file; the STAC item beside it is for catalogues, and the plugin
# repository's scanner takes its checksum for a secret.
LEFT_OUT_ENDINGS = (".pyc", ".pyo", ".aux.xml", ".partial", ".gitkeep", ".json")


def sources() -> Iterator[tuple[Path, Path]]:
    """Yield (file, its place inside the plugin's folder)."""
    made = write_shipped(ROOT / "metadata.txt", ROOT / "CHANGELOG.md", ROOT / "build" / "metadata.txt")
    yield made, Path("metadata.txt")
    for name in TEXTS:
        if (ROOT / name).is_file():
            yield ROOT / name, Path(name)
    for file in (*trained_by_users(), *sorted((ROOT / "models").glob("*/zoo/*.onnx"))):
        yield file, file.relative_to(ROOT)
    for tree, place in TREES.items():
        for file in sorted((ROOT / tree).rglob("*")):
            inside = file.relative_to(ROOT / tree)
            hidden = any(part.startswith(".") or part in LEFT_OUT for part in inside.parts)
            hidden = hidden or PICTURES in (Path(place) / inside).parents
            if file.is_file() and not hidden and not file.name.endswith(LEFT_OUT_ENDINGS):
                yield file, Path(place) / inside
    pages = help_folder()
    for file in sorted(pages.rglob("*")):
        if file.is_file():
            yield file, Path("help") / file.relative_to(pages)


def trained_by_users() -> list[Path]:
    """Return the modules of `models` that a training inside QGIS needs.

    Such a training is a module, or a package with a `__main__`, that the plugin's code names in a text, as
    "models.land_cover.train"; what it imports comes along, and so do the networks of its task, which are found by their
    names in a card.
    """
    named = {
        node.value for file in (ROOT / "rsfusion_qgis").rglob("*.py") for node in ast.walk(_tree(file))
        if isinstance(node, ast.Constant) and re.fullmatch(r"models(\.\w+)+", str(node.value))
    }  # fmt: skip
    waiting = [file for name in named for file in (*_files(name), *_files(f"{name}.__main__"))]
    tasks = {ROOT.joinpath(*name.split(".")[:2]) for name in named}
    waiting += [net for task in sorted(tasks) for net in sorted((task / "networks").glob("*.py"))]
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [other for name in _imported(file) for other in _files(name)]
    return sorted(found)


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(name: str) -> list[Path]:
    """Return the files that importing a dotted name of `models` reads; the last part may be no module."""
    parts = name.split(".")
    if parts[0] != "models":
        return []
    packages = [ROOT.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts) + 1)]
    return [file for file in (*packages, ROOT.joinpath(*parts).with_suffix(".py"), ROOT.joinpath(*parts[:-1])
                              .with_suffix(".py")) if file.is_file()]  # fmt: skip


def assemble(target: Path = TARGET) -> list[Path]:
    """Bring the folder `target` up to date and return the places of its files."""
    places, changed = [], 0
    for file, place in sources():
        places.append(place)
        copy = target / place
        if not copy.is_file() or not filecmp.cmp(file, copy, shallow=False):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            changed += 1
    known = {target / place for place in places}
    for old in sorted(target.rglob("*")):
        if old.is_file() and old not in known and old.suffix != ".pyc":
            old.unlink()
            changed += 1
    if changed:
        print(f"{changed} files renewed in {target}")
    return places


if __name__ == "__main__":
    assemble()
