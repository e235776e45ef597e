"""Where two rasters are compared: a mesh of chips over their common area, and what is read there.

Axis order (bands, rows, cols). The secondary is read in its own pixels; the reference in windows that reach as far
beyond as the blur to the secondary's pixels needs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ...grid.grid import Placement, Window
from ...grid.sampling import spread
from . import intensity
from .intensity import Samples

LEAST_CHIP_PX = 24
"""Secondary pixels; smaller rasters, after the search range is taken off, cannot be measured."""
SMALL_CHIP_PX = 64
"""Secondary pixels; chips get no smaller than this so that more of them fit."""
MOST_BANDS = 12


class Reader(Protocol):
    """Windows of a raster, as `AlignedInput` gives them."""

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32 and validity, bool of the same shape."""


@dataclass(frozen=True)
class Pixels:
    """What is read at one place: values (bands, rows, cols), validity (rows, cols), and where the pixels lie."""

    reference: np.ndarray
    reference_valid: np.ndarray
    secondary: np.ndarray
    secondary_valid: np.ndarray
    rows: Samples
    cols: Samples


def common_area(size: tuple[int, int], secondary_size: tuple[int, int], where: Placement) -> Window:
    """Secondary pixels around which the reference has what the blur needs."""
    border = intensity.reach_px(where.ratio)
    col0, row0 = (border + 1) * where.scale_x + where.offset_x, (border + 1) * where.scale_y + where.offset_y
    col1 = (size[0] - border - 1) * where.scale_x + where.offset_x
    row1 = (size[1] - border - 1) * where.scale_y + where.offset_y
    col, row = max(math.ceil(col0), 0), max(math.ceil(row0), 0)
    return Window(
        col, row, min(math.floor(col1), secondary_size[0]) - col, min(math.floor(row1), secondary_size[1]) - row
    )


def windows(area: Window, mesh: int, chip_px: int, reach: int) -> list[Window]:
    """Where chips lie, in secondary pixels: a regular mesh over the area, neighbours at most half overlapping.

    Small areas get smaller chips, so that there are some that check each other.
    """
    least = min(area.width, area.height)
    side = min(max(SMALL_CHIP_PX, min(chip_px, least // 2)) + reach, least)
    if side < LEAST_CHIP_PX + reach:
        return []
    return spread(area, side, mesh, overlap=0.5)


def read(reference: Reader, secondary: Reader, spot: Window, where: Placement) -> Pixels:
    cols, first_col = _samples(spot.col_off, spot.width, where.scale_x, where.offset_x)
    rows, first_row = _samples(spot.row_off, spot.height, where.scale_y, where.offset_y)
    values, valid = _some_bands(*reference.read(Window(first_col, first_row, cols.size, rows.size)))
    bands, bands_valid = _some_bands(*secondary.read(spot))
    return Pixels(values, valid, bands, bands_valid, rows, cols)


def _some_bands(values: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most `MOST_BANDS` of the bands, evenly spread, and where all of them are valid."""
    every = -(-len(values) // MOST_BANDS)
    return values[::every], valid.all(0) & np.isfinite(values).all(0)


def _samples(start: int, count: int, scale: float, offset: float) -> tuple[Samples, int]:
    """Where secondary pixels lie on the reference window that they need, and that window's first pixel; one axis."""
    step = 1 / scale
    first, last = ((start + i + 0.5 - offset) / scale - 0.5 for i in (0, count - 1))
    border = intensity.reach_px(step)
    begin, end = math.floor(first) - border, math.ceil(last) + border + 1
    return Samples(first - begin, step, count, end - begin), begin


def at_secondary(pixels: Pixels) -> tuple[np.ndarray, np.ndarray]:
    """The reference blurred and sampled at the secondary's pixels, and where that is valid."""
    values, valid, (down, _), (across, _) = (
        pixels.reference, pixels.reference_valid, pixels.rows.weights(), pixels.cols.weights()
    )  # fmt: skip
    if valid.all():
        return down @ values @ across.T, np.ones((len(down), len(across)), bool)
    weight = down @ valid @ across.T
    return (down @ np.where(valid, values, 0) @ across.T) / np.maximum(weight, 1e-6), weight > 0.99


def one_image(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """First principal component of the standardised bands, (rows, cols)."""
    if len(values) == 1 or not valid.any():
        return values[0]
    known = values[:, valid].astype(float)
    known = (known - known.mean(1, keepdims=True)) / (known.std(1, keepdims=True) + 1e-12)
    _, vectors = np.linalg.eigh(known @ known.T / known.shape[1])
    image = np.zeros(valid.shape)
    image[valid] = vectors[:, -1] @ known
    return image
