"""Sums, means and extremes of windows against every window by itself."""

import numpy as np
import pytest

from rsfusion_qgis.core.sensors.lidar.feature import Setting, View
from rsfusion_qgis.core.sensors.lidar.height_range import HeightRange
from rsfusion_qgis.core.sensors.lidar.intensity_mean import IntensityMean
from rsfusion_qgis.core.sensors.lidar.steps import Steps
from rsfusion_qgis.core.sensors.lidar.windows import extremes, mean, weighted_sums

REACHES = [(1, 1), (3, 2), (2, 5)]
STEPS = Steps((1.0, 0.0), (0.0, -1.0))


def scattered(rows=20, cols=23, missing=0.3, seed=1):
    rng = np.random.default_rng(seed)
    values = rng.normal(500, 10, (rows, cols)).astype(np.float32)
    values[rng.random(values.shape) < missing] = np.nan
    return values


def each_window(values, reach):
    """(rows, cols, pixels of the window)"""
    sides = [2 * r + 1 for r in reach]
    windows = np.lib.stride_tricks.sliding_window_view(values, sides)
    return windows.reshape(*windows.shape[:2], -1)


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("powers", [(0, 0), (1, 0), (0, 2), (1, 1)])
def test_weighted_sums(reach, powers):
    values = scattered(missing=0).astype(np.float64)
    row, col = np.mgrid[-reach[0] : reach[0] + 1, -reach[1] : reach[1] + 1]
    weight = (row ** powers[0] * col ** powers[1]).ravel()
    np.testing.assert_allclose(weighted_sums(values, reach, *powers), each_window(values, reach) @ weight, atol=1e-8)


@pytest.mark.parametrize("reach", REACHES)
def test_means_and_extremes_leave_out_what_has_no_data(reach):
    values = scattered()
    windows = each_window(values, reach)
    low, high = extremes(values, reach)
    np.testing.assert_array_equal(low, np.nanmin(windows, axis=-1))
    np.testing.assert_array_equal(high, np.nanmax(windows, axis=-1))
    np.testing.assert_allclose(mean(values, reach), np.nanmean(windows.astype("f8"), axis=-1), rtol=1e-6)


def test_a_window_without_data_has_no_mean():
    assert np.isnan(mean(np.full((3, 3), np.nan, np.float32), (1, 1))).all()


def test_range_and_mean_as_features_look_at_their_own_raster():
    heights, intensity = scattered(seed=2), scattered(seed=3)
    view = View(scattered(), heights, intensity, (2, 5))
    setting = Setting(STEPS, (2, 5))
    (spread,), (level,) = HeightRange().compute(view, setting), IntensityMean().compute(view, setting)
    windows = each_window(heights, (2, 5))
    np.testing.assert_allclose(spread, np.nanmax(windows, axis=-1) - np.nanmin(windows, axis=-1), atol=1e-4)
    np.testing.assert_allclose(level, np.nanmean(each_window(intensity, (2, 5)), axis=-1), rtol=1e-5)
