"""Densities of points: mass, edges, kernels, distances, categories by field and by tags, OpenStreetMap, refusals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.points import category_of, parse_rules
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.poi_density.example import example
from tests.vectors import PIXEL_M, box, point, write_vector

ROWS, COLS = 60, 80


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """One point in the middle of a grid of 600 x 800 m."""
    grid = write_raster(tmp_path / "grid.tif", np.ones((1, ROWS, COLS)), grid_transform(PIXEL_M), dtype="Byte")
    points = write_vector(tmp_path / "points.gpkg", [(point(30, 40), "one")])
    (tmp_path / "example").mkdir()
    given = example(tmp_path / "example", "")
    return replace(given, inputs={"grid": grid}, output=str(tmp_path / "out.tif"),
                   options=type(given.options)(points=points, bandwidth=50.0))  # fmt: skip


def made(job: Job, **options: Any) -> np.ndarray:
    run(replace(job, options=replace(job.options, **options)))
    return read_raster(job.output)


def bands(path: str) -> list[str]:
    dataset = gdal.Open(path)
    return [dataset.GetRasterBand(n + 1).GetDescription() for n in range(dataset.RasterCount)]


@pytest.mark.parametrize("kernel", ["gaussian", "quartic"])
@pytest.mark.parametrize("edges", [True, False])
def test_one_point_is_one_point(job: Job, kernel: str, edges: bool) -> None:
    """The density times the area of a pixel, km2, sums to the number of points."""
    found = made(job, kernel=kernel, edges=edges)
    assert found.sum() * (PIXEL_M / 1000) ** 2 == pytest.approx(1.0, abs=0.01)
    row, col = np.unravel_index(found[0].argmax(), found[0].shape)
    assert (row, col) in {(29, 39), (29, 40), (30, 39), (30, 40)}


def test_the_gaussian_is_that_of_the_formula(job: Job, tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    places = draw.uniform((10, 10), (ROWS - 10, COLS - 10), (40, 2))
    points = write_vector(tmp_path / "many.gpkg", [(point(*place), "a") for place in places])
    found = made(job, points=points, edges=False, bandwidth=30.0)[0]
    row, col = (np.mgrid[0:ROWS, 0:COLS] + 0.5) * PIXEL_M
    away = np.stack([row.ravel(), col.ravel()])[:, :, None] - (places.T * PIXEL_M)[:, None]
    wanted = np.exp(-0.5 * (away**2).sum(0) / 30.0**2).sum(1) / (2 * np.pi * 30.0**2) * 1e6
    np.testing.assert_allclose(found.ravel(), wanted, atol=0.01 * wanted.max(), rtol=1e-3)


def test_even_points_give_an_even_density_up_to_the_edge(job: Job, tmp_path: Path) -> None:
    every = [(point(row + 1, col + 1), "a") for row in range(0, ROWS, 2) for col in range(0, COLS, 2)]
    points = write_vector(tmp_path / "even.gpkg", every)
    wanted = len(every) / (ROWS * COLS * (PIXEL_M / 1000) ** 2)
    for kernel, bandwidth in (("gaussian", 60.0), ("quartic", 150.0)):
        corrected = made(job, points=points, kernel=kernel, bandwidth=bandwidth)[0]
        plain = made(job, points=points, kernel=kernel, bandwidth=bandwidth, edges=False)[0]
        assert np.abs(corrected / wanted - 1).max() < 0.04
        assert plain[0, 0] < 0.4 * wanted


def test_distances_and_weights(job: Job, tmp_path: Path) -> None:
    found = made(job, distances=True)
    assert bands(job.output) == ["points", "distance to points"]
    row, col = (np.mgrid[0:ROWS, 0:COLS] + 0.5) * PIXEL_M
    np.testing.assert_allclose(found[1], np.hypot(row - 300, col - 400), rtol=1e-5)
    shapes = [(point(30, 40), 3), (point(30, 40), 0), (point(10, 10), None)]
    points = write_vector(tmp_path / "heavy.gpkg", shapes, kind="integer")
    heavy = made(job, points=points, weight_field="class")
    np.testing.assert_allclose(heavy[0], 3 * found[0], rtol=1e-5)
    assert gdal.Open(job.output).GetRasterBand(1).GetUnitType() == "class/km2"


def test_polygons_and_another_crs(job: Job, tmp_path: Path) -> None:
    before = made(job)
    points = write_vector(tmp_path / "area.gpkg", [(box(29, 39, 2, 2), "one")], stored_crs="EPSG:4326")
    np.testing.assert_allclose(made(job, points=points), before, atol=0.02 * before.max())


def test_categories_by_tags(job: Job, tmp_path: Path) -> None:
    shapes = [(point(10, 10), "cafe"), (point(20, 20), "pub"), (point(30, 30), "shoes"), (point(5, 5), "tree")]
    points = write_vector(tmp_path / "tags.gpkg", shapes)
    made(job, points=points, tags="food: class=cafe|pub; shops: class=shoes")
    assert bands(job.output) == ["food", "shops"]
    rules = parse_rules("a: k=1|2, j=*; b: k=*", "TAGS")
    assert [category_of(tags, rules) for tags in ({"k": "2"}, {"k": "3"}, {"j": "x"}, {"j": "no"}, {})] == [
        "a", "b", "a", None, None]  # fmt: skip


def test_openstreetmap_data_has_categories_of_its_own(job: Job, tmp_path: Path) -> None:
    """A file of OpenStreetMap's XML with a café, a shop that is a building, and a container for recycling."""
    from osgeo import osr

    grid = gdal.Open(job.inputs["grid"])
    wgs = osr.SpatialReference()
    wgs.ImportFromEPSG(4326)
    wgs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    projected = grid.GetSpatialRef()
    projected.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(projected, wgs)
    x0, width, _, y0, _, height = grid.GetGeoTransform()
    nodes = []
    for number, (row, col) in enumerate([(10, 10), (20, 20), (20, 22), (22, 22), (40, 40)], start=1):
        x, y, _ = transform.TransformPoint(x0 + col * width, y0 + row * height)
        tags = {1: '<tag k="amenity" v="cafe"/>', 5: '<tag k="amenity" v="recycling"/>'}.get(number, "")
        nodes.append(f'<node id="{number}" lat="{y!r}" lon="{x!r}" version="1">{tags}</node>')
    way = ('<way id="9" version="1"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="2"/>'
           '<tag k="building" v="yes"/><tag k="shop" v="shoes"/></way>')  # fmt: skip
    path = tmp_path / "town.osm"
    path.write_text(f'<osm version="0.6">{"".join(nodes)}{way}</osm>', encoding="utf-8")
    result = run(replace(job, options=replace(job.options, points=str(path))))
    assert bands(job.output) == ["food", "retail"]
    assert [len(one) for one in result.summary.weights] == [1, 1]


@pytest.mark.parametrize("options, words", [
    ({"points": ""}, "POINTS is missing"),
    ({"category_field": "kind"}, "has no field 'kind'; its fields are: class"),
    ({"tags": "food amenity=cafe"}, "expected 'category: key=value"),
    ({"tags": "food: amenity=cafe"}, "has no point with a category"),
])  # fmt: skip
def test_refusals(job: Job, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        made(job, **options)
    assert not Path(job.output).exists()


def test_degrees_and_lines_are_refused(job: Job, tmp_path: Path) -> None:
    lines = write_vector(tmp_path / "lines.gpkg", [("LINESTRING(500000 5000000,500100 4999900)", "a")])
    with pytest.raises(InputError, match="holds lines"):
        made(job, points=lines)
    degrees = write_raster(tmp_path / "degrees.tif", np.ones((1, 8, 8)), (9.0, 0.001, 0, 45.0, 0, -0.001),
                           dtype="Byte", crs="EPSG:4326")  # fmt: skip
    with pytest.raises(InputError, match="expected a projected CRS"):
        made(replace(job, inputs={"grid": degrees}))


def test_local_means_of_fields(job: Job, tmp_path: Path) -> None:
    """Near a point its number, between two the mean, without a point in reach no data."""
    shapes = [(point(20, 20), 2.0), (point(20, 40), 6.0), (point(50, 70), None)]
    points = write_vector(tmp_path / "v.gpkg", shapes, "real", field="green")
    found = made(job, points=points, value_fields="green")
    assert bands(job.output) == ["mean of green"] and found.shape[0] == 1
    assert found[0, 20, 20] == pytest.approx(2.0, abs=0.02)
    nearer = np.exp((105.0**2 - 95.0**2) / (2 * 50.0**2))  # metres from the middle of the pixel to both
    assert found[0, 20, 30] == pytest.approx((2 + 6 * nearer) / (1 + nearer), rel=1e-5)
    assert np.isnan(found[0, 50, 70]) and np.nanmin(found) >= 2 and np.nanmax(found) <= 6
    np.testing.assert_array_equal(made(job, points=points, value_fields="*"), found)
    with pytest.raises(InputError, match="VALUE_FIELDS and TAGS are given"):
        made(job, points=points, value_fields="*", tags="a: b=c")
    with pytest.raises(InputError, match="no field of numbers 'age'"):
        made(job, points=points, value_fields="age")
