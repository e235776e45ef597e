"""Polygons of classes: areas in metres and in degrees, holes, codes, rasters without a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CancelledError, OutputError
from rsfusion_qgis.core.grid.grid import Grid
from rsfusion_qgis.core.rasters import polygons
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.polygons import Shapes, draw, driver_of
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform, write_raster

LAND, WATER = ClassSpec("land", 0), ClassSpec("water", 7)


def square() -> np.ndarray:
    """8 x 10 pixels: a square of water of 4 x 4 with a hole of one pixel, and a pixel of water beside it."""
    codes = np.zeros((1, 8, 10))
    codes[0, 2:6, 2:6] = WATER.code
    codes[0, 3, 3] = LAND.code
    codes[0, 6, 9] = WATER.code
    return codes


def drawn(folder: Path, codes: np.ndarray, chances: np.ndarray, place: dict[str, Any], shapes: Shapes,
          classes: tuple[ClassSpec, ...] = (WATER,)) -> tuple[polygons.Drawn, list[Any]]:  # fmt: skip
    names = [write_raster(folder / f"{name}.tif", values, dtype=kind, **place)
             for name, values, kind in (("codes", codes, "Byte"), ("chances", chances, "Float32"))]  # fmt: skip
    with RasterSource(names[0], "CODES", kind="codes") as source:
        grid: Grid = source.grid
    told = draw(*names, grid, classes, shapes, folder / "out.gpkg")
    dataset = gdal.OpenEx(str(folder / "out.gpkg"), gdal.OF_VECTOR)
    return told, [(one.items(), one.GetGeometryRef().Clone()) for one in dataset.GetLayer(0)]


UTM = {"geotransform": grid_transform(10.0)}


def test_areas_counts_and_means(tmp_path: Path) -> None:
    codes = square()
    chances = np.full(codes.shape, 0.6)
    chances[0, 2] = 0.9
    told, found = drawn(tmp_path, codes, chances, UTM, Shapes(0.0))
    assert told.counts == {7: 2}
    assert told.areas[7] == pytest.approx(1600.0)
    assert [round(one["area_m2"]) for one, _ in found] == [1500, 100]
    assert [one["class"] for one, _ in found] == ["water", "water"]
    assert [one["mean_prob"] for one, _ in found] == pytest.approx([(4 * 0.9 + 11 * 0.6) / 15, 0.6])
    assert found[0][1].GetGeometryRef(0).GetGeometryCount() == 2  # with its hole


def test_small_ones_go_and_small_holes_are_filled_without_a_change_of_the_mean(tmp_path: Path) -> None:
    codes = square()
    chances = np.where(codes == WATER.code, 0.8, 0.1)
    told, found = drawn(tmp_path, codes, chances, UTM, Shapes(0.0, least_area=200.0, least_hole=150.0))
    assert told.counts == {7: 1}
    (attributes, shape), = found
    assert attributes["area_m2"] == pytest.approx(1600.0)
    assert attributes["mean_prob"] == pytest.approx(0.8)
    assert shape.GetGeometryRef(0).GetGeometryCount() == 1


def test_a_class_may_have_the_code_0(tmp_path: Path) -> None:
    codes = square()
    _, found = drawn(tmp_path, codes, np.ones(codes.shape), UTM, Shapes(0.0), (LAND, WATER))
    assert sorted((one["class"], round(one["area_m2"])) for one, _ in found) == [
        ("land", 100), ("land", 6300), ("water", 100), ("water", 1500)]  # fmt: skip


def test_degrees_become_square_metres(tmp_path: Path) -> None:
    degrees = {"geotransform": (11.0, 1e-4, 0.0, 60.0, 0.0, -1e-4), "crs": "EPSG:4326"}
    told, _ = drawn(tmp_path, square(), np.ones((1, 8, 10)), degrees, Shapes(0.0))
    at_60 = 55800.0 * 111412.0 * 1e-8  # metres in a degree at 60° north, to the east and to the north
    assert told.areas[7] == pytest.approx(16 * at_60, rel=1e-3)


def test_a_raster_without_a_place_is_drawn_as_qgis_places_it(tmp_path: Path) -> None:
    _, found = drawn(tmp_path, square(), np.ones((1, 8, 10)), {"geotransform": None, "crs": None}, Shapes(0.0))
    assert found[0][1].GetEnvelope() == (2.0, 6.0, -6.0, -2.0)
    assert found[0][0]["area_m2"] == pytest.approx(15.0)


def test_stripes_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes, chances = square(), np.linspace(0.5, 1.0, 80).reshape(1, 8, 10)
    results = []
    for name, size in (("whole", polygons._STRIPE_PX), ("stripes", 20)):
        monkeypatch.setattr(polygons, "_STRIPE_PX", size)
        (tmp_path / name).mkdir()
        _, found = drawn(tmp_path / name, codes, chances, UTM, Shapes(1.0))
        results.append([(attributes, shape.ExportToWkt()) for attributes, shape in found])
    assert results[0] == results[1]


def test_without_any_of_the_class_the_layer_is_empty(tmp_path: Path) -> None:
    told, found = drawn(tmp_path, np.zeros((1, 8, 10)), np.ones((1, 8, 10)), UTM, Shapes())
    assert (told.counts, found) == ({7: 0}, [])


def test_formats_go_by_the_ending() -> None:
    assert driver_of("a/b.GPKG", "POLYGONS") == "GPKG"
    with pytest.raises(OutputError, match=r"^POLYGONS: 'b\.kmz' ends in '\.kmz'; expected one of \.gpkg"):
        driver_of("b.kmz", "POLYGONS")


def test_a_cancel_while_gdal_works_leaves_it(tmp_path: Path) -> None:
    codes = np.random.default_rng(1).integers(0, 2, (1, 300, 300)) * WATER.code
    seen: list[float] = []

    def watch(share: float) -> None:
        seen.append(share)
        if len(seen) > 3:
            raise CancelledError

    names = [write_raster(tmp_path / f"{k}.tif", codes, dtype="Float32", **UTM) for k in (1, 2)]
    with RasterSource(names[0], "CODES", kind="codes") as source:
        grid: Grid = source.grid
    with pytest.raises(CancelledError):
        draw(*names, grid, (WATER,), Shapes(), tmp_path / "out.gpkg", watch)
    assert len(seen) == 4
