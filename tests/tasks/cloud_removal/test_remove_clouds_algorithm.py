"""`rsfusion:removeclouds` through qgis_process and processing.run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext

from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS
from tests.qgis_child import run_algorithm
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.cloud_removal import cloud_files as files

PLACE = grid_transform(10.0)
pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture
def scene(tmp_path: Path) -> dict[str, Any]:
    made = files.fields()
    optical, mask = tmp_path / "optical.tif", np.where(made["mask"], 9, 4)[None]
    return {
        "OPTICAL": write_raster(optical, made["optical"], PLACE, dtype="UInt16", descriptions=L2A_BANDS, nodata=0),
        "SAR": write_raster(tmp_path / "sar.tif", made["sar"], PLACE, dtype="Float32", descriptions=("VV", "VH")),
        "CLOUDMASK": write_raster(tmp_path / "scl.tif", mask, PLACE, dtype="Byte"),
        "CLOUD_VALUES": "3,8,9,10",
        "MODEL_FILE": str(files.save(tmp_path / "tiny.onnx")),
        "OUTPUT": str(tmp_path / "restored.tif"),
    }


def test_a_run_of_qgis_process(scene: dict[str, Any], tmp_path: Path) -> None:
    further = {"UNCERTAINTY": tmp_path / "sigma.tif", "MASK": tmp_path / "mask.tif", "REPORT": tmp_path / "page.html"}
    finished = run_algorithm("rsfusion:removeclouds", as_json=True, **scene, **further)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert (results["UNCERTAINTY"], results["MASK"]) == (str(further["UNCERTAINTY"]), str(further["MASK"]))
    assert "of the pixels are under the mask" in results["FINDINGS"]
    made = files.fields()
    found, mask = read_raster(scene["OUTPUT"]), read_raster(further["MASK"])[0]
    assert found.shape == made["optical"].shape
    np.testing.assert_array_equal(mask == 2, made["mask"])
    assert found[:, made["mask"]].max() < 5000
    page = further["REPORT"].read_text()
    assert all(text in page for text in ("scale", "SAR", "under the mask", "What did each input give?"))


def test_bands_in_rasters_of_several_resolutions(scene: dict[str, Any], tmp_path: Path) -> None:
    import processing

    values, at = files.fields()["optical"], {10: ("B2", "B3", "B4", "B8"), 20: ("B5", "B6", "B7", "B8A", "B11", "B12")}
    at[40] = ("B1", "B9")
    paths = {}
    for metres, names in at.items():
        step = metres // 10
        picked = values[[L2A_BANDS.index(name) for name in names]][:, ::step, ::step]
        paths[metres] = write_raster(tmp_path / f"{metres}.tif", picked, grid_transform(metres), descriptions=names)
    given = {**scene, "OPTICAL": paths[10], "OPTICAL_20M": paths[20], "OPTICAL_60M": paths[40], "SCALE": 10000}
    found = read_raster(processing.run("rsfusion:removeclouds", given)["OUTPUT"])
    assert found.shape == values.shape
    far = ~files.fields()["mask"]
    far[5:40, 8:50] = far[40:70, 60:] = False
    np.testing.assert_array_equal(found[1][far], values[1][far])
    before = Path(paths[20]).read_bytes()
    algorithm = QgsApplication.processingRegistry().algorithmById("rsfusion:removeclouds")
    for output in ("OUTPUT", "MASK"):
        fine, told = algorithm.checkParameterValues({**given, output: paths[20]}, QgsProcessingContext())
        assert not fine and told.endswith("is also OPTICAL_20M; choose another name for the result.")
    assert Path(paths[20]).read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"CLOUD_VALUES": "clouds"}, "CLOUD_VALUES is 'clouds'; expected numbers separated by commas"),
        ({"OPTICAL": None}, "OPTICAL"),
        ({"SAR": "OPTICAL"}, "SAR"),
        ({"UNCERTAINTY": "OUTPUT"}, "UNCERTAINTY: .* is also OUTPUT"),
    ],
)
def test_bad_input_is_one_sentence(scene: dict[str, Any], changes: dict[str, Any], sentence: str) -> None:
    given = {**scene, **{name: scene.get(value, value) for name, value in changes.items()}}
    finished = run_algorithm("rsfusion:removeclouds", **{name: value for name, value in given.items() if value})
    assert finished.code == 1, finished.text
    import re

    assert re.search(sentence, finished.text), finished.text
    assert not Path(scene["OUTPUT"]).exists()
