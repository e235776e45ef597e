"""SLOPE: how much of the fine image's detail the fused intensity has; 1 is all of it, less is soft, more is overdone.

Median over the windows of the local slope of the intensity's D on P, see `detail`. The intensity is the weighted
sum of the bands that is nearest to the fine image at the coarse image's resolution (least squares), in its unit.
"""

from __future__ import annotations

import numpy as np

from .detail import DETAIL_SUMS, NEEDS, SLOPES, DetailSums
from .metric import Metric
from .scene import Measured, Scene


def finish(scene: Scene, total: DetailSums) -> Measured:
    """The median, interpolated inside its bin; NaN without a window, between the ends of `SLOPES` otherwise."""
    up_to = np.cumsum(total.slopes)
    half = 0.5 * up_to[-1]
    if not half:
        return Measured(float("nan"))
    middle = int(np.searchsorted(up_to, half))
    within = (half - (up_to[middle] - total.slopes[middle])) / total.slopes[middle]
    return Measured(float(SLOPES[middle] + (within - 0.5) * (SLOPES[1] - SLOPES[0])))


READING = "Strength of the detail of {fine} in the result. 1 is crisp, under 0.9 soft, over 1.15 overdone."
SLOPE = Metric("slope", "SLOPE", "", 1.0, NEEDS, (DETAIL_SUMS,), finish, reading=READING)
