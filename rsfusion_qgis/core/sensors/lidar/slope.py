"""Slope of the surface in degrees, 0..90, from the eight neighbours.

Horn 1981, doi:10.1109/PROC.1981.11918, as in `gdaldem slope`: wherever that gives a value, this is the same value. It
gives none at the raster's ends and beside pixels without data; there the surface is continued here: a missing
neighbour gets its height from the opposite one on a straight line through the centre. Where that is missing, too, a
direct neighbour gets the centre's height, and a diagonal one its height from two direct ones. On a plane that is
exact, corners included.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...rasters.source import BandInfo
from .feature import Feature, Setting, View, float_band
from .steps import Steps


class Slope(Feature):
    """One band."""

    id = "slope"

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band("slope", "degree"),)

    def reach(self, setting: Setting) -> tuple[int, int]:
        """The eight neighbours."""
        return 1, 1

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (slope(view.around(view.surface, (1, 1)), setting.steps),)


def slope(surface: np.ndarray, steps: Steps) -> np.ndarray:
    """Slope of all but the outermost pixels.

    Parameters
    ----------
    surface : ndarray
        (rows + 2, cols + 2) float32, metres; NaN = no data.

    Returns
    -------
    ndarray
        (rows, cols) float32, degrees; NaN where the centre is.
    """
    per_col, per_row = _differences(surface.astype(np.float64))
    (ax, ay), (bx, by) = steps.col, steps.row
    determinant = ax * by - ay * bx
    east = (by * per_col - ay * per_row) / determinant
    north = (ax * per_row - bx * per_col) / determinant
    degrees = np.degrees(np.arctan(np.sqrt(east * east + north * north))).astype(np.float32)
    degrees[np.isnan(surface[1:-1, 1:-1])] = np.nan
    return degrees


def _differences(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rise of the surface per column to the right and per row down."""
    centre = _shifted(z, 0, 0)
    top, bottom = _pair(z, -1, 0, centre, centre)
    left, right = _pair(z, 0, -1, centre, centre)
    top_left, bottom_right = _pair(z, -1, -1, top + left - centre, bottom + right - centre)
    top_right, bottom_left = _pair(z, -1, 1, top + right - centre, bottom + left - centre)
    per_col = ((top_right + 2 * right + bottom_right) - (top_left + 2 * left + bottom_left)) / 8
    per_row = ((bottom_left + 2 * bottom + bottom_right) - (top_left + 2 * top + top_right)) / 8
    return per_col, per_row


def _pair(
    z: np.ndarray, row: int, col: int, instead: np.ndarray, of_other: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The neighbours at (row, col) and at (-row, -col) of every inner pixel; what stands in where both are missing."""
    centre, one, other = _shifted(z, 0, 0), _shifted(z, row, col), _shifted(z, -row, -col)
    no_one, no_other = np.isnan(one), np.isnan(other)
    if not (no_one.any() or no_other.any()):
        return one, other
    first = np.where(no_one, np.where(no_other, instead, 2 * centre - other), one)
    second = np.where(no_other, np.where(no_one, of_other, 2 * centre - one), other)
    return first, second


def _shifted(z: np.ndarray, row: int, col: int) -> np.ndarray:
    rows, cols = z.shape
    return z[1 + row : rows - 1 + row, 1 + col : cols - 1 + col]
