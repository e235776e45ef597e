"""Local roughness: standard deviation of the heights in a window about the plane that fits them best, metres.

gdaldem's roughness, the largest difference in 3 x 3 pixels, grows with the slope of an even roof and with one outlier;
what is left beside the plane does not, so it tells tree crowns from roofs of any pitch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...grid.moving import weighted_sums
from ...rasters.source import BandInfo
from .feature import Feature, Setting, View, float_band

_RESOLUTION = 1e-14
"""Share of the mean squared height below which a variance is nothing but float32's rounding of the heights."""
_FLAT = 1e-9
"""Determinant over squared trace below which the valid pixels lie on one line, which bears no plane."""


class Roughness(Feature):
    """One band."""

    id = "roughness"

    def bands(self, setting: Setting) -> tuple[BandInfo, ...]:
        """See `Feature.bands`."""
        return (float_band("roughness", "m"),)

    def compute(self, view: View, setting: Setting) -> Sequence[np.ndarray]:
        """See `Feature.compute`."""
        return (roughness(view.around(view.surface, setting.reach), setting.reach),)


def roughness(surface: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Root mean square of what the plane leaves, over the valid pixels of each window.

    Parameters
    ----------
    surface : ndarray
        (rows + 2 reach rows, cols + 2 reach cols) float32, metres; NaN = no data.

    Returns
    -------
    ndarray
        (rows, cols) float32, metres, >= 0; 0 where the window has three valid pixels or fewer.
    """
    valid = ~np.isnan(surface)
    z = np.where(valid, surface, 0).astype(np.float64)
    spread = _spread(valid, reach)
    total, across, down = (weighted_sums(z, reach, *powers) for powers in ((0, 0), (0, 1), (1, 0)))
    square = weighted_sums(z * z, reach, 0, 0)
    across -= spread.col * total
    down -= spread.row * total
    variance = (square - total * total / spread.count - spread.explained(down, across)) / spread.count
    variance[variance <= _RESOLUTION * square / spread.count] = 0
    return np.sqrt(variance).astype(np.float32)


@dataclass(frozen=True)
class _Spread:
    """Where the valid pixels of each window lie: how many, their mean position, and their squared deviations from it.

    Arrays (rows, cols), or numbers where all pixels are valid; positions count from the window's central pixel.
    """

    count: np.ndarray
    row: np.ndarray
    col: np.ndarray
    rows: np.ndarray
    cols: np.ndarray
    both: np.ndarray

    def explained(self, down: np.ndarray, across: np.ndarray) -> np.ndarray:
        """Sum of squares that the plane takes, from the deviations' products with the heights."""
        trace, determinant = self.rows + self.cols, self.rows * self.cols - self.both * self.both
        plane = determinant > _FLAT * trace * trace
        with np.errstate(divide="ignore", invalid="ignore"):
            by_plane = self.cols * down * down - 2 * self.both * down * across + self.rows * across * across
            by_line = np.where(trace > 0, (down * down + across * across) / trace, 0)
            return np.where(plane, by_plane / determinant, by_line)


def _spread(valid: np.ndarray, reach: tuple[int, int]) -> _Spread:
    if valid.all():
        sides = [np.arange(-r, r + 1, dtype=np.float64) for r in reach]
        count = float(sides[0].size * sides[1].size)
        rows, cols = ((side**2).sum() * count / side.size for side in sides)
        return _Spread(count, 0.0, 0.0, rows, cols, 0.0)
    here = valid.astype(np.float64)
    count = np.maximum(weighted_sums(here, reach, 0, 0), 1)
    row, col = weighted_sums(here, reach, 1, 0) / count, weighted_sums(here, reach, 0, 1) / count
    rows = weighted_sums(here, reach, 2, 0) - count * row * row
    cols = weighted_sums(here, reach, 0, 2) - count * col * col
    return _Spread(count, row, col, rows, cols, weighted_sums(here, reach, 1, 1) - count * row * col)
