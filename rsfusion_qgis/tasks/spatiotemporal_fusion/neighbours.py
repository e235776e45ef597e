"""Pixels around every pixel, one offset at a time: what STARFM and its successors look at.

The window reaches `reach` fine pixels to each side and is visited in steps, so that its cost does not grow with its
size. Images are mirrored at the ends of what is given; a tile reads as far as the window reaches.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

STEPS = 9
"""Offsets along each axis at most, to one side."""


def offsets(reach: int) -> list[tuple[int, int]]:
    """(rows, cols) of the neighbours, the pixel itself among them."""
    step = max(1, -(-reach // STEPS))
    along = range(-(reach // step) * step, reach + 1, step)
    return [(row, col) for row in along for col in along]


def shifted(images: list[np.ndarray], reach: int) -> Iterator[tuple[float, list[np.ndarray]]]:
    """For each neighbour its distance in pixels and the images moved so that it lies on the pixel.

    Parameters
    ----------
    images : arrays (..., rows, cols) of one size.
    """
    padded = [np.pad(one, [(0, 0)] * (one.ndim - 2) + [(reach, reach)] * 2, mode="symmetric") for one in images]
    rows, cols = images[0].shape[-2:]
    for row, col in offsets(reach):
        part = np.s_[..., reach + row : reach + row + rows, reach + col : reach + col + cols]
        yield float(np.hypot(row, col)), [one[part] for one in padded]


def spread_of(fine: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(bands, 1, 1) float32: standard deviation of each band over valid pixels."""
    known = fine[:, valid]
    return (known.std(axis=1) if known.size else np.ones(len(fine)))[:, None, None].astype(np.float32)
