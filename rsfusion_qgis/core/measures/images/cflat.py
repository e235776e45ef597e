"""CFLAT: speckle, how strong the colours of detail are where the fine image is flat; 1 is as in interpolation.

Root of the mean square of the chroma of D, over that of the interpolated coarse image, both over the windows in which
the fine image's local rms is below its median; see `detail`. Not a loss: interpolation has less of it than the true
image. Compare with BT-H and MTF-GLP-FS on the same pair.
"""

from __future__ import annotations

import numpy as np

from .detail import DETAIL_SUMS, NEEDS, DetailSums
from .metric import Metric
from .scene import Measured, Scene


def finish(scene: Scene, total: DetailSums) -> Measured:
    """0 or more; of the bin that the median falls into a part counts."""
    windows, fused, expanded = total.chroma
    before = np.cumsum(windows) - windows
    share = np.clip((0.5 * windows.sum() - before) / np.maximum(windows, 1.0), 0.0, 1.0)
    return Measured(float(np.sqrt((fused @ share) / (expanded @ share))))


READING = "Colour speckle where {fine} is flat. 1 is as clean as interpolation; BT-H has 1.4 to 4, MTF-GLP-FS 1 to 2."
CFLAT = Metric("cflat", "CFLAT", "", 1.0, NEEDS, (DETAIL_SUMS,), finish, reading=READING)
