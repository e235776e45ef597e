"""A raster read in pixels that are a whole number of times larger: for looking at a large one as a whole."""

from __future__ import annotations

import numpy as np

from ...grid.grid import Window
from .chips import Reader

LEAST_VALID = 0.5
"""Share of a large pixel that must be valid."""
AT_ONCE_PX = 1 << 20
"""About so many pixels are read at once."""


class CoarserReader:
    """Windows of means of factor x factor pixels of what another reader gives; a remainder at the end is left out.

    Parameters
    ----------
    reader : Reader
    factor : int
    """

    def __init__(self, reader: Reader, factor: int) -> None:
        self._reader, self._factor = reader, factor

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity of the same shape; in large pixels."""
        step = max(1, AT_ONCE_PX // (self._factor**2 * window.width))
        strips = [
            self._means(Window(window.col_off, row, window.width, min(step, window.row_end - row)))
            for row in range(window.row_off, window.row_end, step)
        ]
        values, valid = zip(*strips)
        return np.concatenate(values, axis=1), np.concatenate(valid, axis=1)

    def _means(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        factor = self._factor
        values, valid = self._reader.read(
            Window(*(factor * v for v in (window.col_off, window.row_off, window.width, window.height)))
        )
        valid = valid & np.isfinite(values)
        parts = (len(values), window.height, factor, window.width, factor)
        share = valid.reshape(parts).mean((2, 4))
        sums = np.where(valid, values, 0).reshape(parts).mean((2, 4))
        return (sums / np.maximum(share, 1e-6)).astype(np.float32), share > LEAST_VALID
