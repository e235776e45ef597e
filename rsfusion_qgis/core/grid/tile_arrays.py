"""Windows and arrays of a tile: on a coarser grid, and parts of what was read."""

from __future__ import annotations

import numpy as np

from .grid import Window


def coarser(window: Window, ratio: int) -> Window:
    """A window of the domain, whose sides are multiples of `ratio`, on the grid that much coarser."""
    return Window(window.col_off // ratio, window.row_off // ratio, window.width // ratio, window.height // ratio)


def within(values: np.ndarray, read: Window, part: Window) -> np.ndarray:
    """The part, a window inside `read`, of an array (bands, rows, cols) that covers `read`."""
    row, col = part.row_off - read.row_off, part.col_off - read.col_off
    return values[:, row : row + part.height, col : col + part.width]


def at_output(valid: np.ndarray, ratio: int, keep_bands: bool) -> np.ndarray:
    """Validity of an input on the pixels of the output: (bands or 1, rows, cols) bool.

    The bands of the input that the result resembles stay apart; of any other, one invalid band is enough.
    """
    if not keep_bands:
        valid = valid.all(axis=0, keepdims=True)
    if ratio > 1:
        valid = valid.repeat(ratio, axis=1).repeat(ratio, axis=2)
    return valid
