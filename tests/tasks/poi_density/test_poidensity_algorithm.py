"""rsfusion:poidensity as a user meets it: qgis_process as a child, and a layer in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

from tests import qgis_child
from tests.rasters import ORIGIN, grid_transform, read_raster, write_raster
from tests.vectors import PIXEL_M, point, write_vector

POIDENSITY = "rsfusion:poidensity"


def write_grid(folder: Path) -> str:
    return write_raster(folder / "grid.tif", np.ones((1, 40, 50)), grid_transform(PIXEL_M), dtype="Byte")


def test_a_run_of_qgis_process_with_a_report(tmp_path: Path) -> None:
    points = write_vector(tmp_path / "points.gpkg", [(point(10, 10), "shop"), (point(30, 40), "school")])
    output, report = tmp_path / "poi.tif", tmp_path / "page.html"
    done = qgis_child.run_algorithm(POIDENSITY, GRID=write_grid(tmp_path), POINTS=points, CATEGORY_FIELD="class",
                                    BANDWIDTH=50, OUTPUT=str(output), REPORT=str(report))  # fmt: skip
    assert done.code == 0, done.err
    raster = gdal.Open(str(output))
    assert [raster.GetRasterBand(n).GetDescription() for n in (1, 2)] == ["school", "shop"]
    assert "mean per km²" in report.read_text(encoding="utf-8")


def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(tmp_path: Path) -> None:
    output = tmp_path / "poi.tif"
    done = qgis_child.run_algorithm(POIDENSITY, GRID=write_grid(tmp_path), POINTS=str(tmp_path / "no.gpkg"),
                                    OUTPUT=str(output))  # fmt: skip
    assert done.code == 1 and "POINTS is" in done.err
    assert not output.exists()


def test_a_layer_in_memory_with_a_filter(tmp_path: Path, provider: Any) -> None:
    layer = QgsVectorLayer("Point?crs=EPSG:32632&field=kind:string", "pois", "memory")
    for x, y, kind in ((100, 100, "a"), (300, 200, "b"), (350, 250, "b")):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POINT({ORIGIN[0] + x} {ORIGIN[1] - y})"))
        feature.setAttribute(0, kind)
        layer.dataProvider().addFeature(feature)
    algorithm = provider.algorithm("poidensity").create()
    values = {"GRID": write_grid(tmp_path), "POINTS": layer, "CATEGORY_FIELD": "kind", "BANDWIDTH": 30,
              "OUTPUT": str(tmp_path / "poi.tif")}  # fmt: skip
    context = QgsProcessingContext()
    results, fine = algorithm.run(values, context, QgsProcessingFeedback())
    assert fine and results["CATEGORIES"] == "a,b" and results["POINTS_USED"] == 3
    assert read_raster(str(tmp_path / "poi.tif")).shape == (2, 40, 50)
