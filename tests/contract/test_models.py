"""What is common to the trainings of all tasks knows none of them by name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.tensor_form import RATIO_ROLE
from tests.build_scripts import build_script

ROOT = Path(__file__).parents[2]
COMMON = sorted(path for room in ("common", "engine") for path in (ROOT / "models" / room).rglob("*.py"))
CARDS = [read_card(path) for path in shipped_networks()]
TASKS = {path.parent.name for path in (ROOT / "models").glob("*/networks")} | {card.task for card in CARDS}
ROLES = {spec.role for card in CARDS for spec in card.inputs} - {RATIO_ROLE} | {"hs", "lidar", "intensity"}

NOT_SHIPPED = {"benchmark", "mask_benchmark", "demo", "engine", "alignment", "own_networks"}
RECIPES = sorted({
    name for path in (ROOT / "rsfusion_qgis").rglob("*.py")
    for name in re.findall(r'"(models(?:\.\w+)+)"', path.read_text(encoding="utf-8"))
})  # fmt: skip
"""Modules that the plugin starts."""


@pytest.mark.parametrize("path", COMMON, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_task_and_no_role_is_named(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not texts & (TASKS | ROLES)


@pytest.mark.parametrize("path", COMMON, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_task_is_imported(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    rooms = {name.split(".")[1] for name in modules if name.startswith("models.")}
    assert rooms <= {"common", "engine"}
    assert "engine" not in rooms or path.parent.name == "engine"
    assert not [name for name in modules if name.startswith("rsfusion_qgis.tasks")]


def test_tasks_have_the_same_ids_in_models_as_in_the_plugin() -> None:
    plugin = {path.parent.name for path in (ROOT / "rsfusion_qgis" / "tasks").glob("*/__init__.py")}
    assert {path.parent.name for path in (ROOT / "models").glob("*/networks")} <= plugin


def test_users_get_what_their_trainings_need_and_no_benchmark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They run with the plugin's folder, which holds `models`, and its parent on the path, and with no checkout."""
    pytest.importorskip("torch")
    plugin = tmp_path / "rsfusion_qgis"
    build_script("assemble").assemble(plugin)
    shipped = [path.relative_to(plugin / "models").parts for path in (plugin / "models").rglob("*.py")]
    assert not [parts for parts in shipped if set(parts) & NOT_SHIPPED]
    assert RECIPES, "the plugin names no training"
    environment = {"PYTHONPATH": f"{plugin}:{plugin.parent}", "PATH": "/usr/bin"}
    for name in RECIPES:
        run_as = f"{name}.__main__" if (plugin.joinpath(*name.split("."))).is_dir() else name
        command = [sys.executable, "-c", f"import {run_as}"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
