"""`rsfusion:extracttargets` by qgis_process, from files to files."""

from __future__ import annotations

import json
from pathlib import Path

from osgeo import ogr

from tests import qgis_child
from tests.rasters import read_raster
from tests.tasks.target_extraction import scenes


def test_from_files_to_files(tmp_path: Path) -> None:
    files = scenes.write(tmp_path, scenes.town())
    done = qgis_child.run_algorithm(
        "rsfusion:extracttargets", as_json=True, LIDAR=files["lidar"], DTM=files["dtm"], OPTICAL=files["optical"],
        OUTPUT=tmp_path / "targets.tif", POLYGONS=tmp_path / "targets.gpkg", REPORT=tmp_path / "targets.html",
    )  # fmt: skip
    assert done.code == 0, done.text
    found = json.loads(done.out)["results"]
    assert found["BUILDING_COUNT"] == len(scenes.HOUSES)
    assert ogr.Open(str(tmp_path / "targets.gpkg")).GetLayer(0).GetFeatureCount() == found["POLYGON_COUNT"]
    assert set(read_raster(tmp_path / "targets.tif").ravel()) == {1, 2, 3, 4}
    assert "Polygons" in (tmp_path / "targets.html").read_text()
