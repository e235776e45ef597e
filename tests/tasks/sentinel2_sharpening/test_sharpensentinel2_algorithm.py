"""rsfusion:sharpensentinel2 as a user meets it: qgis_process as a child, and the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tests import qgis_child
from tests.processing_provider import desktop
from tests.tasks.sentinel2_sharpening.products import write_product
from tests.tasks.sentinel2_sharpening.scenes import NAMES, write_scene


def test_a_run_of_qgis_process_with_a_report(tmp_path: Path) -> None:
    scene = write_scene(tmp_path)
    output, report = tmp_path / "sharp.tif", tmp_path / "page.html"
    done = qgis_child.run_algorithm(
        "rsfusion:sharpensentinel2", B10=scene["b10"], B20=scene["b20"], B60=scene["b60"], OUTPUT=str(output),
        REPORT=str(report),
    )  # fmt: skip
    assert done.code == 0, done.err
    raster = gdal.Open(str(output))
    assert (raster.RasterXSize, raster.RasterYSize, raster.RasterCount) == (132, 120, 8)
    page = report.read_text(encoding="utf-8")
    assert all(name in page for name in (*NAMES[20], *NAMES[60], "What do the fine bands tell of the coarse ones?"))


def test_a_product_a_choice_of_bands_and_an_extent_in_degrees(tmp_path: Path) -> None:
    output, safe = tmp_path / "sharp.tif", write_product(tmp_path, size=240)
    done = qgis_child.run_algorithm(
        "rsfusion:sharpensentinel2", PRODUCT=str(safe), BANDS="B3,B8A", OUTPUT=str(output),
        EXTENT="16.278,16.290,45.133,45.140 [EPSG:4326]",
    )  # fmt: skip
    assert done.code == 0, done.err
    raster = gdal.Open(str(output))
    assert raster.RasterCount == 2 and 80 < raster.RasterXSize < 120 and 60 < raster.RasterYSize < 100
    assert raster.GetRasterBand(2).GetDescription() == "B8A"


def test_the_files_of_the_bands(tmp_path: Path) -> None:
    output, safe = tmp_path / "sharp.tif", write_product(tmp_path)
    names = ("B02_10m", "B03_10m", "B04_10m", "B08_10m", "B11_20m")
    files = [str(next(safe.rglob(f"*{name}.jp2"))) for name in names]
    done = qgis_child.run_algorithm("rsfusion:sharpensentinel2", FILES=files, OUTPUT=str(output))
    assert done.code == 0, done.err
    assert gdal.Open(str(output)).RasterCount == 5


@pytest.mark.parametrize("inside", ["", "MTD_MSIL2A.xml"])
def test_a_product_in_the_dialog(
    tmp_path: Path, provider: Any, qgis_iface: Any, inside: str
) -> None:  # fmt: skip
    safe = write_product(tmp_path)
    desktop.complete(qgis_iface)
    made = tmp_path / "sharp.tif"
    desktop.run_dialog("rsfusion:sharpensentinel2", {"PRODUCT": str(safe / inside), "OUTPUT": str(made)}, made)
    assert gdal.Open(str(made)).RasterCount == 12


@pytest.mark.parametrize(
    ("given", "words"),
    [({"B10": "b10"}, "B20 or B60 is missing"), ({"B10": "b10", "B20": "b20", "METHOD": "magic"}, "METHOD is 'magic'")],
)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    scene = write_scene(tmp_path)
    parameters = {name: scene.get(value, value) for name, value in given.items()}
    done = qgis_child.run_algorithm("rsfusion:sharpensentinel2", OUTPUT=str(tmp_path / "sharp.tif"), **parameters)
    assert done.code == 1 and words in done.err
    assert not list(tmp_path.glob("*sharp*"))


def test_the_dialog_runs(tmp_path: Path, provider: Any, qgis_iface: Any) -> None:
    scene = write_scene(tmp_path)
    desktop.complete(qgis_iface)
    made = tmp_path / "sharp.tif"
    values = {"B10": scene["b10"], "B20": scene["b20"], "OUTPUT": str(made)}
    desktop.run_dialog("rsfusion:sharpensentinel2", values, made)
    assert gdal.Open(str(made)).RasterCount == 7
