"""A stack that is not aligned: shifts that were put in are found, undone where they are sure, and told of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.spatiotemporal_fusion import report, stack
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK
from tests.rasters import read_raster
from tests.tasks.spatiotemporal_fusion.pairs import rmse
from tests.tasks.spatiotemporal_fusion.scenes import FINE_M, write_series

OPTIONS = FusionOptions(target_date="2016-08-03")


def misplaced(path: str, cols: float, rows: float) -> str:
    """A copy that claims to lie so many fine pixels to the right and below."""
    target = str(Path(path).with_name(f"moved_{Path(path).name}"))
    dataset = gdal.Translate(target, path)
    x, a, b, y, d, e = dataset.GetGeoTransform()
    dataset.SetGeoTransform((x + cols * FINE_M, a, b, y - rows * FINE_M, d, e))
    dataset = None
    return target


def predict(inputs: dict[str, str], folder: Path, **told: object) -> tuple[np.ndarray, object]:
    result = run(Job(TASK, inputs, output=str(folder / "out.tif"), method="regression", options=OPTIONS, **told))
    return read_raster(folder / "out.tif"), result


@pytest.mark.parametrize(("cols", "rows"), [(0.0, 0.0), (3.0, -2.0), (-7.0, 5.0), (9.0, 0.0)])
def test_the_shift_of_a_coarse_raster_is_found(tmp_path: Path, cols: float, rows: float) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    inputs["coarse"] = misplaced(inputs["coarse"], cols, rows)
    plan = plan_job(Job(TASK, inputs, method="regression", options=OPTIONS))
    found = stack.measure(plan, "coarse")
    assert found is not None and found.confidence > 0.6
    assert (found.cols, found.rows) == pytest.approx((-cols, -rows), abs=0.5)
    assert stack.measure(plan, "fine") is None


def test_a_coarse_date_that_is_off_is_moved_and_the_prediction_is_as_good(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    wanted, _ = predict(inputs, tmp_path, policy="correct")
    moved = {**inputs, "coarse:2": misplaced(inputs["coarse:2"], 5.0, -4.0)}
    made, result = predict(moved, tmp_path, policy="correct")
    left, _ = predict(moved, tmp_path, policy="warn")
    inner = np.s_[:, 16:-16, 16:-16]
    error = [rmse(one[inner], truth[216][inner]) for one in (wanted, made, left)]
    assert error[1] < 1.25 * error[0] < error[2]
    one = result.plan.registered["coarse:2"]
    assert one.moved and not result.plan.registered["coarse"].moved
    assert (one.estimate.cols, one.estimate.rows) == pytest.approx((-5, 4), abs=0.8)
    page = "".join(report.alignment(result))
    assert "Are the rasters of all dates aligned?" in page and "moved" in page and "2016-08-03" in page


def test_a_fine_date_that_is_off_is_moved_before_its_coarse_raster_is_measured(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200, 232), (200, 216, 232))
    inputs["fine:2"] = misplaced(inputs["fine:2"], 3.0, 2.0)
    _, result = predict(inputs, tmp_path, policy="correct")
    fine, coarse = (result.plan.registered[name] for name in ("fine:2", "coarse:3"))
    assert fine.moved and (fine.estimate.cols, fine.estimate.rows) == pytest.approx((-3, -2), abs=0.3)
    assert not coarse.moved and coarse.estimate.length < 0.6


def test_a_coarse_raster_that_shows_something_else_stays_where_it_is(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216), noise=9000.0)
    _, result = predict(inputs, tmp_path, policy="correct")
    found = result.plan.registered["coarse:2"]
    assert not found.moved and found.estimate.confidence < 0.5
    assert "cannot be told, left as it is" in "".join(report.alignment(result))


def test_without_a_measurement_there_is_no_table(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216), side=96)
    quick = replace(TASK, registers=False)
    job = Job(quick, inputs, output=str(tmp_path / "o.tif"), method="meanshift", options=OPTIONS)
    assert report.alignment(run(job)) == []
