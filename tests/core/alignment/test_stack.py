"""Many rasters on one: each written or told why not, loops that close, and files for other tools."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.alignment.coregister import run as run_one
from rsfusion_qgis.core.alignment.registration import RegistrationJob
from rsfusion_qgis.core.alignment.stack import CORRECTED, UNCERTAIN, StackJob, outputs, run, table
from rsfusion_qgis.core.alignment.stack_report import stack_page
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.basics.monitor import Monitor
from tests.core.alignment.coregister_pair import geotransform, job, north_up, sampled, texture
from tests.rasters import write_raster


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reference, two secondaries that must be moved, and one of another place."""
    made = tmp_path_factory.mktemp("stack")
    write_raster(made / "reference.tif", sampled(300, 320), north_up())
    for name, (cols, rows) in {"a": (3.0, -2.0), "b": (-1.5, 4.0)}.items():
        values = sampled(300, 320, place=lambda c, r, by=(cols, rows): (c + by[0], r + by[1]))
        write_raster(made / f"{name}.tif", values, north_up())
    write_raster(made / "c.tif", texture(320, 9)[None, :300], north_up())
    (made / "out").mkdir()
    return made


def test_each_is_corrected_or_told_and_loops_close(folder: Path) -> None:
    names = tuple(str(folder / f"{name}.tif") for name in "abc")
    stack = StackJob(RegistrationJob(str(folder / "reference.tif"), ""), names, str(folder / "out"), "shift")
    rows = run(stack, Monitor())
    assert [row.status for row in rows] == [CORRECTED, CORRECTED, UNCERTAIN]
    assert geotransform(outputs(stack)[0])[0] - north_up()[0] == pytest.approx(15.0, abs=0.3)
    assert rows[1].loop_px < 0.1
    assert not Path(outputs(stack)[2]).exists()
    read = list(csv.DictReader(io.StringIO(table(rows))))
    assert float(read[1]["shift_rows"]) == pytest.approx(4.0, abs=0.1)
    assert read[2]["shift_cols"] == "" and "uncertain" in read[2]["said"]
    page = stack_page(stack, rows, lambda _: None)
    assert "2 of 3 rasters" in page and "a.tif" in page


def test_results_of_one_name_do_not_meet() -> None:
    stack = StackJob(RegistrationJob("r.tif", ""), ("x/a.tif", "y/a.tif"), "out", "best")
    assert [Path(path).name for path in outputs(stack)] == ["a_coregistered.tif", "a_coregistered_2.tif"]


def test_an_empty_stack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="SECONDARIES"):
        run(StackJob(RegistrationJob("r.tif", ""), (), str(tmp_path), "best"), Monitor())


@pytest.mark.parametrize("ending", [".points", ".txt"])
def test_control_points_and_field_say_what_was_measured(folder: Path, tmp_path: Path, ending: str) -> None:
    points, field = tmp_path / f"p{ending}", tmp_path / "field.tif"
    run_one(
        job(str(folder / "reference.tif"), str(folder / "a.tif"), output=str(tmp_path / "o.tif"), points=str(points),
            field=str(field)), Monitor(),
    )  # fmt: skip
    values = gdal.Open(str(field)).ReadAsArray()
    assert np.allclose(values[0], 3.0, atol=0.1) and np.allclose(values[1], -2.0, atol=0.1)
    lines = points.read_text(encoding="utf-8").splitlines()
    if ending == ".txt":
        _, col, row, x, y = lines[0].split()
    else:
        x, y, col, row = (float(text) for text in lines[2].split(",")[:4])
        row = -row
    x0, size, _, y0, _, _ = north_up()
    assert float(x) == pytest.approx(x0 + size * (float(col) + 3.0), abs=1.0)
    assert float(y) == pytest.approx(y0 - size * (float(row) - 2.0), abs=1.0)
