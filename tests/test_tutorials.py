"""Every task has a tutorial; its commands run as they are printed, and give the numbers that the page promises.

A page promises a number of the command before it in bold, as **NAME = number**.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, ogr

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.example import README, TRUTH, make, paths
from rsfusion_qgis.tasks import all_tasks, examples
from tests import qgis_child
from tests.build_scripts import build_script
from tests.rasters import read_raster

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "tutorials"
LARGEST_PICTURE = 61_440
RELATIVE, ABSOLUTE = 0.1, 0.03
"""How far a number may be from the one on the page: versions differ, and trainings are as fast as the computer."""
_PART = re.compile(r"```sh\n(?P<commands>.*?)```|\*\*(?P<name>[A-Z0-9_]+) = (?P<number>-?[\d.]+)\*\*", re.DOTALL)


@dataclass
class Command:
    """One line of a page, and what is promised of it."""

    algorithm: str
    parameters: dict[str, Any]
    promised: dict[str, float] = field(default_factory=dict)


def commands(page: Path) -> list[Command]:
    """All of a page, in their order."""
    found: list[Command] = []
    for part in _PART.finditer(page.read_text(encoding="utf-8")):
        if part["commands"] is None:
            found[-1].promised[part["name"]] = float(part["number"])
            continue
        for line in part["commands"].replace("\\\n", " ").splitlines():
            if line.strip():
                found.append(_command(line))
    return found


def _command(line: str) -> Command:
    program, run, algorithm, dashes, *given = shlex.split(line)
    assert (program, run, dashes) == ("qgis_process", "run", "--"), line
    several: dict[str, list[str]] = {}
    for one in given:
        name, _, value = one.partition("=")
        several.setdefault(name, []).append(value)
    return Command(algorithm, {name: values[0] if len(values) == 1 else values for name, values in several.items()})


def test_every_task_has_an_example_and_a_tutorial() -> None:
    assert {task.id for task in all_tasks()} <= set(examples())
    assert {page.stem for page in PAGES.glob("*.md")} == set(examples())


def test_every_tutorial_is_linked_from_the_start_and_from_its_guide() -> None:
    start = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for name in examples():
        assert f"tutorials/{name}.md" in start
        guide = ROOT / "rsfusion_qgis" / "tasks" / name / "guide.md"
        told = guide if guide.is_file() else ROOT / "docs" / f"{name}.md"
        assert f"tutorials/{name}.md" in told.read_text(encoding="utf-8"), told


def test_pictures_are_small_and_all_of_them_are_shown() -> None:
    links = build_script("docs").LINK
    texts = [page.read_text(encoding="utf-8") for page in PAGES.glob("*.md")]
    shown = {(PAGES / link[1]).resolve() for text in texts for link in links.findall(text) if link[0][:1] == "!"}
    pictures = list((PAGES / "pictures").iterdir())
    assert {picture.resolve() for picture in pictures} == shown
    assert all(picture.stat().st_size <= LARGEST_PICTURE for picture in pictures)


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_tutorial_does_what_it_says(
    name: str, provider: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import processing

    monkeypatch.chdir(tmp_path)
    lines = commands(PAGES / f"{name}.md")
    assert lines[0].algorithm == "rsfusion:exampledata" and lines[0].parameters["TASK"] == name
    assert any(line.promised for line in lines), "the page promises no number"
    for line in lines:
        if "trained" in line.parameters.get("OUTPUT", ""):
            pytest.importorskip("torch")
        results = processing.run(line.algorithm, line.parameters)
        for what, number in line.promised.items():
            assert results[what] == pytest.approx(number, rel=RELATIVE, abs=ABSOLUTE), f"{line.algorithm}: {what}"


def test_the_first_lines_of_a_tutorial_run_in_qgis_process(tmp_path: Path) -> None:
    line = commands(PAGES / "lidar_features.md")[0]
    folder = tmp_path / "made"
    finished = qgis_child.run_algorithm(line.algorithm, **{**line.parameters, "FOLDER": folder})
    assert finished.code == 0, finished.text
    for found in paths(examples()["lidar_features"], folder).values():
        assert all(one in finished.out and Path(one).is_file() for one in found), finished.text


# The data


@pytest.fixture(scope="module", params=sorted(examples()))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """The smallest example of a folder, twice."""
    folders = [tmp_path_factory.mktemp(request.param) / name for name in ("one", "other")]
    for folder in folders:
        make(examples()[request.param], folder, 120, 3, lambda: None)
    return request.param, folders[0], folders[1]


def test_all_files_are_there_and_no_others(made: tuple[str, Path, Path]) -> None:
    name, folder, _ = made
    wanted = {README, *(one for several in examples()[name].files.values() for one in several)}
    assert {file.name for file in folder.iterdir() if file.suffix != ".xml"} == wanted
    told = (folder / README).read_text(encoding="utf-8")
    assert all(one in told for one in wanted - {README})


def test_the_same_seed_gives_the_same_data(made: tuple[str, Path, Path]) -> None:
    for file in made[1].iterdir():
        other = made[2] / file.name
        if file.suffix == ".gpkg":
            assert _features(file) == _features(other), file
        elif file.suffix != ".xml":
            assert file.read_bytes() == other.read_bytes(), file


def test_rasters_have_a_place_and_bands_have_names(made: tuple[str, Path, Path]) -> None:
    for file in made[1].glob("*.tif"):
        dataset = gdal.Open(str(file))
        assert dataset.GetProjection() and dataset.GetGeoTransform()[1] > 0
        assert all(dataset.GetRasterBand(band + 1).GetDescription() for band in range(dataset.RasterCount)), file
        assert read_raster(file).std() > 0


def test_every_required_input_gets_a_file(made: tuple[str, Path, Path]) -> None:
    files = examples()[made[0]].files
    for task in all_tasks():
        if task.id == made[0]:
            assert {role.parameter for role in task.roles if role.required} <= set(files)


def _features(path: Path) -> list[tuple[str, str]]:
    dataset = ogr.Open(str(path))
    return [(one.GetGeometryRef().ExportToWkt(), str(one.items())) for one in dataset.GetLayer(0)]


def test_a_file_that_is_no_example_is_never_replaced(tmp_path: Path) -> None:
    example = examples()["lidar_features"]
    (tmp_path / "dsm.tif").write_text("mine")
    with pytest.raises(InputError, match=r"^FOLDER: '.*' has a file 'dsm.tif' already; choose an "):
        make(example, tmp_path, 96, 1, lambda: None)
    assert [file.name for file in tmp_path.iterdir()] == ["dsm.tif"]
    (tmp_path / "dsm.tif").unlink()
    for seed in (1, 2):
        make(example, tmp_path, 96, seed, lambda: None)
    assert TRUTH in (tmp_path / README).read_text()


def test_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(examples()["lidar_features"], tmp_path / "new", 96, 1, cancel)
    assert not list((tmp_path / "new").iterdir())
