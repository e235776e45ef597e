"""rsfusion:sharpenhyperspectral as a user meets it: qgis_process as a child, and the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

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
    assert all(words in page for words in ("What is each band of GUIDE made of?", "3, 9-10"))


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
