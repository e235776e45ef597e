"""Training, classification and assessment together: as a model in a file, and through the real dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsProcessing,
    QgsProcessingModelChildDependency,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProject,
    QgsVectorLayer,
)

from rsfusion_qgis.core.networks.card_files import read_card
from tests import qgis_child
from tests.city import CODES, write_city
from tests.processing_provider import desktop
from tests.processing_provider.models import Source, add_step, model_of_rasters, publish
from tests.rasters import read_raster

MINUTES = 0.1


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_city(tmp_path_factory.mktemp("city"), size=96, each=6)


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def test_a_model3_file_trains_classifies_and_assesses(provider: Any, scene: dict[str, Any], tmp_path: Path) -> None:
    """The accuracy of the map is a variable of the step that follows: here it is written into the result."""
    model = model_of_rasters("from samples to a map", "HS", "LIDAR")
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    samples = QgsProcessingParameterFeatureSource("SAMPLES", "SAMPLES", [kind])
    model.addModelParameter(samples, QgsProcessingModelParameter("SAMPLES"))
    rasters = {name: Source.fromModelParameter(name) for name in ("HS", "LIDAR")}
    reference = Source.fromModelParameter("SAMPLES")
    add_step(model, "train", "rsfusion:trainclassifier", **rasters, SAMPLES=reference, CLASS_FIELD="class",
             MINUTES=MINUTES, THREADS=1)  # fmt: skip
    add_step(model, "classify", "rsfusion:classify", **rasters, MAJORITY=1,
             MODEL_FILE=Source.fromChildOutput("train", "OUTPUT"))  # fmt: skip
    classes = Source.fromChildOutput("classify", "OUTPUT")
    add_step(model, "assess", "rsfusion:assessclassification", MAP=classes, REFERENCE=reference, CLASS_FIELD="class")
    last = add_step(model, "tell", "native:rescaleraster", INPUT=classes, BAND=1, MINIMUM=0.0, NODATA=-9999.0,
                    MAXIMUM=Source.fromExpression("if(@assess_OA > 0.5 and @train_CLASSES = 6, 10, 20)"))  # fmt: skip
    last.setDependencies([QgsProcessingModelChildDependency("assess")])
    model.setChildAlgorithm(last)
    result = publish(model, "tell", "OUTPUT")
    file, output = tmp_path / "way.model3", tmp_path / "told.tif"
    assert model.toFile(str(file))
    given = {"HS": scene["hs"], "LIDAR": scene["lidar"], "SAMPLES": scene["samples"]}
    finished = qgis_child.run_algorithm(str(file), **given, **{result: output})
    assert finished.code == 0, finished.text
    assert read_raster(output).max() == 10


def test_the_dialogs(iface: Any, scene: dict[str, Any], tmp_path: Path) -> None:
    """Train from a layer of the project, classify with the network, assess the map; each by its Run button."""
    layer = QgsVectorLayer(scene["samples"], "my samples", "ogr")
    QgsProject.instance().addMapLayer(layer)
    network, classes, page = tmp_path / "net.onnx", tmp_path / "classes.tif", tmp_path / "assess.html"
    rasters = {"HS": scene["hs"], "LIDAR": scene["lidar"]}
    sampled = {"SAMPLES": layer.id(), "CLASS_FIELD": "class", "MINUTES": MINUTES, "THREADS": 1}
    report = tmp_path / "train.html"
    asked = {**rasters, **sampled, "OUTPUT": str(network), "REPORT": str(report)}
    desktop.run_dialog("rsfusion:trainclassifier", asked, network)
    assert "my samples, field class" in report.read_text()
    assert "my samples" in read_card(network).training_data
    desktop.run_dialog("rsfusion:classify", {**rasters, "MODEL_FILE": str(network), "OUTPUT": str(classes)}, classes)
    assert set(read_raster(classes).ravel()) <= set(CODES)
    assessed = {"MAP": str(classes), "REFERENCE": layer.id(), "CLASS_FIELD": "class", "REPORT": str(page)}
    desktop.run_dialog("rsfusion:assessclassification", assessed, page)
    assert "Confusion matrix" in page.read_text()
