"""`rsfusion:contributions` in a real qgis_process: table, map and page, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import qgis_child
from tests.core.engine import linear_classifier
from tests.rasters import read_raster

CONTRIBUTIONS = "rsfusion:contributions"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("linear")
    paths = linear_classifier.write(folder, *linear_classifier.scene(seed=7))
    model = linear_classifier.save(folder / "net.onnx")
    rasters = {role.upper(): paths[role] for role in linear_classifier.BANDS}
    return {"MODEL_FILE": model, **rasters, "REFERENCE_RASTER": paths["labels"]}


def test_map_table_and_page(given: dict[str, Any], tmp_path: Path) -> None:
    wanted = {"OUTPUT": tmp_path / "map.tif", "CSV": tmp_path / "table.csv", "REPORT": tmp_path / "page.html"}
    finished = qgis_child.run_algorithm(CONTRIBUTIONS, as_json=True, **given, **wanted)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["RASTERS"] == "HS,LIDAR,SAR" and results["RUNS"] == 8
    values = [float(value) for value in results["VALUES"].split(",")]
    np.testing.assert_allclose(read_raster(wanted["OUTPUT"]).mean(axis=(1, 2)), values, atol=1e-5)
    rows = list(csv.DictReader(wanted["CSV"].read_text(encoding="utf-8").splitlines()[:7]))
    assert [row["raster"] for row in rows] == ["HS", "LIDAR", "SAR"] * 2
    assert float(rows[2]["share"]) <= 0.05
    page = wanted["REPORT"].read_text(encoding="utf-8")
    assert "HS + LIDAR" in page and "share of pixels with the right class" in page


def test_nothing_is_written_over_an_input(given: dict[str, Any], tmp_path: Path) -> None:
    before = Path(given["SAR"]).read_bytes()
    finished = qgis_child.run_algorithm(CONTRIBUTIONS, **given, OUTPUT=given["SAR"])
    assert finished.code == 1 and "SAR" in finished.error_lines[-1]
    assert Path(given["SAR"]).read_bytes() == before


def test_one_raster_is_refused(given: dict[str, Any]) -> None:
    finished = qgis_child.run_algorithm(CONTRIBUTIONS, MODEL_FILE=given["MODEL_FILE"], HS=given["HS"])
    assert finished.code == 1
    assert "expected two or more" in finished.error_lines[-1]
