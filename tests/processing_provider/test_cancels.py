"""A cancel ends what is done outside the engine, too: reading a card, writing a derived file, copying samples.

What may take long is made endless, and cancels the run when it is reached.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from rsfusion_qgis.processing_provider import model_info_algorithm
from rsfusion_qgis.processing_provider.deriving_algorithm import DerivingAlgorithm
from rsfusion_qgis.processing_provider.sample_parameters import TRAINING, GivenSamples
from tests.tasks.unmixing.scenes import write_scene

LIMIT_S = 2.0
OLD = "an older result"

pytestmark = pytest.mark.usefixtures("provider")


class Endless:
    """A step that does not end."""

    def __init__(self) -> None:
        self.feedback = QgsProcessingFeedback(False)
        self.reached = 0.0

    def __call__(self, *_: Any, **__: Any) -> Any:
        self.reached = time.monotonic()
        self.feedback.cancel()
        while True:
            time.sleep(0.001)

    def run(self, algorithm: str, **parameters: Any) -> None:
        """Run without the check before, which the desktop does before there is anything to cancel."""
        made = QgsApplication.processingRegistry().createAlgorithmById(f"rsfusion:{algorithm}")
        with pytest.raises(QgsProcessingException, match="cancelled"):
            made.run(parameters, QgsProcessingContext(), self.feedback, {}, False)
        assert time.monotonic() - self.reached < LIMIT_S


def test_reading_a_card(monkeypatch: pytest.MonkeyPatch, network: str, tmp_path: Path) -> None:
    step, report = Endless(), tmp_path / "page.html"
    report.write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(model_info_algorithm, "read_card", step)
    step.run("modelinfo", MODEL_FILE=network, REPORT=str(report))
    assert report.read_text(encoding="utf-8") == OLD


def test_writing_a_derived_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    step, output, hs = Endless(), tmp_path / "found.csv", write_scene(tmp_path).hs
    output.write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(DerivingAlgorithm, "_write", step)
    step.run("extractendmembers", HS=hs, COUNT=3, OUTPUT=str(output))
    assert output.read_text(encoding="utf-8") == OLD
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_copying_samples_has_no_long_step_at_the_end() -> None:
    """A spatial index of a million points took 84 s, in one step that no cancel ends."""
    layer = QgsVectorLayer("Point?crs=EPSG:32632&field=class:string", "points", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(500000.0, 5000000.0)))
    feature.setAttribute(0, "water")
    layer.dataProvider().addFeatures([feature])
    context, looks = QgsProcessingContext(), []
    given = GivenSamples(TRAINING, "", "", QgsProcessingFeatureSource(layer, context), "class", context)
    copy = given.source(lambda: looks.append(True))
    assert looks == [True]
    found = gdal.OpenEx(copy.path, gdal.OF_VECTOR).ExecuteSQL("SELECT name FROM sqlite_master WHERE name LIKE 'rtree%'")
    assert found.GetFeatureCount() == 0
