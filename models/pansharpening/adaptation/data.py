"""A user's own pair as training material: one scale coarser with a reference (Wald), and at its own resolution.

Axis order (bands, rows, cols), float32, scaled as the engine scales: (stored - offset) / scale per band over the data
set. Of a large raster a mesh of areas spread over it is taken, so that memory is bounded. In every area some blocks are
held out: what is learned from lies neither in them nor within a margin around them.

The ms is moved onto the pan by the measured shift, as in a run; the pan stays where it is.

One scale coarser every area comes several times: as the sensor's MTF says, and with gains and sub-pixel shifts drawn
around that, since neither the real pan's sharpness nor its place is the one that the reduced pair has.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
import torch

from rsfusion_qgis.core.assessment.images.quality_rasters import FineReader, QualityRasters, RasterName, open_rasters
from rsfusion_qgis.core.assessment.images.readers import measured_shifts, move_of
from rsfusion_qgis.core.assessment.images.reduced_pair import reduce_files
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import mtf_sigma, sampling_taps
from rsfusion_qgis.core.grid.noise import noise_of
from rsfusion_qgis.core.operators.sharpness import excess_of, matched
from rsfusion_qgis.tasks.pansharpening.roles import raster_names

WHOLE_PX = 1280
"""A pair up to this side is one area."""
AREA_PX, MESH, GAP_PX = 768, 3, 64
"""Of a larger one at most so many areas along each axis, of this side, with a gap between them: what one of them holds
out, no other learns from."""
LEAST_VALID = 0.25
SMALLEST_PX = 12
"""Pixels that a side of the reduced MS needs."""
BLOCK_PX, BLOCKS = 48, 4
"""A reduced area is cut into blocks of about this side, 2 to 4 along each axis; every fourth is held out."""
MARGIN = 2
"""MS pixels around held-out blocks that are not learned from: as far as most of the sensor's blur reaches."""
DRAWS = 6
GAIN_SPREAD, SHIFT_SPREAD_PX, LARGEST_SHIFT_PX = 0.03, 0.35, 1.2
MEASURED_SPREAD_PX = 0.1
"""The spread of shifts where the shift of the pair was measured."""
PAN_GAINS = (0.06, 0.6)

Block = tuple[slice, slice]


@dataclass(frozen=True)
class Scale:
    """offset, scale : (bands, 1, 1)."""

    offset: np.ndarray
    scale: np.ndarray

    @property
    def dark(self) -> float:
        """Of a raster of one band: what scaled values lack to be proportional to the stored ones."""
        return float(self.offset[0, 0, 0] / self.scale[0, 0, 0])

    def scaled(self, values: np.ndarray) -> np.ndarray:
        return ((values - self.offset) / self.scale).astype(np.float32)


@dataclass(frozen=True)
class Level:
    """An area of the pair at one resolution.

    Attributes
    ----------
    ms : (bands, rows, cols)
        Interpolated onto the pan's grid, scaled.
    pan : (1, rows, cols)
        Scaled; as sharp as the bands show the same if the network expects that, see `operators.sharpness`.
    valid : (rows, cols) bool
    ms_scale : Scale
    ratio : float
    margin : int
        Pixels around held-out blocks that are not learned from.
    count : int
        Blocks along each axis.
    coarse : (bands, rows, cols)
        The MS in its own pixels, scaled.
    coarse_valid : (rows, cols) bool
    offset : MS pixels on the pan, as in `core.measures.images.scene`.
    gains : MTF gain of each band.
    reference : (bands, rows, cols) or None
        Scaled as ms; what the network should give.
    recorded_pan : (1, rows, cols) or None
        The pan, scaled and otherwise as it was recorded.
    pan_dark : what scaled values of the pan lack to be proportional to the stored ones.
    """

    ms: np.ndarray
    pan: np.ndarray
    valid: np.ndarray
    ms_scale: Scale
    ratio: float
    margin: int
    count: int
    coarse: np.ndarray
    coarse_valid: np.ndarray
    offset: tuple[float, float]
    gains: tuple[float, ...]
    reference: np.ndarray | None = None
    recorded_pan: np.ndarray | None = None
    pan_dark: float = 0.0

    @property
    def dark(self) -> torch.Tensor:
        """(bands, 1, 1) what scaled values of the MS lack to be proportional to the stored ones."""
        return torch.from_numpy((self.ms_scale.offset / self.ms_scale.scale).astype(np.float32))

    @property
    def shape(self) -> tuple[int, int]:
        return self.valid.shape

    @cached_property
    def noise(self) -> torch.Tensor:
        """(bands, 1, 1) standard deviation of the noise of the MS, scaled."""
        valid = np.broadcast_to(self.coarse_valid, self.coarse.shape)
        return torch.from_numpy(noise_of([(self.coarse, valid)]).astype(np.float32))[:, None, None]

    @property
    def sigmas(self) -> tuple[float, ...]:
        """Of the sensor's blur, one per band, fine pixels."""
        return tuple(mtf_sigma(gain, self.ratio) for gain in self.gains)

    @property
    def blocks(self) -> list[Block]:
        """The held-out blocks, the same part of the ground at both resolutions."""
        edges = [[size * part // self.count for part in range(self.count + 1)] for size in self.shape]
        held = [at for at in product(range(self.count), repeat=2) if (at[0] + 2 * at[1]) % 4 == 1]
        return [tuple(slice(edge[part], edge[part + 1]) for edge, part in zip(edges, at)) for at in held]

    def learned(self) -> np.ndarray:
        """(rows, cols) bool: what may be learned from."""
        keep = self.valid.copy()
        for block in self.blocks:
            rows, cols = (slice(max(0, part.start - self.margin), part.stop + self.margin) for part in block)
            keep[rows, cols] = False
        return keep


@dataclass(frozen=True)
class Area:
    """The pair in one place: at full resolution, and reduced; of that the first as the sensor's MTF says, () where it
    is too small."""

    full: Level
    reduced: tuple[Level, ...]


@dataclass(frozen=True)
class Material:
    """All areas, and how the MS lay on the pan before it was moved: (rows, cols), pan pixels; None = uncertain."""

    areas: tuple[Area, ...]
    shift: tuple[float, float] | None

    @property
    def has_reduced(self) -> bool:
        """Whether the pair is large enough to be made coarser."""
        return all(area.reduced for area in self.areas)


@dataclass(frozen=True)
class _Reading:
    """What is the same for every area."""

    names: tuple[RasterName, RasterName]
    gains: tuple[float, ...]
    pan_gain: float
    moved: tuple[float, float]
    spread_px: float
    scale: Scale
    pan_scale: Scale
    excess: float | None


def read_material(
    pan: str, ms: str, gains: tuple[float, ...], pan_gain: float, seed: int = 1, excess: float | None = None
) -> Material:
    """Read and degrade a pair.

    Parameters
    ----------
    excess : what the pan is blurred more than the bands, see `operators.sharpness`, which is then undone; None = it is
        taken as it is.

    Raises
    ------
    RsFusionError
        The two do not lie on each other, or have no valid pixel in common.
    """
    names = raster_names({"pan": pan, "ms": ms})
    shifts = measured_shifts(*names, 1)
    shift = shifts[0] if shifts else None
    moved = move_of(names[0], shifts)
    with open_rasters({"fine": names[0]}, names[1], moved) as rasters:
        shape = rasters.shape
        scales = [_column(reader.source.statistics()) for reader in (rasters.expanded, rasters.images["fine"])]
    spread_px = SHIFT_SPREAD_PX if shift is None else MEASURED_SPREAD_PX
    reading = _Reading(names, gains, pan_gain, moved, spread_px, *scales, excess)
    rng = np.random.default_rng(seed)
    areas = [area for place in places(shape) if (area := _area(reading, shape, place, rng)) is not None]
    if not areas:
        raise InputError("PAN and MS have too few valid pixels in common to learn from; check their nodata values.")
    return Material(tuple(areas), shift)


def places(shape: tuple[int, int]) -> list[tuple[float, float]]:
    """Where the areas lie, (row, col) as `open_rasters` takes it: one, or a mesh over what is larger."""
    if max(shape) <= WHOLE_PX:
        return [(0.5, 0.5)]
    counts = [min(MESH, size // (AREA_PX + GAP_PX)) for size in shape]
    shares = [[i / (count - 1) for i in range(count)] if count > 1 else [0.5] for count in counts]
    return list(product(*shares))


def _area(
    reading: _Reading, shape: tuple[int, int], place: tuple[float, float], rng: np.random.Generator
) -> Area | None:
    """One area; None where little of it is valid."""
    fine, coarse = reading.names
    largest = AREA_PX if max(shape) > WHOLE_PX else 0
    with open_rasters({"fine": fine}, coarse, reading.moved, largest, place) as rasters:
        full = _full(rasters, reading)
        if full.valid.mean() < LEAST_VALID:
            return None
        small = min(rasters.coarse.rows, rasters.coarse.cols) / rasters.coarse.ratio < SMALLEST_PX
        return Area(full, () if small else tuple(_reductions(rasters, reading, full, rng)))


def _full(rasters: QualityRasters, reading: _Reading) -> Level:
    own, scale = rasters.coarse, reading.scale
    coarse, coarse_valid = _all(own, (own.rows, own.cols))
    ms, there = _all(rasters.expanded, rasters.shape)
    pan, here = _all(rasters.images["fine"], rasters.shape)
    recorded = reading.pan_scale.scaled(pan)
    pan = recorded if reading.excess is None else matched(recorded, reading.excess)
    count = int(np.clip(min(rasters.shape) / own.ratio / BLOCK_PX, 2, BLOCKS))
    return Level(
        scale.scaled(ms), pan, there & here, scale, own.ratio, round(MARGIN * own.ratio), count,
        scale.scaled(coarse), coarse_valid, own.offset, reading.gains, recorded_pan=recorded,
        pan_dark=reading.pan_scale.dark,
    )  # fmt: skip


def _reductions(
    rasters: QualityRasters, reading: _Reading, full: Level, rng: np.random.Generator
) -> Iterator[Level]:
    """The area one scale coarser, first as the sensor's MTF says, then with other gains and shifts."""
    ratio, scales = full.ratio, None
    for draw in range(1 + DRAWS):
        gains, pan_gain, shift, excess = reading.gains, reading.pan_gain, (0.0, 0.0), reading.excess
        if draw:
            gains = tuple(np.clip(np.array(gains) + rng.normal(0, GAIN_SPREAD), 0.05, 0.7).tolist())
            pan_gain = float(np.exp(rng.uniform(*np.log(PAN_GAINS))))
            drawn = rng.normal(0, reading.spread_px, 2).clip(-LARGEST_SHIFT_PX, LARGEST_SHIFT_PX) * ratio
            shift = float(drawn[0]), float(drawn[1])
            excess = None if excess is None else excess_of(pan_gain, gains)
        with tempfile.TemporaryDirectory(prefix="rsfusion_adapt_") as folder:
            files = reduce_files(rasters, gains, (pan_gain,), Path(folder), lambda share: None, SMALLEST_PX, shift)
            fine, coarse = raster_names({"pan": str(files.fine), "ms": str(files.coarse)})
            images = {"reference": replace(coarse, path=str(files.reference)), "fine": fine}
            with open_rasters(images, coarse) as reduced:
                scales = scales or [_column(r.source.statistics()) for r in (reduced.expanded, reduced.images["fine"])]
                yield _reduced(reduced, scales, full, excess, gains)


def _reduced(
    rasters: QualityRasters, scales: list[Scale], full: Level, excess: float | None, gains: tuple[float, ...]
) -> Level:
    reference, known = _all(rasters.images["reference"], rasters.shape)
    ms, there = _all(rasters.expanded, rasters.shape)
    pan, here = _all(rasters.images["fine"], rasters.shape)
    own = rasters.coarse
    coarse, coarse_valid = _all(own, (own.rows, own.cols))
    scale, pan_scale = scales
    pan = pan_scale.scaled(pan)
    pan = pan if excess is None else matched(pan, excess)
    return Level(
        scale.scaled(ms), pan, known & there & here, scale, own.ratio,
        round(MARGIN * own.ratio), full.count, scale.scaled(coarse), coarse_valid, own.offset, gains,
        scale.scaled(reference), pan_dark=pan_scale.dark,
    )  # fmt: skip


def _all(reader: FineReader, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Values, finite everywhere, and where they are valid (rows, cols)."""
    values, valid = reader(0, 0, *shape)
    valid = valid.all(0) & np.isfinite(values).all(0)
    return np.where(np.isfinite(values), values, 0).astype(np.float32), valid


def _column(found: object) -> Scale:
    return Scale(found.offset[:, None, None], found.scale[:, None, None])


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
