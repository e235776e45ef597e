"""How good is a class raster: it is compared with reference polygons, points or another raster, block by block.

The map is never resampled: the reference is brought onto its grid. Reference pixels where the map has no class
(nodata) are counted apart and take no part in the measures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...basics.errors import InputError
from ...grid.crs import is_geographic, metres_per_unit
from ...grid.grid import Grid
from ...measures.classes.area_estimates import AreaEstimates, area_estimates, area_estimates_of_regions
from ...measures.classes.boundary import MARGIN_PX, BoundaryTally
from ...measures.classes.confusion import ConfusionMatrix, class_mean
from ...measures.classes.intervals import LEAST_REGIONS, Intervals, RegionTally, intervals
from ...rasters.samples.classes import values_and_counts
from ...rasters.samples.label_reader import LabelReader
from ...rasters.samples.matching import AssessedClass, Matching, listed, match_classes
from ...rasters.samples.opening import open_samples
from ...rasters.samples.samples import Samples, SampleSource, Watch, blocks_of, counted, watched

MOST_VALUES = 256
SQUARE_METRES_PER_HECTARE = 10_000.0


@dataclass(frozen=True)
class MapJob:
    """What is compared with what.

    Attributes
    ----------
    path : str
        The map: a raster of one band of class codes.
    reference : SampleSource
    parameter : str
        The user's name for the map, for messages.
    """

    path: str
    reference: SampleSource
    parameter: str = "MAP"


@dataclass(frozen=True)
class MapAssessment:
    """What was found.

    Attributes
    ----------
    job : MapJob
    classes : tuple of AssessedClass
        Of the matrix: those that the reference or the map has at a reference pixel.
    matrix : ConfusionMatrix
        Of reference pixels, [true, predicted].
    intervals : Intervals
    unmapped : int
        Reference pixels where the map has no class; not in the matrix.
    area_classes : tuple of AssessedClass
        These, and those that the map has elsewhere.
    areas : AreaEstimates
        Of `area_classes`.
    map_pixels : int
        Pixels of the map that have a class.
    hectares : float or None
        Area of these; None where the map's CRS is in degrees or missing.
    single_pixels : bool
        Every region of the reference is one pixel.
    warnings : tuple of str
    boundary : ndarray or None
        (classes,) boundary F1; None where the reference is no raster, whose polygons say nothing of outlines.
    """

    job: MapJob
    classes: tuple[AssessedClass, ...]
    matrix: ConfusionMatrix
    intervals: Intervals
    unmapped: int
    area_classes: tuple[AssessedClass, ...]
    areas: AreaEstimates
    map_pixels: int
    hectares: Optional[float]
    single_pixels: bool
    warnings: tuple[str, ...]
    boundary: Optional[np.ndarray] = None

    @property
    def boundary_mean(self) -> float:
        """Of the classes that have one; NaN where there is nothing."""
        return float("nan") if self.boundary is None else float(class_mean(self.boundary))

    @property
    def regions(self) -> int:
        """Polygons, points or connected patches that took part."""
        return int(self.intervals.regions.sum())


def assess_map(job: MapJob, watch: Optional[Watch] = None) -> MapAssessment:
    """Compare a map with its reference.

    Parameters
    ----------
    job : MapJob
    watch : called with the share that is done, 0 to 1; may raise to stop.

    Raises
    ------
    InputError
        One of both is unusable, they have no pixel or no class in common.
    """
    with LabelReader(job.path, job.parameter) as reader:
        with open_samples(job.reference, reader.grid, _part(watch, 0.0, 0.3)) as samples:
            found = _map_values(reader, _part(watch, 0.3, 0.7))
            names = job.reference.parameter, job.parameter
            matching = match_classes(samples.classes, samples.values, sorted(found), reader.legend, names)
            outlines = None if job.reference.field else BoundaryTally(len(matching.classes))
            tally, unmapped = _tally(reader, samples, matching, outlines, _part(watch, 0.7, 1.0))
            warnings = (*reader.warnings, *samples.warnings, *matching.warnings)
        pixels = np.array([found.get(item.value, 0) for item in matching.classes])
        return _assessment(job, reader.grid, _Counted(matching, tally, unmapped, pixels, warnings, outlines))


def _part(watch: Optional[Watch], begin: float, end: float) -> Optional[Watch]:
    return None if watch is None else lambda share: watch(begin + share * (end - begin))


def _map_values(reader: LabelReader, watch: Optional[Watch]) -> dict[int, int]:
    """Pixels of each value of the whole map."""
    found: Counter[int] = Counter()
    for block in watched(list(blocks_of(reader.grid)), watch):
        codes, valid = reader.read(block)
        values, counts = values_and_counts(codes[valid])
        found.update(dict(zip(values.tolist(), counts.tolist())))
        reader.release_blocks()
        if len(found) > MOST_VALUES:
            raise InputError(
                f"{reader.role}: '{reader.path}' holds more than {MOST_VALUES} different values; expected class codes, "
                "so choose a classified raster."
            )
    if not found:
        raise InputError(f"{reader.role}: '{reader.path}' has no class anywhere, only nodata; choose another raster.")
    return dict(found)


def _tally(
    reader: LabelReader, samples: Samples, matching: Matching, outlines: Optional[BoundaryTally], watch: Optional[Watch]
) -> tuple[RegionTally, int]:
    """What each region was mapped as, in indices of the matching's classes; and the pixels without a class.

    Outlines are counted on the way, where they are asked for.
    """
    known = np.array([item.value for item in matching.classes if item.value is not None], np.int32)
    true_of = np.append(np.array(matching.of_reference, np.int16), np.int16(-1))  # [-1] is "no sample"
    tally, unmapped = RegionTally(len(matching.classes)), 0
    for block in watched(samples.windows(), watch):
        around = block if outlines is None else block.grown(MARGIN_PX).intersection(reader.grid.window)
        rows, cols = block.row_off - around.row_off, block.col_off - around.col_off
        inner = slice(rows, rows + block.height), slice(cols, cols + block.width)
        labels, regions = samples.read(around)
        codes, valid = reader.read(around)
        predicted, true = np.where(valid, np.searchsorted(known, codes), -1).astype(np.int16), true_of[labels]
        if outlines is not None:
            outlines.add(true, predicted, inner)
        regions, true, predicted, valid = (one[inner] for one in (regions, true, predicted, valid))
        tally.add(regions, true, predicted)
        unmapped += int(((true >= 0) & ~valid).sum())
        reader.release_blocks()
    return tally, unmapped


@dataclass(frozen=True)
class _Counted:
    """What was counted; arrays are over the matching's classes."""

    matching: Matching
    tally: RegionTally
    unmapped: int
    pixels: np.ndarray
    warnings: tuple[str, ...]
    outlines: Optional[BoundaryTally]


def _assessment(job: MapJob, grid: Grid, found: _Counted) -> MapAssessment:
    counts, everything = found.tally.matrix(), found.matching.classes
    if counts.sum() == 0:
        raise InputError(
            f"{job.reference.parameter} has samples only where {job.parameter} has no class; choose samples inside "
            "its area of data."
        )
    used = np.flatnonzero((counts.sum(0) > 0) | (counts.sum(1) > 0))
    rest = np.setdiff1d(np.flatnonzero(found.pixels), used)
    classes, others = (tuple(everything[i] for i in places) for places in (used, rest))
    matrix = ConfusionMatrix(counts[np.ix_(used, used)], tuple(item.name for item in classes))
    true, predicted, regions = found.tally.groups()
    true, predicted, single = np.searchsorted(used, true), predicted[:, used], int(regions.sum()) == matrix.total
    shares = found.pixels / found.pixels.sum()
    areas = area_estimates(matrix.counts, shares[used]) if single else area_estimates_of_regions(
        true, predicted, shares[used]
    )  # fmt: skip
    return MapAssessment(
        job, classes, matrix, intervals(true, predicted, regions[used]), found.unmapped,
        area_classes=(*classes, *others), areas=areas.extended(shares[rest]), map_pixels=int(found.pixels.sum()),
        hectares=_hectares(grid, int(found.pixels.sum())), single_pixels=single,
        warnings=(*found.warnings, *_told(job, found, counts, regions)),
        boundary=None if found.outlines is None else found.outlines.per_class()[used],
    )  # fmt: skip


def _hectares(grid: Grid, pixels: int) -> Optional[float]:
    if not grid.crs_wkt or is_geographic(grid.crs_wkt):
        return None
    _, a, b, _, d, e = grid.geotransform
    return pixels * abs(a * e - b * d) * metres_per_unit(grid.crs_wkt) ** 2 / SQUARE_METRES_PER_HECTARE


def _told(job: MapJob, found: _Counted, counts: np.ndarray, regions: np.ndarray) -> list[str]:
    """Sentences on what limits the numbers."""
    ours, theirs, told = job.parameter, job.reference.parameter, []
    classes, pixels, true = found.matching.classes, found.pixels, counts.sum(1)
    lacking = _names(classes, (true > 0) & (pixels == 0))
    if lacking:
        told.append(f"{ours} lacks the class {listed(lacking)}, which {theirs} has: its samples count as errors.")
    without = (true == 0) & (pixels > 0)
    if without.any():
        share = 100.0 * pixels[without].sum() / pixels.sum()
        told.append(
            f"{theirs} has no sample of the class {listed(_names(classes, without))}, which covers "
            f"{share:.3g} % of {ours}."
        )
    if found.unmapped:
        told.append(f"{counted(found.unmapped, 'pixel')} of {theirs} where {ours} has no class took no part.")
    few = _names(classes, (regions > 0) & (regions < LEAST_REGIONS))
    if few:
        told.append(f"No interval can be given for a class with a single region in {theirs}: {listed(few)}.")
    return told


def _names(classes: Sequence[AssessedClass], where: np.ndarray) -> list[str]:
    return [item.name for item, wanted in zip(classes, where) if wanted]
