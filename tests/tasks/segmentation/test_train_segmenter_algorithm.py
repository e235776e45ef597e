"""`rsfusion:trainsegmenter` by qgis_process, with a real child process; then `rsfusion:segment` with what it made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import ogr
from qgis.core import QgsApplication, QgsProcessingContext

from rsfusion_qgis.core.networks.card_files import read_card
from tests import qgis_child
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.segmentation import scenes

TRAIN, SEGMENT = "rsfusion:trainsegmenter", "rsfusion:segment"
pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder, found = tmp_path_factory.mktemp("flood"), scenes.flood(120, 132)
    truth, place = 1.0 + (found.flood | found.river), grid_transform(scenes.PIXEL_M)
    heights = np.where(truth > 1, 0.0, 3.0) + np.random.default_rng(1).normal(0, 0.5, truth.shape)
    return {
        **scenes.write(folder, found), "truth": truth,
        "lidar": write_raster(folder / "lidar.tif", heights[None], place, dtype="Float32"),
        "labels": write_raster(folder / "labels.tif", truth[None], place, dtype="Byte"),
    }  # fmt: skip


def refused(**values: Any) -> str:
    """Return the sentence with which the parameters are refused."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(TRAIN)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_densities_of_points_are_one_more_raster(scene: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    network, densities = tmp_path / "poi.onnx", np.where(scene["truth"] > 1, 900.0, 0.0)
    poi = write_raster(tmp_path / "poi.tif", densities[None], grid_transform(scenes.PIXEL_M), dtype="Float32")
    trained = qgis_child.run_algorithm(
        TRAIN, as_json=True, SAR=scene["sar"], POI=poi, LABELS=scene["labels"], METHOD="forest", THREADS=1,
        OUTPUT=network,
    )  # fmt: skip
    assert trained.code == 0, trained.text
    assert [spec.role for spec in read_card(network).inputs] == ["sar", "poi"]
    mapped = qgis_child.run_algorithm(SEGMENT, POI=poi, MODEL_FILE=network, OUTPUT=tmp_path / "map.tif")
    assert mapped.code == 0, mapped.text
    assert (read_raster(tmp_path / "map.tif")[0] == scene["truth"]).mean() > 0.95


def test_the_whole_way_by_qgis_process(scene: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    network, report = tmp_path / "own.onnx", tmp_path / "own.html"
    trained = qgis_child.run_algorithm(
        TRAIN, as_json=True, OPTICAL=scene["optical"], LIDAR=scene["lidar"], LABELS=scene["labels"], METHOD="forest",
        THREADS=1, OUTPUT=network, REPORT=report,
    )  # fmt: skip
    assert trained.code == 0, trained.text
    found = json.loads(trained.out)["results"]
    assert found["OA"] > 0.95
    assert 0 < found["BOUNDARY_F1"] <= 1
    assert "Outlines" in report.read_text()
    assert [spec.role for spec in read_card(network).inputs] == ["optical", "lidar"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own.html", "own.onnx"]
    mapped = qgis_child.run_algorithm(
        SEGMENT, LIDAR=scene["lidar"], MODEL_FILE=network, OUTPUT=tmp_path / "map.tif", POLYGONS=tmp_path / "map.gpkg",
        REGULAR_CLASSES="2",
    )  # fmt: skip
    assert mapped.code == 0, mapped.text
    assert (read_raster(tmp_path / "map.tif")[0] == scene["truth"]).mean() > 0.9
    assert ogr.Open(str(tmp_path / "map.gpkg")).GetLayer(0).GetFeatureCount() > 0


def test_what_does_not_fit_is_refused(scene: dict[str, Any], tmp_path: Path) -> None:
    given = {"OPTICAL": scene["optical"], "LABELS": scene["labels"], "OUTPUT": str(tmp_path / "own.onnx")}
    assert "FUSION is 'gate', but ARCHITECTURE cmgfnet" in refused(**given, FUSION="gate", ARCHITECTURE="cmgfnet")
    assert "GRID is SAR, but no such raster is given" in refused(**given, GRID="SAR")
    assert "SCENES: there is no file" in refused(**given, SCENES=str(tmp_path / "none.csv"))
    only = {**given, "OPTICAL": None, "SAR_BEFORE": scene["sar_before"]}
    assert "Only SAR_BEFORE is given; name a raster of the date to segment" in refused(**only)
    many = refused(**given, VALIDATION_SHARE=0.5, TEST_SHARE=0.4)
    assert "expected 0.8 at most together" in many
