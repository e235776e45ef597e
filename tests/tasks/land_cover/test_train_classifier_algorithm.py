"""`rsfusion:trainclassifier` by qgis_process and in QGIS, with a real child process; then classify and assess."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsVectorLayer

from models.land_cover.generated_city import CLASSES
from models.land_cover.networks import ARCHITECTURES
from models.land_cover.networks.fusion import FUSIONS
from models.land_cover.train import ABSENT
from rsfusion_qgis.core.engine.training_options import ABSENCES
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.tasks.land_cover import training
from tests import qgis_child
from tests.city import CODES, write_city
from tests.rasters import grid_transform, read_raster, write_raster
from tests.vectors import box, write_vector

TRAIN = "rsfusion:trainclassifier"
pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_city(tmp_path_factory.mktemp("city"))


@pytest.fixture
def values(scene: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """Parameters of a short training."""
    return {"HS": scene["hs"], "LIDAR": scene["lidar"], "SAMPLES": scene["samples"], "CLASS_FIELD": "class",
            "MINUTES": 0.15, "THREADS": 1, "OUTPUT": str(tmp_path / "net.onnx")}  # fmt: skip


def refused(**values: Any) -> str:
    """Return the sentence with which the parameters are refused."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(TRAIN)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_the_lists_are_those_of_the_recipe() -> None:
    assert tuple(one.slug for one in ARCHITECTURES) == training.ARCHITECTURES
    assert tuple(one if isinstance(one, str) else one.slug for one in FUSIONS) == training.FUSIONS
    assert ABSENCES == ABSENT


def test_the_whole_way_by_qgis_process(scene: dict[str, Any], values: dict[str, Any], tmp_path: Path) -> None:
    """Train, classify, assess; every step is a process of its own, as on a server."""
    report = tmp_path / "train.html"
    trained = qgis_child.run_algorithm(TRAIN, as_json=True, **values, REPORT=report)
    assert trained.code == 0, trained.text
    found = json.loads(trained.out)["results"]
    assert (found["CLASSES"], found["OUTPUT"]) == (len(CLASSES), values["OUTPUT"])
    assert 0 < found["OA_LOW"] <= found["OA"] <= found["OA_HIGH"] <= 1
    assert "Confusion matrix" in report.read_text()
    card = read_card(values["OUTPUT"])
    assert [one.name for one in card.outputs[0].classes] == sorted(CLASSES)
    stored = {"hs": read_raster(scene["hs"]), "lidar": read_raster(scene["lidar"])}
    for spec in card.inputs:
        for band, known in zip(stored[spec.role], spec.learned, strict=True):
            assert band.min() <= known.low < known.high <= band.max()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net.onnx", "train.html"]

    classes, sure = tmp_path / "classes.tif", tmp_path / "sure.tif"
    classified = qgis_child.run_algorithm(
        "rsfusion:classify", HS=scene["hs"], LIDAR=scene["lidar"], MODEL_FILE=values["OUTPUT"], OUTPUT=classes,
        CONFIDENCE=sure, REPORT=tmp_path / "classify.html",
    )  # fmt: skip
    assert classified.code == 0, classified.text
    assert set(read_raster(classes).ravel()) <= set(CODES)
    assessed = qgis_child.run_algorithm(
        "rsfusion:assessclassification", as_json=True, MAP=classes, REFERENCE=scene["samples"], CLASS_FIELD="class",
        REPORT=tmp_path / "assess.html", CSV=tmp_path / "assess.csv",
    )  # fmt: skip
    assert assessed.code == 0, assessed.text
    assert json.loads(assessed.out)["results"]["OA"] > 0.6


def test_a_label_raster_and_one_modality(scene: dict[str, Any], values: dict[str, Any]) -> None:
    import processing

    given = {**values, "SAMPLES": None, "CLASS_FIELD": None, "LIDAR": None, "LABELS": scene["labels"], "TEST_SHARE": 0}
    found = processing.run(TRAIN, given)
    assert found["OA"] == -1
    card = read_card(found["OUTPUT"])
    assert [spec.role for spec in card.inputs] == ["hs"]
    assert [(one.name, one.code) for one in card.outputs[0].classes] == list(zip(CLASSES, CODES))


def test_points_in_another_crs_and_selected_features(scene: dict[str, Any], values: dict[str, Any]) -> None:
    import processing
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject

    layer = QgsVectorLayer(scene["samples"], "samples", "ogr")
    QgsProject.instance().addMapLayer(layer)
    try:
        layer.selectByExpression("\"class\" in ('roof', 'lawn', 'water')")
        chosen = QgsProcessingFeatureSourceDefinition(layer.id(), True)
        found = processing.run(TRAIN, {**values, "SAMPLES": chosen})
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    assert found["CLASSES"] == 3
    assert [one.name for one in read_card(found["OUTPUT"]).outputs[0].classes] == ["lawn", "roof", "water"]


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_a_stop_leaves_the_state_and_nothing_else(
    values: dict[str, Any], tmp_path: Path, number: int
) -> None:
    results, state = tmp_path / "results", tmp_path / "state.pt"
    results.mkdir()
    more = {**values, "MINUTES": 10, "OUTPUT": results / "net.onnx", "REPORT": results / "page.html"}
    with qgis_child.start(*qgis_child.command(TRAIN, **more, CHECKPOINT=state)) as child:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not state.exists() and child.poll() is None:
            time.sleep(0.2)
        child.send_signal(number)
        out, err = child.communicate(timeout=30)
    assert child.returncode == 1, out + err
    assert state.exists(), out + err
    assert list(results.iterdir()) == []


def test_what_does_not_fit_is_said_before_anything_starts(scene: dict[str, Any], values: dict[str, Any]) -> None:
    assert "No raster is given; expected one or more of HS" in refused(**{**values, "HS": None, "LIDAR": None})
    assert "SAMPLES and LABELS: neither is given" in refused(**{**values, "SAMPLES": None})
    assert "SAMPLES and LABELS: both are given" in refused(**values, LABELS=scene["labels"])
    assert "has no field 'species'" in refused(**{**values, "CLASS_FIELD": "species"})
    assert "OUTPUT: " in refused(**{**values, "OUTPUT": "/nowhere/net.onnx"})
    assert "is also HS" in refused(**{**values, "OUTPUT": scene["hs"]})
    assert "are 0.5 and 0.5; expected 0.8 at most" in refused(**values, VALIDATION_SHARE=0.5, TEST_SHARE=0.5)
    assert "one of these is expected" in refused(**values, ARCHITECTURE="resnet")


BOX = box(10, 10, 6, 6)
FLAWS: dict[str, tuple[list[tuple[Any, Any]], str]] = {
    "all null": ([(BOX, None), (box(30, 30, 5, 5), None)], "no class|only null|null"),
    "one class": ([(BOX, "roof"), (box(30, 30, 5, 5), "roof")], "has the one class 'roof'"),
    "outside": ([(box(900, 900, 5, 5), "a"), (box(950, 950, 5, 5), "b")], "no sample inside the raster"),
    "too few": ([(BOX, "roof"), (box(30, 30, 1, 2), "lawn")], r"too few sample pixels .* 'lawn' \(2\)"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_unusable_samples_get_one_sentence_and_exit_code_1(flaw: str, values: dict[str, Any], tmp_path: Path) -> None:
    shapes, sentence = FLAWS[flaw]
    values["SAMPLES"] = write_vector(tmp_path / "flawed.gpkg", shapes)
    finished = qgis_child.run_algorithm(TRAIN, **values)
    assert finished.code == 1, finished.text
    import re

    assert re.search(sentence, finished.text), finished.text
    assert not Path(values["OUTPUT"]).exists()
    assert not list(tmp_path.glob(".*partial*"))


def test_bad_bands_are_left_out(scene: dict[str, Any], values: dict[str, Any], tmp_path: Path) -> None:
    import processing

    junk = scene["found"].hs.copy()
    junk[5] = 9e4
    path = write_raster(tmp_path / "bad.img", junk, grid_transform(10.0), dtype="Float32", driver="ENVI")
    header = tmp_path / "bad.hdr"
    header.write_text(header.read_text() + f"bbl = {{{', '.join('0' if k == 5 else '1' for k in range(len(junk)))}}}\n")
    found = processing.run(TRAIN, {**values, "HS": path, "LIDAR": None, "MINUTES": 0.05})
    assert len(read_card(found["OUTPUT"]).input("hs").bands) == len(junk) - 1
