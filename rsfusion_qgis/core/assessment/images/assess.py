"""How good is a fused raster? From files to numbers, tile by tile, beside plain interpolation (EXP).

Three protocols: "reference", against the true image; "full_resolution", without one, against the pan and the
multispectral raster that were fused; "wald", a network on the user's own pair made coarser by its ratio, so that the
multispectral raster itself is the reference (Wald, Ranchin & Mangolini 1997, PE&RS 63(6), 691-699).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Optional

from ...basics.errors import InputError
from ...measures.images import METRICS, Metric
from ...measures.images.streaming import Measured, Scene, Source, measure
from ...rasters.source import BandInfo
from ...sensors.catalogue import GENERIC, band_gains, pan_gain_of
from .pictures import Pictures, angles_map, crops_of
from .quality_rasters import FineReader, QualityRasters, RasterName, open_rasters, require_same_bands
from .readers import both, levels, measured_shifts, reprojected
from .reduced_pair import ReducedFiles, reduce_files

REFERENCE, FULL_RESOLUTION, WALD = PROTOCOLS = ("reference", "full_resolution", "wald")
FUSED, BASELINE = "fused", "EXP"
Watch = Callable[[float], None]


@dataclass(frozen=True)
class AssessmentJob:
    """What to assess.

    Attributes
    ----------
    protocol : str
        One of `PROTOCOLS`.
    fused, reference, pan, ms : str
        Paths or GDAL names; "" = not given.
    sensor : str
        Id of a sensor, see `sensors`.
    gains : tuple of float
        MTF gains at Nyquist, one or one per band, instead of the sensor's; () = the sensor's.
    pan_gain : float
        Likewise for the pan; 0 = the sensor's.
    ratio : float
        MS pixel over the fused one where no MS says it; 0 = not said.
    peak : float
        Largest value that a pixel can have, for PSNR and SSIM; 0 = the largest one in the reference.
    ms_moved : (dx, dy)
        What is added to the MS's map coordinates at full resolution: a measured shift that the fusion undid.
    largest_px : int
        Longest side of what is measured at full resolution, the middle of a larger raster; 0 = everything.
    """

    protocol: str
    fused: str = ""
    reference: str = ""
    pan: str = ""
    ms: str = ""
    sensor: str = GENERIC
    gains: tuple[float, ...] = ()
    pan_gain: float = 0.0
    ratio: float = 0.0
    peak: float = 0.0
    ms_moved: tuple[float, float] = (0.0, 0.0)
    largest_px: int = 0


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
    protocol : str
    metrics : tuple of Metric
    rows : tuple of Row
        The baseline first where there is an MS, the fused raster last.
    bands : tuple of BandInfo
    shape : (rows, cols)
        Pixels that were compared.
    ratio, peak : float
        0 where the protocol does not use it.
    gains : tuple of float
        MTF gain of each band; () likewise.
    shifts : tuple of (rows, cols)
        How far each band of the MS lies off its nominal place on the pan, pan pixels; () = not measured or not used.
    band_means : tuple of float
        Of the reference, for relative errors; () without one.
    pictures : Pictures or None
    """

    protocol: str
    metrics: tuple[Metric, ...]
    rows: tuple[Row, ...]
    bands: tuple[BandInfo, ...]
    shape: tuple[int, int]
    ratio: float = 0.0
    peak: float = 0.0
    gains: tuple[float, ...] = ()
    pan_gain: float = 0.0
    shifts: tuple[tuple[float, float], ...] = ()
    band_means: tuple[float, ...] = ()
    pictures: Optional[Pictures] = None

    @property
    def band_names(self) -> tuple[str, ...]:
        """Descriptions, or numbers where there are none."""
        return tuple(band.description or f"band {band.index}" for band in self.bands)

    def row(self, name: str) -> Optional[Row]:
        return next((row for row in self.rows if row.name == name), None)


@dataclass(frozen=True)
class Method:
    """A way to fuse two files, for Wald's protocol: its name, and what runs it: (pan, ms, output, watch)."""

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
    methods : the networks to run under Wald's protocol; unused by the others.
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


NEEDS = {REFERENCE: ("fused", "reference"), FULL_RESOLUTION: ("fused", "pan", "ms"), WALD: ("pan", "ms")}


def check_job(job: AssessmentJob) -> None:
    """Refuse a job that lacks something, from its parameters alone."""
    if job.protocol not in PROTOCOLS:
        raise InputError(f"PROTOCOL is '{job.protocol}'; expected one of {', '.join(PROTOCOLS)}.")
    missing = [name.upper() for name in NEEDS[job.protocol] if not getattr(job, name)]
    if missing:
        wanted = ", ".join(name.upper() for name in NEEDS[job.protocol])
        raise InputError(
            f"{' and '.join(missing)} is missing; PROTOCOL {job.protocol} needs {wanted}, so name a raster or choose "
            "another PROTOCOL."
        )
    if job.protocol == REFERENCE and not job.ms and not job.ratio:
        raise InputError("RATIO is missing; ERGAS needs MS, or the size of its pixels over those of FUSED as RATIO.")


def _against_reference(job: AssessmentJob, watch: Watch, pictures: bool) -> Assessment:
    fine = {"fused": RasterName(job.fused, "FUSED"), "reference": RasterName(job.reference, "REFERENCE")}
    ms = RasterName(job.ms, "MS") if job.ms else None
    require_same_bands(fine["fused"], fine["reference"])
    if ms:
        require_same_bands(fine["fused"], ms)
    with open_rasters(fine, ms) as rasters:
        return _compare(job, rasters, {FUSED: rasters.fine["fused"]}, watch, pictures)


def _compare(
    job: AssessmentJob, rasters: QualityRasters, contenders: dict[str, FineReader], watch: Watch, pictures: bool
) -> Assessment:
    """Every contender, and the interpolated MS where there is one, against `rasters.fine["reference"]`."""
    reference, shape = rasters.fine["reference"], rasters.shape
    ratio = rasters.ms.ratio if rasters.ms else job.ratio
    largest, means = levels(reference, shape)
    peak = job.peak or largest
    shown = {**({BASELINE: rasters.expanded} if rasters.expanded else {}), **contenders}
    metrics, rows = metrics_of(REFERENCE), []
    for number, (name, reader) in enumerate(shown.items()):
        sources = {"fused": _source(reader, shape), "reference": _source(reference, shape)}
        step = _part(watch, number, len(shown) + pictures)
        rows.append(Row(name, measure(metrics, Scene(sources, ratio, peak=peak), watch=step)))
    found = Assessment(
        job.protocol, metrics, tuple(rows), reference.band_infos, shape, ratio, peak, band_means=means
    )
    if not pictures:
        return found
    last = rows[-1].name
    angles = angles_map(both(shown[last], reference), shape, _part(watch, len(shown), len(shown) + 1))
    crops = crops_of({"reference": reference, **shown}, shape, "reference")
    return replace(found, pictures=Pictures(angles, f"between {last} and the reference", crops))


def _at_full_resolution(job: AssessmentJob, watch: Watch, pictures: bool) -> Assessment:
    fused, ms = RasterName(job.fused, "FUSED"), RasterName(job.ms, "MS")
    require_same_bands(fused, ms)
    fine = {"fused": fused, "pan": RasterName(job.pan, "PAN")}
    with open_rasters(fine, ms, job.ms_moved, job.largest_px) as rasters:
        coarse, pan, shape = rasters.ms, rasters.fine["pan"], rasters.shape
        gains, pan_gain = gains_of(job, coarse.bands)
        shifts = measured_shifts(job.pan, job.ms, coarse.bands, job.ms_moved)
        metrics, rows = metrics_of(FULL_RESOLUTION), []
        shown = {BASELINE: rasters.expanded, FUSED: rasters.fine["fused"]}
        beside = {"fine": _source(pan, shape), "coarse": Source(coarse, coarse.rows, coarse.cols, coarse.bands)}
        for number, (name, reader) in enumerate(shown.items()):
            sources = {"fused": _source(reader, shape), **beside}
            scene = Scene(sources, coarse.ratio, coarse.offset, gains, pan_gain, shifts)
            rows.append(Row(name, measure(metrics, scene, watch=_part(watch, number, len(shown) + pictures))))
        found = Assessment(
            job.protocol, metrics, tuple(rows), coarse.band_infos, shape, coarse.ratio, 0.0, gains, pan_gain, shifts
        )
        if not pictures:
            return found
        angles = angles_map(reprojected(scene), (coarse.rows, coarse.cols), _part(watch, 2, 3))
        crops = crops_of({"PAN": pan, **shown}, shape, BASELINE)
        between = "between the fused raster, brought back to the resolution of MS, and MS"
        return replace(found, pictures=Pictures(angles, between, crops))


def _by_wald(job: AssessmentJob, methods: Sequence[Method], watch: Watch, pictures: bool) -> Assessment:
    with tempfile.TemporaryDirectory(prefix="rsfusion_wald_") as folder:
        with open_rasters({"pan": RasterName(job.pan, "PAN")}, RasterName(job.ms, "MS")) as rasters:
            gains, pan_gain = gains_of(job, rasters.ms.bands)
            reduced = reduce_files(rasters, gains, pan_gain, Path(folder), _part(watch, 0, len(methods) + 2))
        outputs = {}
        for number, method in enumerate(methods):
            outputs[method.name] = str(Path(folder) / f"fused_{number}.tif")
            method.fuse(
                str(reduced.pan), str(reduced.ms), outputs[method.name], _part(watch, number + 1, len(methods) + 2)
            )
        with _opened(reduced, outputs) as (rasters, contenders):
            last = _part(watch, len(methods) + 1, len(methods) + 2)
            found = _compare(job, rasters, contenders, last, pictures)
            return replace(found, gains=gains, pan_gain=pan_gain)


def gains_of(job: AssessmentJob, bands: int) -> tuple[tuple[float, ...], float]:
    """MTF gain of each band, and of the pan."""
    return band_gains(job.sensor, job.gains, bands), pan_gain_of(job.sensor, job.pan_gain, bands)


@contextmanager
def _opened(reduced: ReducedFiles, outputs: dict[str, str]) -> Iterator[tuple[QualityRasters, dict[str, FineReader]]]:
    """The reference, the reduced MS and every method's result, on their common part."""
    fine = {"reference": RasterName(str(reduced.reference), "MS")}
    fine.update({name: RasterName(path, name) for name, path in outputs.items()})
    with open_rasters(fine, RasterName(str(reduced.ms), "MS")) as rasters:
        yield rasters, {name: rasters.fine[name] for name in outputs}


def _source(reader: FineReader, shape: tuple[int, int]) -> Source:
    return Source(reader, *shape, reader.bands)


def _part(watch: Watch, number: int, count: int) -> Watch:
    """What passes progress on within the share of one of `count` steps."""
    return lambda share: watch((number + min(max(share, 0.0), 1.0)) / count)
