"""The real dialog of `rsfusion:assessclassification`: it runs in the background on layers of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer

from tests.processing_provider import desktop
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, box, write_labels


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


@pytest.fixture
def drawn(iface: Any) -> QgsVectorLayer:
    """Polygons in memory, the first two selected."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=kind:string", "drawn", "memory")
    for row, name in ((1, "water"), (6, "grass"), (11, "grass")):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(box(row, 1, 3, 3)))
        feature.setAttributes([name])
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds([1, 2])
    return layer


def test_run_button_with_selected_features_of_a_layer_in_memory(drawn: QgsVectorLayer, tmp_path: Path) -> None:
    import processing

    codes = np.repeat([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1], 20).reshape(16, 20)
    class_map = write_labels(tmp_path / "map.tif", codes, grid_transform(PIXEL_M), names=("", "water", "grass"))
    report = tmp_path / "report.html"
    chosen = QgsProcessingFeatureSourceDefinition(drawn.id(), selectedFeaturesOnly=True)
    values = {"MAP": class_map, "REFERENCE": chosen, "CLASS_FIELD": "kind", "REPORT": str(report)}
    dialog = processing.createAlgorithmDialog("rsfusion:assessclassification", values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    assert dialog.grab().save(str(tmp_path / "before.png"))
    dialog.runButton().click()
    desktop.wait_until(lambda: report.exists() and not dialog.cancelButton().isEnabled())
    assert dialog.grab().save(str(tmp_path / "after.png"))
    dialog.close()
    page = report.read_text(encoding="utf-8")
    assert "right for 100.0 % of 18 reference pixels in 2 regions" in page
    assert "drawn, field kind" in page
