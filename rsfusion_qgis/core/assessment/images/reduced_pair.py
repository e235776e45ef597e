"""A pan and multispectral pair made coarser by its own ratio, as files: what Wald's protocol fuses.

Both are blurred with a Gaussian of the sensor's gain at Nyquist and sampled. The reduced pan has exactly the MS's
pixels, wherever they lie on the pan (half-pixel offsets, ratios that are not whole); the reduced MS has pixels as many
times larger as the MS's are than the pan's, from the same corner. The MS itself is then the reference.
Wald, Ranchin & Mangolini 1997, PE&RS 63(6), 691-699.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable

import numpy as np

from ...basics.errors import InputError
from ...grid.grid import Grid, Window
from ...measures.images.streaming import Scene, Source
from ...measures.images.tile import CoarseTile
from ...rasters.sink import OutputProfile, RasterSink
from ...rasters.source import BandInfo
from .quality_rasters import FineReader, QualityRasters

TILE_PX = 256
"""Side of a tile of the reduced raster."""
SMALLEST_PX = 24
"""Pixels that a side of the reduced MS needs for anything to be measured on it."""
_PLACE = (1.0, 1.0, 0.0, 0.0, 0.0, -1.0)  # of rasters without georeferencing: any but GDAL's default

Watch = Callable[[float], None]


@dataclass(frozen=True)
class ReducedFiles:
    """Paths of the reduced pan and MS and of the reference, all Float32 with NaN for invalid pixels."""

    pan: Path
    ms: Path
    reference: Path


def reduce_files(
    rasters: QualityRasters, gains: Sequence[float], pan_gain: float, folder: Path, watch: Watch,
    smallest_px: int = SMALLEST_PX, shift: tuple[float, float] = (0.0, 0.0),
) -> ReducedFiles:  # fmt: skip
    """Write the reduced pair of an opened pan and MS, tile by tile.

    Parameters
    ----------
    rasters : with "pan" among the fine ones, and an MS.
    gains, pan_gain : MTF gains at Nyquist of each band and of the pan.
    smallest_px : pixels that a side of the reduced MS must have.
    shift : (rows, cols), pan pixels; the pan is sampled so much further down and right than the MS's pixels lie.

    Raises
    ------
    InputError
        The pair is too small to be reduced.
    """
    ms, ratio = rasters.ms, rasters.ms.ratio
    rows, cols = int(ms.rows / ratio + 1e-6), int(ms.cols / ratio + 1e-6)
    if min(rows, cols) < smallest_px:
        raise InputError(
            f"MS has {ms.rows} x {ms.cols} pixels on PAN; expected at least {math.ceil(smallest_px * ratio)} either "
            "way, so that something can be measured on a reduced pair; choose a larger pair."
        )
    grid = ms.grid if ms.grid.is_georeferenced else Grid("", _PLACE, ms.cols, ms.rows)
    grid = Grid(grid.crs_wkt, grid.geotransform, ms.cols, ms.rows)
    x0, a, b, y0, d, e = grid.geotransform
    coarse = Grid(grid.crs_wkt, (x0, a * ratio, b * ratio, y0, d * ratio, e * ratio), cols, rows)
    files = ReducedFiles(folder / "pan.tif", folder / "ms.tif", folder / "reference.tif")
    pan, own = rasters.fine["pan"], (0.0, 0.0)
    there = ms.offset[0] + shift[0], ms.offset[1] + shift[1]
    _write(files.pan, grid, _Sampler(pan, rasters.shape, ratio, there, [pan_gain]), lambda s: watch(0.8 * s))
    _write(files.ms, coarse, _Sampler(ms, (ms.rows, ms.cols), ratio, own, gains), lambda s: watch(0.8 + 0.1 * s))
    _write(files.reference, grid, _Copy(ms), lambda s: watch(0.9 + 0.1 * s))
    return files


class _Copy:
    """Windows of a raster as they are."""

    def __init__(self, reader: FineReader) -> None:
        self.reader, self.bands = reader, reader.band_infos

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        return self.reader(window.row_off, window.col_off, window.height, window.width)


class _Sampler:
    """Windows of a raster as a coarser sensor would see it; see `metrics.tile.CoarseTile`.

    Parameters
    ----------
    reader : what is seen. shape : (rows, cols) of its pixels.
    ratio, offset : coarse pixel i covers ratio * i + offset to ratio * (i + 1) + offset, (rows, cols).
    gains : MTF gain at Nyquist of each band.
    """

    def __init__(
        self, reader: FineReader, shape: tuple[int, int], ratio: float, offset: tuple[float, float],
        gains: Sequence[float],
    ) -> None:  # fmt: skip
        self.scene = Scene({"fused": Source(reader, *shape, reader.bands)}, ratio, offset, tuple(gains))
        self.bands = reader.band_infos

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) and where they rest on valid pixels only."""
        tile = CoarseTile(self.scene, (window.row_off, window.row_end), (window.col_off, window.col_end))
        values, valid = tile.image("degraded")
        return values, np.broadcast_to(valid, values.shape)


def _write(path: Path, grid: Grid, source: _Copy | _Sampler, watch: Watch) -> None:
    bands = tuple(_plain(band) for band in source.bands)
    sink = RasterSink(str(path), OutputProfile(grid, bands, "Float32", math.nan, "nodata"), "GTiff", ("COMPRESS=NONE",))
    try:
        for row in range(0, grid.height, TILE_PX):
            watch(row / grid.height)
            for col in range(0, grid.width, TILE_PX):
                window = Window(col, row, TILE_PX, TILE_PX).intersection(grid.window)
                values, valid = source.read(window)
                stored = np.where(valid, values, np.nan).astype(np.float32)
                sink.write(window, stored, valid.all(axis=0))
            sink.release_blocks()
        sink.commit()
    finally:
        sink.abort()


def _plain(band: BandInfo) -> BandInfo:
    """The band's name and wavelength; scale and offset stay with the stored values."""
    return replace(band, color_interpretation=0, nodata=None)
