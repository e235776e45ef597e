"""`rsfusion:coregister` as users meet it: qgis_process, the dialog, a model, signals."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr
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
from scipy import ndimage

from tests import qgis_child
from tests.processing_provider import desktop
from tests.rasters import grid_transform, read_raster, write_raster

COREGISTER = "rsfusion:coregister"
PIXEL_M = 5.0
GROUND = ndimage.gaussian_filter(np.random.default_rng(3).standard_normal((460, 460)), 1.5)
GROUND = 1000 + 200 * GROUND / GROUND.std()


def raster(path: Path, cols: float = 0.0, rows: float = 0.0, bands: int = 1, size: int = 300, **how: Any) -> str:
    """A texture on one grid for all, whose content must be moved by (cols, rows) to lie on that of (0, 0)."""
    shown = ndimage.shift(GROUND, (-rows, -cols), order=3)[60 : 60 + size, 60 : 60 + size]
    values = np.stack([shown * (1 + 0.1 * band) for band in range(bands)])
    crs = how.pop("crs", "EPSG:32632")
    return write_raster(path, values, how.pop("geotransform", grid_transform(PIXEL_M)), crs, **how)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """A reference, and a secondary of three bands that must be moved by 2 columns and -1.5 rows."""
    return raster(tmp_path / "reference.tif"), raster(tmp_path / "secondary.tif", 2.0, -1.5, 3)


def origin(path: str | Path) -> tuple[float, float]:
    geotransform = gdal.Open(str(path)).GetGeoTransform()
    return geotransform[0], geotransform[3]


def test_a_run_moves_the_raster_and_tells_by_how_much(pair: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.tif"
    finished = qgis_child.run_algorithm(COREGISTER, as_json=True, REFERENCE=pair[0], SECONDARY=pair[1], OUTPUT=output)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert (results["SHIFT_COLS"], results["SHIFT_ROWS"]) == pytest.approx((2.0, -1.5), abs=0.1)
    assert (results["SHIFT_X"], results["SHIFT_Y"]) == pytest.approx((10.0, 7.5), abs=0.5)
    assert results["APPLIED"] == 1
    assert results["VERDICT"] == "shifted"
    assert results["CONFIDENCE"] > 0.9
    assert results["RMSE_AFTER"] < 0.1 < 2 < results["RMSE_BEFORE"]
    assert "METHOD 'shift'" in results["FINDINGS"]
    moved = np.subtract(origin(output), origin(pair[1]))
    np.testing.assert_allclose(moved, (results["SHIFT_X"], results["SHIFT_Y"]), atol=1e-8)
    np.testing.assert_array_equal(read_raster(output), read_raster(pair[1]))


def test_what_was_measured_goes_into_files_of_its_own(pair: tuple[str, str], tmp_path: Path) -> None:
    names = {"REPORT": "page.html", "DISPLACEMENTS": "arrows.gpkg", "FIELD": "field.tif", "CONTROL_POINTS": "at.points"}
    files = {name: tmp_path / file for name, file in names.items()}
    finished = qgis_child.run_algorithm(
        COREGISTER, as_json=True, REFERENCE=pair[0], SECONDARY=pair[1], OUTPUT=tmp_path / "out.tif", **files
    )
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert all(file.exists() and results[name].startswith(str(file)) for name, file in files.items())
    page = files["REPORT"].read_text("utf-8")
    assert "lowers the RMSE" in page and "after the measured shift" in page and "Local displacements" in page
    layer = ogr.Open(str(files["DISPLACEMENTS"]))
    steps = [(arrow["cols"], arrow["rows"]) for arrow in layer.GetLayer() if arrow["agrees"]]
    np.testing.assert_allclose(np.median(steps, axis=0), (2.0, -1.5), atol=0.1)
    np.testing.assert_allclose(read_raster(files["FIELD"])[:, 20, 20], (2.0, -1.5), atol=0.1)
    assert "mapX,mapY,sourceX,sourceY" in files["CONTROL_POINTS"].read_text("utf-8")


def test_a_similarity_on_the_references_grid_as_cog_with_numbers_for_options(
    pair: tuple[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "out.tif"
    values = {"REFERENCE": pair[0], "SECONDARY": pair[1], "METHOD": 1, "RESAMPLING": 2, "FORMAT": "COG"}
    arguments = qgis_child.command(
        COREGISTER, **values, ON_REFERENCE_GRID="true", CREATION_OPTIONS="BLOCKSIZE=128|COMPRESS=LZW",
        SECONDARY_BANDS=2, OUTPUT=output,
    )  # fmt: skip
    finished = qgis_child.run(*arguments)
    assert finished.code == 0, finished.text
    result = gdal.Open(str(output))
    assert result.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert result.GetMetadataItem("METHOD", "RSFUSION") == "similarity"
    steps = np.subtract(origin(output), origin(pair[0])) / PIXEL_M
    np.testing.assert_allclose(steps, steps.round(), atol=1e-6)


def test_without_onnxruntime_it_can_be_run(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rsfusion_qgis.processing_provider import base_algorithm

    monkeypatch.setattr(base_algorithm, "missing_runtime", lambda: "missing")
    assert provider.algorithm("coregister").canExecute() == (True, "")


def test_an_aligned_raster_is_copied_with_a_warning(pair: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.tif"
    finished = qgis_child.run_algorithm(
        COREGISTER, as_json=True, REFERENCE=pair[0], SECONDARY=pair[1], TOLERANCE=4, OUTPUT=output
    )
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert (results["APPLIED"], results["VERDICT"]) == (0, "aligned")
    assert "within TOLERANCE already" in results["FINDINGS"]
    assert origin(output) == origin(pair[1])


def _elsewhere(values: dict[str, Any], folder: Path) -> None:
    noise = ndimage.gaussian_filter(np.random.default_rng(9).standard_normal((1, 300, 300)), (0, 1.5, 1.5))
    values["SECONDARY"] = write_raster(folder / "other.tif", 1000 + 500 * noise, grid_transform(PIXEL_M))


def _constant(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = write_raster(folder / "flat.tif", np.full((1, 300, 300), 7.0), grid_transform(PIXEL_M))


def _far(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"], values["MAX_SHIFT"] = raster(folder / "far.tif", 40.0), 12


def _no_overlap(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = raster(folder / "away.tif", geotransform=grid_transform(PIXEL_M, (50000.0, 0.0)))


def _not_georeferenced(values: dict[str, Any], folder: Path) -> None:
    for name, cols in (("REFERENCE", 0.0), ("SECONDARY", 2.0)):
        values[name] = raster(folder / f"bare_{name}.tif", cols, crs=None, geotransform=None)


def _one_not_georeferenced(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = raster(folder / "bare.tif", 2.0, crs=None, geotransform=None)


def _missing_folder(values: dict[str, Any], folder: Path) -> None:
    values["OUTPUT"] = str(folder / "nowhere" / "out.tif")


def _output_is_secondary(values: dict[str, Any], folder: Path) -> None:
    values["OUTPUT"] = values["SECONDARY"]


def _no_such_band(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY_BANDS"] = 9


def _unknown_method(values: dict[str, Any], folder: Path) -> None:
    values["METHOD"] = "magic"


def _bad_range(values: dict[str, Any], folder: Path) -> None:
    values["MAX_SHIFT"] = -1


def _truncated(values: dict[str, Any], folder: Path) -> None:
    source = Path(values["SECONDARY"]).read_bytes()
    values["SECONDARY"] = str(folder / "cut.tif")
    Path(values["SECONDARY"]).write_bytes(source[: len(source) // 2])


BAD: dict[str, tuple[Callable[[dict[str, Any], Path], None], str]] = {
    "another place": (_elsewhere, "SECONDARY"),
    "one value everywhere": (_constant, "SECONDARY_BANDS"),
    "shift beyond the range": (_far, "MAX_SHIFT"),
    "no overlap": (_no_overlap, "SECONDARY"),
    "no georeferencing": (_not_georeferenced, "ON_REFERENCE_GRID"),
    "georeferencing on one side": (_one_not_georeferenced, "SECONDARY"),
    "missing folder": (_missing_folder, "OUTPUT"),
    "output is an input": (_output_is_secondary, "OUTPUT"),
    "no such band": (_no_such_band, "band 9"),
    "unknown method": (_unknown_method, "METHOD"),
    "negative range": (_bad_range, "MAX_SHIFT"),
    "truncated file": (_truncated, "SECONDARY"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(case: str, pair: tuple[str, str], tmp_path: Path) -> None:
    change, word = BAD[case]
    output = tmp_path / "out" / "out.tif"
    output.parent.mkdir()
    values = {"REFERENCE": pair[0], "SECONDARY": pair[1], "OUTPUT": str(output)}
    change(values, tmp_path)
    inputs = {path: Path(path).read_bytes() for path in (values["REFERENCE"], values["SECONDARY"])}
    finished = qgis_child.run_algorithm(COREGISTER, **values)
    assert finished.code == 1, finished.text
    sentence = finished.error_lines[-1]
    assert word in sentence, finished.text
    assert "Traceback" not in finished.text
    assert len(sentence) > 30, finished.text
    assert list(output.parent.iterdir()) == []
    assert {path: Path(path).read_bytes() for path in inputs} == inputs


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A pair whose correction takes seconds: 2400 pixels square, the secondary with eight bands that compress badly."""
    folder = tmp_path_factory.mktemp("large")
    ground = ndimage.gaussian_filter(np.random.default_rng(1).standard_normal((2400, 2400)), 1.5, mode="wrap")
    paths = [
        write_raster(folder / f"{cols}.tif", np.broadcast_to(np.roll(ground, -cols, 1), (bands, 2400, 2400)),
                     grid_transform(PIXEL_M), dtype="Float32")
        for bands, cols in ((1, 0), (8, 2))
    ]  # fmt: skip
    return paths[0], paths[1]


@pytest.mark.parametrize("method", ["shift", "tps"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_partial_file(name: str, method: str, large: tuple[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = qgis_child.command(
        COREGISTER, REFERENCE=large[0], SECONDARY=large[1], METHOD=method, MESH=3, OUTPUT=folder / "out.tif",
        CREATION_OPTIONS="ZLEVEL=9",
    )  # fmt: skip
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

    dialog = processing.createAlgorithmDialog(COREGISTER, values)
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    return dialog


def test_the_dialog_loads_the_result_styled_like_the_secondary(
    iface: Any, pair: tuple[str, str], tmp_path: Path
) -> None:
    layer = QgsRasterLayer(pair[1], "secondary")
    for band, setter in ((3, "setRedBand"), (1, "setGreenBand"), (2, "setBlueBand")):
        getattr(layer.renderer(), setter)(band)
    QgsProject.instance().addMapLayer(layer)
    output = tmp_path / "out.tif"
    dialog = _dialog({"REFERENCE": pair[0], "SECONDARY": layer.id(), "OUTPUT": str(output)})
    assert dialog.grab().save(str(tmp_path / "before.png"))
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2, 60)
    assert dialog.grab().save(str(tmp_path / "after.png"))
    dialog.close()
    (result,) = (found for found in QgsProject.instance().mapLayers().values() if found.id() != layer.id())
    renderer = result.renderer()
    assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (3, 1, 2)
    assert origin(output)[0] - origin(pair[1])[0] == pytest.approx(10.0, abs=0.5)


def test_the_crs_that_the_user_gave_a_layer_counts_and_its_file_stays_safe(
    provider: Any, pair: tuple[str, str], tmp_path: Path
) -> None:
    import processing

    layer = QgsRasterLayer(raster(tmp_path / "bare.tif", 2.0, -1.5, crs=None), "bare")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    values = {"REFERENCE": pair[0], "SECONDARY": layer, "OUTPUT": str(tmp_path / "out.tif")}
    assert processing.run(COREGISTER, values)["APPLIED"] == 1
    accepted, message = provider.algorithm("coregister").checkParameterValues(
        {**values, "OUTPUT": str(tmp_path / "bare.tif")}, QgsProcessingContext()
    )
    assert not accepted
    assert message.startswith("OUTPUT")


def test_a_model_fuses_what_was_coregistered(provider: Any, network: str, tmp_path: Path) -> None:
    """MS is moved onto PAN, then sharpened; the shift is a variable of the steps that follow."""
    import processing

    pan = raster(tmp_path / "pan.tif")
    sharp = ndimage.shift(GROUND, (1.0, -2.0), order=3)[60:360, 60:360]
    coarse = np.stack([sharp.reshape(75, 4, 75, 4).mean((1, 3)) * gain for gain in (1.0, 1.1)])
    ms = write_raster(tmp_path / "ms.tif", coarse, grid_transform(4 * PIXEL_M))
    model, source = QgsProcessingModelAlgorithm("both", "tests"), QgsProcessingModelChildParameterSource
    for role in ("PAN", "MS"):
        model.addModelParameter(QgsProcessingParameterRasterLayer(role, role), QgsProcessingModelParameter(role))
    steps = {
        "move": (COREGISTER, {"REFERENCE": source.fromModelParameter("PAN"),
                              "SECONDARY": source.fromModelParameter("MS")}),
        "fuse": ("rsfusion:pansharpen", {"PAN": source.fromModelParameter("PAN"),
                                         "MS": source.fromChildOutput("move", "OUTPUT"),
                                         "MODEL": source.fromStaticValue(network),
                                         "TILE_SIZE": source.fromExpression("64 + 32 * @move_APPLIED")}),
    }  # fmt: skip
    for name, (algorithm, values) in steps.items():
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(name)
        for parameter, value in values.items():
            child.addParameterSources(parameter, [value])
        model.addChildAlgorithm(child)
    child, published = model.childAlgorithm("fuse"), QgsProcessingModelOutput("RESULT", "RESULT")
    published.setChildId("fuse")
    published.setChildOutputName("OUTPUT")
    child.setModelOutputs({"RESULT": published})
    model.setChildAlgorithm(child)
    model.updateDestinationParameters()
    (destination,) = model.destinationParameterDefinitions()
    model.initAlgorithm()
    results = processing.run(model, {"PAN": pan, "MS": ms, destination.name(): str(tmp_path / "fused.tif")})
    fused = read_raster(results[destination.name()])
    assert fused.shape[0] == 2
    assert fused.shape[1] > 280
