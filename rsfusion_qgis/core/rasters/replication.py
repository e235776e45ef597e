"""Rasters whose pixels were repeated: found by their values, and read by the pixels that they had before.

Resampling by the nearest neighbour onto pixels k times finer repeats every pixel in a block of k x k. A column differs
from the one before it then only where a block begins, so the distances between such columns are multiples of k.
Nothing is copied: the recovered raster is a description in GDAL's memory that refers to the file.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Optional

import numpy as np
from osgeo import gdal

from ..basics.errors import InputError
from ..grid.grid import Window
from ..grid.sampling import stretches
from .gdal_calls import UNTOLD, GdalFailure, close, copy_metadata, gdal_failures
from .source import RasterSource

LARGEST = 16
"""Larger blocks are not told from an image without detail."""
SIDE_PX, MESH = 256, 3
"""Side of the windows that are looked at, and how many of them there are along each side."""
LEAST_BEGINNINGS = 4
"""So many columns, and rows, must differ from those before them, or there is too little detail to tell."""


@dataclass(frozen=True)
class Blocks:
    """How pixels are repeated.

    Attributes
    ----------
    size : int
        Pixels along a side of a block, 2 to `LARGEST`.
    col, row : int
        Where the first whole block begins, 0 to size - 1.
    """

    size: int
    col: int
    row: int


def find_blocks(source: RasterSource) -> Optional[Blocks]:
    """The blocks in which a raster's values repeat, in all bands alike; None where they do not.

    Only some windows spread over the raster are read.
    """
    grid = source.grid
    begins = [np.zeros(grid.height, bool), np.zeros(grid.width, bool)]
    for row, height in stretches(0, grid.height, SIDE_PX, MESH):
        for col, width in stretches(0, grid.width, SIDE_PX, MESH):
            values, valid = source.read(Window(col, row, width, height))
            values = np.where(valid, values, np.nan)
            for begin, start, lines in zip(begins, (row, col), (values.swapaxes(0, 1), np.moveaxis(values, 2, 0))):
                same = (lines[1:] == lines[:-1]) | (np.isnan(lines[1:]) & np.isnan(lines[:-1]))
                begin[start + 1 : start + len(lines)] |= ~same.all(axis=(1, 2))
    source.release_blocks()
    rows, cols = (_period(np.flatnonzero(begin)) for begin in begins)
    if rows is None or cols is None or rows[0] != cols[0]:
        return None
    return Blocks(rows[0], cols[1], rows[1])


def _period(places: np.ndarray) -> Optional[tuple[int, int]]:
    """The distance that all places have to each other, or a multiple of it, and where they begin; None for none."""
    if len(places) < LEAST_BEGINNINGS:
        return None
    size = math.gcd(*(int(step) for step in np.diff(places)))
    return (size, int(places[0]) % size) if 2 <= size <= LARGEST else None


def own_pixels(path: str, blocks: Blocks) -> str:
    """The name of the raster with one pixel for each whole block; the same raster always gets the same name.

    Raises
    ------
    InputError
        GDAL cannot describe it so.
    """
    told = zlib.crc32(repr((path, blocks)).encode())
    name = f"/vsimem/rsfusion_own_pixels_{told:08x}/{PurePath(path).stem}.vrt"
    try:
        with gdal_failures():
            original = gdal.OpenEx(path, gdal.OF_RASTER)
            size = original.RasterXSize, original.RasterYSize
            cols, rows = (size[0] - blocks.col) // blocks.size, (size[1] - blocks.row) // blocks.size
            made = gdal.Translate(
                name, original, format="VRT", width=cols, height=rows, resampleAlg="near",
                srcWin=[blocks.col, blocks.row, cols * blocks.size, rows * blocks.size],
            )  # fmt: skip
            copy_metadata(original, made, UNTOLD)
            close(made)
            del made
            _without_overviews(name)
    except GdalFailure as error:
        raise InputError(f"'{path}' cannot be read by its own pixels ({error}); export it to a GeoTIFF.") from None
    return name


def _without_overviews(name: str) -> None:
    """Let a description read the raster's own pixels, and not its overviews, which may mix blocks."""
    file = gdal.VSIFOpenL(name, "rb")
    text = gdal.VSIFReadL(1, gdal.VSIStatL(name).size, file)
    gdal.VSIFCloseL(file)
    options = b'<OpenOptions><OOI key="OVERVIEW_LEVEL">NONE</OOI></OpenOptions>'
    gdal.FileFromMemBuffer(name, bytes(text).replace(b"<SourceBand>", options + b"<SourceBand>"))
