"""rsfusion:segment as a user meets it: qgis_process as a child."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from tests import qgis_child
from tests.rasters import read_raster
from tests.tasks.segmentation import scenes

ZOO = Path(__file__).parents[3] / "models" / "segmentation" / "zoo"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    made = scenes.write(tmp_path_factory.mktemp("flood"), scenes.flood(200, 220))
    return {role.upper(): path for role, path in made.items()}


def test_the_shipped_network_maps_and_draws_a_flood(inputs: dict[str, Any], tmp_path: Path) -> None:
    output, layer, page = tmp_path / "water.tif", tmp_path / "water.gpkg", tmp_path / "water.html"
    done = qgis_child.run_algorithm(
        "rsfusion:segment", **inputs, OUTPUT=output, POLYGONS=layer, PROBABILITIES=tmp_path / "p.tif", REPORT=page,
        MINIMUM_AREA=5000,
    )  # fmt: skip
    assert done.code == 0, done.text
    scene = scenes.flood(200, 220)
    found = read_raster(output)[0] == 2
    assert (found & scene.flood).sum() / (found | scene.flood).sum() > 0.7
    assert np.abs(read_raster(tmp_path / "p.tif").sum(axis=0) - 1).max() < 1e-5
    dataset = gdal.OpenEx(str(layer), gdal.OF_VECTOR)
    shapes = [one.items() for one in dataset.GetLayer(0)]
    assert shapes and all(0.5 <= one["mean_prob"] <= 1 and one["area_m2"] >= 5000 for one in shapes)
    text = page.read_text(encoding="utf-8")
    assert "What does the network cost?" in text and "IoU of water, SAR and optical, both dates" in text
    assert "Polygons" in text


@pytest.mark.parametrize("roles", [("SAR",), ("OPTICAL",), ("SAR", "SAR_BEFORE", "OPTICAL")])
def test_any_sensor_alone_will_do(roles: tuple[str, ...], inputs: dict[str, Any], tmp_path: Path) -> None:
    given = {role: inputs[role] for role in roles}
    done = qgis_child.run_algorithm("rsfusion:segment", **given, OUTPUT=tmp_path / "water.tif")
    assert done.code == 0, done.text
    scene = scenes.flood(200, 220)
    found = read_raster(tmp_path / "water.tif")[0] == 2
    assert found[scene.flood].mean() > 0.7
    assert found[~scene.flood & ~scene.river].mean() < 0.15


@pytest.mark.parametrize(("given", "words"), [
    ({}, "No raster is given"),
    ({"SAR_BEFORE": "SAR_BEFORE"}, "Only SAR_BEFORE is given; name OPTICAL, SAR or both"),
    ({"SAR": "SAR", "METHOD": "mndwi"}, "OPTICAL is missing"),
    ({"SAR": "SAR", "METHOD": "magic"}, "METHOD is 'magic'"),
    ({"SAR": "OPTICAL_PAN"}, "which QGIS cannot open as a raster layer"),
    ({"OPTICAL": "SAR"}, "OPTICAL"),
    ({"SAR": "SAR", "POLYGON_CLASSES": "lake"}, "POLYGON_CLASSES names 'lake'"),
    ({"SAR": "SAR", "MINIMUM_AREA": -5}, "MINIMUM_AREA"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(
    given: dict[str, Any], words: str, inputs: dict[str, Any], tmp_path: Path
) -> None:
    known = {name: inputs.get(value, value) for name, value in given.items()}
    output, layer = tmp_path / "water.tif", tmp_path / "water.gpkg"
    done = qgis_child.run_algorithm("rsfusion:segment", **known, OUTPUT=output, POLYGONS=layer)
    assert done.code != 0
    assert words in done.text
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_card_says_what_it_learned_from() -> None:
    item = json.loads(next(ZOO.glob("*.json")).read_text(encoding="utf-8"))
    text = json.dumps(item)
    assert "OMBRIA" in text and "Copernicus" in text
