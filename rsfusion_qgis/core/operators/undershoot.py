"""No dark rings: what is fused falls below MS around it only as far as PAN does.

A sharp filter beside a bright point leaves a ring of values below anything that MS shows. So every band has a lower
bound: the lowest of the MS pixels around, less what PAN shows there beyond its own range. That is how far PAN falls
below the lowest, or rises above the highest, of what the sensor of MS would see of it around, times the brightness of
the band over that of PAN. (A bright roof in a wood has less near infrared than any pixel of MS around it.)
"""

from __future__ import annotations

import math

import numpy as np

from ..engine.chain import Block, Operator
from ..engine.plan import Plan
from ..rasters.aligned_input import AlignedInput, Scale
from .back_projection import CoarseSampling, Recorded

GAIN = 0.3
"""Of the blur with which PAN is seen at the pixels of MS."""
REACH_RATIOS = 4.5
"""Pixels around a tile that matter, times the ratio: two pixels of MS, and the blur."""
TOLERANCE, DARKEST = 0.15, 0.5
"""In the network's units, about a standard deviation: how far below the bound is left alone; and the least brightness
that gains are made of."""


class Undershoot(Operator):
    """Raises what lies below the bound.

    Parameters
    ----------
    plan : Plan
    coarse : AlignedInput
        What the output is like, on the pixels of the domain.
    scale : Scale
        Of that input.
    fine : str
        Name of the input with one band that the detail comes from.
    """

    def __init__(self, plan: Plan, coarse: AlignedInput, scale: Scale, fine: str) -> None:
        self._sampling = CoarseSampling(coarse, scale, plan.ratio)
        self._fine, self._output = fine, plan.card.outputs[0].name
        self.sees = math.ceil(REACH_RATIOS * plan.ratio)

    def look(self, block: Block) -> None:
        """Read what the coarse image holds under the block, and what its sensor would see of the fine one."""
        recorded = self._sampling.recorded(block.tile.read, block.everywhere, GAIN)
        block.notes[self] = recorded and (recorded, self._range_of(block, recorded))

    def _range_of(self, block: Block, recorded: Recorded) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest around every MS pixel of the fine image as the sensor of MS sees it."""
        window, inside = block.tile.read, recorded.inside
        row, col = inside.row_off - window.row_off, inside.col_off - window.col_off
        fine = block.arrays[self._fine][0, :, row : row + inside.height, col : col + inside.width]
        [seen] = self._sampling.seen(fine, recorded, (GAIN,))
        return lowest_around(seen), -lowest_around(-seen)

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        found = block.notes[self]
        if found is None:
            return
        recorded, (low, high) = found
        fused, fine = block.arrays[self._output][0], block.arrays[self._fine][0, 0]
        rows, cols = self._sampling.nearest(block.tile.read, recorded.there)
        beyond = np.maximum(low[rows][:, cols] - fine, 0) + np.maximum(fine - high[rows][:, cols], 0)
        for band, values, counts in zip(fused, recorded.values, recorded.counts):
            least = lowest_around(np.where(counts, values, np.float32(np.inf)))
            least = np.where(np.isfinite(least), least, np.float32(-np.inf))
            gain = np.maximum(least, DARKEST) / np.maximum(low, DARKEST)
            bound = least[rows][:, cols] - gain[rows][:, cols] * beyond - TOLERANCE
            np.maximum(band, bound, out=band)


def lowest_around(values: np.ndarray) -> np.ndarray:
    """Lowest of the 3 x 3 pixels around every one, (rows, cols); at the edges of those that there are."""
    for axis in (0, 1):
        padded = np.pad(values, [(1, 1) if axis == at else (0, 0) for at in (0, 1)], mode="edge")
        size = values.shape[axis]
        values = np.minimum.reduce([padded.take(np.arange(step, step + size), axis) for step in range(3)])
    return values
