"""A user's own pair as training material: one scale coarser with a reference (Wald), and at its own resolution.

Axis order (bands, rows, cols), float32, scaled as the engine scales: (stored - offset) / scale per band over the data
set. Of a large raster the middle is taken (`LARGEST_PX`). Blocks in a fixed pattern are held out: what is learned from
never lies in them.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from rsfusion_qgis.core.assessment_readers import measured_shifts
from rsfusion_qgis.core.metrics.degradation import mtf_sigma, sampling_taps
from rsfusion_qgis.core.quality_rasters import FineReader, QualityRasters, RasterName, open_rasters
from rsfusion_qgis.core.radiometry import sample_scaling
from rsfusion_qgis.core.reduced_pair import reduce_files

LARGEST_PX = 3072
SMALLEST_PX = 12
"""Pixels that a side of the reduced MS needs."""
BLOCKS = 4
"""The area is cut into so many blocks either way, of which every fourth is held out."""


@dataclass(frozen=True)
class Scale:
    """offset, scale : (bands, 1, 1)."""

    offset: np.ndarray
    scale: np.ndarray

    def scaled(self, values: np.ndarray) -> np.ndarray:
        return ((values - self.offset) / self.scale).astype(np.float32)


@dataclass(frozen=True)
class Level:
    """The pair at one resolution.

    Attributes
    ----------
    ms : (bands, rows, cols)
        Interpolated onto the pan's grid, scaled.
    pan : (1, rows, cols)
        Scaled.
    valid, held_out : (rows, cols) bool
    ms_scale : Scale
    reference : (bands, rows, cols) or None
        Scaled as ms; what the network should give.
    coarse : (bands, rows, cols) or None
        The MS in its own pixels, scaled; with it:
    coarse_valid : (rows, cols) bool
    ratio, offset : MS pixels on the pan, as in `core.metrics.scene`.
    sigmas : one per band, fine pixels.
    pan_there : (1, rows, cols)
        The pan moved by the measured shift to where the MS shows the same.
    """

    ms: np.ndarray
    pan: np.ndarray
    valid: np.ndarray
    held_out: np.ndarray
    ms_scale: Scale
    ratio: float
    reference: np.ndarray | None = None
    coarse: np.ndarray | None = None
    coarse_valid: np.ndarray | None = None
    offset: tuple[float, float] = (0.0, 0.0)
    sigmas: tuple[float, ...] = ()
    pan_there: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return self.valid.shape


@dataclass(frozen=True)
class Material:
    """Both levels, and how the MS lies on the pan: (rows, cols), pan pixels; None = uncertain."""

    reduced: Level
    full: Level
    shift: tuple[float, float] | None


def read_material(pan: str, ms: str, gains: tuple[float, ...], pan_gain: float) -> Material:
    """Read and degrade a pair.

    Raises
    ------
    RsFusionError
        The two do not lie on each other, or are too small to be reduced.
    """
    shifts = measured_shifts(pan, ms, 1)
    shift = shifts[0] if shifts else None
    with tempfile.TemporaryDirectory(prefix="rsfusion_adapt_") as folder:
        names = RasterName(pan, "PAN"), RasterName(ms, "MS")
        with open_rasters({"pan": names[0]}, names[1], largest_px=LARGEST_PX) as rasters:
            full = _full(rasters, gains, shift)
            files = reduce_files(rasters, gains, pan_gain, Path(folder), lambda share: None, SMALLEST_PX)
        fine = {"reference": RasterName(str(files.reference), "MS"), "pan": RasterName(str(files.pan), "PAN")}
        with open_rasters(fine, RasterName(str(files.ms), "MS")) as rasters:
            reduced = _reduced(rasters)
    return Material(reduced, full, shift)


def _all(reader: FineReader, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    values, valid = reader(0, 0, *shape)
    return values.astype(np.float32), valid.all(0)


def _scale(values: np.ndarray, valid: np.ndarray) -> Scale:
    flat = values.reshape(len(values), -1)
    mask = np.broadcast_to(valid.ravel(), flat.shape)
    return Scale(*(part[:, None, None] for part in sample_scaling(flat, mask)))


def _blocks(shape: tuple[int, int]) -> np.ndarray:
    """Where the held-out blocks are: (rows, cols) bool, the same part of the ground at every level."""
    row, col = (np.minimum(np.arange(size) * BLOCKS // size, BLOCKS - 1) for size in shape)
    return (row[:, None] + 2 * col[None]) % 4 == 1


def _full(rasters: QualityRasters, gains: tuple[float, ...], shift: tuple[float, float] | None) -> Level:
    coarse_reader = rasters.ms
    coarse, coarse_valid = _all(coarse_reader, (coarse_reader.rows, coarse_reader.cols))
    ms, there = _all(rasters.expanded, rasters.shape)
    pan, here = _all(rasters.fine["pan"], rasters.shape)
    scale, pan_scale = _scale(coarse, coarse_valid), _scale(pan, here)
    pan = pan_scale.scaled(np.where(here, pan, pan[0][here].mean()))
    moved = pan if shift is None else ndimage.shift(pan, (0, -shift[0], -shift[1]), order=3, mode="nearest")
    sigmas = tuple(mtf_sigma(gain, coarse_reader.ratio) for gain in gains)
    return Level(
        scale.scaled(ms), pan, there & here, _blocks(rasters.shape), scale, coarse_reader.ratio,
        coarse=scale.scaled(coarse), coarse_valid=coarse_valid, offset=coarse_reader.offset, sigmas=sigmas,
        pan_there=moved,
    )  # fmt: skip


def _reduced(rasters: QualityRasters) -> Level:
    reference, known = _all(rasters.fine["reference"], rasters.shape)
    ms, there = _all(rasters.expanded, rasters.shape)
    pan, here = _all(rasters.fine["pan"], rasters.shape)
    low, low_valid = _all(rasters.ms, (rasters.ms.rows, rasters.ms.cols))
    scale, pan_scale = _scale(low, low_valid), _scale(pan, here)
    valid = known & there & here & np.isfinite(reference).all(0) & np.isfinite(ms).all(0) & np.isfinite(pan).all(0)
    ms, pan, reference = (np.where(np.isfinite(image), image, 0) for image in (ms, pan, reference))
    return Level(
        scale.scaled(ms), pan_scale.scaled(pan), valid, _blocks(rasters.shape), scale, rasters.ms.ratio,
        scale.scaled(reference),
    )  # fmt: skip


def blur_matrix(
    first: int, count: int, ratio: float, offset: float, sigma: float, start: int, length: int, size: int
) -> np.ndarray:
    """(count, length) float32: coarse pixels from `first` on, seen from the fine ones from `start` on.

    `size` is the whole axis; taps outside the window at hand go to its nearest pixel.
    """
    index, weight = sampling_taps(first, count, ratio, offset, sigma, size)
    matrix = np.zeros((count, length), np.float32)
    np.add.at(matrix, (np.arange(count)[:, None], np.clip(index - start, 0, length - 1)), weight)
    return matrix
