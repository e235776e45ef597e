"""Predictions judged on dates that are known: each date from the others, and a raster of a date that was given."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.contract import Derived
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.tasks.spatiotemporal_fusion import assessing
from rsfusion_qgis.tasks.spatiotemporal_fusion.errors import Comparing
from rsfusion_qgis.tasks.spatiotemporal_fusion.pixel_series import spots
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK
from tests import qgis_child
from tests.rasters import grid_transform, write_raster
from tests.tasks.spatiotemporal_fusion.scenes import FINE_M, write_series
from tests.tasks.spatiotemporal_fusion.test_predictfine_algorithm import lists

ALGORITHM = "rsfusion:assessfusion"


def judged(inputs: dict[str, str], fused: str = "", **told: Any) -> Derived:
    """What the protocol finds."""
    job = Job(TASK, inputs, method="regression", options=assessing.DateOptions(**told))
    assessing.check(job, fused)
    return assessing.assess(job, fused, Monitor())


def table(found: Derived, folder: Path) -> list[dict[str, str]]:
    found.write(folder / "table.csv")
    with (folder / "table.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_every_date_is_predicted_from_the_others(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 232), (200, 232), side=144)
    found = judged(inputs, methods=("regression",))
    lines = table(found, tmp_path)
    assert {line["date"] for line in lines} == {"2016-07-18", "2016-08-19"}
    assert {line["method"] for line in lines} == {"regression", "meanshift", "unchanged"}
    told = {line["band"]: float(line["value"]) for line in lines
            if (line["date"], line["method"], line["measure"]) == ("2016-08-19", "unchanged", "rmse")}  # fmt: skip
    change = truth[232] - truth[200]
    for band, name in enumerate(("red", "nir")):
        assert told[name] == pytest.approx(np.sqrt((change[band] ** 2).mean()), rel=1e-3)
    assert found.values["RELATIVE_ERROR"] < 0.9 and "better than" in found.values["VERDICT"]
    page = "".join(found.parts)
    for words in ("Where the predictions are off", "Series of a few pixels", "the ground changed most", "<polyline"):
        assert words in page


def test_a_raster_is_compared_with_the_fine_one_of_its_date(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 216), (200, 216), side=144)
    off = truth[216] + 30.0
    fused = write_raster(tmp_path / "made_2016216.tif", off, grid_transform(FINE_M), dtype="Float32")
    found = judged(inputs, fused, methods=("regression",))
    lines = [line for line in table(found, tmp_path) if line["method"] == "FUSED"]
    assert {line["date"] for line in lines} == {"2016-08-03"}
    for measure, value in (("rmse", 30.0), ("bias", 30.0), ("cc", 1.0)):
        told = [float(line["value"]) for line in lines if line["measure"] == measure]
        assert told == pytest.approx([value] * 2, rel=1e-3)
    assert found.values["RMSE"] == pytest.approx(30, rel=1e-3)


def test_masked_pixels_of_the_truth_do_not_count(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 216), (200, 216), side=144)
    clouded = truth[216].copy()
    clouded[:, 40:90, 30:100] = 9000
    inputs["fine:2"] = write_raster(tmp_path / "cloudy_2016216.tif", clouded, grid_transform(FINE_M), dtype="Float32")
    codes = np.zeros((1, 144, 144))
    codes[0, 40:90, 30:100] = 9
    mask = write_raster(tmp_path / "mask_2016216.tif", codes, grid_transform(FINE_M), dtype="Byte")
    told = {"methods": ("regression",), "target_date": "2016216"}
    assert judged({**inputs, "fine_mask": mask}, **told).values["RMSE"] < 0.5 * judged(inputs, **told).values["RMSE"]


@pytest.mark.parametrize(
    ("dates", "fused", "told", "words"),
    [
        ((200,), "", {}, "FINE and COARSE have 1 dates in common; expected at least two"),
        ((200, 216), "", {"target_date": "2016232"}, "FINE has no raster of 2016-08-19; a date is judged where both"),
        ((200, 216), "plain.tif", {}, "FUSED: nothing says of which date '.*plain.tif' is; say it as TARGET_DATE"),
        ((200, 216), "a_2016216.tif", {"target_date": "2016200"}, "is 2016-07-18, but FUSED is of 2016-08-03; leave"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    tmp_path: Path, dates: tuple[int, ...], fused: str, told: dict[str, Any], words: str
) -> None:
    inputs, truth = write_series(tmp_path, dates, (200, 216, 232), side=96)
    path = fused and write_raster(tmp_path / fused, truth[200], grid_transform(FINE_M), dtype="Float32")
    with pytest.raises(InputError, match=words):
        judged(inputs, path, **told)


def test_a_cancel_ends_it(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200, 216), (200, 216), side=96)

    class Ended(Monitor):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(CancelledError):
        assessing.assess(Job(TASK, inputs, method="regression", options=assessing.DateOptions()), "", Ended())


def test_maps_add_up_whatever_the_size() -> None:
    rng = np.random.default_rng(0)
    truth = rng.random((2, 300, 450)).astype(np.float32)
    made = truth + np.float32(0.25)
    truth[:, 10:20, 30:44] = np.nan

    def reader(image: np.ndarray) -> Any:
        return lambda window: image[:, window.row_off : window.row_end, window.col_off : window.col_end]

    compared = Comparing(450, 300, ("made",))
    compared.compare(reader(truth), {"made": reader(made)}, lambda: None)
    assert compared.pixels == 300 * 450 - 140 and compared.step == 2
    assert compared.maps["made"].shape == (2, 150, 225)
    assert np.isnan(compared.maps["made"]).sum() == 2 * 5 * 7
    np.testing.assert_allclose(compared.maps["made"][np.isfinite(compared.maps["made"])], 0.25, rtol=1e-4)
    measured = compared.measured("made")
    np.testing.assert_allclose([*measured.rmse, *measured.bias], 0.25, rtol=1e-4)
    np.testing.assert_allclose(measured.cc, 1.0, atol=1e-6)


def test_spots_are_where_the_change_is_largest_usual_and_least() -> None:
    change = np.arange(100.0).reshape(10, 10)
    change[9] = np.nan
    places = spots(change, 4)
    assert [(one.row // 4, one.col // 4) for one in places] == [(8, 8), (4, 4), (0, 2)]


def test_qgis_process_writes_page_and_table(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200, 216), (200, 216), side=96)
    report, sheet = tmp_path / "page.html", tmp_path / "table.csv"
    done = qgis_child.run_algorithm(
        ALGORITHM, PROTOCOL="dates", **lists(inputs), METHODS="regression", REPORT=report, CSV=sheet
    )
    assert done.code == 0, done.text
    assert "error over that of 'unchanged'" in done.text
    assert "Error over that of the fine rasters left unchanged" in report.read_text("utf-8")
    assert sheet.read_text("utf-8").startswith("date,method,measure,band,value")
    fine = lists(inputs)["FINE"]
    refused = qgis_child.run_algorithm(ALGORITHM, PROTOCOL="dates", FINE=fine, REPORT=tmp_path / "b.html")
    assert refused.code == 1 and "COARSE is missing; PROTOCOL dates needs FINE, COARSE" in refused.err, refused.text
    assert not (tmp_path / "b.html").exists()
