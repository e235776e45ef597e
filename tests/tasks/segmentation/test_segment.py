"""Segmentation on a generated flood: what is found, with which images, and how it is drawn."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr

from rsfusion_qgis.core.basics.errors import CancelledError, InputError, OutputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.scaling import gain_scale, spread_scale
from rsfusion_qgis.tasks.segmentation.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.segmentation import scenes

OTHER, WATER = 1, 2


@pytest.fixture(scope="module")
def scene() -> scenes.Flood:
    return scenes.flood()


@pytest.fixture(scope="module")
def inputs(scene: scenes.Flood, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return scenes.write(tmp_path_factory.mktemp("flood"), scene)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(scenes.save(tmp_path_factory.mktemp("network") / "water.onnx"))


def job(folder: Path, inputs: dict[str, str], roles: str, **more: Any) -> Job:
    taken = {role: inputs[role] for role in roles.split()}
    return Job(TASK, taken, output=str(folder / "water.tif"), **more)


def iou(path: str, truth: np.ndarray) -> float:
    found = read_raster(path)[0] == WATER
    return float((found & truth).sum() / (found | truth).sum())


# What is found


@pytest.mark.parametrize("method, roles, least", [
    ("otsu", "sar", 0.9), ("ndwi", "optical", 0.99), ("mndwi", "optical", 0.99), ("", "sar optical", 0.9),
    ("", "sar", 0.9), ("", "optical", 0.95),
])  # fmt: skip
def test_without_a_date_before_all_water_is_found(
    method: str, roles: str, least: float, scene: scenes.Flood, inputs: dict[str, str], network: str, tmp_path: Path
) -> None:
    made = run(job(tmp_path, inputs, roles, method=method, model="" if method else network))
    assert iou(made.output, scene.river | scene.flood) > least


@pytest.mark.parametrize("method, roles", [
    ("otsu", "sar sar_before"), ("ndwi", "optical optical_before"), ("mndwi", "optical optical_before"),
    ("", "sar sar_before optical optical_before"),
])  # fmt: skip
def test_with_a_date_before_only_new_water_is_found(
    method: str, roles: str, scene: scenes.Flood, inputs: dict[str, str], network: str, tmp_path: Path
) -> None:
    made = run(job(tmp_path, inputs, roles, method=method, model="" if method else network))
    assert iou(made.output, scene.flood) > 0.85
    assert (read_raster(made.output)[0][scene.river] == WATER).mean() < 0.05


def test_where_optical_has_no_data_sar_decides(
    scene: scenes.Flood, inputs: dict[str, str], network: str, tmp_path: Path
) -> None:
    clouded = scene.images["optical"].copy()
    clouded[:, :, 50:] = -9999.0
    path = write_raster(tmp_path / "clouded.tif", clouded, grid_transform(scenes.PIXEL_M), dtype="Float32",
                        nodata=-9999.0, descriptions=("B11", "B8", "B3"))  # fmt: skip
    both = run(job(tmp_path, {**inputs, "optical": path}, "sar optical", model=network))
    under = read_raster(both.output)[0]
    alone = run(replace(job(tmp_path, inputs, "sar", model=network), output=str(tmp_path / "alone.tif")))
    np.testing.assert_array_equal(under[:, 52:], read_raster(alone.output)[0][:, 52:])


# Units, stretches and bands


@pytest.mark.parametrize("convert", [
    pytest.param(lambda db: 10 ** (db / 10), id="power"), pytest.param(lambda db: 10 ** (db / 20), id="amplitude"),
])  # fmt: skip
def test_power_and_amplitude_become_decibels(
    convert: Any, scene: scenes.Flood, network: str, inputs: dict[str, str], tmp_path: Path
) -> None:
    path = write_raster(tmp_path / "sar.tif", convert(scene.images["sar"]), grid_transform(scenes.PIXEL_M),
                        dtype="Float32", descriptions=("VV",))  # fmt: skip
    told = run(job(tmp_path, {"sar": path}, "sar", model=network))
    plain = run(replace(job(tmp_path, inputs, "sar", model=network), output=str(tmp_path / "plain.tif")))
    assert (read_raster(told.output) == read_raster(plain.output)).mean() > 0.999


def test_a_stretched_picture_gives_the_same_map_and_a_warning(
    scene: scenes.Flood, network: str, inputs: dict[str, str], tmp_path: Path
) -> None:
    stretched = np.clip(np.rint((scene.images["sar"] + 28) * 9), 1, 254)
    path = write_raster(tmp_path / "sar.tif", stretched, grid_transform(scenes.PIXEL_M), dtype="Byte")
    told = run(job(tmp_path, {"sar": path}, "sar", model=network))
    plain = run(replace(job(tmp_path, inputs, "sar", model=network), output=str(tmp_path / "plain.tif")))
    assert (read_raster(told.output) == read_raster(plain.output)).mean() > 0.99
    assert any("stretched" in one.sentence and one.severity == "warning" for one in told.findings)


def test_the_gain_of_an_optical_image_does_not_matter(
    scene: scenes.Flood, network: str, inputs: dict[str, str], tmp_path: Path
) -> None:
    path = write_raster(tmp_path / "small.tif", scene.images["optical"] / 10000, grid_transform(scenes.PIXEL_M),
                        dtype="Float32", descriptions=("B11", "B8", "B3"))  # fmt: skip
    told = run(job(tmp_path, {"optical": path}, "optical", model=network))
    plain = run(replace(job(tmp_path, inputs, "optical", model=network), output=str(tmp_path / "plain.tif")))
    assert (read_raster(told.output) == read_raster(plain.output)).mean() > 0.999


@pytest.mark.parametrize("names", [
    ("B02", "B03", "B04", "B08", "B11"), ("blue", "green", "red", "nir", "swir16"),
])  # fmt: skip
def test_bands_are_found_among_others_by_sentinels_names(
    names: tuple[str, ...], scene: scenes.Flood, inputs: dict[str, str], tmp_path: Path
) -> None:
    swir, nir, green = scene.images["optical"]
    bands = np.stack([green * 0.8, green, green * 0.9, nir, swir])
    path = write_raster(tmp_path / "many.tif", bands, grid_transform(scenes.PIXEL_M), dtype="Float32",
                        descriptions=names)  # fmt: skip
    told = run(job(tmp_path, {"optical": path}, "optical", method="mndwi"))
    assert iou(told.output, scene.river | scene.flood) > 0.99


def test_vv_is_taken_from_two_polarisations(scene: scenes.Flood, inputs: dict[str, str], tmp_path: Path) -> None:
    vv = scene.images["sar"]
    noise = np.random.default_rng(2).normal(-15, 1, vv.shape)
    path = write_raster(tmp_path / "both.tif", np.concatenate([noise, vv]), grid_transform(scenes.PIXEL_M),
                        dtype="Float32", descriptions=("Sigma0_VH_db", "Sigma0_VV_db"))  # fmt: skip
    told = run(job(tmp_path, {"sar": path}, "sar", method="otsu"))
    assert iou(told.output, scene.river | scene.flood) > 0.9


# Statistics of scenes


def test_scales_undo_gain_and_offset() -> None:
    draw = np.random.default_rng(3)
    values = draw.normal(0, 1, (1, 5000))
    there = np.ones(values.shape, bool)
    one, other = spread_scale(values, there), spread_scale(7 + 3 * values, there)
    again = (7 + 3 * values - other.offset) / other.scale
    np.testing.assert_allclose((values - one.offset) / one.scale, again, atol=1e-4)
    bands = draw.uniform(0.1, 0.5, (3, 5000))
    first, second = (gain_scale(k * bands, np.ones(bands.shape, bool)) for k in (1.0, 10000.0))
    np.testing.assert_allclose(bands / first.scale[:, None], 10000 * bands / second.scale[:, None], rtol=1e-5)
    assert len(set(first.scale.tolist())) == 1  # ratios of bands stay


# Polygons


def polygons(path: str) -> list[dict[str, Any]]:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    return [{**one.items(), "geometry": one.GetGeometryRef().Clone()} for one in dataset.GetLayer(0)]


def drawn(folder: Path, inputs: dict[str, str], name: str = "water.gpkg", **wishes: Any) -> tuple[Result, list[dict]]:
    path = str(folder / name)
    asked = job(folder, inputs, "optical optical_before", method="mndwi", options=SegmentOptions(**wishes),
                layers={"POLYGONS": path})  # fmt: skip
    return run(asked), polygons(path)


@pytest.mark.parametrize("name", ["water.gpkg", "water.geojson", "water.shp", "water.fgb"])
def test_polygons_have_the_area_of_the_pixels(name: str, inputs: dict[str, str], tmp_path: Path) -> None:
    result, found = drawn(tmp_path, inputs, name, simplify=0.0)
    pixels = int((read_raster(result.output)[0] == WATER).sum())
    assert sum(one["area_m2"] for one in found) == pytest.approx(100 * pixels)
    assert sum(one["geometry"].GetArea() for one in found) == pytest.approx(100 * pixels)
    assert {one["class"] for one in found} == {"water"}
    assert {one["code"] for one in found} == {WATER}
    assert sorted(path.name for path in tmp_path.glob("*conf*")) == []


def test_the_mean_probability_is_that_of_the_pixels(inputs: dict[str, str], tmp_path: Path) -> None:
    path, chance = str(tmp_path / "water.gpkg"), str(tmp_path / "confidence.tif")
    asked = job(tmp_path, inputs, "optical optical_before", method="mndwi", options=SegmentOptions(simplify=0.0),
                layers={"POLYGONS": path}, further={"CONFIDENCE": chance})  # fmt: skip
    classes, sure = read_raster(run(asked).output)[0], read_raster(chance)[0]
    found = polygons(path)
    total = sum(one["mean_prob"] * one["area_m2"] for one in found) / sum(one["area_m2"] for one in found)
    assert total == pytest.approx(float(sure[classes == WATER].mean()), rel=1e-4)


def test_small_polygons_are_left_out_and_small_holes_filled(tmp_path: Path) -> None:
    image = np.repeat(np.array(scenes.LAND)[:, None, None], 40, 1).repeat(40, 2)
    image[:, 5:20, 5:20] = np.array(scenes.WATER)[:, None, None]
    image[:, 10:12, 10:12] = np.array(scenes.LAND)[:, None, None]  # a hole of 4 pixels
    image[:, 30, 30] = scenes.WATER  # one pixel
    path = write_raster(tmp_path / "now.tif", image, grid_transform(10.0), dtype="Float32",
                        descriptions=("B11", "B8", "B3"))  # fmt: skip
    shapes = {}
    for name, wishes in {"all": {}, "few": {"minimum_area": 200.0, "minimum_hole": 500.0}}.items():
        target = str(tmp_path / f"{name}.gpkg")
        run(job(tmp_path, {"optical": path}, "optical", method="mndwi", layers={"POLYGONS": target},
                options=SegmentOptions(simplify=0.0, **wishes)))  # fmt: skip
        shapes[name] = sorted(round(one["area_m2"]) for one in polygons(target))
    assert shapes == {"all": [100, 22100], "few": [22500]}


def test_simple_outlines_have_fewer_vertices_and_nearly_the_same_area(inputs: dict[str, str], tmp_path: Path) -> None:
    plain, simple = (drawn(tmp_path, inputs, f"s{k}.gpkg", simplify=float(k), minimum_area=2000.0)[1] for k in (0, 1))

    def vertices(shapes: list[dict]) -> int:
        return sum(part.GetGeometryRef(0).GetPointCount() for one in shapes for part in one["geometry"])

    assert vertices(simple) < 0.6 * vertices(plain)
    areas = [sum(one["geometry"].GetArea() for one in shapes) for shapes in (plain, simple)]
    assert areas[1] == pytest.approx(areas[0], rel=0.02)
    assert all(one["geometry"].IsValid() for one in simple)


def test_polygons_lie_where_the_water_is(scene: scenes.Flood, inputs: dict[str, str], tmp_path: Path) -> None:
    _, found = drawn(tmp_path, inputs, minimum_area=5000.0)
    assert len(found) == 1
    row, col = np.argwhere(scene.flood).mean(axis=0)
    x0, width, _, y0, _, height = grid_transform(10.0)
    point = ogr.CreateGeometryFromWkt(f"POINT ({x0 + width * col} {y0 + height * row})")
    assert found[0]["geometry"].Contains(point)


def test_classes_of_polygons_can_be_named(inputs: dict[str, str], tmp_path: Path) -> None:
    _, found = drawn(tmp_path, inputs, polygon_classes="other, 2")
    assert {one["class"] for one in found} == {"other", "water"}
    with pytest.raises(InputError, match=r"^POLYGON_CLASSES names 'lake'; expected .* other \(1\), water \(2\)\.$"):
        drawn(tmp_path, inputs, "b.gpkg", polygon_classes="lake")


def test_a_format_without_a_driver_is_refused_and_nothing_is_written(inputs: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"^POLYGONS: '.*water\.txt' ends in '\.txt'; expected one of \.gpkg"):
        drawn(tmp_path, inputs, "water.txt")
    assert list(tmp_path.iterdir()) == []


def test_images_of_the_date_before_alone_are_refused(inputs: dict[str, str], network: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^Only SAR_BEFORE is given; name OPTICAL, SAR or both"):
        run(job(tmp_path, inputs, "sar_before", model=network))
    with pytest.raises(InputError, match="SAR is missing"):
        run(job(tmp_path, inputs, "optical", method="otsu"))


# The layer belongs to the run


class Cancels(Monitor):
    """The user cancels when the polygons are being drawn."""

    def __init__(self) -> None:
        self.since = 0.0

    def is_cancelled(self) -> bool:
        return self.since > 0


def test_a_cancel_while_drawing_ends_within_two_seconds_and_leaves_nothing(
    inputs: dict[str, str], tmp_path: Path
) -> None:
    monitor = Cancels()

    def endless(*_: Any) -> None:
        monitor.since = time.monotonic()
        while True:
            time.sleep(0.001)

    asked = job(tmp_path, inputs, "optical", method="ndwi", layers={"POLYGONS": str(tmp_path / "water.gpkg")})
    with pytest.raises(CancelledError):
        run(replace(asked, task=replace(TASK, draw=endless)), monitor)
    assert time.monotonic() - monitor.since < 2.0
    assert list(tmp_path.iterdir()) == []


def test_a_layer_that_cannot_be_drawn_leaves_older_files_as_they_were(inputs: dict[str, str], tmp_path: Path) -> None:
    def fails(*_: Any) -> None:
        raise OutputError("POLYGONS cannot be written.")

    layer, output = tmp_path / "water.gpkg", tmp_path / "water.tif"
    for path in (layer, output):
        path.write_bytes(b"older")
    asked = job(tmp_path, inputs, "optical", method="ndwi", layers={"POLYGONS": str(layer)})
    with pytest.raises(OutputError, match="POLYGONS cannot be written"):
        run(replace(asked, task=replace(TASK, draw=fails)))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "water.gpkg": b"older", "water.tif": b"older"}  # fmt: skip


def test_a_layer_over_an_input_is_refused(inputs: dict[str, str], tmp_path: Path) -> None:
    given = str(tmp_path / "now.gpkg")
    gdal.Translate(given, inputs["optical"], format="GPKG", outputType=gdal.GDT_Byte, bandList=[1, 2, 3],
                   scaleParams=[[0, 4000, 1, 255]] * 3)  # fmt: skip
    before = Path(given).read_bytes()
    with pytest.raises(OutputError, match=r"^POLYGONS: .* is also OPTICAL"):
        run(job(tmp_path, {"optical": given}, "optical", method="ndwi", layers={"POLYGONS": given}))
    assert Path(given).read_bytes() == before
