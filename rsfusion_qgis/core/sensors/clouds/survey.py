"""A sample of a whole raster: blocks of pixels spread evenly over it, the same for every run.

What holds for a whole scene, its scaling or its unit, is decided from such a sample once and never tile by tile.
"""

from __future__ import annotations

import numpy as np

from ...grid.sampling import whole_or_spread
from ...rasters.source import RasterSource

BLOCKS, BLOCK_PX = 12, 32
"""At most so many blocks per direction, of so many pixels a side: 147456 pixels of a large raster."""


def sample(source: RasterSource, blocks: int = BLOCKS, block_px: int = BLOCK_PX) -> np.ndarray:
    """Stored values of the pixels that are valid in every band.

    Returns
    -------
    ndarray
        (bands, pixels) float32; pixels where every band holds 0 are left out. No pixel where there is none.
    """
    found = []
    for window in whole_or_spread(source.grid.window, block_px, blocks):
        values, valid = source.read(window)
        known = valid.all(axis=0) & (values != 0).any(axis=0)
        found.append(values[:, known])
    return np.concatenate(found, axis=1)
