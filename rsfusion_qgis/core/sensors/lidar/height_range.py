"""Range of the heights in a window: the highest less the lowest, metres, >= 0."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...grid.moving import valid_extremes
from ...rasters.source import BandInfo
from .feature import HEIGHTS, Feature, Setting, View, float_band


class HeightRange(Feature):
    """Of the heights above ground, or of the surface where no ground is known; the band says which."""

    id, looks_at = "range", HEIGHTS

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band(f"{setting.heights} range", "m"),)

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        low, high = valid_extremes(view.around(view.heights, setting.reach), setting.reach)
        return (high - low,)
