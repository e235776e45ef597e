"""The estimate of the ground: what it finds, and where its limits lie, as its description says."""

import numpy as np
import pytest
from scipy import ndimage

from rsfusion_qgis.core.sensors.lidar.ground import LEAST_DROP_M, GroundPlan, estimate_ground, plan_ground
from rsfusion_qgis.core.sensors.lidar.steps import Steps
from tests.tasks.lidar_features.scenes import PIXEL_M, surface, terrain

STEPS = Steps((PIXEL_M, 0.0), (0.0, -PIXEL_M))
ALL = slice(0, 150), slice(0, 170)


def ground_of(z, window_m=40.0, steps=STEPS):
    rows, cols = z.shape
    return estimate_ground(z, plan_ground(window_m, steps), slice(0, rows), slice(0, cols))


def test_houses_and_trees_are_taken_off_a_gentle_hill():
    z, truth = surface(holes=False), terrain()
    error = ground_of(z) - truth
    assert np.abs(error).mean() < 0.1
    assert np.abs(error).max() < 1.0  # under a house of 15 m on a slope of one in twenty
    house = np.s_[72:92, 92:118]
    assert np.abs((z - ground_of(z))[house] - 9).max() < 1.0


def test_what_is_lower_than_the_least_drop_is_ground():
    z = np.zeros((60, 60), np.float32)
    z[20:30, 20:30], z[40:50, 40:50] = LEAST_DROP_M - 0.05, LEAST_DROP_M + 2
    heights = z - ground_of(z)
    assert (heights[20:30, 20:30] == 0).all()
    assert (heights[40:50, 40:50] > 2).all()


def test_an_object_wider_than_the_window_is_ground():
    z = np.zeros((120, 120), np.float32)
    z[40:80, 40:80] = 5  # 20 m
    assert (z - ground_of(z, 15)).max() == 0
    np.testing.assert_array_equal(z - ground_of(z, 25), z)


def test_a_plane_is_ground_at_any_gentle_slope_to_its_ends():
    col = np.arange(170) * PIXEL_M
    z = np.broadcast_to(0.1 * col, (150, 170)).astype(np.float32)
    np.testing.assert_array_equal(ground_of(z), z)


def test_one_opening_is_that_of_scipy():
    z = surface(holes=False)
    plan = GroundPlan(1, ((4, 6),), (-1.0,))  # everything may be replaced
    expected = ndimage.grey_opening(z, size=(9, 13), mode="nearest")
    inner = np.s_[10:-10, 15:-15]
    np.testing.assert_array_equal(estimate_ground(z, plan, *ALL)[inner], expected[inner])


def test_pixels_without_data_are_left_out():
    with_holes, whole = surface(), surface(holes=False)
    known = ~np.isnan(with_holes)
    difference = (ground_of(with_holes) - ground_of(whole))[known]
    assert np.isfinite(difference).all()
    assert np.abs(difference).mean() < 0.05
    assert (with_holes - ground_of(with_holes))[known].min() >= 0


def test_large_windows_use_cells_and_find_the_same():
    fine = Steps((0.1, 0.0), (0.0, -0.1))
    plan = plan_ground(40.0, fine)
    assert plan.cell > 1
    coarse = surface(holes=False)
    z, expected = (np.repeat(np.repeat(a, 5, 0), 5, 1) for a in (coarse, coarse - ground_of(coarse)))
    assert np.abs(z - ground_of(z, steps=fine) - expected).mean() < 0.1


@pytest.mark.parametrize("window", [10.0, 40.0, 300.0])
def test_a_part_with_its_halo_is_the_same_as_the_whole(window):
    z, plan = surface(), plan_ground(window, STEPS)
    whole = estimate_ground(z, plan, *ALL)
    halo = -(-plan.halo // plan.cell) * plan.cell
    first = [max(0, n // plan.cell * plan.cell - halo) for n in (61, 72)]
    last = [n + halo for n in (80, 90)]
    part = z[first[0] : last[0], first[1] : last[1]]
    found = estimate_ground(part, plan, slice(61 - first[0], 80 - first[0]), slice(72 - first[1], 90 - first[1]))
    known = ~np.isnan(z[61:80, 72:90])
    np.testing.assert_array_equal(found[known], whole[61:80, 72:90][known])


def test_a_window_of_less_than_three_pixels_is_none():
    assert plan_ground(0.9, STEPS) is None
    assert plan_ground(1.0, STEPS) is not None
