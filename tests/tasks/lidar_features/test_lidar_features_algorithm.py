"""`rsfusion:lidarfeatures` as users meet it: qgis_process, the dialog, a model, signals."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtWidgets import QCheckBox

from tests import qgis_child
from tests.processing_provider import desktop
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.lidar_features.scenes import PIXEL_M, surface, terrain, write

LIDAR = "rsfusion:lidarfeatures"


@pytest.fixture
def rasters(tmp_path: Path) -> dict[str, str]:
    """A surface and a terrain model, as parameters."""
    return {"DSM": write(tmp_path / "dsm.tif", surface()), "DTM": write(tmp_path / "dtm.tif", terrain())}


def test_a_run_of_qgis_process(rasters: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.tif"
    finished = qgis_child.run_algorithm(LIDAR, as_json=True, **rasters, PERCENTILES="5,95", OUTPUT=output)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    names = results["BAND_NAMES"].split("\n")
    assert names[0] == "height above ground"
    assert names[3:5] == ["height percentile 5", "height percentile 95"]
    assert (results["BANDS"], results["WARNINGS"], results["TILES"]) == (6, 0, 1)
    assert "'intensity' is left out" in results["FINDINGS"]
    bands = read_raster(output)
    np.testing.assert_allclose(bands[0], np.maximum(surface() - terrain(), 0), atol=1e-4)


def test_numbers_for_options_and_a_part(rasters: dict[str, str], tmp_path: Path) -> None:
    x, y = grid_transform(PIXEL_M)[0::3]
    extent = f"{x + 10},{x + 40},{y - 30},{y - 20} [EPSG:32632]"
    finished = qgis_child.run_algorithm(
        LIDAR, **rasters, FEATURES="1,4", RADIUS=2, FORMAT="COG", EXTENT=extent, COREGISTRATION=0, TILE_SIZE=32,
        CREATION_OPTIONS="BLOCKSIZE=128|COMPRESS=LZW", OUTPUT=tmp_path / "out.tif",
    )  # fmt: skip
    assert finished.code == 0, finished.text
    result = gdal.Open(str(tmp_path / "out.tif"))
    assert result.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert (result.RasterXSize, result.RasterYSize) == (60, 20)
    names = [result.GetRasterBand(i + 1).GetDescription() for i in range(result.RasterCount)]
    assert names == ["slope", "height range"]


@pytest.mark.parametrize("given", ["slope,range", ["range", "slope"], [4, 1], "slope; range"])
def test_features_come_as_text_list_or_numbers(
    provider: Any, rasters: dict[str, str], tmp_path: Path, given: Any
) -> None:
    import processing

    results = processing.run(LIDAR, {**rasters, "FEATURES": given, "OUTPUT": str(tmp_path / "out.tif")})
    assert results["BAND_NAMES"] == "slope\nheight range"


def test_without_onnxruntime_it_can_be_run(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rsfusion_qgis.processing_provider import base_algorithm

    monkeypatch.setattr(base_algorithm, "missing_runtime", lambda: "missing")
    assert provider.algorithm("lidarfeatures").canExecute() == (True, "")


def test_the_crs_that_the_user_gave_a_layer_counts_and_its_file_stays_safe(
    provider: Any, rasters: dict[str, str], tmp_path: Path
) -> None:
    import processing

    bare = write(tmp_path / "bare.tif", surface(), crs=None)
    layer = QgsRasterLayer(bare, "bare")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    values = {"DSM": layer, "DTM": rasters["DTM"], "OUTPUT": str(tmp_path / "out.tif")}
    assert processing.run(LIDAR, values)["WARNINGS"] == 0
    accepted, message = provider.algorithm("lidarfeatures").checkParameterValues(
        {**values, "OUTPUT": bare}, QgsProcessingContext()
    )
    assert not accepted
    assert message.startswith(f"OUTPUT: '{bare}' is also DSM")


def _two_bands(values: dict[str, Any], folder: Path) -> None:
    values["DSM"] = write_raster(folder / "two.tif", np.zeros((2, 40, 40)), grid_transform(PIXEL_M))


def _far(values: dict[str, Any], folder: Path) -> None:
    values["DTM"] = write(folder / "far.tif", terrain(), geotransform=grid_transform(PIXEL_M, (9000.0, 0.0)))


def _empty(values: dict[str, Any], folder: Path) -> None:
    values["DSM"] = write(folder / "empty.tif", np.full((150, 170), np.nan))


def _output_is_terrain(values: dict[str, Any], folder: Path) -> None:
    values["OUTPUT"] = values["DTM"]


def _setting(name: str, value: Any) -> Callable[[dict[str, Any], Path], None]:
    return lambda values, folder: values.__setitem__(name, value)


BAD: dict[str, tuple[Callable[[dict[str, Any], Path], None], str]] = {
    "several bands": (_two_bands, "has 2 bands; expected 1"),
    "no overlap": (_far, "DTM does not overlap DSM"),
    "radius below a pixel": (_setting("RADIUS", 0.2), "RADIUS is 0.2 m, less than one pixel of DSM"),
    "negative radius": (_setting("RADIUS", -3), "RADIUS is '-3', but a number of at least 0"),
    "no number": (_setting("GROUND_WINDOW", "wide"), "GROUND_WINDOW is 'wide'"),
    "percentile": (_setting("PERCENTILES", "10,120"), "PERCENTILES are '10,120'; expected"),
    "no percentile": (_setting("PERCENTILES", "low"), "PERCENTILES are 'low'; expected"),
    "unknown feature": (_setting("FEATURES", "slope,aspect"), "FEATURES names 'aspect'; expected some of"),
    "feature without its raster": (_setting("FEATURES", "intensity"), "but INTENSITY is empty"),
    "no data": (_empty, "has no valid pixel anywhere"),
    "no such raster": (_setting("INTENSITY", "/nowhere.tif"), "INTENSITY is '/nowhere.tif'"),
    "unknown policy": (_setting("COREGISTRATION", "maybe"), "COREGISTRATION is 'maybe'"),
    "missing folder": (_setting("OUTPUT", "/nowhere/out.tif"), "OUTPUT: the folder '/nowhere' does not exist"),
    "output is an input": (_output_is_terrain, "is also DTM"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    case: str, rasters: dict[str, str], tmp_path: Path
) -> None:
    change, words = BAD[case]
    folder = tmp_path / "out"
    folder.mkdir()
    values: dict[str, Any] = {**rasters, "OUTPUT": str(folder / "out.tif")}
    change(values, tmp_path)
    inputs = {path: Path(path).read_bytes() for path in (values["DSM"], values["DTM"])}
    finished = qgis_child.run_algorithm(LIDAR, **values)
    assert finished.code == 1, finished.text
    assert words in finished.error_lines[-1], finished.text
    assert "Traceback" not in finished.text
    assert list(folder.iterdir()) == []
    assert {path: Path(path).read_bytes() for path in inputs} == inputs


def test_one_height_everywhere_is_warned_of(tmp_path: Path) -> None:
    dsm = write(tmp_path / "flat.tif", np.full((60, 60), 7.0))
    finished = qgis_child.run_algorithm(LIDAR, DSM=dsm, OUTPUT=tmp_path / "out.tif")
    assert finished.code == 0, finished.text
    assert "DSM holds one height only, 7 m" in finished.text


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A surface whose features take many seconds."""
    return write(tmp_path_factory.mktemp("large") / "large.tif", np.tile(surface(), (12, 12)))


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_partial_file(name: str, large: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = qgis_child.command(LIDAR, DSM=large, RADIUS=5, OUTPUT=folder / "out.tif")
    with qgis_child.start(*arguments) as child:
        _wait_until(lambda: any(folder.iterdir()) or child.poll() is not None)
        child.send_signal(getattr(signal, name))
        sent = time.monotonic()
        out, err = child.communicate(timeout=60)
    assert child.returncode == 1, f"{child.returncode}\n{out}\n{err}"
    assert time.monotonic() - sent < 5
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []


def _wait_until(condition: Callable[[], bool], timeout_s: float = 90.0) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "the run never began to write"
        time.sleep(0.02)


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Any:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def _dialog(values: dict[str, Any]) -> Any:
    import processing

    dialog = processing.createAlgorithmDialog(LIDAR, values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    return dialog


def test_the_dialog_runs_with_what_it_shows_and_loads_the_result(
    iface: Any, rasters: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.tif"
    dialog = _dialog({**rasters, "FEATURES": ["height_above_ground", "roughness"], "OUTPUT": str(output)})
    assert dialog.grab().save(str(tmp_path / "before.png"))
    assert (tmp_path / "before.png").stat().st_size > 5000
    for box in dialog.findChildren(QCheckBox):
        if "after running" in box.text():
            box.setChecked(True)
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 1, 60)
    assert dialog.grab().save(str(tmp_path / "after.png"))
    dialog.close()
    (layer,) = QgsProject.instance().mapLayers().values()
    assert [layer.bandName(i + 1) for i in range(layer.bandCount())] == [
        "Band 1: height above ground", "Band 2: roughness",
    ]  # fmt: skip


def test_an_untouched_dialog_gives_all_features_that_are_possible(
    iface: Any, rasters: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.tif"
    dialog = _dialog({"DSM": rasters["DSM"], "OUTPUT": str(output)})
    dialog.runButton().click()
    desktop.wait_until(lambda: output.exists() and not dialog.cancelButton().isEnabled(), 60)
    dialog.close()
    assert len(read_raster(output)) == 7


def test_the_cancel_button_leaves_nothing(iface: Any, large: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    dialog = _dialog({"DSM": large, "RADIUS": 5.0, "OUTPUT": str(folder / "out.tif")})
    dialog.runButton().click()
    desktop.wait_until(lambda: any(folder.iterdir()))
    dialog.cancelButton().click()
    desktop.wait_until(lambda: not dialog.cancelButton().isEnabled() and dialog.runButton().isEnabled(), 10)
    dialog.close()
    assert list(folder.iterdir()) == []


def test_a_model_passes_the_features_on(provider: Any, rasters: dict[str, str], tmp_path: Path) -> None:
    """The heights above ground of the first step are the surface of the second, without a ground of its own."""
    import processing

    model, source = QgsProcessingModelAlgorithm("both", "tests"), QgsProcessingModelChildParameterSource
    for role in ("DSM", "DTM"):
        model.addModelParameter(QgsProcessingParameterRasterLayer(role, role), QgsProcessingModelParameter(role))
    steps = {
        "heights": {"DSM": source.fromModelParameter("DSM"), "DTM": source.fromModelParameter("DTM"),
                    "FEATURES": source.fromStaticValue("height_above_ground")},
        "shape": {"DSM": source.fromChildOutput("heights", "OUTPUT"), "GROUND_WINDOW": source.fromStaticValue(0),
                  "FEATURES": source.fromStaticValue(["slope", "percentiles"]),
                  "RADIUS": source.fromExpression("0.5 + @heights_BANDS")},
    }  # fmt: skip
    for name, values in steps.items():
        child = QgsProcessingModelChildAlgorithm(LIDAR)
        child.setChildId(name)
        for parameter, value in values.items():
            child.addParameterSources(parameter, [value])
        model.addChildAlgorithm(child)
    child, published = model.childAlgorithm("shape"), QgsProcessingModelOutput("RESULT", "RESULT")
    published.setChildId("shape")
    published.setChildOutputName("OUTPUT")
    child.setModelOutputs({"RESULT": published})
    model.setChildAlgorithm(child)
    model.updateDestinationParameters()
    (destination,) = model.destinationParameterDefinitions()
    model.initAlgorithm()
    results = processing.run(model, {**rasters, destination.name(): str(tmp_path / "out.tif")})
    dataset = gdal.Open(results[destination.name()])
    names = [dataset.GetRasterBand(i + 1).GetDescription() for i in range(dataset.RasterCount)]
    assert names[:2] == ["slope", "surface height percentile 10"]
    assert dataset.GetMetadataItem("WINDOW", "RSFUSION") == "7 x 7"
