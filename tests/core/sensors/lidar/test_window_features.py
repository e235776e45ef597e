"""The statistics of windows as features look at them."""

import numpy as np

from rsfusion_qgis.core.sensors.lidar.feature import Setting, View
from rsfusion_qgis.core.sensors.lidar.height_range import HeightRange
from rsfusion_qgis.core.sensors.lidar.intensity_mean import IntensityMean
from rsfusion_qgis.core.sensors.lidar.steps import Steps

from ...grid.test_moving import each_window, scattered

STEPS = Steps((1.0, 0.0), (0.0, -1.0))


def test_range_and_mean_as_features_look_at_their_own_raster():
    heights, intensity = scattered(seed=2), scattered(seed=3)
    view = View(scattered(), heights, intensity, (2, 5))
    setting = Setting(STEPS, (2, 5))
    (spread,), (level,) = HeightRange().compute(view, setting), IntensityMean().compute(view, setting)
    windows = each_window(heights, (2, 5))
    np.testing.assert_allclose(spread, np.nanmax(windows, axis=-1) - np.nanmin(windows, axis=-1), atol=1e-4)
    np.testing.assert_allclose(level, np.nanmean(each_window(intensity, (2, 5)), axis=-1), rtol=1e-5)
