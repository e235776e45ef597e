"""The one direction of imports: plugin > processing_provider > tasks > the rooms of core in their order."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rsfusion_qgis.core as core

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "rsfusion_qgis"
LINE = next(line for line in (core.__doc__ or "").splitlines() if ">" in line)
ORDER = [re.findall(r"\w+", step) for step in f"processing_provider > tasks > {LINE}".split(">")]
"""From the rooms that may import all others to those that import none."""
FOREIGN = {"qgis", "PyQt5", "PyQt6", "torch", "processing", "sip"}
GDAL_ROOMS = {"osgeo.osr": {"grid"}, "osgeo.ogr": {"rasters"}, "osgeo.gdal": {"rasters", "grid"}}
"""Which rooms of core may call GDAL."""
UPWARD: set[tuple[str, str]] = set()
"""Imports to the left that still wait to be turned: (module, imported room). This list may only shrink."""


def imports(path: Path) -> set[str]:
    """Absolute dotted names that a file imports; relative ones resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            anchor = ".".join(package[: len(package) - node.level]) if node.level else ""
            base = ".".join(p for p in (anchor, node.module or "") if p)
            found |= {f"{base}.{alias.name}" for alias in node.names} | {base}
    return found


def files(*parts: str) -> list[Path]:
    return sorted(ROOT.joinpath(*parts).rglob("*.py"))


def room(dotted: str) -> str:
    """The room that a dotted name belongs to; "" for anything else."""
    parts = [part for part in dotted.split(".") if part != "core"]
    return parts[1] if parts[0] == "rsfusion_qgis" and len(parts) > 1 and any(parts[1] in r for r in ORDER) else ""


def rank(name: str) -> int:
    return next(i for i, row in enumerate(ORDER) if name in row)


def module(path: Path) -> str:
    return ".".join(path.relative_to(PLUGIN).with_suffix("").parts)


def test_the_rooms_are_the_folders():
    there = {path.name for path in (PLUGIN / "core").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there == {name for row in ORDER for name in row} - {"processing_provider", "tasks"}
    assert [path.name for path in (PLUGIN / "core").glob("*.py")] == ["__init__.py"], "no flat module in core"


def test_no_room_imports_a_room_to_its_left():
    found = set()
    for path in files("rsfusion_qgis"):
        own = room("rsfusion_qgis." + module(path))
        for name in imports(path) if own else ():
            target = room(name)
            if target and target != own and rank(own) >= rank(target):
                found.add((module(path), target))
    assert found - UPWARD == set()
    assert UPWARD - found == set(), "these are turned: take them out of the list"


def test_tasks_do_not_import_each_other():
    for path in files("rsfusion_qgis", "tasks"):
        own = path.relative_to(PLUGIN / "tasks").parts[0]
        others = {name.split(".")[2] for name in imports(path) if name.startswith("rsfusion_qgis.tasks.")} - {own}
        assert not others, f"{path} imports {others}"


@pytest.mark.parametrize("path", files("rsfusion_qgis", "core") + files("rsfusion_qgis", "tasks"), ids=module)
def test_core_and_tasks_know_neither_qgis_nor_torch(path):
    names = imports(path)
    assert not {n.split(".")[0] for n in names} & FOREIGN
    own = room("rsfusion_qgis." + module(path))
    for package, users in GDAL_ROOMS.items():
        assert package not in names or own in users, f"{own} uses {package}; only {users} may"


@pytest.mark.parametrize("path", files("rsfusion_qgis"), ids=module)
def test_the_plugin_never_imports_models_and_qt_only_through_qgis(path):
    names = {n.split(".")[0] for n in imports(path)}
    assert not names & {"models", "torch", "PyQt5", "PyQt6"}


@pytest.mark.parametrize("path", files("models"), ids=lambda p: str(p.relative_to(ROOT)))
def test_models_know_only_core_and_tasks(path):
    names = imports(path)
    assert not {n.split(".")[0] for n in names} & {"qgis", "PyQt5", "PyQt6"}
    ours = {n for n in names if n.startswith("rsfusion_qgis.")}
    assert all(n.startswith(("rsfusion_qgis.core", "rsfusion_qgis.tasks")) for n in ours)


def test_core_and_tasks_load_with_qgis_qt_and_optional_packages_blocked():
    optional = {"scipy", "matplotlib", "PIL", "sklearn", "onnxruntime"}
    program = f"""
import sys, pkgutil, importlib
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {sorted(FOREIGN | optional)!r}:
            raise ImportError('blocked: ' + name)
sys.meta_path.insert(0, Block())
import rsfusion_qgis.core, rsfusion_qgis.tasks
for package in (rsfusion_qgis.core, rsfusion_qgis.tasks):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):
        importlib.import_module(module.name)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
