"""rsfusion:sharpenhyperspectral as a user meets it: qgis_process as a child, and the dialog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK
from tests import qgis_child
from tests.processing_provider import desktop
from tests.tasks.hyperspectral_sharpening.scenes import write_scene


def test_a_run_of_qgis_process_with_a_report(tmp_path: Path) -> None:
    scene = write_scene(tmp_path)
    output, report = tmp_path / "sharp.tif", tmp_path / "page.html"
    done = qgis_child.run_algorithm(
        "rsfusion:sharpenhyperspectral", HS=scene["hs"], GUIDE=scene["guide"], BAD_BANDS="3, 9-10",
        OUTPUT=str(output), REPORT=str(report),
    )  # fmt: skip
    assert done.code == 0, done.err
    raster = gdal.Open(str(output))
    assert (raster.RasterXSize, raster.RasterYSize, raster.RasterCount) == (132, 120, 24)
    page = report.read_text(encoding="utf-8")
    wanted = ("What is each band of GUIDE made of?", "3, 9-10", "red, green and blue", "Spectra", "data:image/png")
    assert all(words in page for words in wanted)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"BAD_BANDS": "water"}, "BAD_BANDS: found 'water', expected numbers of bands"),
        ({"BAD_BANDS": "90"}, "BAD_BANDS names band 90, but HS has 24 bands"),
        ({"METHOD": "magic"}, "METHOD is 'magic'"),
    ],
)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    scene = write_scene(tmp_path)
    inputs = {"HS": scene["hs"], "GUIDE": scene["guide"]}
    done = qgis_child.run_algorithm("rsfusion:sharpenhyperspectral", OUTPUT=str(tmp_path / "sharp.tif"),
                                    **{**inputs, **given})  # fmt: skip
    assert done.code == 1 and words in done.err
    assert not list(tmp_path.glob("*sharp*"))


def test_the_dialog_runs(tmp_path: Path, provider: Any, qgis_iface: Any) -> None:
    scene = write_scene(tmp_path)
    desktop.complete(qgis_iface)
    made = tmp_path / "sharp.tif"
    desktop.run_dialog("rsfusion:sharpenhyperspectral", {"HS": scene["hs"], "GUIDE": scene["guide"],
                                                         "OUTPUT": str(made)}, made)  # fmt: skip
    assert gdal.Open(str(made)).RasterCount == 24


def test_the_result_is_shown_in_natural_colour(tmp_path: Path, provider: Any) -> None:
    """By the wavelengths of the bands, where nobody chose other bands of HS."""
    from qgis.core import QgsRasterLayer

    from rsfusion_qgis.processing_provider.post_processors import style_like

    scene, made = write_scene(tmp_path, bands=48), str(tmp_path / "sharp.tif")
    run(Job(TASK, scene, output=made, method="gsa", options=HyperspectralOptions(), policy="warn"))
    given, layer = QgsRasterLayer(scene["hs"], "hs"), QgsRasterLayer(made, "sharp")
    style = style_like(given)
    layer.setRenderer(style.renderer_for(layer))
    style.stretch(layer)
    raster = gdal.Open(made)
    shown = [raster.GetRasterBand(band).GetDescription() for band in layer.renderer().usesBands()]
    assert shown == ["673 nm", "546 nm", "462 nm"]
    enhanced = layer.renderer().redContrastEnhancement()
    assert enhanced.maximumValue() > enhanced.minimumValue()
    given.renderer().setRedBand(9)
    assert list(style_like(given).renderer_for(layer).usesBands()) == [9, 2, 3], "a choice of bands is kept"


def test_a_network_is_trained_on_the_scene_and_used(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    scene, network = write_scene(tmp_path, rows=30, cols=32, bands=12, count=1), tmp_path / "scene.onnx"
    done = qgis_child.run_algorithm(
        "rsfusion:adapthyperspectral", as_json=True, HS=scene["hs"], GUIDE=scene["guide"], MINUTES=0.05,
        OUTPUT=str(network),
    )  # fmt: skip
    assert done.code == 0, done.text
    told = json.loads(done.out)["results"]
    assert told["STEPS"] >= 1 and told["ERROR_AFTER"] > 0
    output, report = tmp_path / "sharp.tif", tmp_path / "page.html"
    done = qgis_child.run_algorithm(
        "rsfusion:sharpenhyperspectral", HS=scene["hs"], GUIDE=scene["guide"], METHOD="network",
        MODEL_FILE=str(network), OUTPUT=str(output), REPORT=str(report),
    )  # fmt: skip
    assert done.code == 0, done.err
    assert gdal.Open(str(output)).RasterCount == 12
    assert "Does the result give HS back?" in report.read_text(encoding="utf-8")
