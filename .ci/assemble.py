"""Put the plugin together in build/rsfusion_qgis as QGIS loads it: code, networks, resources, texts, help pages.

Only files whose content differs are written, and files that are gone from the sources are removed, so a
running QGIS keeps its compiled modules and nothing old stays behind.

    python3 .ci/assemble.py
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

from docs import help_folder

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "rsfusion_qgis"
TEXTS = ("metadata.txt", "LICENSE", "CHANGELOG.md", "README.md")
TREES = {
    "rsfusion_qgis": ".", "resources": "resources", "models/zoo": "models/zoo",
    "models/architectures": "models/architectures", "models/recipes/classification": "models/recipes/classification",
}  # fmt: skip
# What a training inside QGIS needs of the recipes.
MODULES = ("__init__", "export", "parity", "rebuild", "recipes/child", "recipes/adaptation", "recipes/adaptation_data",
           "recipes/adaptation_losses", "recipes/adaptation_mix", "recipes/adaptation_scores",
           "recipes/adaptation_writing", "recipes/back_projection")  # fmt: skip
# The pictures and the guides of the tasks are among the help pages.
LEFT_OUT = ("__pycache__", ".pytest_cache", ".ruff_cache", "images", "guide.md")
# A network's card is inside its ONNX file; the STAC item beside it is for catalogues, and the plugin
# repository's scanner takes its checksum for a secret.
LEFT_OUT_ENDINGS = (".pyc", ".pyo", ".aux.xml", ".partial", ".gitkeep", ".json")


def sources() -> Iterator[tuple[Path, Path]]:
    """Yield (file, its place inside the plugin's folder)."""
    for name in TEXTS:
        if (ROOT / name).is_file():
            yield ROOT / name, Path(name)
    for name in MODULES:
        yield ROOT / "models" / f"{name}.py", Path("models") / f"{name}.py"
    for tree, place in TREES.items():
        for file in sorted((ROOT / tree).rglob("*")):
            inside = file.relative_to(ROOT / tree)
            hidden = any(part.startswith(".") or part in LEFT_OUT for part in inside.parts)
            if file.is_file() and not hidden and not file.name.endswith(LEFT_OUT_ENDINGS):
                yield file, Path(place) / inside
    pages = help_folder()
    for file in sorted(pages.rglob("*")):
        if file.is_file():
            yield file, Path("help") / file.relative_to(pages)


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
