"""Mean intensity of the LiDAR's echo in a window: the stripes and speckle of single echoes averaged out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...rasters.source import BandInfo
from .feature import INTENSITY, Feature, Setting, View, float_band
from .windows import mean


class IntensityMean(Feature):
    """One band."""

    id, looks_at, needs = "intensity_mean", INTENSITY, INTENSITY

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band("intensity mean", setting.intensity_unit),)

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (mean(view.around(view.intensity, setting.reach), setting.reach),)
