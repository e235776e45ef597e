"""A raster read as if its content were moved by an affine: for measuring what is left; no result is made from it."""

from __future__ import annotations

import math

import numpy as np

from ...grid.grid import Window
from . import affine
from .chips import Reader
from .wide_search import Image, warped

BORDER_PX = 4
"""Pixels around a window that the spline needs."""


class MovedReader:
    """Windows of what another reader gives, moved.

    Parameters
    ----------
    reader : Reader
    size : (width, height) of the raster.
    matrix : (2, 3), see `affine`; pixels of the raster.
    centre : (col, row) from which the affine counts.
    """

    def __init__(
        self, reader: Reader, size: tuple[int, int], matrix: np.ndarray, centre: tuple[float, float]
    ) -> None:  # fmt: skip
        self._reader, self._whole, self._centre = reader, Window(0, 0, *size), np.array(centre)
        self._back = affine.inverse(matrix)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity of the same shape; nothing where there is no raster."""
        ends = [(col, row) for col in (window.col_off, window.col_end) for row in (window.row_off, window.row_end)]
        places = affine.moved(self._back, np.array(ends, float) - self._centre) + self._centre
        (left, top), (right, bottom) = places.min(0), places.max(0)
        spanned = Window.spanning(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        box = spanned.grown(BORDER_PX).intersection(self._whole)
        if box.is_empty:
            bands = len(self._reader.read(Window(0, 0, 1, 1))[0])
            shape = (bands, window.height, window.width)
            return np.zeros(shape, np.float32), np.zeros(shape, bool)
        values, valid = self._reader.read(box)
        known = valid.all(0) & np.isfinite(values).all(0)
        image = warped(Image(values, known), *self._terms(window, box), window.shape, 3)
        return image.values.astype(np.float32), np.broadcast_to(image.valid, image.values.shape)

    def _terms(self, window: Window, box: Window) -> tuple[np.ndarray, np.ndarray]:
        """(matrix, offset) from (row, col) of the window to (row, col) of what was read."""
        linear = self._back[::-1, 1::-1]
        start = np.array([window.row_off, window.col_off]) + 0.5 - self._centre[::-1]
        there = linear @ start + self._back[::-1, 2] + self._centre[::-1]
        return linear, there - np.array([box.row_off, box.col_off]) - 0.5
