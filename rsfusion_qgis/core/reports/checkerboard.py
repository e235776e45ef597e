"""Pictures of two rasters laid over each other: squares of the one beside squares of the other.

Where the rasters are aligned, edges run on from square to square; where not, they break. Axis order (rows,
cols); positions in pixels of the reference grid, from the first pixel of the domain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional, Protocol

import numpy as np

from ..basics.optional import OptionalModule
from ..grid.grid import Grid, Window, placement

ndimage = OptionalModule("scipy.ndimage")

MOST_BANDS = 4
"""Bands that a grey picture is the mean of; more are thinned out evenly."""
STRETCH_PERCENT = (2.0, 98.0)
NO_DATA = (205, 214, 224)
TINTS = ((1.0, 0.97, 0.88), (0.88, 0.96, 1.0))
"""Of the reference's squares and of the secondary's, so that they are told apart where both look the same."""
_STRIP = 2**21  # pixels of one band that are held at once while a picture is made smaller

Displacement = Callable[[float, float], tuple[float, float]]
Watch = Callable[[], None]


class Reader(Protocol):
    """Windows of a raster, as `registration.Selected` gives them."""

    grid: Grid

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity, bool of the same shape."""


@dataclass(frozen=True)
class Pair:
    """What is shown: two rasters on grids with parallel axes."""

    reference: Reader
    secondary: Reader

    def board(
        self, window: Window, step: int, square: int, displacement: Optional[Displacement] = None,
        watch: Optional[Watch] = None,
    ) -> np.ndarray:  # fmt: skip
        """A picture of a part of the reference grid.

        Parameters
        ----------
        window : reference pixels.
        step : reference pixels per pixel of the picture, either way.
        square : side of the squares, pixels of the picture.
        displacement : (cols, rows) that the secondary is moved by, at a position (col, row) of the reference;
            None = shown where it lies.
        watch : called now and then; may raise to stop.

        Returns
        -------
        (rows, cols, 3) uint8; the reference a little warm, the secondary a little cold, and where there is no data,
        light blue.
        """
        first, first_valid = reduced(self.reference, window, step, watch)
        second, second_valid = self._secondary(window, first.shape, step, displacement, watch)
        rows, cols = np.indices(first.shape) // square
        own = (rows + cols) % 2 == 0
        grey = np.where(own, stretched(first, first_valid), stretched(second, second_valid))
        valid = np.where(own, first_valid, second_valid)
        tint = np.where(own[..., None], *np.array(TINTS))
        return np.where(valid[..., None], grey[..., None] * tint, NO_DATA).astype(np.uint8)

    def _secondary(
        self, window: Window, shape: tuple[int, int], step: int, displacement: Optional[Displacement],
        watch: Optional[Watch],
    ) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
        """The secondary at the pixels of a picture, and where it has data."""
        where = placement(self.reference.grid, self.secondary.grid)
        cols, rows = _positions(window, shape, step, displacement)
        cols, rows = cols * where.scale_x + where.offset_x, rows * where.scale_y + where.offset_y
        coarse = max(1, int(step / max(where.ratio, 1.0)))
        needed = Window.spanning(cols.min(), rows.min(), cols.max(), rows.max()).grown(2 * coarse)
        there = needed.intersection(self.secondary.grid.window)
        if there.is_empty:
            return np.zeros(shape, np.float32), np.zeros(shape, bool)
        image, valid = reduced(self.secondary, there, coarse, watch)
        at = np.array([(rows - there.row_off) / coarse - 0.5, (cols - there.col_off) / coarse - 0.5])
        inside = ndimage.map_coordinates(valid.astype(np.float32), at, order=1, cval=0.0, mode="grid-constant") > 0.5
        return ndimage.map_coordinates(image, at, order=3, mode="nearest"), inside


def _positions(
    window: Window, shape: tuple[int, int], step: int, displacement: Optional[Displacement]
) -> tuple[np.ndarray, np.ndarray]:
    """(col, row) on the reference grid of what a picture's pixels show of the secondary; (rows, cols) each."""
    rows, cols = np.indices(shape)
    cols, rows = window.col_off + (cols + 0.5) * step, window.row_off + (rows + 0.5) * step
    if displacement is None:
        return cols, rows
    moved_cols, moved_rows = displacement(cols, rows)
    return cols - moved_cols, rows - moved_rows


def reduced(reader: Reader, window: Window, step: int, watch: Optional[Watch] = None) -> tuple[np.ndarray, np.ndarray]:
    """One grey image of a window, made `step` times smaller by averaging valid pixels; strip by strip.

    Returns
    -------
    image : (rows, cols) float32, mean of the bands in deviations about their medians.
    valid : (rows, cols) bool; pixels that do not fill a whole step at the right and lower edge are left out.
    """
    shape = max(1, window.height // step), max(1, window.width // step)
    lines = max(1, _STRIP // (step * step * shape[1]))
    images, valids = [], []
    for first in range(0, shape[0], lines):
        count = min(lines, shape[0] - first)
        if watch is not None:
            watch()
        strip = Window(window.col_off, window.row_off + first * step, shape[1] * step, count * step)
        image, valid = _averaged(*reader.read(strip), step)
        images.append(image)
        valids.append(valid)
    return _one_image(np.concatenate(images, 1), np.concatenate(valids, 0))


def _averaged(values: np.ndarray, valid: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """(bands, rows, cols) and (rows, cols), each `step` times smaller."""
    thinned = values[:: -(-len(values) // MOST_BANDS)]
    known = valid.all(0) & np.isfinite(values).all(0)
    shape = (known.shape[0] // step, step, known.shape[1] // step, step)
    count = known.reshape(shape).sum((1, 3))
    total = np.where(known, thinned, 0).reshape(-1, *shape).sum((2, 4), dtype=np.float64)
    return (total / np.maximum(count, 1)).astype(np.float32), 2 * count >= step * step


def _one_image(bands: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    image = np.zeros(valid.shape, np.float32)
    if not valid.any():
        return image, valid
    for band in bands:
        known = band[valid]
        image += np.where(valid, (band - np.median(known)) / (known.std() + 1e-12), 0) / len(bands)
    return image, valid


def stretched(image: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Grey levels, (rows, cols) uint8, so that all but the darkest and brightest valid pixels are told apart."""
    if not valid.any():
        return np.zeros(image.shape, np.uint8)
    low, high = np.percentile(image[valid], STRETCH_PERCENT)
    return np.clip((image - low) / max(high - low, 1e-12) * 255, 0, 255).astype(np.uint8)
