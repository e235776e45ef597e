"""CMF: blotches, how strong colours of about the size of a coarse pixel are; 1 is as in interpolation.

Root of the mean square of the chroma between G_0.35R and G_0.9R, over that of the interpolated coarse image; see
`detail`. Not a loss: the true image has 1.8 to 2.3 at Wald's scale. Compare with BT-H and MTF-GLP-FS on the same pair.
"""

from __future__ import annotations

import numpy as np

from .detail import DETAIL_SUMS, NEEDS, DetailSums
from .metric import Metric
from .scene import Measured, Scene


def finish(scene: Scene, total: DetailSums) -> Measured:
    """0 or more."""
    fused, expanded = total.middle
    return Measured(float(np.sqrt(fused / expanded)))


READING = "Colour blotches of about the size of a {coarse} pixel. 1 is as clean as interpolation; BT-H has 1.1 to 1.4."
CMF = Metric("cmf", "CMF", "", 1.0, NEEDS, (DETAIL_SUMS,), finish, reading=READING)
