"""Windows around pixels of a tile: cut as strided views, batch by batch, and their answers put back in place.

Axes of a tile are (channels, rows, cols), of windows (windows, channels, rows, cols).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MOST_EVERY = 64
"""Pixels from one window to the next."""
BATCH_BYTES = 8 * 2**20
"""Of one batch of windows: what fits into a processor's cache, or nearly, is cut and read fastest."""


@dataclass(frozen=True)
class Part:
    """A batch: the windows from `first` on, `count` of them, in the order of rows and columns."""

    first: int
    count: int


class WindowCutter:
    """Where windows lie in a tile.

    Parameters
    ----------
    shape : (rows, cols) of the tile.
    window : side, pixels; of an even one the centre is the pixel behind the middle.
    every : windows lie around the middle pixel of every block of so many pixels, blocks being counted from the tile's
        first pixel.
    """

    def __init__(self, shape: tuple[int, int], window: int, every: int = 1) -> None:
        self.shape, self.window, self.every = shape, window, every
        before, after = window // 2, window - 1 - window // 2
        self.rows = _centres(shape[0], before, after, every)
        self.cols = _centres(shape[1], before, after, every)
        self.before = before

    def __len__(self) -> int:
        return len(self.rows) * len(self.cols)

    def cut(self, values: np.ndarray, part: Part, spatial: bool) -> np.ndarray:
        """Windows of a batch, (windows, channels, rows, cols), or their centres, (windows, channels)."""
        index = np.arange(part.first, part.first + part.count)
        rows, cols = self.rows[index // len(self.cols)], self.cols[index % len(self.cols)]
        if not spatial:
            return np.ascontiguousarray(values[:, rows, cols].T)
        values = np.ascontiguousarray(values, np.float32)
        line = np.dtype((np.void, 4 * self.window))  # a row of a window is copied as one piece
        made = np.empty((part.count, len(values), self.window), line)
        done = 0
        while done < part.count:  # a run of neighbours in one row is one strided view
            run = min(part.count - done, len(self.cols) - (part.first + done) % len(self.cols))
            top, left = rows[done] - self.before, cols[done] - self.before
            step = values.strides
            made[done : done + run] = np.ndarray(
                (run, len(values), self.window), line, values, int(top * step[1] + left * step[2]),
                (step[2] * self.every, step[0], step[1]),
            )  # fmt: skip
            done += run
        return made.view(np.float32).reshape(part.count, len(values), self.window, self.window)


def batches_of(cutter: WindowCutter, count: int) -> list[Part]:
    """All windows in batches of at most `count`; at least one of them, since a tile has at least one window."""
    total = len(cutter)
    return [Part(first, min(count, total - first)) for first in range(0, total, count)]


def filled(values: np.ndarray, cutter: WindowCutter) -> np.ndarray:
    """(channels, rows, cols) of the tile from (windows, channels); pixels without a window repeat the nearest."""
    grid = values.T.reshape(-1, len(cutter.rows), len(cutter.cols))
    rows = _nearest(cutter.shape[0], cutter.rows, cutter.every)
    cols = _nearest(cutter.shape[1], cutter.cols, cutter.every)
    return grid[:, rows][:, :, cols]


def _centres(length: int, before: int, after: int, every: int) -> np.ndarray:
    """Pixels along one axis around which a whole window lies; never none: a tile holds at least one window."""
    found = np.arange(every // 2, length, every)
    found = found[(found >= before) & (found + after < length)]
    if not found.size:
        raise ValueError(f"a tile of {length} pixels holds no window of {before + after + 1}")
    return found


def _nearest(length: int, centres: np.ndarray, every: int) -> np.ndarray:
    """For each pixel the place of the centre of its block, or of the nearest one."""
    place = (np.arange(length) - int(centres[0]) + every // 2) // every
    return np.clip(place, 0, len(centres) - 1)
