"""How good is a fused raster? From files to numbers, tile by tile, beside plain interpolation (EXP).

The protocols are those of `job`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Optional

from ...basics.findings import Finding
from ...measures.images import METRICS, Metric
from ...measures.images.contrast import contrast_of
from ...measures.images.streaming import Measured, Scene, Source, measure
from ...rasters.source import BandInfo
from ...rasters.spectral import ranges
from .job import FULL_RESOLUTION, REFERENCE, WALD, AssessmentJob, check_job, gains_of
from .noise_floor import noise_floor
from .pictures import Pictures, angles_map, crops_of
from .quality_rasters import FineReader, QualityRasters, RasterName, open_rasters, require_same_bands
from .readers import both, levels, measured_shifts, move_of, reprojected, usable_bands
from .reduced_pair import ReducedFiles, reduce_files

FUSED, BASELINE = "fused", "EXP"
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Row:
    """One method's values: metric id -> `Measured`."""

    name: str
    values: dict[str, Measured]


@dataclass(frozen=True)
class Assessment:
    """What came out.

    Attributes
    ----------
    job : AssessmentJob
    metrics : tuple of Metric
    rows : tuple of Row
        The baseline first where there is a coarse raster, the fused raster last.
    bands : tuple of BandInfo
    shape : (rows, cols)
        Pixels that were compared.
    ratio, peak : float
        0 where the protocol does not use it.
    gains, fine_gains : tuple of float
        MTF gain of each band of the coarse and of the fine raster; () likewise.
    shifts : tuple of (rows, cols)
        How far each coarse band lies off its nominal place on the fine raster, fine pixels; () = not measured or not
        used.
    noise, fine_noise : tuple of float
        Standard deviation of the noise of each band of the coarse and of the fine raster, which the reduced pair got
        back; () likewise.
    band_means : tuple of float
        Of the reference, for relative errors; () without one.
    pictures : Pictures or None
    findings : tuple of Finding
        What there is to say of the rasters as they are stored.
    """

    job: AssessmentJob
    metrics: tuple[Metric, ...]
    rows: tuple[Row, ...]
    bands: tuple[BandInfo, ...]
    shape: tuple[int, int]
    ratio: float = 0.0
    peak: float = 0.0
    gains: tuple[float, ...] = ()
    fine_gains: tuple[float, ...] = ()
    shifts: tuple[tuple[float, float], ...] = ()
    noise: tuple[float, ...] = ()
    fine_noise: tuple[float, ...] = ()
    band_means: tuple[float, ...] = ()
    pictures: Optional[Pictures] = None
    findings: tuple[Finding, ...] = ()

    @property
    def protocol(self) -> str:
        """One of `job.PROTOCOLS`."""
        return self.job.protocol

    @property
    def band_names(self) -> tuple[str, ...]:
        """Descriptions, or numbers where there are none."""
        return tuple(band.description or f"band {band.index}" for band in self.bands)

    def row(self, name: str) -> Optional[Row]:
        return next((row for row in self.rows if row.name == name), None)


@dataclass(frozen=True)
class Method:
    """A way to fuse two files, for Wald's protocol: its name, and what runs it: (fine, coarse, output, watch)."""

    name: str
    fuse: Callable[[str, str, str, Watch], None]


def metrics_of(protocol: str) -> tuple[Metric, ...]:
    """The metrics that a protocol measures."""
    with_reference = protocol != FULL_RESOLUTION
    return tuple(metric for metric in METRICS if metric.needs_reference == with_reference)


def assess(
    job: AssessmentJob, methods: Sequence[Method] = (), watch: Optional[Watch] = None, pictures: bool = False
) -> Assessment:
    """Measure.

    Parameters
    ----------
    methods : what to run under Wald's protocol; unused by the others.
    watch : called with the share that is done; may raise to stop.
    pictures : whether to take pictures for a report, too.

    Raises
    ------
    InputError, CoregistrationError
        Something is missing or does not fit; one sentence that names the parameter.
    """
    check_job(job)
    watch = watch or (lambda share: None)
    if job.protocol == WALD:
        found = _by_wald(job, methods, watch, pictures)
    elif job.protocol == REFERENCE:
        found = _against_reference(job, watch, pictures)
    else:
        found = _at_full_resolution(job, watch, pictures)
    watch(1.0)
    return found


def _against_reference(job: AssessmentJob, watch: Watch, pictures: bool) -> Assessment:
    images, coarse = {FUSED: job.fused, "reference": job.reference}, job.coarse if job.coarse.path else None
    require_same_bands(job.fused, job.reference)
    if coarse:
        require_same_bands(job.fused, coarse)
    with open_rasters(images, coarse) as rasters:
        return _compare(job, rasters, {FUSED: rasters.images[FUSED]}, watch, pictures)


def _compare(
    job: AssessmentJob, rasters: QualityRasters, contenders: dict[str, FineReader], watch: Watch, pictures: bool,
    places: tuple[int, ...] = (),
) -> Assessment:  # fmt: skip
    """Every contender, and the interpolated coarse raster if there is one, against `rasters.images["reference"]`.

    `places` : of the bands that are compared; () = those that the reference tells.
    """
    reference, shape = rasters.images["reference"], rasters.shape
    said = _leave_out(places or usable_bands(reference, shape), [*rasters.images.values(), rasters.expanded])
    ratio = rasters.coarse.ratio if rasters.coarse else job.ratio
    largest, means = levels(reference, shape)
    peak = job.peak or largest
    shown = {**({BASELINE: rasters.expanded} if rasters.expanded else {}), **contenders}
    metrics, rows = metrics_of(REFERENCE), []
    for number, (name, reader) in enumerate(shown.items()):
        sources = {"fused": _source(reader, shape), "reference": _source(reference, shape)}
        step = _part(watch, number, len(shown) + pictures)
        rows.append(Row(name, measure(metrics, Scene(sources, ratio, peak=peak), watch=step)))
    found = Assessment(job, metrics, tuple(rows), reference.band_infos, shape, ratio, peak, band_means=means)
    found = replace(found, findings=(*rasters.findings, *said))
    if not pictures:
        return found
    last = rows[-1].name
    angles = angles_map(both(shown[last], reference), shape, _part(watch, len(shown), len(shown) + 1))
    crops = crops_of({"reference": reference, **shown}, shape, "reference")
    return replace(found, pictures=Pictures(angles, f"between {last} and the reference", crops))


def _at_full_resolution(job: AssessmentJob, watch: Watch, pictures: bool) -> Assessment:
    require_same_bands(job.fused, job.coarse)
    images = {FUSED: job.fused, "fine": replace(job.fine, bands=1)}  # as D_s and D_rho are defined
    with open_rasters(images, job.coarse, job.moved, job.largest_px) as rasters:
        coarse, fine, shape = rasters.coarse, rasters.images["fine"], rasters.shape
        gains, fine_gains = gains_of(job, coarse.bands, fine.bands)
        shifts = measured_shifts(job.fine, job.coarse, coarse.bands, job.moved)
        metrics, rows = metrics_of(FULL_RESOLUTION), []
        shown = {BASELINE: rasters.expanded, FUSED: rasters.images[FUSED]}
        expanded, beside = _source(rasters.expanded, shape), Source(coarse, coarse.rows, coarse.cols, coarse.bands)
        sources = {"fused": expanded, "fine": _source(fine, shape), "expanded": expanded, "coarse": beside}
        scene = Scene(sources, coarse.ratio, coarse.offset, gains, fine_gains[0], shifts)
        steps = len(shown) + 1 + pictures
        scene = replace(scene, contrast=contrast_of(scene, watch=_part(watch, 0, steps)))
        for number, (name, reader) in enumerate(shown.items()):
            scene = replace(scene, sources={**sources, "fused": _source(reader, shape)})
            rows.append(Row(name, measure(metrics, scene, watch=_part(watch, number + 1, steps))))
        found = Assessment(
            job, metrics, tuple(rows), coarse.band_infos, shape, coarse.ratio, 0.0, gains, fine_gains, shifts,
            findings=rasters.findings,
        )  # fmt: skip
        if not pictures:
            return found
        angles = angles_map(reprojected(scene), (coarse.rows, coarse.cols), _part(watch, steps - 1, steps))
        crops = crops_of({job.fine.parameter: fine, **shown}, shape, BASELINE, (job.fine.parameter,))
        name = job.coarse.parameter
        between = f"between the fused raster, brought back to the resolution of {name}, and {name}"
        return replace(found, pictures=Pictures(angles, between, crops))


def _by_wald(job: AssessmentJob, methods: Sequence[Method], watch: Watch, pictures: bool) -> Assessment:
    """The fine raster is made coarser where the coarse one really lies, since a run brings them onto each other."""
    with tempfile.TemporaryDirectory(prefix="rsfusion_wald_") as folder:
        shifts = measured_shifts(job.fine, job.coarse, 1)
        with open_rasters({"fine": job.fine}, job.coarse, move_of(job.fine, shifts)) as rasters:
            gains, fine_gains = gains_of(job, rasters.coarse.bands, rasters.images["fine"].bands)
            noise = _noise_of(rasters) if job.noise else ((), ())
            places = usable_bands(rasters.coarse, (rasters.coarse.rows, rasters.coarse.cols))
            step, said = _part(watch, 0, len(methods) + 2), rasters.findings
            reduced = reduce_files(rasters, gains, fine_gains, Path(folder), step, noise=noise)
        outputs = {}
        for number, method in enumerate(methods):
            outputs[method.name] = str(Path(folder) / f"fused_{number}.tif")
            step = _part(watch, number + 1, len(methods) + 2)
            method.fuse(str(reduced.fine), str(reduced.coarse), outputs[method.name], step)
        with _opened(job.coarse.parameter, reduced, outputs) as (rasters, contenders):
            last = _part(watch, len(methods) + 1, len(methods) + 2)
            found = _compare(job, rasters, contenders, last, pictures, places)
            said = (*said, *found.findings[len(rasters.findings) :])
            known = {"gains": gains, "fine_gains": fine_gains, "noise": noise[0], "fine_noise": noise[1]}
            return replace(found, shifts=shifts, findings=said, **known)


def _leave_out(places: tuple[int, ...], readers: Sequence[Optional[FineReader]]) -> tuple[Finding, ...]:
    """Read some bands only, of all that have as many as the first, and what to say about the others."""
    count, name = readers[0].bands, readers[0].parameter
    if len(places) == count:
        return ()
    for reader in readers:
        if reader is not None and reader.bands == count:
            reader.select(places)
    rest = ranges(sorted(set(range(count)) - set(places)))
    words = f"{name}: bands {rest} are called bad by its metadata, or have no contrast, so they are not compared"
    return (Finding("bands", "info", name, words),)


def _noise_of(rasters: QualityRasters) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Of each band of the coarse and of the fine raster."""
    coarse = rasters.coarse
    return noise_floor(coarse, (coarse.rows, coarse.cols)), noise_floor(rasters.images["fine"], rasters.shape)


@contextmanager
def _opened(
    parameter: str, reduced: ReducedFiles, outputs: dict[str, str]
) -> Iterator[tuple[QualityRasters, dict[str, FineReader]]]:
    """The reference, the reduced coarse raster and every method's result, on their common part."""
    images = {"reference": RasterName(str(reduced.reference), parameter)}
    images.update({name: RasterName(path, name) for name, path in outputs.items()})
    with open_rasters(images, RasterName(str(reduced.coarse), parameter)) as rasters:
        yield rasters, {name: rasters.images[name] for name in outputs}


def _source(reader: FineReader, shape: tuple[int, int]) -> Source:
    return Source(reader, *shape, reader.bands)


def _part(watch: Watch, number: int, count: int) -> Watch:
    """What passes progress on within the share of one of `count` steps."""
    return lambda share: watch((number + min(max(share, 0.0), 1.0)) / count)
