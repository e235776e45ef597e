"""`rsfusion:checkcoregistration` in models and in the desktop: branches, the real dialog, points drawn as arrows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QCheckBox

from tests import qgis_child
from tests.processing_provider import desktop
from tests.processing_provider.models import publish
from tests.processing_provider.test_check_coregistration import ADD_M, CHECK
from tests.rasters import read_raster
from tests.textures import write_pair

Source = QgsProcessingModelChildParameterSource


def _branching_model() -> QgsProcessingModelAlgorithm:
    """Return a model that lets QGIS write SHIFT_X into a raster where the verdict is "shifted"."""
    model = QgsProcessingModelAlgorithm("check and branch", "tests")
    for role in ("REFERENCE", "SECONDARY"):
        model.addModelParameter(QgsProcessingParameterRasterLayer(role, role), QgsProcessingModelParameter(role))
    check = QgsProcessingModelChildAlgorithm(CHECK)
    check.setChildId("check")
    for role in ("REFERENCE", "SECONDARY"):
        check.addParameterSources(role, [Source.fromModelParameter(role)])
    model.addChildAlgorithm(check)
    scale = QgsProcessingModelChildAlgorithm("native:rescaleraster")
    scale.setChildId("scale")
    values = {
        "INPUT": Source.fromModelParameter("SECONDARY"),
        "BAND": Source.fromStaticValue(1), "NODATA": Source.fromStaticValue(-9999.0),
        "MINIMUM": Source.fromStaticValue(-99.0),
        "MAXIMUM": Source.fromExpression("if(@check_VERDICT = 'shifted', round(@check_SHIFT_X, 1), 0)"),
    }  # fmt: skip
    for name, source in values.items():
        scale.addParameterSources(name, [source])
    scale.setDependencies([QgsProcessingModelChildDependency("check")])
    model.addChildAlgorithm(scale)
    return model


@pytest.mark.parametrize(("add", "expected"), [(ADD_M, 6.5), ((0.0, 0.0), 0.0)], ids=["shifted", "aligned"])
def test_a_model_branches_on_the_verdict(
    add: tuple[float, float], expected: float, provider: Any, tmp_path: Path
) -> None:
    model = _branching_model()
    result = publish(model, "scale", "OUTPUT")
    file = tmp_path / "branch.model3"
    assert model.toFile(str(file))
    reference, secondary = write_pair(tmp_path, add)
    output = tmp_path / "out.tif"
    finished = qgis_child.run_algorithm(str(file), REFERENCE=reference, SECONDARY=secondary, **{result: output})
    assert finished.code == 0, finished.text
    assert read_raster(output).max() == pytest.approx(expected, abs=1e-4)


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def test_the_dialog_runs_and_the_points_are_drawn_as_arrows(iface: Any, tmp_path: Path) -> None:
    import processing

    reference, secondary = write_pair(tmp_path, ADD_M)
    points = tmp_path / "points.gpkg"
    values = {"REFERENCE": reference, "SECONDARY": secondary, "DISPLACEMENTS": str(points)}
    dialog = processing.createAlgorithmDialog(CHECK, values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    assert dialog.grab().save(str(tmp_path / "dialog.png"))
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 1)
    dialog.grab().save(str(tmp_path / "after.png"))
    dialog.close()
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.renderer().type() == "categorizedSymbol"
    assert [category.value() for category in layer.renderer().categories()] == [1, 0]
    _arrows_go_up_and_right(layer, QgsRasterLayer(reference, "reference"), tmp_path / "map.png")


def _arrows_go_up_and_right(layer: Any, below: QgsRasterLayer, picture: Path) -> None:
    """Draw the layer; above and to the right of a chip's dot there is colour, on the other side there is none."""
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings

    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(below.extent())
    settings.setOutputSize(QSize(720, 600))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    drawn = job.renderedImage()
    assert drawn.save(str(picture))
    feature = next(iter(layer.getFeatures()))
    at = settings.mapToPixel().transform(feature.geometry().asPoint())
    step = np.array([1.3, -0.7]) / np.hypot(1.3, 0.7) * 20
    ahead, behind = np.array([at.x(), at.y()]) + step, np.array([at.x(), at.y()]) - step
    assert drawn.pixelColor(*map(round, ahead)).saturation() > 50
    assert drawn.pixelColor(*map(round, behind)).saturation() < 20
