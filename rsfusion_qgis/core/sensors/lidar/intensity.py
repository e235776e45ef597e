"""Intensity of the LiDAR's echo as its raster has it, on the pixels of the surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...rasters.source import BandInfo
from .feature import INTENSITY, Feature, Setting, View, float_band


class Intensity(Feature):
    """One band, passed through; interpolated where the raster has other pixels than the surface."""

    id, looks_at, needs = "intensity", INTENSITY, INTENSITY

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band("intensity", setting.intensity_unit),)

    def reach(self, setting: Setting) -> tuple[int, int]:
        """The pixel alone."""
        return 0, 0

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (view.around(view.intensity, (0, 0)),)
