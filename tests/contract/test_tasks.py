"""What every task, with a network and with each of its methods, must keep to: written once, for all that are found.

A task's own part is `tests/tasks/<id>/example.py` with `example(folder, method) -> Job`: small generated rasters, a
tiny network where `method` is "", no network else. The outputs are named here.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CancelledError, InputError, OutputError, RsFusionError
from rsfusion_qgis.core.engine.chain import Operator
from rsfusion_qgis.core.engine.contract import MEMBER, NETWORK, Face, Role, Task
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.options import options_of
from rsfusion_qgis.core.engine.plan import plan_job, reference_of
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import Monitor, check, run
from rsfusion_qgis.tasks import all_tasks
from tests.rasters import read_raster

ROOT = Path(__file__).parents[2]
RELATIVE = 1e-5
"""By how much values of floating point may differ, of the largest one."""
TILES = (32, 56)
PART = (13, 7, 41, 37)
"""First column, first row, columns, rows of a part of the result."""


@dataclass(frozen=True)
class Case:
    """A face of a task, with one of its methods ("" = the network, or the only one)."""

    task: Task
    face: Face
    method: str

    @property
    def name(self) -> str:
        return f"{self.task.id}-{self.method or ('network' if self.face.networks else 'method')}"

    def example(self, folder: Path) -> Job:
        """The task's own example."""
        return import_module(f"tests.tasks.{self.task.id}.example").example(folder, self.method)


CASES = [
    Case(task, face, "" if method == NETWORK else method)
    for task in all_tasks() for face in task.faces for method in face.methods or ("",)
]  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A case's job, and what a whole run of it gave, which no check changes."""

    case: Case
    job: Job
    result: Result

    @property
    def whole(self) -> dict[str, str]:
        """The user's parameter -> path, of what the whole run wrote."""
        return self.result.plan.job.outputs

    def given(self) -> list[Role]:
        """The roles that have a raster."""
        return [role for role in self.job.task.inputs if self.job.inputs.get(role.name)]


def to(job: Job, face: Face, folder: Path) -> Job:
    """The job with all its results in a folder of their own."""
    folder.mkdir(exist_ok=True)
    further = {one.parameter: str(folder / f"{one.parameter.lower()}.tif") for one in face.outputs}
    return replace(job, output=str(folder / "output.tif"), further=further)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example of a case, and its whole result."""
    case, folder = request.param, tmp_path_factory.mktemp(request.param.name)
    job = to(replace(case.example(folder), threads=1, device="cpu"), case.face, folder / "whole")
    return Example(case, job, run(job))


@pytest.fixture
def job(made: Example, tmp_path: Path) -> Job:
    """The example's job, with results in the test's folder."""
    return to(made.job, made.case.face, tmp_path / "results")


# What each task brings with it


@pytest.mark.parametrize("task", all_tasks(), ids=lambda task: task.id)
def test_it_brings_an_example(task: Task) -> None:
    assert (ROOT / "tests" / "tasks" / task.id / "example.py").is_file(), f"{task.id} has no example"


def test_the_example_can_be_done_in_another_process(made: Example) -> None:
    assert pickle.loads(pickle.dumps(made.job)) == made.job


# Tiles, parts, threads


def assert_same(job: Job, made: Example, part: tuple[int, int, int, int] | None = None) -> None:
    """Both runs wrote the same values, up to rounding."""
    for parameter, path in job.outputs.items():
        found, wanted = read_raster(path), read_raster(made.whole[parameter])
        if part is not None:
            col, row, cols, rows = part
            wanted = wanted[:, row : row + rows, col : col + cols]
        assert found.shape == wanted.shape, parameter
        np.testing.assert_array_equal(np.isnan(found), np.isnan(wanted), err_msg=parameter)
        there = ~np.isnan(wanted)
        most = float(np.abs(found[there] - wanted[there]).max(initial=0.0))
        assert most <= tolerance(path, wanted[there], made), parameter


def tolerance(path: str, values: np.ndarray, made: Example) -> float:
    dataset = gdal.Open(path)  # a band does not keep it open
    band = dataset.GetRasterBand(1)
    if band.DataType in (gdal.GDT_Float32, gdal.GDT_Float64):
        return RELATIVE * float(np.abs(values).max(initial=0.0))
    codes = band.GetRasterColorTable() is not None or band.GetDefaultRAT() is not None
    return 0.0 if codes else 1.0


@pytest.mark.parametrize("size", TILES)
def test_tiles_do_not_matter(made: Example, job: Job, size: int) -> None:
    result = run(replace(job, tile_size=size))
    assert result.tiles > 1
    assert_same(job, made)


def test_a_part_is_that_part_of_the_whole(made: Example, job: Job) -> None:
    whole = gdal.Open(made.job.output)
    x, width, _, y, _, height = whole.GetGeoTransform()
    col, row, cols, rows = PART
    left, top = x + col * width, y + row * height
    part = replace(job, extent=(left, top + rows * height, left + cols * width, top))
    run(part)
    assert_same(part, made, PART)
    for path in part.outputs.values():
        found = gdal.Open(path)
        assert found.GetGeoTransform() == pytest.approx((left, width, 0.0, top, 0.0, height))
        assert found.GetProjection() == whole.GetProjection()


def test_threads_do_not_matter(made: Example, job: Job) -> None:
    run(replace(job, threads=2, tile_size=TILES[-1]))
    assert_same(job, made)


# Holes, and rasters that are not there


def with_hole(path: str, target: Path) -> tuple[str, float]:
    """A copy of a raster without data in its middle, and the value that says so."""
    gdal.Translate(str(target), path)
    dataset = gdal.Open(str(target), gdal.GA_Update)
    nodata = dataset.GetRasterBand(1).GetNoDataValue()
    nodata = 0.0 if nodata is None else nodata
    (col, cols), (row, rows) = ((n * 2 // 5, n // 5) for n in (dataset.RasterXSize, dataset.RasterYSize))
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        band.SetNoDataValue(nodata)
        band.WriteRaster(col, row, cols, rows, np.full((rows, cols), nodata).tobytes(), buf_type=gdal.GDT_Float64)
    dataset.FlushCache()
    return str(target), nodata


def valid(path: str) -> np.ndarray:
    """(rows, cols) bool, where GDAL finds data in all bands."""
    dataset = gdal.Open(path)
    masks = [dataset.GetRasterBand(number + 1).GetMaskBand() for number in range(dataset.RasterCount)]
    shape = dataset.RasterYSize, dataset.RasterXSize
    raw = (mask.ReadRaster(buf_type=gdal.GDT_Byte) for mask in masks)
    return np.logical_and.reduce([np.frombuffer(one, np.uint8).reshape(shape) > 0 for one in raw])


def test_a_hole_stays_a_hole(made: Example, job: Job, tmp_path: Path) -> None:
    plan = plan_job(job)
    needed = [role for role in made.given() if plan.needs(role.name) and not role.derived]
    assert needed
    for role in needed:
        holed, nodata = with_hole(job.inputs[role.name], tmp_path / f"{role.name}.tif")
        run(replace(job, inputs={**job.inputs, role.name: holed}))
        for parameter, path in job.outputs.items():
            there = valid(path)
            rows, cols = there.shape
            assert not there[rows // 2, cols // 2], f"{parameter} has data in a hole of {role.parameter}"
            edges = there[: rows // 10, : cols // 10], there[-(rows // 10) :, -(cols // 10) :]
            assert all(edge.all() for edge in edges), f"{parameter} has no data beside a hole of {role.parameter}"
        if role.name == job.task.like:
            dataset = gdal.Open(job.output)
            assert dataset.GetRasterBand(1).GetNoDataValue() == nodata


def test_a_mask_stays_a_mask(made: Example, job: Job, tmp_path: Path) -> None:
    if not job.task.like:
        pytest.skip("it is like none")
    masked = str(tmp_path / "masked.tif")
    gdal.Translate(masked, job.inputs[job.task.like], noData="none")
    dataset = gdal.Open(masked, gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    rows, cols = dataset.RasterYSize, dataset.RasterXSize
    there = np.full((rows, cols), 255, np.uint8)
    there[: rows // 4, : cols // 4] = 0
    dataset.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, cols, rows, there.tobytes())
    dataset = None
    run(replace(job, inputs={**job.inputs, job.task.like: masked}))
    result = gdal.Open(job.output)
    assert result.GetRasterBand(1).GetMaskFlags() == gdal.GMF_PER_DATASET
    found = valid(job.output)
    assert not found[: len(found) // 5, : found.shape[1] // 5].any()
    assert found[len(found) // 3 :].all()


def test_a_raster_may_be_left_out_or_is_asked_for(made: Example, job: Job) -> None:
    for role in made.given():
        without = replace(job, inputs={name: path for name, path in job.inputs.items() if name != role.name})
        try:
            run(without)
        except RsFusionError as error:
            assert_a_sentence(str(error))
            series = made.case.task.role(role.name.partition(MEMBER)[0])  # one of several is asked for by their name
            assert series.parameter in str(error)
        else:
            assert not role.required, f"{role.parameter} is required, and the run did without"
            assert all(Path(path).is_file() for path in job.outputs.values())


def test_nothing_given_is_refused(job: Job) -> None:
    with pytest.raises(InputError, match="|".join(role.parameter for role in job.task.roles)):
        run(replace(job, inputs={}))


# What is written, and when


class Cancels(Monitor):
    """Ends the run as soon as so much of it is done."""

    def __init__(self, after: float) -> None:
        self._after, self._done = after, 0.0

    def progress(self, fraction: float) -> None:
        self._done = fraction

    def is_cancelled(self) -> bool:
        return self._done >= self._after


def left(job: Job) -> list[str]:
    return sorted(path.name for path in Path(job.output).parent.rglob("*"))


@pytest.mark.parametrize("after", [0.0, 0.3, 1.0])
def test_a_cancel_leaves_nothing(job: Job, after: float) -> None:
    with pytest.raises(CancelledError, match=r"^The run was cancelled; nothing was written\.$"):
        run(replace(job, tile_size=32), Cancels(after))
    assert left(job) == []


class Fails(Operator):
    """Computes some tiles, then no more."""

    def __init__(self) -> None:
        self._tiles = 0

    def apply(self, block: Any) -> None:
        self._tiles += 1
        if self._tiles > 2:
            raise InputError("This tile cannot be computed.")


def test_a_run_that_fails_leaves_older_files_as_they_were(made: Example, job: Job) -> None:
    def build(plan: Any, layers: Any) -> Any:
        chain = made.case.task.build(plan, layers)
        return replace(chain, operators=[*chain.operators, Fails()])

    for path in job.outputs.values():
        Path(path).write_bytes(b"older")
    before = left(job)
    with pytest.raises(InputError, match="This tile cannot be computed"):
        run(replace(job, task=replace(job.task, build=build), tile_size=32))
    assert left(job) == before
    assert {Path(path).read_bytes() for path in job.outputs.values()} == {b"older"}


def test_a_report_that_fails_leaves_older_files_as_they_were(job: Job) -> None:
    """All results appear together or not at all; the rasters are complete when the report is made."""

    def page(result: Result, watch: Any) -> str:
        assert set(result.made) == set(job.outputs)
        assert all(gdal.Open(path) is not None for path in result.made.values())
        raise InputError("The report cannot be made.")

    for path in job.outputs.values():
        Path(path).write_bytes(b"older")
    before = left(job)
    with pytest.raises(InputError, match="The report cannot be made"):
        run(replace(job, report=str(Path(job.output).with_name("report.html"))), page=page)
    assert left(job) == before
    assert {Path(path).read_bytes() for path in job.outputs.values()} == {b"older"}


def test_a_report_that_cannot_be_written_leaves_older_files_as_they_were(job: Job) -> None:
    """As when the disk is full; here a folder has its name by then."""
    report = Path(job.output).with_name("report.html")

    def page(result: Result, watch: Any) -> str:
        report.mkdir()
        return "page"

    for path in job.outputs.values():
        Path(path).write_bytes(b"older")
    before = left(job)
    with pytest.raises(OutputError, match=r"^REPORT: '.*report\.html' is a folder"):
        run(replace(job, report=str(report)), page=page)
    report.rmdir()
    assert left(job) == before
    assert {Path(path).read_bytes() for path in job.outputs.values()} == {b"older"}


def test_a_report_over_anything_that_is_read_or_written_is_refused(made: Example, job: Job) -> None:
    known = {role.parameter: job.inputs[role.name] for role in made.given()}
    for name, path in {**known, **({"MODEL": job.model} if job.model else {}), **job.outputs}.items():
        with pytest.raises(OutputError, match=f"^REPORT: .* is also {name}; choose another name"):
            run(replace(job, report=path), page=lambda *_: "page")
    if job.model:
        with pytest.raises(OutputError, match=r"^OUTPUT: .* is also MODEL; choose another name"):
            run(replace(job, output=job.model, output_format="GTiff"))
    assert left(job) == []


def test_a_result_over_a_file_behind_an_input_is_refused(made: Example, job: Job, tmp_path: Path) -> None:
    for role in made.given():
        outer, inner = (str(tmp_path / f"{role.name}_{name}.vrt") for name in ("outer", "inner"))
        gdal.Translate(inner, job.inputs[role.name], format="VRT").FlushCache()
        gdal.Translate(outer, inner, format="VRT").FlushCache()
        with pytest.raises(OutputError, match=f"^OUTPUT: .* is one of the files of {role.parameter}; choose another"):
            run(replace(job, inputs={**job.inputs, role.name: outer}, output=job.inputs[role.name]))
    assert left(job) == []


def test_a_result_over_an_input_or_another_result_is_refused(made: Example, job: Job) -> None:
    for role in made.given():
        path = job.inputs[role.name]
        before = Path(path).read_bytes()
        for parameter in job.outputs:
            over = {"output": path} if parameter == "OUTPUT" else {"further": {**job.further, parameter: path}}
            with pytest.raises(OutputError) as refused:
                run(replace(job, **over))
            assert_a_sentence(str(refused.value))
            assert str(refused.value).startswith(f"{parameter}: ")
            assert f" {role.parameter};" in str(refused.value)
        assert Path(path).read_bytes() == before
    for parameter in job.further:
        with pytest.raises(OutputError, match=f"^{parameter}: .* is also OUTPUT"):
            run(replace(job, further={**job.further, parameter: job.output}))
    assert left(job) == []


def test_all_results_lie_on_the_grid_that_the_task_names(made: Example) -> None:
    plan = made.result.plan
    reference = gdal.Open(plan.job.inputs[reference_of(plan.task, plan.card, plan.geometry)])
    for path in made.whole.values():
        written = gdal.Open(path)
        assert written.GetGeoTransform() == reference.GetGeoTransform()
        assert written.GetSpatialRef().IsSame(reference.GetSpatialRef())
        assert (written.RasterXSize, written.RasterYSize) == (reference.RasterXSize, reference.RasterYSize)
        assert valid(path).all()


def test_a_result_is_of_the_kind_of_the_raster_that_it_is_like(made: Example) -> None:
    if not made.job.task.like:
        pytest.skip("it is like none")
    kinds = []
    for path in (made.job.output, made.job.inputs[made.job.task.like]):
        dataset = gdal.Open(path)
        bands = [dataset.GetRasterBand(number + 1) for number in range(dataset.RasterCount)]
        kinds.append([(b.DataType, b.GetNoDataValue(), b.GetDescription(), b.GetScale(), b.GetOffset()) for b in bands])
    assert kinds[0] == kinds[1]


def test_the_metadata_say_how_it_came_about(made: Example) -> None:
    for path in made.whole.values():
        said = gdal.Open(path).GetMetadata("RSFUSION")
        assert said["TASK"] == made.job.task.history_id


# Words


def assert_a_sentence(text: str) -> None:
    assert re.fullmatch(r"[A-Z0-9].*[^.\s]\.", text), f"not one sentence: {text!r}"


def test_findings_are_sentences(made: Example) -> None:
    findings = (*made.result.findings, *check(made.job))
    assert findings
    known = {"OUTPUT", *(role.parameter for role in made.job.task.roles)}
    known |= {made.job.samples.parameter} if made.job.samples else set()
    known |= {one.name for one in options_of(type(made.job.options)).values() if one.kind == "vector"}
    for finding in findings:
        assert_a_sentence(finding.sentence)
        if finding.severity == "info" and None not in (finding.measured, finding.limit):  # reports call it in order
            least = finding.check in ("overlap", "agreement")
            assert finding.measured >= finding.limit if least else finding.measured <= finding.limit, finding
        assert finding.severity in ("info", "warning", "error")
        assert finding.role in known


def test_its_report_can_be_written(made: Example) -> None:
    from rsfusion_qgis.core.engine.report import run_report

    parts = made.job.task.report(made.result, lambda *_: None)
    assert all(isinstance(part, str) for part in parts)
    page = run_report(made.case.face.text.label, made.result, parts)
    assert all(finding.sentence.split("'")[0] in page for finding in made.result.findings)
    assert all(isinstance(value, str) for row in made.job.task.rows(made.job) for value in row)
    assert set(made.job.task.values(made.result)) == set(made.case.face.results)


def described(task: Task) -> Iterator[tuple[str, str, str]]:
    """(what, label, help) of all that the user sees of a task."""
    yield from ((role.parameter, role.label, role.help) for role in task.roles)
    for one in task.algorithms:
        yield one.text.id, one.text.label, one.text.help
        yield from ((option.name, option.label, option.help) for option in options_of(one.options).values())
    for face in task.faces:
        yield from ((output.parameter, output.label, output.help) for output in face.outputs)
        yield from ((name, label, "A result.") for name, label in face.results.items())
        yield "OUTPUT", face.output, face.report or "It has none."
        yield "METHOD", "Method", face.methods_help if face.methods else "It has none."


STILTED = re.compile(r"parted by|shall give|lies? on (each|one) (an)?other", re.IGNORECASE)


@pytest.mark.parametrize("task", all_tasks(), ids=lambda task: task.id)
def test_everything_has_a_label_and_a_help_in_plain_words(task: Task) -> None:
    for what, label, text in described(task):
        assert re.fullmatch(r"\S.*[^.:\s]", label), f"label of {what}: {label!r}"
        assert re.fullmatch(r"\S.*[^.\s]\.", text, re.DOTALL), f"help of {what}: {text!r}"
        assert not STILTED.search(f"{label} {text}"), f"{what}: {text}"
        assert "  " not in text


def test_all_of_the_provider_speaks_plainly(provider: Any) -> None:
    texts = {}
    for algorithm in provider.algorithms():
        texts[algorithm.name()] = algorithm.shortHelpString()
        for one in algorithm.parameterDefinitions():
            texts[f"{algorithm.name()}, {one.name()}"] = f"{one.description()} {one.help()}"
    assert not {name: text for name, text in texts.items() if STILTED.search(text)}


# Options through QGIS


def algorithms() -> list[tuple[str, type]]:
    made = [one for task in all_tasks() for one in task.algorithms]
    return [(one.text.id, one.options) for one in made]


@pytest.mark.parametrize(("algorithm_id", "kind"), algorithms())
def test_nothing_given_in_qgis_means_the_neutral_options(provider: Any, algorithm_id: str, kind: type) -> None:
    from qgis.core import QgsProcessingContext

    from rsfusion_qgis.processing_provider.option_parameters import read_options

    algorithm = provider.algorithm(algorithm_id).create()
    shown = {one.name(): one.defaultValue() for one in algorithm.parameterDefinitions()}
    for given in ({}, shown):
        assert read_options(algorithm, given, QgsProcessingContext(), kind) == kind()


class Shown(Monitor):
    """Keeps what a run shows, in its order: shares of the whole run, and lines of the log."""

    def __init__(self) -> None:
        self.told: list[float | str] = []

    def progress(self, fraction: float) -> None:
        self.told.append(fraction)

    def info(self, text: str) -> None:
        self.told.append(text)

    def shares(self) -> list[float]:
        return [one for one in self.told if isinstance(one, float)]


def test_the_progress_is_the_share_of_the_whole_run(job: Job) -> None:
    """It never goes back, and leaves room for the report, which says its name."""
    log = Shown()
    asked = replace(job, report=str(Path(job.output).with_name("report.html")), tile_size=32)
    run(asked, log, page=lambda result, watch: run_report("Page", result, job.task.report(result, watch)))
    assert log.shares() == sorted(log.shares()) and log.shares()[-1] == 1.0
    before = [one for one in log.told[: log.told.index("Making the report ...")] if isinstance(one, float)]
    assert 0.3 < before[-1] < 0.95
