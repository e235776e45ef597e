"""`rsfusion:fusesaroptical` by qgis_process, from files to a file."""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from tests import qgis_child
from tests.tasks.sar_optical_fusion import scenes


def test_from_files_to_a_file(tmp_path: Path) -> None:
    files = scenes.write(tmp_path)
    done = qgis_child.run_algorithm(
        "rsfusion:fusesaroptical", OPTICAL=files["optical"], SAR=files["sar"], METHOD="highpass",
        OUTPUT=tmp_path / "fused.tif", REPORT=tmp_path / "fused.html",
    )  # fmt: skip
    assert done.code == 0, done.text
    made = gdal.Open(str(tmp_path / "fused.tif"))
    assert (made.RasterCount, made.RasterXSize, made.GetRasterBand(1).DataType) == (3, 104, gdal.GDT_UInt16)
    assert made.GetRasterBand(2).GetDescription() == "b"
