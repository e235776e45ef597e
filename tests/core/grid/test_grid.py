"""Laws of windows, grids and placements."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Grid, Window, fit_without_georeferencing, placement

offsets = st.integers(-500, 500)
lengths = st.integers(1, 400)
windows = st.builds(Window, offsets, offsets, lengths, lengths)


def north_up(x=500000.0, y=5000000.0, size=1.0, width=100, height=80, crs="A"):
    return Grid(crs, (x, size, 0.0, y, 0.0, -size), width, height)


@given(windows, windows)
def test_intersection_is_commutative_and_inside(a, b):
    common = a.intersection(b)
    assert (common.is_empty and b.intersection(a).is_empty) or common == b.intersection(a)
    assert common.width <= min(a.width, b.width) and common.height <= min(a.height, b.height)


@given(windows, st.integers(0, 50))
def test_growing_back_gives_the_window(window, margin):
    assert window.grown(margin).grown(-margin) == window


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-60, 60))
def test_map_and_pixel_coordinates_are_inverse(col, row, angle):
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    grid = Grid("", (1000.0, 2 * c, 2 * s, 2000.0, 2 * s, -2 * c), 10, 10)
    assert grid.to_pixel(*grid.to_map(col, row)) == pytest.approx((col, row), abs=1e-6)


def test_crop_moves_the_corner_only():
    cropped = north_up(size=2.0).crop(Window(10, 20, 5, 6))
    assert cropped == Grid("A", (500020.0, 2.0, 0.0, 4999960.0, 0.0, -2.0), 5, 6)


@pytest.mark.parametrize(("width", "ratio", "expected"), [(100, 4, 25), (101, 4, 26), (3, 4, 1)])
def test_coarser_grid_covers_the_finer(width, ratio, expected):
    assert north_up(width=width).coarser(ratio).width == expected


@pytest.mark.parametrize("ratio", [1, 3, 8])
def test_a_finer_grid_is_made_of_whole_parts(ratio):
    grid = north_up(width=7)
    finer = grid.finer(ratio)
    assert (finer.width, finer.height) == (7 * ratio, grid.height * ratio)
    assert sum(finer.coarser(ratio).corners(), ()) == pytest.approx(sum(grid.corners(), ()))


@pytest.mark.parametrize("shift", [0.0, 0.5, -1.25])
@pytest.mark.parametrize("ratio", [1.5, 2.0, 4.0])
def test_placement_of_a_shifted_coarser_grid(shift, ratio):
    pan = north_up()
    ms = north_up(x=500000.0 + shift, size=ratio, width=50, height=40)
    found = placement(pan, ms)
    assert found.ratio == pytest.approx(ratio)
    assert found.offset_x == pytest.approx(-shift / ratio)
    assert found.offset_y == pytest.approx(0.0)


def test_placement_of_a_rotated_grid_is_none():
    c, s = math.cos(math.radians(3)), math.sin(math.radians(3))
    assert placement(north_up(), Grid("A", (500000.0, c, s, 5000000.0, s, -c), 100, 80)) is None


def test_placement_follows_grids_that_are_rotated_alike():
    c, s = math.cos(math.radians(20)), math.sin(math.radians(20))
    pan = Grid("A", (0.0, c, s, 0.0, s, -c), 100, 100)
    ms = Grid("A", (0.0, 4 * c, 4 * s, 0.0, 4 * s, -4 * c), 25, 25)
    assert placement(pan, ms).scale_x == pytest.approx(0.25)


def test_identity_needs_whole_offsets():
    pan = north_up()
    assert placement(pan, north_up(x=499990.0, width=200)).is_identity()
    assert not placement(pan, north_up(x=499990.5, width=200)).is_identity()


@pytest.mark.parametrize(
    ("size", "expected"), [((25, 20), 4), ((50, 40), 2), ((30, 20), None), ((33, 20), None), ((200, 160), None)]
)
def test_sizes_without_georeferencing_must_have_one_whole_ratio(size, expected):
    fitted = fit_without_georeferencing(north_up(crs=""), Grid("", (0, 1, 0, 0, 0, 1), *size))
    assert (fitted.pixel_size[0] if fitted else None) == expected


def test_window_of_bounds_covers_touched_pixels_and_is_clipped():
    grid = north_up(size=2.0)
    assert grid.window_of((500003.0, 4999990.0, 500009.0, 4999997.0)) == Window(1, 1, 4, 4)
    assert grid.window_of((0.0, 0.0, 1.0, 1.0)).is_empty


def test_empty_and_flat_grids_are_refused():
    with pytest.raises(InputError, match="0 x 5"):
        north_up(width=0, height=5)
    with pytest.raises(InputError, match="no size"):
        north_up(size=0.0)
