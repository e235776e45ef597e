"""Simulated clouds: the scene's own clouds, turned by half a turn inside a window, over its clear pixels."""

from __future__ import annotations

import numpy as np

from .codes import clear, covered

LARGEST_SHARE, BOARD_PX = 0.5, 64
"""Share of the clear pixels that may be hidden; where it would be more, the clouds stay on every other square only."""


def simulated(codes: np.ndarray) -> np.ndarray:
    """Clear pixels that a cloud hides now, of the codes of a window, (rows, cols) bool; none where all is clear."""
    known = clear(codes)
    hidden = covered(codes)[::-1, ::-1] & known
    if hidden.sum() > LARGEST_SHARE * known.sum():
        rows, cols = (np.arange(size) // BOARD_PX for size in codes.shape)
        hidden &= (rows[:, None] + cols) % 2 == 0
    if hidden.sum() > LARGEST_SHARE * known.sum():  # a small window may lie in one square
        hidden &= np.arange(codes.shape[0])[:, None] % 32 < 16
    return hidden
