"""The real dialog of rsfusion:classify: a run by its button, and the look of the result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QCheckBox

from tests.processing_provider import desktop
from tests.rasters import read_raster
from tests.tasks.land_cover import classifier_files as files


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def test_the_classes_have_their_names_and_colours(iface: Any, tmp_path: Path) -> None:
    import processing

    hs, height = files.fields()
    output = tmp_path / "classes.tif"
    values = {"HS": files.write_hs(tmp_path / "hs.tif", hs), "LIDAR": files.write_lidar(tmp_path / "lidar.tif", height),
              "MODEL_FILE": str(files.save(tmp_path / "tiny.onnx")), "OUTPUT": str(output)}  # fmt: skip
    dialog = processing.createAlgorithmDialog("rsfusion:classify", values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    assert dialog.grab().save(str(tmp_path / "before.png"))
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    desktop.wait_until(lambda: bool(QgsProject.instance().mapLayers()))
    dialog.close()
    (layer,) = QgsProject.instance().mapLayers().values()
    found = [(entry.value, entry.label, entry.color.name()) for entry in layer.renderer().classes()]
    assert found == [(1, "grass", "#00ff00"), (4, "bare soil", found[1][2]), (9, "building", "#ff0000")]
    assert set(read_raster(output).ravel()) == {1, 4, 9}
