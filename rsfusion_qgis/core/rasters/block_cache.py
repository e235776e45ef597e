"""How much GDAL keeps of what it read: as much as a row of tiles needs, not a share of the computer's memory.

GDAL's own bound, 5 % of the memory, holds for all of the process and grows with the computer. It is lowered while
runs are at work, and what it was comes back after the last of them. A bound that somebody set is left alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from osgeo import gdal

LEAST_BYTES = 128 * 2**20
MORE = 1.25
"""Times what the tiles need, for masks, and for what is written."""
_KEY = "GDAL_CACHEMAX"


class _Bounds:
    """What the runs at work ask for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: list[int] = []
        self._before = 0

    def ask(self, wanted: int) -> None:
        with self._lock:
            if not self._asked:
                self._before = gdal.GetCacheMax()
            self._asked.append(wanted)
            self._set()

    def end(self, wanted: int) -> None:
        with self._lock:
            self._asked.remove(wanted)
            self._set()

    def _set(self) -> None:
        gdal.SetCacheMax(min(self._before, sum(self._asked)) if self._asked else self._before)


_BOUNDS = _Bounds()


@contextmanager
def bounded_cache(sources: Iterable[Any], side: int) -> Iterator[None]:
    """Let GDAL keep what tiles that read so many rows and columns of these rasters share with their neighbours.

    Parameters
    ----------
    sources : `RasterSource`s; others, which are no rasters of GDAL's, count nothing.
    side : pixels.
    """
    if gdal.GetConfigOption(_KEY):
        yield
        return
    wanted = max(LEAST_BYTES, int(MORE * sum(_kept(source, side) for source in sources)))
    _BOUNDS.ask(wanted)
    try:
        yield
    finally:
        _BOUNDS.end(wanted)


def _kept(source: Any, side: int) -> int:
    """Bytes of the blocks that a window touches; blocks as wide as the raster serve a whole row of tiles."""
    dataset, total = getattr(source, "dataset", None), 0
    for info in source.bands if dataset is not None else ():
        band = dataset.GetRasterBand(info.index)
        wide, high = band.GetBlockSize()
        across = (min(side, dataset.RasterXSize) // wide + 2) * wide
        down = (min(side, dataset.RasterYSize) // high + 2) * high
        total += min(across, -(-dataset.RasterXSize // wide) * wide) * down * gdal.GetDataTypeSize(band.DataType) // 8
    return total
