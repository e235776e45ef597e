"""Mean intensity of the LiDAR's echo in a window: the stripes and speckle of single echoes averaged out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...grid.moving import valid_means
from ...rasters.source import BandInfo
from .feature import INTENSITY, Feature, Setting, View, float_band


class IntensityMean(Feature):
    """One band."""

    id, looks_at, needs = "intensity_mean", INTENSITY, INTENSITY

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band("intensity mean", setting.intensity_unit),)

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (valid_means(view.around(view.intensity, setting.reach), setting.reach),)
