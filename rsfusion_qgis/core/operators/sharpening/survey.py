"""The first pass: which blocks of the domain a method's statistics come from, and reading one of them.

Blocks are those of the domain, whatever the tiling and the extent of the run, so the statistics are the same
numbers in every run on a pair. Up to FULL_PX pixels (5792 x 5792) every pixel has its part. Of larger domains
blocks that are spread evenly over them are read, about FULL_PX pixels together, since reading all would double the
time of the run: means and covariances then carry a sampling error, and BT-H's haze is the minimum of the sample.
"""

from __future__ import annotations

import math

import numpy as np

from ...grid.grid import Grid, Window
from ...grid.sampling import whole_or_spread
from ...rasters.aligned_input import AlignedInput
from .method import Level, Sample
from .readers import PanWithLowPass

BLOCK_PX, BLOCK_BANDS, SMALLEST_BLOCK_PX = 512, 8, 128
"""Side of a block of up to so many bands; of more bands smaller ones are read, which bounds the memory."""
FULL_PX = 2**25


def survey_windows(domain: Grid, bands: int, full_px: int = FULL_PX) -> list[Window]:
    """Windows of the domain, row by row; they do not overlap, and cover all of it where it has `full_px` or less.

    They depend on nothing but the size of the domain and the number of bands of MS.
    """
    side = max(SMALLEST_BLOCK_PX, round(BLOCK_PX * math.sqrt(min(1.0, BLOCK_BANDS / bands)) / 64) * 64)
    share = min(1.0, math.sqrt(full_px / (domain.width * domain.height)))
    short, long = sorted((domain.width, domain.height))
    narrow = _blocks(short, side, share)
    pixels = min(short, narrow * side) * long
    wide = _blocks(long, side, min(1.0, full_px / pixels) if share < 1.0 else 1.0)
    return whole_or_spread(domain.window, side, (narrow, wide) if domain.height <= domain.width else (wide, narrow))


def _blocks(length: int, side: int, share: float) -> int:
    """How many blocks make up that share of an axis."""
    return -(-length // side) if share == 1.0 else max(1, round(share * length / side))


class SampleReader:
    """Reads the samples of one pair.

    Parameters
    ----------
    pan : PanWithLowPass
    low : AlignedInput
        The low-pass pan, on the pixels of the domain; its source lies on the MS's own.
    ms : AlignedInput
    with_coarse : bool
        Whether samples have their level on the MS's own pixels.
    """

    def __init__(self, pan: PanWithLowPass, low: AlignedInput, ms: AlignedInput, with_coarse: bool = True) -> None:
        self._pan, self._low, self._ms, self._with_coarse = pan, low, ms, with_coarse
        self._row = 0

    def read(self, window: Window) -> Sample:
        """The sample of one window of the domain."""
        if window.row_off != self._row:
            self._row = window.row_off
            for source in (self._pan.source, self._ms.source):
                source.release_blocks()
        return Sample(self._fine(window), self._coarse(window))

    def _fine(self, window: Window) -> Level:
        pan, pan_valid = self._pan.read(window)
        ms, ms_valid = self._ms.read(window)
        return Level(pan[:1], ms, pan[1:], ms_valid & pan_valid)

    def _coarse(self, window: Window) -> Level:
        """The MS's own pixels whose centres lie in the window."""
        p = self._ms.placement
        col, col_end = (math.ceil(p.scale_x * c + p.offset_x - 0.5) for c in (window.col_off, window.col_end))
        row, row_end = (math.ceil(p.scale_y * r + p.offset_y - 0.5) for r in (window.row_off, window.row_end))
        there = Window(col, row, col_end - col, row_end - row).intersection(self._ms.source.grid.window)
        if there.is_empty or not self._with_coarse:
            bands, planes = len(self._ms.source.bands), len(self._low.source.bands)
            none = (np.empty((n, 0, 0), np.float32) for n in (0, bands, planes))
            return Level(*none, np.empty((bands, 0, 0), bool))
        ms, ms_valid = self._ms.source.read(there)
        low, low_valid = self._low.source.read(there)
        return Level(low[:0], ms, low, ms_valid & low_valid.all(axis=0))
