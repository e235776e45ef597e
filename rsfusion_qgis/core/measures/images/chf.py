"""CHF: the share of the detail that the fine image does not carry, its own colour and noise; 0 is none.

Root of the mean square of what is left of D when its local regression on P is taken off, over that of D; D and P see
`detail`. Not a loss: the true image has colour of its own, finer than a coarse pixel (0.3 to 0.7 at Wald's scale).
Compare with BT-H and MTF-GLP-FS on the same pair.
"""

from __future__ import annotations

import numpy as np

from .detail import DETAIL_SUMS, NEEDS, DetailSums
from .metric import Metric
from .scene import Measured, Scene


def finish(scene: Scene, total: DetailSums) -> Measured:
    """The share of all bands together, and of each; 0 to 1."""
    bands = np.sqrt(total.power[1] / total.power[0])
    together = total.power.sum(axis=1)
    return Measured(float(np.sqrt(together[1] / together[0])), tuple(bands.tolist()))


READING = "Detail that {fine} does not carry: colour and noise of its own. Low is good; BT-H has 0.1 to 0.35."
CHF = Metric("chf", "CHF", "", 0.0, NEEDS, (DETAIL_SUMS,), finish, reading=READING)
