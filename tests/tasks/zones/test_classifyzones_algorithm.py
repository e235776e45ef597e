"""rsfusion:classifyzones as a user meets it: qgis_process as a child."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tests import qgis_child
from tests.tasks.zones.town import write_town

pytest.importorskip("sklearn")
CLASSIFYZONES = "rsfusion:classifyzones"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_town(tmp_path_factory.mktemp("town"))


def test_zones_from_points_and_a_raster(town: dict[str, Any], tmp_path: Path) -> None:
    output, report = tmp_path / "zones.gpkg", tmp_path / "page.html"
    done = qgis_child.run_algorithm(
        CLASSIFYZONES, as_json=True, ZONES=town["zones"], CLASS_FIELD="class", RASTERS=town["image"],
        POINTS=town["points"], CATEGORY_FIELD="class", FOLDS=3, OUTPUT=str(output), REPORT=str(report),
    )  # fmt: skip
    assert done.code == 0, done.text
    results = json.loads(done.out)["results"]
    assert results["CLASSES"] == "homes,park,shops" and results["KAPPA"] > 0.4
    assert results["ZONES_KNOWN"] == 144 - len(town["hidden"])
    layer = gdal.OpenEx(str(output), gdal.OF_VECTOR)
    assert layer.GetLayer(0).GetFeatureCount() == 144
    assert "shop: " in report.read_text(encoding="utf-8")


def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(town: dict[str, Any], tmp_path: Path) -> None:
    output = tmp_path / "zones.gpkg"
    done = qgis_child.run_algorithm(CLASSIFYZONES, ZONES=town["zones"], CLASS_FIELD="class", OUTPUT=str(output))
    assert done.code == 1 and "RASTERS and POINTS are empty" in done.err
    done = qgis_child.run_algorithm(CLASSIFYZONES, ZONES=town["zones"], CLASS_FIELD="class", POINTS=town["points"],
                                    OUTPUT=town["points"])  # fmt: skip
    assert done.code == 1 and "POINTS" in done.err
    assert not output.exists()
