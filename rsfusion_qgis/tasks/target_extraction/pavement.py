"""How dark pavement is in the LiDAR's intensity, in the scene at hand.

Low ground is looked at all over the scene. Asphalt returns little of the usual wavelengths and plants much, so that the
intensities of low ground are two heaps, which Otsu's threshold parts. Returns of water and of metal may be a hundred
times as bright as the rest; they are left out, and what is brighter than most is brought closer. Axis order (bands,
rows, cols), metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import numpy as np

from ...core.engine.chain import Layer
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.grid.sampling import whole_or_spread
from ...core.operators.otsu import otsu
from ...core.rasters.aligned_input import Scale
from .roles import DTM, LIDAR
from .rules import LOW_M

SIDE_PX, MESH = 128, 8
"""Of the windows that are read, and how many along each axis at most."""
BRIGHTEST, GLINT = 5.0, 10.0
"""Robust deviations above the median to which intensities are brought down, and beyond which they are left out."""
FEWEST = 100
_PER_DEVIATION = 1.4826


def darkness(
    plan: Plan, layers: Mapping[str, Layer], scales: Mapping[str, Scale], height: int, intensity: int
) -> Optional[float]:
    """The intensity below which low ground is pavement; None where there is too little low ground to tell.

    Parameters
    ----------
    scales : of each input, see `Scale`; what is stored less the offset, over the scale, is metres or intensity.
    height, intensity : bands of LIDAR; heights count from DTM where that is given.
    """
    found = []
    for window in whole_or_spread(plan.domain.window, SIDE_PX, MESH):
        values, valid = _read(layers[LIDAR], scales[LIDAR], window)
        above, there = values[height], valid[height] & valid[intensity]
        if DTM in layers:
            ground, known = _read(layers[DTM], scales[DTM], window)
            above, there = above - ground[0], there & known[0]
        found.append(values[intensity][there & (np.abs(above) < LOW_M)])
    every = np.concatenate(found)
    return parted(every) if len(every) >= FEWEST else None


def parted(intensity: np.ndarray) -> float:
    """The threshold between dark and bright, of intensities (n,) of low ground."""
    middle = float(np.median(intensity))
    spread = _PER_DEVIATION * float(np.median(np.abs(intensity - middle)))
    seen = intensity[intensity <= middle + GLINT * spread]
    return otsu(np.minimum(seen, middle + BRIGHTEST * spread))[0]


def _read(layer: Layer, scale: Scale, window: Window) -> tuple[np.ndarray, np.ndarray]:
    values, valid = layer.read(window)
    offset, unit = (np.asarray(one, np.float32)[:, None, None] for one in (scale.offset, scale.scale))
    return (values - offset) / unit, valid & np.isfinite(values)
