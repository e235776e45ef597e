"""rsfusion:sharpensentinel2 as a user meets it: qgis_process as a child, and the dialog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tests import qgis_child
from tests.processing_provider import desktop
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
