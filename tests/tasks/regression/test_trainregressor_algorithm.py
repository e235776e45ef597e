"""`rsfusion:trainregressor` by qgis_process with a real child process, then `rsfusion:regress` and contributions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext

from models.regression.fitting import METHODS
from models.regression.train import ABSENT
from rsfusion_qgis.core.engine.training_options import ABSENCES
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.tasks.regression import training
from tests import qgis_child
from tests.rasters import read_raster
from tests.tasks.regression.scene import write_scene
from tests.vectors import box, point, write_vector

pytest.importorskip("sklearn")
TRAIN, REGRESS = "rsfusion:trainregressor", "rsfusion:regress"
pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture
def values(scene: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    return {"HS": scene["hs"], "LIDAR": scene["lidar"], "SAMPLES": scene["boxes"], "VALUE_FIELD": "number",
            "ARCHITECTURE": "plsr", "FOLDS": 4, "THREADS": 1, "OUTPUT": str(tmp_path / "net.onnx")}  # fmt: skip


def refused(**values: Any) -> str:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(TRAIN)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_the_lists_are_those_of_the_recipe() -> None:
    assert training.ARCHITECTURES == METHODS and ABSENCES == ABSENT


def test_the_whole_way_by_qgis_process(scene: dict[str, Any], values: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "train.html"
    trained = qgis_child.run_algorithm(TRAIN, as_json=True, **values, REPORT=report)
    assert trained.code == 0, trained.text
    found = json.loads(trained.out)["results"]
    assert found["R2"] > 0.9 and found["RMSE"] < 0.5 * found["RMSE_OF_MEAN"] and abs(found["BIAS"]) < 0.5
    assert 0.8 < found["COVERAGE_FOUND"] < 1
    page = report.read_text(encoding="utf-8")
    assert "Estimate against truth" in page and "without LIDAR" in page
    card = read_card(values["OUTPUT"])
    assert card.outputs[0].bands[0].name == "number" and dict(card.quality)["R², blocks left out"] > 0.9

    output, ends = tmp_path / "map.tif", tmp_path / "ends.tif"
    made = qgis_child.run_algorithm(
        REGRESS, as_json=True, HS=scene["hs"], LIDAR=scene["lidar"], MODEL_FILE=values["OUTPUT"], OUTPUT=output,
        INTERVAL=ends, REPORT=tmp_path / "map.html",
    )  # fmt: skip
    assert made.code == 0, made.text
    estimate, (low, high) = read_raster(output)[0], read_raster(ends)
    assert np.sqrt(((estimate - scene["truth"]) ** 2).mean()) < 2.0
    assert json.loads(made.out)["results"]["MEAN"] == pytest.approx(float(estimate.mean()), rel=1e-4)
    # the interval was set for boxes of 3 x 3 pixels, whose noise is a third of that of a pixel
    assert ((scene["truth"] >= low) & (scene["truth"] <= high)).mean() > 0.7

    alone = qgis_child.run_algorithm(REGRESS, HS=scene["hs"], MODEL_FILE=values["OUTPUT"], OUTPUT=output, INTERVAL=ends)
    assert alone.code == 0, alone.text
    wider = read_raster(ends)
    assert (wider[1] - wider[0]).mean() > 1.3 * (high - low).mean()


def test_contributions_tell_what_each_raster_gives(
    scene: dict[str, Any], values: dict[str, Any], tmp_path: Path
) -> None:
    import processing

    processing.run(TRAIN, values)
    found = processing.run("rsfusion:contributions", {
        "HS": scene["hs"], "LIDAR": scene["lidar"], "MODEL_FILE": values["OUTPUT"],
        "REFERENCE_RASTER": scene["values"], "CSV": str(tmp_path / "c.csv")})  # fmt: skip
    text = Path(found["CSV"]).read_text(encoding="utf-8")
    assert "HS" in text and "LIDAR" in text


@pytest.mark.parametrize("samples", ["points", "values"])
def test_points_and_a_raster_teach_too(scene: dict[str, Any], values: dict[str, Any], samples: str) -> None:
    import processing

    given = {**values, "SAMPLES": scene["points"]} if samples == "points" else {
        **values, "SAMPLES": None, "VALUE_FIELD": None, "VALUES": scene["values"]}  # fmt: skip
    found = processing.run(TRAIN, given)
    assert found["R2"] > 0.9
    assert read_card(found["OUTPUT"]).outputs[0].bands[0].name == ("number" if samples == "points" else "biomass")


def test_what_does_not_fit_is_said_before_anything_starts(scene: dict[str, Any], values: dict[str, Any]) -> None:
    assert "No raster is given" in refused(**{**values, "HS": None, "LIDAR": None})
    assert "give either polygons or points with a field of numbers, or a raster of them" in refused(
        **{**values, "SAMPLES": None})  # fmt: skip
    assert "has no field 'height' of numbers; its fields of numbers are: " in refused(
        **{**values, "VALUE_FIELD": "height"})  # fmt: skip
    assert "has 6 bands; expected one of numbers" in refused(
        **{**values, "SAMPLES": None, "VALUE_FIELD": None, "VALUES": scene["hs"]})  # fmt: skip
    assert "GRID is MS, but no such raster is given" in refused(**values, GRID="MS")
    assert "one of these is expected" in refused(**{**values, "ARCHITECTURE": "resnet"})


FLAWS = {
    "few": ([(box(2, 2, 2, 2), 1.0), (box(9, 9, 2, 2), 2.0)], "gives 8 pixels with a number"),
    "one number": ([(box(n, 10, 3, 3), 5.0) for n in range(2, 60, 6)], "holds the one number 5"),
    "outside": ([(point(900, 900), 1.0), (point(901, 901), 2.0)], "has no number inside the raster"),
    "one place": ([(box(10, 10, 6, 6), 5.0), (box(10, 18, 6, 6), 7.0)], "but the samples lie in 2 blocks"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_unusable_samples_get_one_sentence_and_exit_code_1(flaw: str, values: dict[str, Any], tmp_path: Path) -> None:
    shapes, sentence = FLAWS[flaw]
    values["SAMPLES"] = write_vector(tmp_path / "flawed.gpkg", shapes, "real", field="number")
    finished = qgis_child.run_algorithm(TRAIN, **values)
    assert finished.code == 1 and sentence in finished.text, finished.text
    assert not Path(values["OUTPUT"]).exists() and not list(tmp_path.glob(".*partial*"))
