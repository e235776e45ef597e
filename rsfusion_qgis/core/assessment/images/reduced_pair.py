"""A fine and a coarse raster made coarser by their own ratio, as files: what Wald's protocol fuses.

Both, of any number of bands, are blurred with a Gaussian of each band's gain at Nyquist and sampled. The reduced fine
raster has exactly the coarse one's pixels, wherever they lie on the fine one (half-pixel offsets, ratios that are not
whole); the reduced coarse raster has pixels as many times larger as the coarse ones are than the fine ones, from the
same corner. The coarse raster itself is then the reference.

Reduction averages the sensor's noise away, and with it what a method makes of that noise. Where the noise of each band
is given, as much white noise is put back as is missing, always the same.
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
from ...grid.degradation import kept_noise
from ...grid.grid import Grid, Window
from ...measures.images.streaming import Scene, Source
from ...measures.images.tile import CoarseTile
from ...rasters.sink import OutputProfile, RasterSink
from ...rasters.source import BandInfo
from .quality_rasters import FineReader, QualityRasters

TILE_PX = 256
"""Side of a tile of the reduced raster."""
SMALLEST_PX = 24
"""Pixels that a side of the reduced coarse raster needs for anything to be measured on it."""
_PLACE = (1.0, 1.0, 0.0, 0.0, 0.0, -1.0)  # of rasters without georeferencing: any but GDAL's default

Watch = Callable[[float], None]


@dataclass(frozen=True)
class ReducedFiles:
    """Paths of the reduced rasters and of the reference, all Float32 with NaN for invalid pixels."""

    fine: Path
    coarse: Path
    reference: Path


def reduce_files(
    rasters: QualityRasters, gains: Sequence[float], fine_gains: Sequence[float], folder: Path, watch: Watch,
    smallest_px: int = SMALLEST_PX, shift: tuple[float, float] = (0.0, 0.0),
    noise: tuple[Sequence[float], Sequence[float]] = ((), ()),
) -> ReducedFiles:  # fmt: skip
    """Write the reduced pair of an opened one, tile by tile.

    Parameters
    ----------
    rasters : with "fine" among the images, and a coarse raster.
    gains, fine_gains : MTF gains at Nyquist of each band of the coarse and of the fine raster.
    smallest_px : pixels that a side of the reduced coarse raster must have.
    shift : (rows, cols), fine pixels; the fine raster is sampled so much further down and right than the coarse pixels
        lie.
    noise : standard deviations of the noise of each band of the coarse and of the fine raster, in their units, which
        the reduced pair has, too; () = what reduction leaves of it.

    Raises
    ------
    InputError
        The pair is too small to be reduced.
    """
    fine, coarse, ratio = rasters.images["fine"], rasters.coarse, rasters.coarse.ratio
    rows, cols = int(coarse.rows / ratio + 1e-6), int(coarse.cols / ratio + 1e-6)
    if min(rows, cols) < smallest_px:
        raise InputError(
            f"{coarse.parameter} has {coarse.rows} x {coarse.cols} pixels on {fine.parameter}; expected at least "
            f"{math.ceil(smallest_px * ratio)} either way, so that something can be measured on a reduced pair; choose "
            "a larger pair."
        )
    grid = coarse.grid if coarse.grid.is_georeferenced else Grid("", _PLACE, coarse.cols, coarse.rows)
    grid = Grid(grid.crs_wkt, grid.geotransform, coarse.cols, coarse.rows)
    x0, a, b, y0, d, e = grid.geotransform
    larger = Grid(grid.crs_wkt, (x0, a * ratio, b * ratio, y0, d * ratio, e * ratio), cols, rows)
    files = ReducedFiles(folder / "fine.tif", folder / "coarse.tif", folder / "reference.tif")
    there = coarse.offset[0] + shift[0], coarse.offset[1] + shift[1]
    seen = _Sampler(fine, rasters.shape, ratio, there, fine_gains, noise[1], 1)
    own = _Sampler(coarse, (coarse.rows, coarse.cols), ratio, (0.0, 0.0), gains, noise[0], 2)
    _write(files.fine, grid, seen, lambda s: watch(0.8 * s))
    _write(files.coarse, larger, own, lambda s: watch(0.8 + 0.1 * s))
    _write(files.reference, grid, _Copy(coarse), lambda s: watch(0.9 + 0.1 * s))
    return files


class _Copy:
    """Windows of a raster as they are."""

    def __init__(self, reader: FineReader) -> None:
        self.reader, self.bands = reader, reader.band_infos

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        return self.reader(window.row_off, window.col_off, window.height, window.width)


class _Sampler:
    """Windows of a raster as a coarser sensor would see it; see `measures.images.tile.CoarseTile`.

    Parameters
    ----------
    reader : what is seen. shape : (rows, cols) of its pixels.
    ratio, offset : coarse pixel i covers ratio * i + offset to ratio * (i + 1) + offset, (rows, cols).
    gains : MTF gain at Nyquist of each band.
    noise : standard deviation of each band's noise, which the result has, too; () = what is left of it.
    seed : of that noise.
    """

    def __init__(
        self, reader: FineReader, shape: tuple[int, int], ratio: float, offset: tuple[float, float],
        gains: Sequence[float], noise: Sequence[float], seed: int,
    ) -> None:  # fmt: skip
        self.scene = Scene({"fused": Source(reader, *shape, reader.bands)}, ratio, offset, tuple(gains))
        self.bands = reader.band_infos
        missing = (sigma * math.sqrt(1.0 - kept_noise(gain, ratio) ** 2) for sigma, gain in zip(noise, gains))
        self._seed, self._missing = seed, np.array(list(missing))[:, None, None]

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) and where they rest on valid pixels only."""
        tile = CoarseTile(self.scene, (window.row_off, window.row_end), (window.col_off, window.col_end))
        values, valid = tile.image("degraded")
        if self._missing.size:
            random = np.random.default_rng((self._seed, window.row_off, window.col_off))
            values = values + self._missing * random.normal(size=values.shape)
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
