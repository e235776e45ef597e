"""The pan as the MS sensor would see it, at the true pixel centres of the MS, window by window.

The blur is a Gaussian with the MTF gain of a band at the MS's Nyquist frequency (`grid.degradation`), sampled
where the centre of each MS pixel lies on the pan: anywhere, also between pan pixels. Invalid pan pixels have no
part: the rest of the Gaussian is normalised. Beyond the pan's ends its image is mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...grid.degradation import mtf_sigma, sampling_taps
from ...grid.grid import Window
from ...grid.resampling_weights import apply
from ...rasters.aligned_input import AlignedInput
from ...rasters.source import BandInfo

SMALLEST_SUPPORT = 0.5
"""A low-pass pixel is valid when at least this share of its Gaussian fell on valid pan pixels."""


class LowPassPan:
    """A raster like `RasterSource`, on the MS's own grid, with one band per gain; it reads through the pan's handle.

    Parameters
    ----------
    pan, ms : AlignedInput
        Both on the pixels of one domain; the pan's grid is the domain's.
    gains : MTF gain of each plane at the MS's Nyquist frequency.
    ratio : float
        Pixel size of the MS as recorded over that of the pan (a warped MS may be read on another grid).
    level : float
        Taken off every value, so that float32 holds the contrast and not a large number; 0 is neutral.
    """

    def __init__(
        self, pan: AlignedInput, ms: AlignedInput, gains: Sequence[float], ratio: float, level: float = 0.0
    ) -> None:
        self._pan, self.grid, self._level = pan.source, ms.source.grid, np.float32(level)
        self.path, self.role, self.dataset = self._pan.path, self._pan.role, self._pan.dataset
        self.bands = tuple(BandInfo(i + 1, "Float32") for i in range(len(gains)))
        self.may_be_invalid = self._pan.may_be_invalid
        self._sigmas = tuple(mtf_sigma(gain, ratio) for gain in gains)
        self._axes = (
            (ms.placement.scale_y, ms.placement.offset_y, round(pan.placement.offset_y), self._pan.grid.height),
            (ms.placement.scale_x, ms.placement.offset_x, round(pan.placement.offset_x), self._pan.grid.width),
        )

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Low-pass values (planes, rows, cols) float32 and validity on a window of the MS's grid, as `RasterSource`."""
        rows = self._taps(0, window.row_off, window.height)
        cols = self._taps(1, window.col_off, window.width)
        (top, bottom), (left, right) = _span(rows), _span(cols)
        values, valid = self._pan.read(Window(left, top, right - left, bottom - top))
        values -= self._level
        holes = not valid.all()
        low = np.empty((len(rows), *window.shape), np.float32)
        support = np.ones(low.shape, np.float32)
        if holes:
            values[~valid] = 0
        for plane, ((down, weight_down), (across, weight_across)) in enumerate(zip(rows, cols)):
            by_rows = _matrix(down - top, weight_down, bottom - top)
            by_cols = _matrix(across - left, weight_across, right - left)
            low[plane] = apply(values, by_rows, by_cols)[0]
            if holes:
                support[plane] = apply(valid.astype(np.float32), by_rows, by_cols)[0]
        low /= np.maximum(support, 1e-6)
        return low, support >= SMALLEST_SUPPORT

    def _taps(self, axis: int, start: int, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each plane, pan pixels and weights (count, taps) of some MS pixels along one axis."""
        scale, offset, step, size = self._axes[axis]
        begin = step - offset / scale  # of the MS's first pixel, on the pan
        return [sampling_taps(start, count, 1 / scale, begin, sigma, size) for sigma in self._sigmas]

    def release_blocks(self) -> None:
        """See `RasterSource.release_blocks`."""
        self._pan.release_blocks()

    def close(self) -> None:
        """The handle is the pan's; it closes with that."""


def _span(taps: list[tuple[np.ndarray, np.ndarray]]) -> tuple[int, int]:
    """First and one past the last pixel that any tap reads."""
    return min(int(index.min()) for index, _ in taps), max(int(index.max()) for index, _ in taps) + 1


def _matrix(index: np.ndarray, weight: np.ndarray, available: int) -> np.ndarray:
    """Taps as a matrix (count, available) float32."""
    matrix = np.zeros((len(index), available))
    np.add.at(matrix, (np.arange(len(index))[:, None], index), weight)
    return matrix.astype(np.float32)
