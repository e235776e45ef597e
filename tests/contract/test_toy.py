"""A new task is one folder: found, listed, run and told in cards, while no other file knows of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis import tasks
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.engine.contract import Task
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import InputSpec, OutputSpec
from rsfusion_qgis.core.networks.card_files import card_from_document, card_to_text
from tests import qgis_child
from tests.rasters import grid_transform, read_raster, scene, write_raster

ROOT = Path(__file__).parents[2]
TOYS = ROOT / "tests" / "contract" / "toy"
NAMES = ("gain_match", "matchgain")


@pytest.fixture
def task_folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Name the folders of further tasks for the length of a test."""
    before = list(sys.path), set(sys.modules)

    def name(*folders: Path) -> None:
        monkeypatch.setenv(tasks.FOLDERS_VARIABLE, ":".join(map(str, folders)))
        tasks.discovered.cache_clear()

    yield name
    monkeypatch.undo()
    tasks.discovered.cache_clear()
    sys.path[:] = before[0]
    for new in set(sys.modules) - before[1]:
        if not new.startswith(("rsfusion_qgis", "tests")):
            del sys.modules[new]


@pytest.fixture
def toy(task_folders: Any) -> Task:
    task_folders(TOYS)
    return tasks.task_by_id("gain_match")


def add_task(folder: Path, name: str, text: str) -> None:
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    (folder / name / "task.py").write_text(text)


def test_no_other_file_knows_it() -> None:
    for tree in ("rsfusion_qgis", "models", "resources", "docs", ".ci", "tests"):
        for path in (ROOT / tree).rglob("*"):
            own = path.parents[1] == TOYS or path == Path(__file__)
            if path.suffix in (".py", ".json", ".md", "") and path.is_file() and not own:
                assert not any(name in path.read_text(errors="replace") for name in NAMES), path


def test_it_is_listed_and_runs(tmp_path: Path) -> None:
    coarse = grid_transform(10.0)
    pattern = write_raster(tmp_path / "pattern.tif", 9000 * scene(3, 24, 30, coarse, 10.0), coarse)
    fine = grid_transform(5.0)
    image = write_raster(tmp_path / "image.tif", 1000 * scene(2, 48, 60, fine, 5.0), fine, nodata=0)
    found = {"RSFUSION_TASKS": str(TOYS)}
    listed = qgis_child.run("list", **found)
    assert "rsfusion:matchgain" in listed.out, listed.text
    assert "rsfusion:pansharpen" in listed.out
    output, report = tmp_path / "matched.tif", tmp_path / "report.html"
    values = {"IMAGE": image, "PATTERN": pattern, "STRENGTH": 0.5, "OUTPUT": output, "REPORT": report}
    finished = qgis_child.run(*qgis_child.command("rsfusion:matchgain", **values), **found)
    assert finished.code == 0, finished.text
    matched, given, wanted = (read_raster(path) for path in (output, image, pattern))
    gain = np.sqrt(wanted.mean() / given.mean())
    assert gain > 2
    assert matched == pytest.approx(gain * given, rel=0.003, abs=1), "the pattern is interpolated before its mean"
    page = report.read_text(encoding="utf-8")
    assert "The gain" in page and "Every value was multiplied by" in page
    assert "IMAGE is multiplied by" in page, "its findings"
    assert "GAIN" in finished.out


def test_without_the_variable_it_is_not_there() -> None:
    assert "gain_match" not in {task.id for task in tasks.all_tasks()}


def toy_card(toy: Task, *roles: str) -> ModelCard:
    inputs = tuple(InputSpec(role, role) for role in roles)
    return ModelCard("toy network", toy.card_task, inputs, (OutputSpec("matched", roles[0]),), halo=1)


def test_a_card_of_it_goes_through_stac_and_back(toy: Task) -> None:
    card = toy_card(toy, *(role.name for role in toy.roles))
    text = card_to_text(card)
    assert toy.mlm_task in text
    assert card_from_document(json.loads(text)) == card


def test_a_card_with_a_wrong_role_is_refused_in_a_sentence(toy: Task) -> None:
    with pytest.raises(ModelError, match=r"^The inputs have the roles 'image', 'pan', but gain_match takes .*\.$"):
        toy_card(toy, "image", "pan")


BROKEN = {
    "raising": ("raise RuntimeError('not today.\\nNor tomorrow.')", "RuntimeError: not today. Nor tomorrow"),
    "misspelt": ("TASK = (", "SyntaxError"),
    "unfinished": ("", "AttributeError"),
    "odd": ("TASK = 3", "TypeError: TASK is a int, expected a Task"),
    "twin": ("from rsfusion_qgis.tasks.pansharpening.task import TASK", "the id pansharpening is that of the task"),
    "careless": (
        "from dataclasses import dataclass, replace\n"
        "from rsfusion_qgis.tasks.land_cover.task import TASK\n"
        "@dataclass(frozen=True)\nclass Wishes:\n    plain: int = 1\n"
        "TASK = replace(TASK, id='careless', card_task='', faces=(replace(TASK.faces[0], options=Wishes),))",
        "KeyError",
    ),
}  # fmt: skip


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder of tasks that cannot be used, and of a package that is none."""
    for name, (text, _) in BROKEN.items():
        add_task(tmp_path, name, text)
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise RuntimeError('nobody asked')")
    return tmp_path


def test_a_broken_task_is_told_of_and_takes_nothing_else_with_it(task_folders: Any, broken: Path) -> None:
    shipped = {task.id for task in tasks.all_tasks()}
    cards = dict(tasks.card_roles())
    task_folders(broken, TOYS)
    assert {task.id for task in tasks.all_tasks()} == {*shipped, "gain_match"}
    assert {**tasks.card_roles(), **cards} == tasks.card_roles()
    told = {Path(sentence.split("'")[1]).name: sentence for sentence in tasks.faults()}
    assert set(told) == set(BROKEN), "a folder without task.py is no task"
    for name, (_, words) in BROKEN.items():
        assert words in told[name]
        assert told[name].endswith("; correct it, or take it away.") and "\n" not in told[name]


def test_the_shipped_tasks_have_no_faults() -> None:
    assert tasks.faults() == ()


def test_qgis_lists_all_others_beside_a_broken_task(broken: Path) -> None:
    # Its algorithms cannot be made, which shows only when QGIS asks for the parameters.
    add_task(broken, "late", (
        "from dataclasses import replace\n"
        "from rsfusion_qgis.core.engine.contract import Text\n"
        "from rsfusion_qgis.tasks.land_cover.task import TASK\n"
        "face = replace(TASK.faces[0], text=Text('late', 'Late', 'Late.'), outputs=(3,))\n"
        "TASK = replace(TASK, id='late', card_task='late', faces=(face,), trainings=())\n"
    ))  # fmt: skip
    usual, beside = (qgis_child.run("list", **more) for more in ({}, {"RSFUSION_TASKS": str(broken)}))
    ours = [[line for line in one.out.splitlines() if "rsfusion:" in line] for one in (usual, beside)]
    assert len(ours[0]) > 10, usual.text
    assert ours[0] == ours[1], beside.text


def test_the_log_of_qgis_has_a_sentence_about_each(provider: Any, task_folders: Any, broken: Path) -> None:
    from qgis.core import QgsApplication

    heard: list[tuple[str, str]] = []
    log = QgsApplication.messageLog()
    listen = lambda message, tag, level: heard.append((message, tag))  # noqa: E731  a slot
    log.messageReceived.connect(listen)
    try:
        task_folders(broken)
        provider.refreshAlgorithms()
    finally:
        log.messageReceived.disconnect(listen)
        task_folders()
        provider.refreshAlgorithms()
    told = [message for message, tag in heard if tag == provider.name()]
    assert len(told) == len(BROKEN), heard
    assert provider.algorithm("pansharpen") is not None
