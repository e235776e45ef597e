"""Buildings, trees and roads of a generated town are found where they are, and drawn with right angles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import ogr

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.target_extraction.options import TargetOptions
from rsfusion_qgis.tasks.target_extraction.roles import BUILDING, CLASSES, METHOD, ROAD, TREE
from rsfusion_qgis.tasks.target_extraction.task import TASK
from tests.rasters import read_raster, write_raster
from tests.tasks.target_extraction import scenes

TOWN = scenes.town()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return scenes.write(tmp_path_factory.mktemp("town"), TOWN)


def extracted(inputs: dict[str, str], folder: Path, **options: Any) -> tuple[np.ndarray, Result]:
    """Place of the class of every pixel, and the result."""
    layers = {"POLYGONS": str(folder / "targets.gpkg")}
    job = Job(TASK, inputs, str(folder / "targets.tif"), method=METHOD, options=TargetOptions(**options), layers=layers)
    result = run(job)
    return read_raster(result.output)[0] - CLASSES[0].code, result


def iou(found: np.ndarray, place: int) -> float:
    one, other = found == place, place == TOWN.truth
    return float((one & other).sum() / (one | other).sum())


def test_every_target_is_found_where_it_is(files: dict[str, str], tmp_path: Path) -> None:
    found, result = extracted({role: files[role] for role in ("lidar", "dtm", "optical")}, tmp_path)
    assert iou(found, BUILDING) > 0.9
    assert iou(found, TREE) > 0.85
    assert iou(found, ROAD) > 0.9
    assert result.drawn.counts[CLASSES[BUILDING].code] == len(scenes.HOUSES)


@pytest.mark.parametrize(("taken", "least"), [
    (("optical",), (0.9, 0.85, 0.9)), (("rgb",), (0.9, 0.85, 0.8)), ((), (0.75, 0.6, 0.8)),
])  # fmt: skip
def test_heights_above_ground_need_no_terrain_and_other_images_do_too(
    files: dict[str, str], tmp_path: Path, taken: tuple[str, ...], least: tuple[float, float, float]
) -> None:
    rgb = scenes.write(tmp_path, TOWN, 3)["optical"]
    inputs = {"lidar": files["ndsm"]}
    for one in taken:
        inputs["optical"] = {"optical": files["optical"], "rgb": rgb}[one]
    found, _ = extracted(inputs, tmp_path)
    assert [iou(found, place) > bound for place, bound in zip((BUILDING, TREE, ROAD), least)] == [True] * 3, [
        iou(found, place) for place in (BUILDING, TREE, ROAD)
    ]


def test_outlines_of_buildings_have_right_angles_and_their_area(files: dict[str, str], tmp_path: Path) -> None:
    extracted({role: files[role] for role in ("lidar", "dtm", "optical")}, tmp_path, polygon_classes="building")
    layer = ogr.Open(str(tmp_path / "targets.gpkg"))
    areas = sorted(length * width for *_, length, width, _ in ((*one[:2], *one[2:]) for one in scenes.HOUSES))
    found = []
    for feature in layer.GetLayer(0):
        geometry = feature.GetGeometryRef()
        found.append(geometry.GetArea())
        ring = np.array(geometry.GetGeometryRef(0).GetGeometryRef(0).GetPoints())[:, :2]
        edges = np.diff(ring, axis=0)
        angles = np.degrees(np.arctan2(edges[:, 1], edges[:, 0])) % 90
        assert np.ptp((angles - angles[0] + 45) % 90) < 0.1, "all edges lie along two directions"
        assert len(edges) <= 8
        assert feature.GetField("class") == "building"
        assert 0.5 < feature.GetField("mean_prob") <= 1
    np.testing.assert_allclose(sorted(found), areas, rtol=0.12)


def test_small_and_slender_things_are_no_buildings(files: dict[str, str], tmp_path: Path) -> None:
    inputs = {role: files[role] for role in ("lidar", "dtm", "optical")}
    _, result = extracted(inputs, tmp_path, minimum_area=110.0)
    assert result.drawn.counts[CLASSES[BUILDING].code] == 1
    found, _ = extracted(inputs, tmp_path, building_width=12.0)
    assert not (found == BUILDING).any()


def test_heights_that_count_from_the_sea_are_warned_of(files: dict[str, str], tmp_path: Path) -> None:
    _, result = extracted({"lidar": files["lidar"]}, tmp_path)
    said = [one.sentence for one in result.findings if one.severity == "warning"]
    assert any("as if it counted from the sea" in text and "DTM" in text for text in said)


def test_bands_that_nothing_names_are_not_used_and_said(files: dict[str, str], tmp_path: Path) -> None:
    from tests.rasters import grid_transform

    strange = write_raster(tmp_path / "five.tif", np.ones((5, 108, 112)), grid_transform(scenes.PIXEL_M), dtype="Byte")
    _, result = extracted({"lidar": files["ndsm"], "optical": strange}, tmp_path)
    assert any("Nothing says which bands of OPTICAL are red" in one.sentence for one in result.findings)


def test_an_unknown_class_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"POLYGON_CLASSES names 'shed'; expected names or codes of the classes"):
        extracted({"lidar": files["ndsm"]}, tmp_path, polygon_classes="shed")
