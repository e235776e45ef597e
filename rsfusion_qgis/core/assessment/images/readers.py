"""What an assessment reads of its rasters beside the metrics: levels, pairs for a map, and where the coarse raster
lies on the fine one.

Arrays (bands, rows, cols); shapes are (rows, cols).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Callable

import numpy as np

from ...alignment.registration import RegistrationJob, open_overlay
from ...alignment.shift.shift_estimate import ShiftEstimate
from ...alignment.shift_finding import WORTH_CORRECTING_PX
from ...basics.errors import InputError
from ...grid.grid import Window
from ...grid.sampling import whole_or_spread
from ...measures.images.streaming import Scene
from ...measures.images.tile import CoarseTile
from ...networks.band_choice import good_bands
from ...rasters.lineage import told_move, told_turn
from ...rasters.source import RasterSource
from .quality_rasters import FineReader, RasterName

SURE_PX = 0.5
LARGEST_SPREAD_PX = 1.0
"""A band's own shift is believed up to this many fine pixels from that of all the bands together."""
MOST_ALONE = 24
"""Of more bands, such as those of a hyperspectral image, the shift is not measured one by one, and bands of no use are
not compared."""
STRIP_ROWS = 256
SAMPLE_PX, SAMPLE_MOST = 64, 4
"""Side of the windows that tell which bands are of use, and how many there are along each axis."""
PairReader = Callable[[int, int, int, int], tuple[np.ndarray, np.ndarray, np.ndarray]]
"""(row, col, rows, cols) -> two images (bands, rows, cols) and where both are valid (rows, cols)."""


def measured_shifts(
    fine: RasterName, coarse: RasterName, bands: int, moved: tuple[float, float] = (0.0, 0.0)
) -> tuple[tuple[float, float], ...]:
    """How far each coarse band lies down and right of its nominal place on the fine raster, (rows, cols), fine pixels.

    A band that cannot be measured alone takes the shift of all together; () where that is uncertain, too.
    """
    job = RegistrationJob(fine.path, coarse.path)
    with open_overlay(job, moved=moved, turned=coarse.turned) as overlay:
        common = overlay.measure(job.search)
        if common.verdict(SURE_PX) == "uncertain":
            return ()
        alone = 1 < bands <= MOST_ALONE
        own = [overlay.of_band(band).measure(job.search) if alone else common for band in range(1, bands + 1)]
    kept = (one if _sure(one, common) else common for one in own)
    return tuple((one.rows, one.cols) for one in kept)


def move_of(fine: RasterName, shifts: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """What is added to the coarse raster's map coordinates, (dx, dy), where its first shift is undone as in a run."""
    if not shifts or math.hypot(*shifts[0]) < WORTH_CORRECTING_PX:
        return 0.0, 0.0
    rows, cols = shifts[0]
    with RasterSource(fine.path, fine.parameter) as source:
        return source.grid.vector_to_map(cols, rows)


def moved_for(fused: RasterName, coarse: RasterName) -> tuple[float, float]:
    """By how much (dx, dy) the fusion moved the coarse raster, as the fused one's metadata say; 0, 0 = it did not."""
    if not fused.path or not coarse.path:
        return 0.0, 0.0
    with RasterSource(fused.path, fused.parameter) as source:
        return told_move(source.dataset, coarse.parameter)


def turned_for(fused: RasterName, coarse: RasterName) -> RasterName:
    """The coarse raster as the fusion turned it in its own pixels, as the fused one's metadata say."""
    if not fused.path or not coarse.path:
        return coarse
    with RasterSource(fused.path, fused.parameter) as source:
        return replace(coarse, turned=told_turn(source.dataset, coarse.parameter))


def _sure(own: ShiftEstimate, common: ShiftEstimate) -> bool:
    """Whether what one band showed is believed: not uncertain, and near what all showed together."""
    near = max(abs(own.cols - common.cols), abs(own.rows - common.rows)) <= LARGEST_SPREAD_PX
    return near and own.verdict(SURE_PX) != "uncertain"


def levels(reader: FineReader, shape: tuple[int, int]) -> tuple[float, tuple[float, ...]]:
    """The largest valid value of a raster, and the mean of each band."""
    top, total, count = -math.inf, np.zeros(reader.bands), np.zeros(reader.bands)
    for row in range(0, shape[0], STRIP_ROWS):
        values, valid = reader(row, 0, min(STRIP_ROWS, shape[0] - row), shape[1])
        top = max(top, float(values[valid].max(initial=-math.inf)))
        total += np.where(valid, values, 0).sum((1, 2), dtype=np.float64)
        count += valid.sum((1, 2))
    if not count.all():
        raise InputError(f"{reader.parameter} has no valid pixel in common with the others; check its nodata value.")
    return top, tuple(total / count)


def usable_bands(reader: FineReader, shape: tuple[int, int]) -> tuple[int, ...]:
    """Places, from 0, of the bands to compare: all of a few; of many those that the metadata do not call bad and that
    have a value and contrast in a sample."""
    count, good = reader.bands, np.zeros(reader.bands, bool)
    if count <= MOST_ALONE:
        return tuple(range(count))
    good[list(good_bands(reader.source.source))] = True
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    for window in whole_or_spread(Window(0, 0, shape[1], shape[0]), SAMPLE_PX, SAMPLE_MOST):
        values, valid = reader(window.row_off, window.col_off, window.height, window.width)
        low = np.minimum(low, values.min(axis=(1, 2), where=valid, initial=np.inf))
        high = np.maximum(high, values.max(axis=(1, 2), where=valid, initial=-np.inf))
    good &= high > low
    return tuple(int(place) for place in np.flatnonzero(good)) if good.any() else tuple(range(count))


def both(first: FineReader, second: FineReader) -> PairReader:
    """Windows of two rasters, and where both are valid."""

    def read(*window: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        (one, there), (other, here) = first(*window), second(*window)
        return one, other, there.all(0) & here.all(0)

    return read


def reprojected(scene: Scene) -> PairReader:
    """Windows of the coarse grid: the fused raster as that sensor would see it, that one, and where both are valid."""

    def read(row: int, col: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        tile = CoarseTile(scene, (row, row + rows), (col, col + cols))
        (seen, there), (coarse, here) = tile.image("reprojected"), tile.image("coarse")
        return seen, coarse, there & here

    return read
