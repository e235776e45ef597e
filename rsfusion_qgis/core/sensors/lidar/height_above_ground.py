"""Height above ground (normalised surface model, canopy height): the surface less the terrain, metres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...rasters.source import BandInfo
from .feature import GROUND, HEIGHTS, Feature, Setting, View, float_band


class HeightAboveGround(Feature):
    """DSM - DTM, or the height above the ground that `ground` estimates; the band says which."""

    id, looks_at, needs = "height_above_ground", HEIGHTS, GROUND

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        estimated = setting.ground == "estimate"
        return (float_band("height above estimated ground" if estimated else "height above ground", "m"),)

    def reach(self, setting: Setting) -> tuple[int, int]:
        """The pixel alone."""
        return 0, 0

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (view.around(view.heights, (0, 0)),)
