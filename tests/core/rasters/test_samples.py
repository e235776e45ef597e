"""Samples from vector layers: which pixel is of which class and region, what is left out, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.operators.class_rasters import unused_code
from rsfusion_qgis.core.rasters.class_legend import LegendEntry
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.samples import samples as samples_module
from rsfusion_qgis.core.rasters.samples.classes import classes_of
from rsfusion_qgis.core.rasters.samples.opening import open_samples
from rsfusion_qgis.core.rasters.samples.samples import SampleSource, check_trainable
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, box, place, point, polygon, reference, write_vector

UTM = reference("EPSG:32632").ExportToWkt()
GRID = Grid(UTM, grid_transform(PIXEL_M), 12, 10)
TREES, GRASS = (box(1, 1, 3, 4), "tree"), (box(5, 2, 2, 2), "grass")


def whole(path: str, grid: Grid = GRID, field: str = "class") -> tuple[np.ndarray, np.ndarray]:
    """Labels and regions of the whole grid."""
    with open_samples(SampleSource(path, field), grid) as samples:
        return samples.read(grid.window)


def refusal(path: str, field: str = "class", layer: str = "") -> str:
    """The sentence with which samples are refused."""
    with pytest.raises(InputError) as caught:
        open_samples(SampleSource(path, field, layer), GRID)
    return str(caught.value)


@pytest.mark.usefixtures("gdal_errors")
def test_polygons_take_the_pixels_whose_centres_lie_inside(tmp_path: Path) -> None:
    path = write_vector(tmp_path / "s.gpkg", [TREES, GRASS, (box(7.4, 8.6, 1, 2), "tree")])
    with open_samples(SampleSource(path, "class"), GRID) as samples:
        labels, regions = samples.read(GRID.window)
        assert samples.classes == (ClassSpec("grass", 1), ClassSpec("tree", 2))
        assert samples.counts == (4, 14)
        assert samples.region_classes.tolist() == [-1, 1, 0, 1]
        assert samples.region_counts.tolist() == [0, 12, 4, 2]
        assert samples.warnings == ()
    expected = np.full((10, 12), -1)
    expected[1:4, 1:5], expected[5:7, 2:4], expected[7, 9:11] = 1, 0, 1
    np.testing.assert_array_equal(labels, expected)
    assert (labels.dtype, regions.dtype) == (np.int16, np.int32)
    assert regions[2, 2] == 1
    assert regions[5, 2] == 2
    assert regions[7, 10] == 3
    np.testing.assert_array_equal(regions > 0, labels >= 0)


def test_points_take_the_pixel_they_fall_in_and_parts_are_one_region(tmp_path: Path) -> None:
    many = f"MULTIPOINT(({place(0.01, 0.99)}),({place(9.99, 11.99)}))"
    two = f"MULTIPOLYGON({box(2, 2, 1, 1)[7:]},{box(4, 4, 1, 2)[7:]})"
    labels, regions = whole(write_vector(tmp_path / "s.gpkg", [(point(6.2, 7.9), "a"), (many, "b"), (two, "c")]))
    where = {value: np.argwhere(regions == value).tolist() for value in (1, 2, 3)}
    assert where == {1: [[6, 7]], 2: [[0, 0], [9, 11]], 3: [[2, 2], [4, 4], [4, 5]]}
    assert [labels[6, 7], labels[0, 0], labels[2, 2]] == [0, 1, 2]


@pytest.mark.parametrize("wkt", [
    box(4.1, 4.1, 0.2, 0.2),
    box(4.6, 4.1, 0.3, 0.8),
    polygon([(4.6, 4.1), (4.9, 4.1), (4.9, 4.9)]),
    polygon([(4.05, 4.6), (4.3, 4.95), (4.35, 4.9)]),
    polygon([(4.1, 4.1), (4.3, 4.3), (4.1, 4.3), (4.3, 4.1)]),  # crosses itself
])  # fmt: skip
def test_a_polygon_smaller_than_a_pixel_takes_one(tmp_path: Path, wkt: str) -> None:
    _, regions = whole(write_vector(tmp_path / "s.gpkg", [(wkt, "a"), TREES]))
    assert np.argwhere(regions == 1).tolist() == [[4, 4]]


def test_a_thin_polygon_without_a_centre_takes_one_pixel_and_one_with_centres_takes_those(tmp_path: Path) -> None:
    sliver = polygon([(5.6, 0.2), (5.9, 0.2), (6.4, 11.0), (6.2, 11.0)])
    diagonal = polygon([(0, 0.1), (0, -0.1), (9, 8.9), (9, 9.1)])
    _, regions = whole(write_vector(tmp_path / "s.gpkg", [(sliver, "a"), (diagonal, "a")]))
    assert (regions == 1).sum() == 1
    np.testing.assert_array_equal(np.argwhere(regions == 2), [[i, i] for i in range(9)])


def test_pixels_claimed_by_two_classes_are_left_out_and_said(tmp_path: Path) -> None:
    shapes = [(box(0, 0, 4, 4), "a"), (box(2, 2, 4, 4), "b"), (box(2, 2, 1, 1), "a"), (box(3, 0, 4, 1), "a")]
    path = write_vector(tmp_path / "s.gpkg", shapes)
    with open_samples(SampleSource(path, "class"), GRID) as samples:
        labels, regions = samples.read(GRID.window)
        assert samples.warnings == ("Left out of SAMPLES: 4 pixels that features of different classes claim.",)
    assert (labels[2:4, 2:4] == -1).all()
    assert (regions[2:4, 2:4] == 0).all()
    assert labels[3, 0] == 0


def test_what_has_no_class_no_geometry_or_lies_outside_is_left_out_and_said(tmp_path: Path) -> None:
    shapes = [TREES, GRASS, (box(0, 0, 1, 1), None), (box(0, 0, 1, 1), "  "), (None, "tree"), (point(50, 3), "tree"),
              (box(-3, 2, 2, 2), "shadow")]  # fmt: skip
    with open_samples(SampleSource(write_vector(tmp_path / "s.gpkg", shapes), "class"), GRID) as samples:
        assert samples.warnings == (
            "Left out of SAMPLES: 2 features without a class.",
            "Left out of SAMPLES: 1 feature without a geometry.",
            "Left out of SAMPLES: 2 features outside the raster.",
        )
        assert [(c.name, n) for c, n in zip(samples.classes, samples.counts)] == [
            ("grass", 4), ("shadow", 0), ("tree", 12)
        ]  # fmt: skip
        assert samples.region_classes.tolist() == [-1, 2, 0, -1, -1, -1, -1, -1]


@pytest.mark.parametrize(("values", "codes", "names", "nodata"), [
    ([7, 3], [3, 7], ["3", "7"], 0),
    ([0, 254], [0, 254], ["0", "254"], 255),
    ([5, 255], [1, 2], ["5", "255"], 0),
    ([-1, 4], [1, 2], ["-1", "4"], 0),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["integer", "real"])
def test_numbers_are_their_own_codes_where_they_fit(
    tmp_path: Path, values: list[int], codes: list[int], names: list[str], nodata: int, kind: str
) -> None:
    path = write_vector(tmp_path / "s.gpkg", [(point(i, i), v) for i, v in enumerate(values)], kind)
    with open_samples(SampleSource(path, "class"), GRID) as samples:
        assert [c.code for c in samples.classes] == codes
        assert [c.name for c in samples.classes] == names
        assert unused_code(samples.classes) == nodata


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32633", "EPSG:3857"])
def test_another_crs_is_transformed(tmp_path: Path, crs: str) -> None:
    here, there = ([(box(1.1, 1.2, 3, 4), "tree"), (point(7.5, 7.5), "grass")],) * 2
    expected = whole(write_vector(tmp_path / "here.gpkg", here))
    found = whole(write_vector(tmp_path / "there.gpkg", there, stored_crs=crs))
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])


def test_a_layer_without_a_crs_is_taken_to_be_in_the_rasters(tmp_path: Path) -> None:
    path = write_vector(tmp_path / "s.shp", [TREES, GRASS], crs=None, driver="ESRI Shapefile")
    with open_samples(SampleSource(path, "class"), GRID) as samples:
        assert samples.counts == (4, 12)
        assert "SAMPLES has no CRS: it is taken to be in EPSG:32632" in samples.warnings[0]


def test_without_georeferencing_rows_run_down_as_qgis_draws_them(tmp_path: Path) -> None:
    path = write_vector(tmp_path / "s.gpkg", [("POINT(0.5 -0.5)", "a"), ("POINT(3.2 -2.9)", "b")], crs=None)
    labels, _ = whole(path, Grid("", (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), 5, 4))
    assert np.argwhere(labels >= 0).tolist() == [[0, 0], [2, 3]]


def test_a_rotated_grid(tmp_path: Path) -> None:
    grid = Grid(UTM, grid_transform(PIXEL_M, degrees=30), 12, 10)
    x, y = grid.to_map(4.5, 6.5)
    labels, _ = whole(write_vector(tmp_path / "s.gpkg", [(f"POINT({x} {y})", "a"), TREES]), grid)
    assert labels[6, 4] == 0


def test_what_is_unusable_is_refused_in_one_sentence(tmp_path: Path) -> None:
    good = write_vector(tmp_path / "good.gpkg", [TREES, GRASS])
    assert refusal(good, "kind") == "SAMPLES has no field 'kind'; its fields are: class."
    assert "holds no layer 'x'; name one of these: samples." in refusal(good, layer="x")
    empty = write_vector(tmp_path / "null.gpkg", [(box(1, 1, 1, 1), None)])
    assert "the field 'class' is null in every feature" in refusal(empty)
    assert "has no sample inside the raster" in refusal(write_vector(tmp_path / "far.gpkg", [(point(90, 1), "a")]))
    table = refusal(write_vector(tmp_path / "table.gpkg", [(None, "a"), (None, "b"), (None, None)]))
    assert table.startswith("SAMPLES has 2 rows with a class and none with a geometry") and "Delimited Text" in table
    dates = write_vector(tmp_path / "dates.gpkg", [(box(1, 1, 1, 1), "2020/01/01")], "date")
    assert "holds neither texts nor numbers" in refusal(dates)
    assert "holds 1.5; expected texts or whole numbers" in refusal(
        write_vector(tmp_path / "real.gpkg", [(box(1, 1, 1, 1), 1.5)], "real")
    )
    line = f"LINESTRING({place(1, 1)},{place(5, 5)})"
    assert "feature 2 is a line" in refusal(write_vector(tmp_path / "line.gpkg", [TREES, (line, "road")]))
    many = [(point(1, 1), f"{i:03}") for i in range(255)]
    assert "has 255 classes, at most 254 fit" in refusal(write_vector(tmp_path / "many.gpkg", many))
    assert "cannot be opened as a vector layer" in refusal(str(tmp_path / "none.gpkg"))


def test_what_nothing_can_be_trained_on_is_refused_by_name(tmp_path: Path) -> None:
    def fault(*shapes: tuple[str, str]) -> str:
        path = write_vector(tmp_path / "s.gpkg", shapes)
        with open_samples(SampleSource(path, "class"), GRID) as samples, pytest.raises(InputError) as caught:
            check_trainable(samples)
        return str(caught.value)

    assert "SAMPLES has the one class 'tree'" in fault(TREES)
    assert "inside the raster of 'a' (0), 'b' (2);" in fault(TREES, (point(50, 1), "a"), (box(6, 6, 1, 2), "b"))
    with open_samples(SampleSource(write_vector(tmp_path / "t.gpkg", [TREES, GRASS]), "class"), GRID) as samples:
        check_trainable(samples)


def test_a_watcher_can_stop_it(tmp_path: Path) -> None:
    def stop(share: float) -> None:
        raise CancelledError("The run was cancelled.")

    with pytest.raises(CancelledError):
        open_samples(SampleSource(write_vector(tmp_path / "s.gpkg", [TREES]), "class"), GRID, stop)


@pytest.fixture(scope="module")
def many_shapes(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Polygons and points over 40 x 50 pixels, some on each other."""
    rng = np.random.default_rng(0)
    shapes = []
    for i in range(60):
        corners = rng.uniform(0, 50, 2) + rng.uniform(-6, 6, (3, 2))
        shapes.append((polygon([tuple(corner) for corner in corners]) if i % 3 else point(*corners[0]), f"c{i % 4}"))
    return write_vector(tmp_path_factory.mktemp("many") / "s.gpkg", shapes)


@settings(max_examples=30, deadline=None)
@given(st.tuples(st.integers(-5, 49), st.integers(-5, 39), st.integers(1, 50), st.integers(1, 45)))
def test_a_pixel_is_the_same_whatever_window_is_read(many_shapes: str, place: tuple[int, int, int, int]) -> None:
    grid, window = Grid(UTM, grid_transform(PIXEL_M), 50, 40), Window(*place)
    before, samples_module.BLOCK_PX = samples_module.BLOCK_PX, 16
    try:
        with open_samples(SampleSource(many_shapes, "class"), grid) as samples:
            labels, regions = (np.pad(a, 60, constant_values=fill)
                               for a, fill in zip(samples.read(grid.window), (-1, 0)))  # fmt: skip
            found = samples.read(window)
            held = sum(int((samples.read(block)[0] >= 0).sum()) for block in samples.windows())
    finally:
        samples_module.BLOCK_PX = before
    part = np.s_[60 + place[1] : 60 + place[1] + place[3], 60 + place[0] : 60 + place[0] + place[2]]
    np.testing.assert_array_equal(found[0], labels[part])
    np.testing.assert_array_equal(found[1], regions[part])
    assert held == sum(samples.counts) == (labels >= 0).sum()


def test_values_that_a_legend_calls_alike_keep_apart():
    legend = {2: LegendEntry("road"), 5: LegendEntry("road"), 7: LegendEntry("roof")}
    classes, places = classes_of([2, 5, 7], "LABELS", legend)
    assert [one.name for one in classes] == ["road (2)", "road (5)", "roof"]
    assert places == {2: 0, 5: 1, 7: 2}


def test_classes_have_the_colours_that_their_layer_gives_them(tmp_path: Path) -> None:
    path = write_vector(tmp_path / "s.gpkg", [TREES, GRASS])
    with open_samples(SampleSource(path, "class", colours=(("tree", "#00ff00"),)), GRID) as samples:
        assert {one.name: one.colour for one in samples.classes} == {"grass": "", "tree": "#00ff00"}
    classes, _ = classes_of([3, 1], "SAMPLES", {1: LegendEntry("roof", "#ff0000")}, {"1": "#123456", "3": "#0000ff"})
    assert [one.colour for one in classes] == ["#ff0000", "#0000ff"]
