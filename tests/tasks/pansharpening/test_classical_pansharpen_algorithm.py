"""`rsfusion:classicalpansharpen` as users meet it: processing.run, qgis_process, the dialog, signals."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingContext, QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QCheckBox

from tests import qgis_child
from tests.core.operators.sharpening.pairs import METHODS, fused, scene, write_scene
from tests.processing_provider import desktop
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, read_raster, write_raster

CLASSICAL = "rsfusion:classicalpansharpen"


def run(**values: Any) -> dict[str, Any]:
    import processing

    return dict(processing.run(CLASSICAL, values))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_the_engines(provider: Any, pan_ms: tuple[str, str], tmp_path: Path, method: str) -> None:
    output = tmp_path / "fused.tif"
    results = run(PAN=pan_ms[0], MS=pan_ms[1], METHOD=method, SENSOR="ikonos", OUTPUT=str(output))
    wanted = fused(tmp_path, *pan_ms, method, "engine.tif", sensor="ikonos")
    np.testing.assert_array_equal(read_raster(output), wanted)
    assert results["OUTPUT"] == str(output)
    assert (results["TILES"], results["WARNINGS"]) == (1, 0)
    assert results["SECONDS"] > 0
    assert "MS has the CRS of PAN." in results["FINDINGS"]


def test_the_first_method_and_a_generic_sensor_are_the_default(
    provider: Any, pan_ms: tuple[str, str], tmp_path: Path
) -> None:
    run(PAN=pan_ms[0], MS=pan_ms[1], OUTPUT=str(tmp_path / "fused.tif"))
    history = gdal.Open(str(tmp_path / "fused.tif")).GetMetadata("RSFUSION")
    assert (history["METHOD"], history["MTF_GAINS"]) == ("MTF-GLP-FS", "0.3,0.3,0.3,0.3")


@pytest.mark.parametrize("beside", ["pan", "ms"])
def test_the_metadata_that_providers_deliver_name_the_sensor(
    provider: Any, pan_ms: tuple[str, str], tmp_path: Path, beside: str
) -> None:
    metadata = 'version = "AB";\nBEGIN_GROUP = IMAGE_1\n\tsatId = "QB02";\nEND_GROUP = IMAGE_1\nEND;\n'
    (tmp_path / f"{beside}.IMD").write_text(metadata)
    values = {"PAN": pan_ms[0], "MS": pan_ms[1]}
    for sensor, gains in (("auto", "0.34,0.32,0.3,0.22"), ("generic", "0.3,0.3,0.3,0.3")):
        output = str(tmp_path / f"{sensor}.tif")
        run(**values, SENSOR=sensor, OUTPUT=output)
        assert gdal.Open(output).GetMetadata("RSFUSION")["MTF_GAINS"] == gains


def test_gains_by_hand_win_over_the_sensor(provider: Any, pan_ms: tuple[str, str], tmp_path: Path) -> None:
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "DATA_TYPE": "Float32", "SENSOR": "gaofen_2"}
    run(**values, GAINS="0.45", OUTPUT=str(tmp_path / "one.tif"))
    run(**values, GAINS="0.45; 0.45, .45,0.45", OUTPUT=str(tmp_path / "each.tif"))
    run(**values, OUTPUT=str(tmp_path / "sensor.tif"))
    one = read_raster(tmp_path / "one.tif")
    np.testing.assert_array_equal(one, read_raster(tmp_path / "each.tif"))
    assert np.abs(one - read_raster(tmp_path / "sensor.tif")).max() > 1


def test_qgis_process_without_onnxruntime(tmp_path: Path) -> None:
    """Everything that the interface offers, in an interpreter that has no network runtime."""
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=50, ratio=2.5, offset=(0.5, 0.5))
    values = {
        "PAN": pan, "MS": ms, "METHOD": "gsa", "GAINS": "0.3,0.3,0.3,0.25", "COREGISTRATION": "correct",
        "TILE_SIZE": 64, "DATA_TYPE": "Float32", "NODATA": -1, "FORMAT": "COG", "OUTPUT": tmp_path / "fused.tif",
        "CREATION_OPTIONS": "COMPRESS=LZW", "REPORT": tmp_path / "report.html",
    }  # fmt: skip
    finished = qgis_child.run(*qgis_child.command(CLASSICAL, True, **values), RSFUSION_PYTHONPATH="/nowhere")
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["TILES"] == 4
    dataset = gdal.Open(results["OUTPUT"])
    assert dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert dataset.GetRasterBand(1).DataType == gdal.GDT_Float32
    assert dataset.GetRasterBand(4).GetDescription() == "band 4"
    assert dataset.GetRasterBand(4).GetNoDataValue() == -1
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    for part in ("Pansharpen (classical methods)", "gsa", "0.3, 0.3, 0.3, 0.25", "NumPy", "statistics"):
        assert part in report
    assert "network" not in report.lower()


def test_an_extent_in_another_crs_and_a_number_for_the_method(pan_ms: tuple[str, str], tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.tif", tmp_path / "part.tif"
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "METHOD": 2}
    assert qgis_child.run_algorithm(CLASSICAL, **values, OUTPUT=whole).code == 0
    extent = "500100,500200,4999900,4999950 [EPSG:32632]"
    finished = qgis_child.run_algorithm(CLASSICAL, **values, EXTENT=extent, OUTPUT=part)
    assert finished.code == 0, finished.text
    np.testing.assert_array_equal(read_raster(part), read_raster(whole)[:, 10:20, 20:40])
    assert gdal.Open(str(part)).GetMetadata("RSFUSION")["METHOD"] == "BT-H"


def test_an_ms_on_pans_pixels_is_refused_or_recovered(pan_ms: tuple[str, str], tmp_path: Path) -> None:
    """By the program that QGIS ships, whose log shows what was done."""
    fine = np.kron(read_raster(pan_ms[1]), np.ones((4, 4)))
    repeated = write_raster(tmp_path / "repeated.tif", fine, grid_transform(PAN_PIXEL_M))
    values = {"PAN": pan_ms[0], "MS": repeated, "METHOD": "exp", "OUTPUT": tmp_path / "fused.tif"}
    finished = qgis_child.run_algorithm(CLASSICAL, **values)
    assert finished.code == 1 and not (tmp_path / "fused.tif").exists()
    assert "MS has pixels as small as those of PAN, and they repeat in blocks of 4 x 4;" in finished.text
    assert "so switch NATIVE_MS on, or give MS as it was delivered" in finished.text
    finished = qgis_child.run_algorithm(CLASSICAL, **values, NATIVE_MS=True)
    assert finished.code == 0, finished.text
    assert "one pixel of each block is read." in finished.text
    wanted = qgis_child.run_algorithm(CLASSICAL, **{**values, "MS": pan_ms[1], "OUTPUT": tmp_path / "wanted.tif"})
    assert wanted.code == 0, wanted.text
    np.testing.assert_array_equal(read_raster(tmp_path / "fused.tif"), read_raster(tmp_path / "wanted.tif"))


def _set(name: str, value: str) -> Callable[[dict[str, str], Path], None]:
    return lambda values, folder: values.__setitem__(name, value)


def _same_file(values: dict[str, str], folder: Path) -> None:
    values["MS"] = values["PAN"]


def _ratio_of_ten(values: dict[str, str], folder: Path) -> None:
    values["PAN"], values["MS"] = make_pan_ms(folder, 16, 16, ratio=10, name="far_")


def _output_is_input(values: dict[str, str], folder: Path) -> None:
    values["OUTPUT"] = values["PAN"]


def _nothing_valid(values: dict[str, str], folder: Path) -> None:
    pan, ms = scene(64, 80, 4)
    values["PAN"], values["MS"] = write_scene(folder, pan, np.full_like(ms, -1), 4, nodata=-1)


BAD: dict[str, tuple[Callable[[dict[str, str], Path], None], str]] = {
    "gains that are words": (_set("GAINS", "0.3,sharp"), "GAINS: found 'sharp', expected numbers between 0 and 1"),
    "gains above 1": (_set("GAINS", "1.5"), "GAINS: found '1.5', expected numbers between 0 and 1"),
    "a gain of 0": (_set("GAINS", "0"), "GAINS: found '0', expected numbers between 0 and 1"),
    "two gains for four bands": (_set("GAINS", "0.3,0.3"), "GAINS: found 2 numbers, expected one, or one for each"),
    "unknown sensor": (_set("SENSOR", "hubble"), "SENSOR is 'hubble', but one of these is expected: auto, generic"),
    "unknown method": (_set("METHOD", "ihs"), "METHOD is 'ihs', but one of these is expected: mtf_glp_fs"),
    "the same raster twice": (_same_file, "MS"),
    "ratio of ten": (_ratio_of_ten, "1.5 to 8"),
    "output is an input": (_output_is_input, "OUTPUT"),
    "no valid pixel": (_nothing_valid, "valid"),
    "extent outside": (_set("EXTENT", "1,2,3,4"), "EXTENT"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    case: str, pan_ms: tuple[str, str], tmp_path: Path
) -> None:
    change, words = BAD[case]
    output = tmp_path / "out" / "fused.tif"
    output.parent.mkdir()
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "OUTPUT": str(output)}
    change(values, tmp_path)
    finished = qgis_child.run_algorithm(CLASSICAL, **values)
    assert finished.code == 1, finished.text
    assert words in finished.error_lines[-1], finished.text
    assert "Traceback" not in finished.text
    assert list(output.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_partial_file(name: str, tmp_path: Path) -> None:
    pan, ms = _large(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    with qgis_child.start(*qgis_child.command(CLASSICAL, PAN=pan, MS=ms, OUTPUT=folder / "fused.tif")) as child:
        desktop.wait_until(lambda: any(folder.iterdir()), 60)
        child.send_signal(getattr(signal, name))
        sent = time.monotonic()
        out, err = child.communicate(timeout=30)
    assert child.returncode == 1, f"{child.returncode}\n{out}\n{err}"
    assert time.monotonic() - sent < 5
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []


def _large(folder: Path) -> tuple[str, str]:
    """A pair of 8192 x 8192 pixels that takes many seconds, without files of that size."""
    paths = []
    for path in make_pan_ms(folder, rows=64, cols=64):
        source = gdal.Open(path)
        size = 8192 // (1 if source.RasterXSize == 256 else 4)
        large = path.replace(".tif", "_large.tif")
        gdal.Translate(large, source, width=size, height=size, creationOptions=["TILED=YES", "COMPRESS=LZW"])
        paths.append(large)
    return paths[0], paths[1]


@pytest.fixture
def iface(provider: Any, qgis_iface: Any, qgis_new_project: Any) -> Iterator[Any]:
    desktop.complete(qgis_iface)
    yield qgis_iface
    QgsProject.instance().clear()


def test_the_dialog_runs_it_and_styles_the_result_like_ms(
    iface: Any, pan_ms: tuple[str, str], tmp_path: Path
) -> None:
    import processing

    ms = QgsRasterLayer(pan_ms[1], "ms")
    ms.renderer().setRedBand(4)
    QgsProject.instance().addMapLayer(ms)
    output = tmp_path / "fused.tif"
    dialog = processing.createAlgorithmDialog(CLASSICAL, {"PAN": pan_ms[0], "MS": ms.id(), "OUTPUT": str(output)})
    dialog.show()
    desktop.wait_until(dialog.isVisible)
    for box in dialog.findChildren(QCheckBox):
        box.setChecked("after running" in box.text())
    assert dialog.grab().save(str(tmp_path / "before.png"))
    dialog.runButton().click()
    desktop.wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2)
    dialog.close()
    (layer,) = (one for one in QgsProject.instance().mapLayers().values() if one.id() != ms.id())
    assert layer.renderer().redBand() == 4
    assert read_raster(output).shape == (4, 64, 80)


def test_wrong_gains_are_said_before_the_run(provider: Any, pan_ms: tuple[str, str], tmp_path: Path) -> None:
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(CLASSICAL)
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "GAINS": "2", "OUTPUT": str(tmp_path / "o.tif")}
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    assert message.startswith("GAINS")


def test_help_is_readable_in_a_terminal() -> None:
    finished = qgis_child.run("help", CLASSICAL)
    assert finished.code == 0, finished.text
    assert "METHOD" in finished.out
    assert "MODEL" not in finished.out
