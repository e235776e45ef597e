"""`rsfusion:classify` through qgis_process, the dialog and processing.run."""

from __future__ import annotations

import json

import pytest
from osgeo import gdal

from tests.qgis_child import run_algorithm
from tests.rasters import read_raster
from tests.tasks.land_cover import classifier_files as files


@pytest.fixture
def scene(tmp_path):
    hs, height = files.fields()
    return {
        "HS": files.write_hs(tmp_path / "hs.tif", hs),
        "LIDAR": files.write_lidar(tmp_path / "lidar.tif", height),
        "MODEL_FILE": str(files.save(tmp_path / "tiny.onnx")),
        "OUTPUT": str(tmp_path / "classes.tif"),
    }


def test_a_run_of_qgis_process(scene, tmp_path):
    further = {"CONFIDENCE": "sure.tif", "PROBABILITIES": "all.tif", "REPORT": "page.html"}
    more = {name: tmp_path / file for name, file in further.items()}
    finished = run_algorithm("rsfusion:classify", as_json=True, **scene, **more, MAJORITY=1)
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["OUTPUT"] == scene["OUTPUT"]
    assert (results["CONFIDENCE"], results["PROBABILITIES"]) == (str(more["CONFIDENCE"]), str(more["PROBABILITIES"]))
    assert set(read_raster(scene["OUTPUT"]).ravel()) == {1, 4, 9}
    assert read_raster(more["PROBABILITIES"]).shape[0] == 3
    page = more["REPORT"].read_text()
    assert all(text in page for text in ("bare soil", "hectares", "Are the rasters aligned?"))
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith(".")}
    assert not left


def test_without_the_lidar(scene, tmp_path):
    del scene["LIDAR"]
    finished = run_algorithm("rsfusion:classify", **scene)
    assert finished.code == 0, finished.text
    assert "LIDAR is not given" in finished.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"HS": None}, "HS is missing, which MODEL_FILE 'tiny classifier' needs"),
        ({"SAR": "LIDAR"}, "SAR is given, but MODEL_FILE 'tiny classifier' takes HS, LIDAR only"),
        ({"MODEL_FILE": None}, "No network is given, but classification needs one; give the .onnx file"),
        ({"HS": "LIDAR"}, "has 1 bands; expected the 2 that MODEL_FILE 'tiny classifier' takes"),
    ],
)
def test_bad_input_is_one_sentence(scene, changes, sentence):
    given = {**scene, **{name: scene.get(value, value) for name, value in changes.items()}}
    finished = run_algorithm("rsfusion:classify", **{name: value for name, value in given.items() if value})
    assert finished.code == 1, finished.text
    assert sentence in finished.text
    assert gdal.VSIStatL(scene["OUTPUT"]) is None
