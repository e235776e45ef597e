"""`rsfusion:assessfusion` in a real QGIS and by qgis_process: numbers, page, table, and what bad input gets."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext

from rsfusion_qgis.core.measures.images import METRICS
from tests import qgis_child
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, read_raster, write_raster

ASSESS = "rsfusion:assessfusion"

pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """PAN, MS, a fused raster and the true one."""
    pan, ms = make_pan_ms(tmp_path, rows=104, cols=104, ratio=2, bands=3)
    truth = np.repeat(np.repeat(read_raster(ms), 2, 1), 2, 2)
    reference = write_raster(tmp_path / "truth.tif", truth, grid_transform(PAN_PIXEL_M))
    noisy = truth + np.random.default_rng(0).normal(0, 20, truth.shape)
    fused = write_raster(tmp_path / "fused.tif", noisy, grid_transform(PAN_PIXEL_M))
    return {"PAN": pan, "MS": ms, "FUSED": fused, "REFERENCE": reference}


def lines_of(table: str) -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    with Path(table).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def assessed(**values: Any) -> dict[str, Any]:
    """Return the results of a run in this QGIS, after the checks that every dialog makes."""
    import processing

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ASSESS)
    assert algorithm.checkParameterValues(values, QgsProcessingContext()) == (True, "")
    return dict(processing.run(ASSESS, values))


def refused(**values: Any) -> str:
    """Return the sentence with which the parameters are refused."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ASSESS)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_with_a_reference(files: dict[str, str], tmp_path: Path) -> None:
    report, table = str(tmp_path / "report.html"), str(tmp_path / "table.csv")
    given = {name: files[name] for name in ("FUSED", "REFERENCE", "MS")}
    found = assessed(PROTOCOL="reference", **given, REPORT=report, CSV=table)
    assert found["RMSE"] == pytest.approx(20, rel=0.02)
    assert 0 < found["ERGAS"] < 10
    assert found["HQNR"] == found["D_RHO"] == -1  # not measured with a reference
    assert {metric.id.upper() for metric in METRICS} < set(found)
    page = Path(report).read_text(encoding="utf-8")
    assert "data:image/png;base64" in page
    assert "<svg" in page
    rows = lines_of(table)
    rmse = next(row for row in rows if (row["method"], row["measure"], row["band"]) == ("fused", "rmse", "all"))
    assert float(rmse["value"]) == found["RMSE"]


def test_at_full_resolution_by_a_child(files: dict[str, str], tmp_path: Path) -> None:
    given = {name: files[name] for name in ("FUSED", "PAN", "MS")}
    report = tmp_path / "report.html"
    finished = qgis_child.run_algorithm(
        ASSESS, as_json=True, PROTOCOL="full_resolution", **given, SENSOR="ikonos", REPORT=report
    )
    assert finished.code == 0, finished.text
    found = json.loads(finished.out)["results"]
    assert 0 <= found["D_LAMBDA_K"] < 0.2
    assert found["HQNR"] == pytest.approx((1 - found["D_LAMBDA_K"]) * (1 - found["D_S"]))
    assert found["ERGAS"] == -1
    assert found["CHF"] > 0 and found["CFLAT"] > 0 and found["CMF"] > 0 and found["SLOPE"] > -2
    assert "MTF gain of PAN at Nyquist" in report.read_text(encoding="utf-8")


def test_by_wald_with_a_network_of_ones_own(files: dict[str, str], tmp_path: Path) -> None:
    network = save(tmp_path / "mine.onnx")
    table = str(tmp_path / "table.csv")
    found = assessed(
        PROTOCOL="wald", PAN=files["PAN"], MS=files["MS"], MODEL_FILE=str(network), GAINS="0.3,0.3,0.28", CSV=table,
        NOISE=True, REPORT=str(tmp_path / "page.html"),
    )  # fmt: skip
    assert "Noise of MS, put back" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert found["ERGAS"] > 0
    methods = {row["method"] for row in lines_of(table)}
    assert methods == {"EXP", "MTF-GLP-FS", "GSA", "BT-H", "mine"}
    assert "mine is" in found["VERDICT"]


def test_what_is_missing_or_wrong_is_said_before_anything_is_measured(files: dict[str, str], tmp_path: Path) -> None:
    assert "REFERENCE is missing; PROTOCOL reference needs FUSED, REFERENCE" in refused(
        PROTOCOL="reference", FUSED=files["FUSED"]
    )
    given = {name: files[name] for name in ("FUSED", "PAN", "MS")}
    assert "GAINS: found 'x'" in refused(PROTOCOL="full_resolution", **given, GAINS="x")
    assert "PROTOCOL is 'best'" in refused(PROTOCOL="best", **given)
    assert "CSV: the folder" in refused(PROTOCOL="full_resolution", **given, CSV=str(tmp_path / "no" / "t.csv"))
    assert "MODEL is 'none'" in refused(PROTOCOL="wald", PAN=files["PAN"], MS=files["MS"], MODEL="none")
    same = refused(PROTOCOL="full_resolution", **given, REPORT=files["FUSED"])
    assert "is also FUSED" in same


@pytest.mark.parametrize(("change", "text"), [
    ({"GAINS": "0.3,0.2"}, "GAINS: found 2 numbers, expected one, or one for each of the 3 bands of MS."),
    ({"PAN_GAIN": "1.5"}, "PAN_GAIN is 1.5; expected a number between 0 and 1"),
    ({"FUSED": "MS"}, "PAN has pixels 0.5 times as large, expected the pixels of FUSED"),
    ({"PAN": "nowhere.tif"}, "PAN"),
])  # fmt: skip
def test_bad_input_gets_one_sentence_exit_code_1_and_no_file(
    files: dict[str, str], tmp_path: Path, change: dict[str, str], text: str
) -> None:
    given = {name: files[name] for name in ("FUSED", "PAN", "MS")}
    given.update({name: files.get(value, value) for name, value in change.items()})
    report = tmp_path / "report.html"
    finished = qgis_child.run_algorithm(ASSESS, PROTOCOL="full_resolution", **given, REPORT=report)
    assert finished.code == 1, finished.text
    assert text in finished.text
    assert not report.exists()
