"""A second raster of one band, such as a terrain model, read on the pixels of the surface model.

It is read as it lies where its pixels are the surface's, apart from a whole number of them; otherwise it is
interpolated bilinearly (averaged where it is finer) through a warped VRT, whose values do not depend on the window.
"""

from __future__ import annotations

import numpy as np

from ...core.alignment.checks import Pair
from ...core.basics.errors import InputError
from ...core.grid.grid import Window
from ...core.rasters.source import RasterSource, warped_source

KERNEL = "bilinear"


class Companion:
    """A raster opened on the pixels of the surface model.

    Parameters
    ----------
    path, role : str
    pair : Pair
        The surface model and this raster, as the checks understood them.
    factor : float
        What its physical values are multiplied by: metres of its unit; 1 is neutral.

    Raises
    ------
    InputError
        It cannot be brought onto those pixels.
    """

    def __init__(self, path: str, role: str, pair: Pair, factor: float = 1.0) -> None:
        self.source, self.factor = RasterSource(path, role), factor
        where = pair.placement
        self._offset = (0, 0)
        if where is not None and where.is_identity():
            self._offset = round(where.offset_x), round(where.offset_y)
        elif not pair.reference.is_georeferenced:
            raise InputError(
                f"{role} has {pair.other.width} x {pair.other.height} pixels and {pair.reference_role} "
                f"{pair.reference.width} x {pair.reference.height}, and neither is georeferenced; expected the same "
                "size, so georeference both, or resample one of them."
            )
        else:
            self.source = warped_source(self.source, pair.reference, KERNEL)

    def read(self, window: Window) -> np.ndarray:
        """Physical values on a window of the surface model's pixels.

        Returns
        -------
        ndarray
            (rows, cols) float32, NaN where there is no data.
        """
        values = np.full(window.shape, np.nan, np.float32)
        inside = window.shifted(*self._offset).intersection(self.source.grid.window)
        if not inside.is_empty:
            here = inside.shifted(-self._offset[0] - window.col_off, -self._offset[1] - window.row_off)
            there = np.s_[here.row_off : here.row_end, here.col_off : here.col_end]
            values[there] = read_physical(self.source, inside, self.factor)
        return values

    def close(self) -> None:
        self.source.close()


def read_physical(source: RasterSource, window: Window, factor: float) -> np.ndarray:
    """(stored * scale + offset) * factor of a raster's only band: (rows, cols) float32, NaN = no data."""
    values, valid = source.read(window)
    band, result = source.bands[0], values[0]
    scale, offset = band.scale if band.scale is not None else 1.0, band.offset or 0.0
    if (scale, offset, factor) != (1.0, 0.0, 1.0):
        result = ((result.astype(np.float64) * scale + offset) * factor).astype(np.float32)
    result[~valid[0]] = np.nan
    return result
