"""The noise of a raster, measured on windows that are spread over it."""

from __future__ import annotations

from ...grid.grid import Window
from ...grid.noise import noise_of
from ...grid.sampling import whole_or_spread
from .quality_rasters import FineReader

_WINDOW_PX, _MOST = 256, 8


def noise_floor(reader: FineReader, shape: tuple[int, int]) -> tuple[float, ...]:
    """Standard deviation of the noise of each band, in the raster's unit; see `grid.noise`.

    Parameters
    ----------
    shape : (rows, cols)
        Of the raster. All of a small one is looked at, of a large one 64 windows that are spread over it.
    """
    windows = whole_or_spread(Window(0, 0, shape[1], shape[0]), _WINDOW_PX, _MOST)
    found = noise_of(reader(part.row_off, part.col_off, part.height, part.width) for part in windows)
    return tuple(found.tolist())
