"""How much the bands of a coarse image vary, and how the fine image sees them: what measures of detail are scaled by.

The fine image is brought to the coarse one's resolution with the mean of the bands' MTF gains, so that it is as sharp
as they are, and regressed on them. Its own gain would make it softer, and the weights too small.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..moments import Moments, columns, regress
from .scene import Contrast, Scene
from .streaming import Watch, coarse_tiles


def contrast_of(scene: Scene, tile: int | None = None, watch: Watch | None = None) -> Contrast:
    """Gather the contrast of a scene on the coarse grid, tile by tile.

    Parameters
    ----------
    scene
        With "fused" (only its size is used), "fine" and "coarse", the ratio, and the MTF gains.
    tile, watch
        See `streaming.measure`.

    Returns
    -------
    Contrast
        Zeros where no pixel is valid, and for a band that is flat.
    """
    bands = scene.sources["coarse"].bands
    moments = Moments(bands + 1)
    tiles = coarse_tiles(replace(scene, fine_gain=0.0), tile)
    for number, make in enumerate(tiles):
        if watch is not None:
            watch(number / len(tiles))
        made = make()
        coarse, fine = made.image("coarse"), made.image("degraded_fine")
        moments.add(columns(coarse[0], fine[0], valid=coarse[1] & fine[1]))
    if not moments.count:
        return Contrast((0.0,) * bands, (0.0,) * bands, 0.0)
    spreads = np.where(moments.is_flat(), 0.0, np.sqrt(np.diag(moments.covariance)))
    weights, _ = regress(moments)
    return Contrast(tuple(spreads[:-1].tolist()), tuple(weights.tolist()), float(spreads[-1]))
