"""The real dialogs: Run, Cancel, batch, and the result's style; each leaves a picture in tmp_path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtWidgets import QCheckBox

from tests import onnx_files
from tests.processing_provider import desktop
from tests.rasters import grid_transform, make_pan_ms, read_raster, write_raster

PANSHARPEN = "rsfusion:pansharpen"


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def _dialog(values: dict[str, Any]) -> Any:
    import processing

    dialog = processing.createAlgorithmDialog(PANSHARPEN, values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    return dialog


def _picture(dialog: Any, path: Path) -> None:
    assert dialog.grab().save(str(path))
    assert path.stat().st_size > 5000


def _values(pan_ms: tuple[str, str], network: str, output: Path) -> dict[str, Any]:
    return {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL_FILE": network, "OUTPUT": str(output)}


def test_run_button(iface: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path) -> None:
    output = tmp_path / "fused.tif"
    dialog = _dialog(_values(pan_ms, network, output))
    _picture(dialog, tmp_path / "before.png")
    dialog.runButton().click()
    desktop.wait_until(lambda: output.exists() and not dialog.cancelButton().isEnabled())
    _picture(dialog, tmp_path / "after.png")
    dialog.close()
    assert read_raster(output).shape == (4, 64, 80)


def test_the_result_is_styled_like_the_ms_layer(
    iface: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    ms = QgsRasterLayer(pan_ms[1], "ms")
    ms.renderer().setRedBand(4)
    ms.renderer().setGreenBand(2)
    ms.renderer().setBlueBand(3)
    QgsProject.instance().addMapLayer(ms)
    output = tmp_path / "fused.tif"
    dialog = _dialog({**_values(pan_ms, network, output), "MS": ms.id()})
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2)
    dialog.close()
    (fused,) = (layer for layer in QgsProject.instance().mapLayers().values() if layer.id() != ms.id())
    renderer = fused.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (4, 2, 3)
    old, new = ms.renderer().redContrastEnhancement(), renderer.redContrastEnhancement()
    assert new.maximumValue() == pytest.approx(old.maximumValue())


def test_the_result_comes_in_natural_colours_where_its_bands_say_which_they_are(
    iface: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """Blue, green, red, near infrared, as most satellites have them; QGIS shows the first as red."""
    values = read_raster(pan_ms[1])
    names = ("blue", "green", "red", "nir")
    path = write_raster(tmp_path / "named.tif", values, gdal.Open(pan_ms[1]).GetGeoTransform(), descriptions=names)
    ms = QgsRasterLayer(path, "ms")
    QgsProject.instance().addMapLayer(ms)
    dialog = _dialog({**_values(pan_ms, network, tmp_path / "fused.tif"), "MS": ms.id()})
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2)
    dialog.close()
    (fused,) = (layer for layer in QgsProject.instance().mapLayers().values() if layer.id() != ms.id())
    renderer = fused.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (3, 2, 1)
    assert renderer.redContrastEnhancement().maximumValue() > renderer.redContrastEnhancement().minimumValue()


def test_further_results_lie_switched_off_in_colours_and_names_tell_the_input(iface: Any, tmp_path: Path) -> None:
    import processing

    values = np.random.default_rng(1).integers(100, 4000, (12, 24, 30))
    hs = QgsRasterLayer(write_raster(tmp_path / "scene.tif", values, grid_transform(5.0)), "scene")
    QgsProject.instance().addMapLayer(hs)
    files = {"OUTPUT": str(tmp_path / "shares.tif"), "ERROR": str(tmp_path / "error.tif")}
    dialog = processing.createAlgorithmDialog("rsfusion:unmix", {"HS": hs.id(), "COUNT": 3, **files})
    dialog.show()
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    root = QgsProject.instance().layerTreeRoot
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 3)
    desktop.wait_until(lambda: any(not node.itemVisibilityChecked() for node in root().findLayers()))
    desktop.wait_until(lambda: any(len(group.findLayers()) == 2 for group in root().findGroups()))
    _picture(dialog, tmp_path / "loaded.png")
    dialog.close()
    off = {node.name(): node for node in root().findLayers() if not node.itemVisibilityChecked()}
    on = [node.name() for node in root().findLayers() if node.itemVisibilityChecked()]
    assert sorted(on) == ["scene", "scene: shares of the classes"]
    (error,) = off.values()
    assert error.name().startswith("scene: ")
    assert isinstance(error.layer().renderer(), QgsSingleBandPseudoColorRenderer)
    (group,) = root().findGroups()
    assert group.name() == "Unmix spectra: scene"
    assert [node.name() for node in group.findLayers()] == ["scene: shares of the classes", error.name()]
    assert len(root().findLayers()) == 3


def test_cancel_button_leaves_nothing(iface: Any, tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, rows=256, cols=256)
    slow = onnx_files.save(tmp_path / "slow.onnx", onnx_files.slow_model(60), halo=onnx_files.HALO + 120)
    folder = tmp_path / "out"
    folder.mkdir()
    dialog = _dialog({**_values((pan, ms), str(slow), folder / "fused.tif"), "TILE_SIZE": 128})
    dialog.runButton().click()
    desktop.wait_until(lambda: any(folder.iterdir()))
    dialog.cancelButton().click()
    desktop.wait_until(lambda: not dialog.cancelButton().isEnabled() and dialog.runButton().isEnabled(), 10)
    _picture(dialog, tmp_path / "cancelled.png")
    dialog.close()
    assert list(folder.iterdir()) == []


def test_a_wrong_raster_is_said_before_the_run(
    iface: Any, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    output = tmp_path / "fused.tif"
    algorithm = _algorithm()
    accepted, message = algorithm.checkParameterValues(
        _values((pan_ms[0], pan_ms[0]), network, output), QgsProcessingContext()
    )
    assert not accepted
    assert message.startswith("PAN and MS are the same raster")


def _algorithm() -> Any:
    return QgsApplication.processingRegistry().createAlgorithmById(PANSHARPEN)


def test_batch_of_three(iface: Any, network: str, tmp_path: Path) -> None:
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from processing.tools import dataobjects

    dialog = BatchAlgorithmDialog(_algorithm())
    dialog.show()
    panel = dialog.mainWidget()
    outputs = [tmp_path / f"fused{seed}.tif" for seed in range(3)]
    context = dataobjects.createContext()
    while panel.batchRowCount() < len(outputs):
        panel.addRow()
    for row, output in enumerate(outputs):
        pan, ms = make_pan_ms(tmp_path, rows=16, cols=20, seed=row, name=f"{row}_")
        for name, value in (("PAN", pan), ("MS", ms), ("MODEL_FILE", network)):
            panel.wrappers[row][panel.parameter_to_column[name]].setParameterValue(value, context)
        panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"]).setValue(str(output))
    panel.checkLoadLayersOnCompletion.setChecked(False)
    dialog.runButton().click()
    desktop.wait_until(lambda: all(output.exists() for output in outputs) and not dialog.cancelButton().isEnabled())
    _picture(dialog, tmp_path / "batch.png")
    dialog.close()
    assert len({output.read_bytes() for output in outputs}) == 3
