"""Features of a LiDAR surface model for classification, tile by tile: one feature per file, the tuple FEATURES.

Heights are metres, arrays (rows, cols), NaN = no data. A new feature is a file with a subclass of `Feature` and its
place in FEATURES; its result must not depend on the tiles. Whoever goes from files to a file is a task.
"""

from __future__ import annotations

from .feature import Feature
from .height_above_ground import HeightAboveGround
from .height_range import HeightRange
from .intensity import Intensity
from .intensity_mean import IntensityMean
from .percentiles import Percentiles
from .roughness import Roughness
from .slope import Slope

FEATURES: tuple[Feature, ...] = (
    HeightAboveGround(), Slope(), Roughness(), Percentiles(), HeightRange(), Intensity(), IntensityMean(),
)  # fmt: skip
"""Every feature, in the order of the result's bands."""
