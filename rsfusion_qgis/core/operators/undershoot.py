"""No dark rings: what is fused falls below MS around it only as far as PAN does.

A sharp filter beside a bright point leaves a ring of values below anything that MS shows. So every band has a lower
bound: the lowest of the nine MS pixels around, less twice what lies between it and the third lowest, which a bright
point does not move, and less what PAN shows there beyond its own range. That is how far PAN falls below the lowest, or
rises above the highest, of what the sensor of MS would see of it around, times the brightness of the band over that of
PAN. (A bright roof in a wood has less near infrared than any pixel of MS around it.)
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
        around = nine(seen)
        return around.min(axis=0), around.max(axis=0)

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
            around = np.partition(nine(np.where(counts, values, np.float32(np.inf))), (0, 2), axis=0)
            least = around[0]
            gain = np.maximum(least, DARKEST) / np.maximum(low, DARKEST)
            with np.errstate(invalid="ignore"):
                least = 3 * least - 2 * around[2] - TOLERANCE
            least = np.where(np.isfinite(least), least, np.float32(-np.inf))
            bound = least[rows][:, cols] - np.where(np.isfinite(gain), gain, 0)[rows][:, cols] * beyond
            np.maximum(band, bound, out=band)


def nine(values: np.ndarray) -> np.ndarray:
    """Every pixel's 3 x 3 surroundings, (9, rows, cols); beyond the edges stand the outermost pixels."""
    rows, cols = values.shape
    padded = np.pad(values, 1, mode="edge")
    return np.stack([padded[i : i + rows, j : j + cols] for i in range(3) for j in range(3)])
