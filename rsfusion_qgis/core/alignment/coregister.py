"""The secondary raster written so that it lies on the reference: measured, corrected, measured again; file to file.

A global shift, and a similarity, change the georeferencing only; a local distortion is warped away. Either may be
brought onto the reference's grid at once. What does not lower the residual is not applied. The second measurement of a
local correction uses other chips than those that it was made from, where the rasters are large enough.

No value is taken for a height and shifted. Since the secondary may be a raster of heights, and its values are kept,
the result keeps what its CRS says of heights, too, beside the horizontal CRS of the grid on which it is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Callable, Optional

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..basics.monitor import Monitor
from ..basics.pending_file import PendingFile, move_all, pending_text
from ..grid.grid import IDENTITY, Grid
from ..grid.heights import with_heights_of
from ..rasters.background import in_background
from ..rasters.band_info import shifted_rpc
from ..rasters.formats import check_options, driver_for
from ..rasters.lineage import DOMAIN
from ..rasters.overwriting import Read, Written, check_names
from ..rasters.rewriting import common_type, marks_for, write_copy, write_warped
from ..rasters.sink import OutputProfile
from ..rasters.source import RasterSource
from ..rasters.trial import try_format
from ..rasters.virtual_raster import KERNELS, Scratch
from .checks.pair import Pair
from .corrected_raster import covers, on_grid, on_own_grid
from .correction import BEST, LOCAL_METHODS, METHODS, Correction, Frame, agreeing_points, correct
from .field_files import field_of, pending_field, pending_points
from .pairing import make_pair
from .registration import (
    RATIO_RANGE,
    REFERENCE,
    SECONDARY,
    Registration,
    RegistrationJob,
    open_overlay,
    register,
    time_sentence,
)
from .registration_report import registration_page
from .shift.shift_estimate import ShiftEstimate
from .shift_finding import NAME as RESIDUAL_SHIFT
from .shift_finding import describe
from .uncertain import require_sure
from .warp_choice import choose

POINTS, FIELD, REPORT = "CONTROL_POINTS", "FIELD", "REPORT"
"""The users' parameters for what is written beside the raster."""
_MEASURED, _JUDGED = 0.25, 0.5
"""Shares of the progress at the end of the first and of the second measurement."""


@dataclass(frozen=True)
class CoregisterJob:
    """What to correct, how, and where to put it.

    Attributes
    ----------
    registration : RegistrationJob
        Both rasters and how they are compared.
    output : str
    method : str
        "best": the simplest of the others that the chips bear out; "shift": moved as a whole; "similarity": also
        turned and stretched; "affine": also sheared; "polynomial", "tps" (thin plate spline): warped through the
        places where both agree.
    on_reference_grid : bool
        Resample onto the reference's pixels over the area that both cover.
    kernel : str
        "cubic", "bilinear" or "nearest", where pixels are computed anew.
    output_format : str
        GDAL driver; "" = by the file's ending.
    creation_options : tuple of str
        "KEY=VALUE" for that driver.
    sources : dict
        The user's parameter -> GDAL name as it was given, of rasters that are compared under another name.
    points, field, report : str
        Files of control points and of the displacement field, see `field_files`, and of the page; "" = none.
    beside : dict
        The user's parameter -> file, of what others write about this run: it must not replace anything either.
    """

    registration: RegistrationJob
    output: str
    method: str = BEST
    on_reference_grid: bool = False
    kernel: str = "cubic"
    output_format: str = ""
    creation_options: tuple[str, ...] = ()
    sources: dict[str, str] = dataclass_field(default_factory=dict)
    points: str = ""
    field: str = ""
    report: str = ""
    beside: dict[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class CoregisterResult:
    """What was found and done.

    Attributes
    ----------
    output : str
    estimate : ShiftEstimate
        Of the rasters as they were.
    verdict : str
        On the rasters as they were: "aligned" or "shifted".
    shift_map : tuple of 2 floats
        (x, y) to add to the secondary's map coordinates in the reference's CRS.
    applied : bool
    rmse_before, rmse_after : float
        Root mean square displacement, reference pixels; equal where nothing was applied.
    findings : tuple of str
        One sentence each.
    method : str
        Of the correction, one of `METHODS`, whether or not it was applied.
    domain : Grid
        The part of the reference's grid that was compared, from whose first pixel the estimate counts.
    """

    output: str
    estimate: ShiftEstimate
    verdict: str
    shift_map: tuple[float, float]
    applied: bool
    rmse_before: float
    rmse_after: float
    findings: tuple[str, ...]
    method: str = ""
    domain: Optional[Grid] = None


def check(job: CoregisterJob) -> None:
    """Everything that headers tell.

    Raises
    ------
    InputError, OutputError, CoregistrationError
    """
    compared = job.registration
    for name, value, choices in (("METHOD", job.method, (*METHODS, BEST)), ("RESAMPLING", job.kernel, KERNELS)):
        if value not in choices:
            raise InputError(f"{name} is '{value}'; expected one of {', '.join(choices)}.")
    driver = driver_for(job.output, job.output_format)
    check_options(driver, job.creation_options)
    reads = [*job.sources.items(), (REFERENCE, compared.reference), (SECONDARY, compared.secondary)]
    named = {POINTS: job.points, FIELD: job.field, REPORT: job.report, **job.beside}
    more = [Written(name, path) for name, path in named.items() if path]
    check_names([Written("OUTPUT", job.output, driver, job.creation_options), *more], [Read(*one) for one in reads])
    with open_overlay(compared):
        pass
    if not job.on_reference_grid and _without_georeferencing(_grid(compared.secondary, SECONDARY)):
        raise InputError(
            "SECONDARY has no georeferencing that a correction could be written into; set ON_REFERENCE_GRID to "
            "resample it onto the pixels of REFERENCE."
        )


def run(job: CoregisterJob, monitor: Monitor) -> CoregisterResult:
    """Measure, correct and write.

    Raises
    ------
    RsFusionError
        One sentence for the user; nothing stands under the output's name, inputs are as they were.
    """
    check(job)
    return in_background(lambda relay: _run(job, relay), monitor)


def _run(job: CoregisterJob, monitor: Monitor) -> CoregisterResult:
    with Scratch() as scratch:
        return _Run(job, monitor, scratch).execute()


class _Run:
    """One run, from the grids to the file."""

    def __init__(self, job: CoregisterJob, monitor: Monitor, scratch: Scratch) -> None:
        self.job, self.monitor, self.scratch = job, monitor, scratch
        given = _grid(job.registration.reference, REFERENCE)
        self.bare = _without_georeferencing(given)
        with RasterSource(job.registration.secondary, SECONDARY) as source:
            compared = replace(job.registration, secondary=source.readable)
        self.compared = _placed_by_pixels(compared, scratch) if self.bare else compared
        self.reference = _grid(self.compared.reference, REFERENCE)
        self.map_step, self.findings = given.vector_to_map, []
        stored = _grid(self.compared.secondary, SECONDARY)
        self.own = self._pair(stored).other.counted_like(stored)

    def _pair(self, secondary: Grid) -> Pair:
        names, tolerance = (REFERENCE, SECONDARY), self.compared.tolerance_px
        return make_pair(names, self.reference, secondary, RATIO_RANGE, tolerance, "correct")

    def execute(self) -> CoregisterResult:
        self.monitor.info(time_sentence(self.compared))
        measured = register(self.compared, self._watch(0.0, _MEASURED))
        for finding in measured.findings:
            self._say(finding.sentence, finding.severity == "warning")
        estimate = measured.estimate
        require_sure(estimate, self.compared)
        self._say(f"{describe(estimate, REFERENCE, SECONDARY)}; RMSE {estimate.rmse:.2f} pixels")
        if self.job.method == BEST:
            self.job = self._chosen(estimate)
        frame = Frame(measured.domain, self.own)
        correction, before, after = self._decide(estimate, frame)
        applied = correction is not None
        beside = self._beside(measured, frame)
        try:
            self._write(correction or Correction(self.own), _history(self.job, estimate, before, after, applied))
            move_all(beside)
        finally:
            for one in beside:
                one.discard()
        self.monitor.progress(1.0)
        return CoregisterResult(
            self.job.output, estimate, estimate.verdict(self.compared.tolerance_px),
            self.map_step(estimate.cols, estimate.rows), applied, before, after, tuple(self.findings),
            self.job.method, measured.domain,
        )  # fmt: skip

    def _chosen(self, estimate: ShiftEstimate) -> CoregisterJob:
        """The job with the correction that the chips bear out."""
        choice = choose(estimate)
        if choice.errors:
            self._say(choice.sentence)
        if choice.sense:
            self._say(f"Beyond shift, rotation, scale and shear, {choice.sense}")
        return replace(self.job, method=choice.method)

    def _decide(self, estimate: ShiftEstimate, frame: Frame) -> tuple[Optional[Correction], float, float]:
        """The correction, or None where there is nothing to gain; the RMSE before and after."""
        off = estimate.length if self.job.method == "shift" else estimate.rmse
        if off <= self.compared.tolerance_px:
            self._say(
                f"SECONDARY lies on REFERENCE within TOLERANCE already ({off:.2f} of {self.compared.tolerance_px:g} "
                "pixels), so it is written as it lies", True,
            )  # fmt: skip
            return None, estimate.rmse, estimate.rmse
        correction = correct(frame, estimate, self.job.method)
        before, after = self._judged(estimate, correction)
        unsure = after.verdict(self.compared.tolerance_px) == "uncertain"
        if unsure or not after.rmse < before:
            doubt = f", and not with enough confidence ({after.confidence:.2f})" if unsure else ""
            self._say(
                f"METHOD '{self.job.method}' would leave an RMSE of {after.rmse:.2f} pixels{doubt} where it is "
                f"{before:.2f}, so it is not applied and SECONDARY is written as it lies", True,
            )  # fmt: skip
            return None, before, before
        self._say(f"METHOD '{self.job.method}' lowers the RMSE from {before:.2f} to {after.rmse:.2f} pixels")
        return correction, before, after.rmse

    def _judged(self, estimate: ShiftEstimate, correction: Correction) -> tuple[float, ShiftEstimate]:
        """RMSE before, and the estimate after; on a mesh of its own for what was made from the chips themselves."""
        kernel, compared = self.job.kernel, self.compared
        before, half = estimate.rmse, (_MEASURED + _JUDGED) / 2
        with RasterSource(compared.secondary, SECONDARY) as source:
            marks = marks_for(source, False)
        path = on_own_grid(self.scratch, compared.secondary, correction, self.own, kernel, marks)
        if self.job.method in LOCAL_METHODS:
            search = replace(compared.search, mesh=compared.search.mesh + 1)
            compared = replace(compared, search=search)
            before = register(compared, self._watch(_MEASURED, half)).estimate.rmse
        after = register(replace(compared, secondary=path), self._watch(half, _JUDGED)).estimate
        return before, after

    def _beside(self, measured: Registration, frame: Frame) -> list[PendingFile]:
        """Page, points and field, where they are wanted; they get their names when the raster stands."""
        pending: list[PendingFile] = []
        try:
            self._make_beside(measured, frame, pending)
        except BaseException:
            for one in pending:
                one.discard()
            raise
        return pending

    def _make_beside(self, measured: Registration, frame: Frame, pending: list[PendingFile]) -> None:
        job = self.job
        if job.report:
            told = tuple(Finding(RESIDUAL_SHIFT, "info", SECONDARY, text.rstrip(".")) for text in self.findings)
            watch = self._watch(_JUDGED, _JUDGED)
            page = registration_page(job.registration, replace(measured, findings=told), watch, self.findings[-1])
            pending.append(pending_text(job.report, page, REPORT))
        if job.points:
            points = agreeing_points(frame, measured.estimate)
            pending.append(pending_points(points, job.points, frame.secondary.crs_wkt, POINTS))
        if job.field:
            pending.append(pending_field(*field_of(measured.estimate, job.method, frame.domain), job.field, FIELD))

    def _write(self, correction: Correction, history: dict[str, str]) -> None:
        job, watch = self.job, self._watch(_JUDGED, 1.0)
        path, format_and_options = self.compared.secondary, (job.output_format, job.creation_options)
        with RasterSource(job.registration.secondary, SECONDARY) as source:
            heights, same_pixels = source.crs_wkt, not job.on_reference_grid and not correction.points
            rpc = self._moved_rpc(source.rpc, correction) if same_pixels else {}
            if source.rpc and not rpc:
                self._say("SECONDARY has rational polynomial coefficients (RPC), which the result does not get", True)
            self._try(OutputProfile(Grid("", IDENTITY, 1, 1), source.bands, common_type(source)))
        if same_pixels:
            crs_wkt = with_heights_of(correction.grid.crs_wkt, heights)
            placed = self.scratch.placed(path, correction.grid.geotransform, crs_wkt, rpc)
            return write_copy(placed, job.output, *format_and_options, watch)
        target = self._target(correction) if job.on_reference_grid else self.own
        with RasterSource(path, SECONDARY) as source:
            marks = marks_for(source, covers(correction, target) and not self.bare)
            grid = replace(target, crs_wkt=with_heights_of(target.crs_wkt, heights))
            grid = Grid("", IDENTITY, target.width, target.height) if self.bare else grid
            profile = OutputProfile(
                grid, source.bands, common_type(source), marks.nodata, marks.mask_kind,
                {**source.metadata, DOMAIN: history},
            )  # fmt: skip
        warped = on_grid(self.scratch, path, correction, target, job.kernel, marks)
        return write_warped(warped, SECONDARY, profile, marks, job.output, *format_and_options, watch)

    def _moved_rpc(self, rpc: dict[str, str], correction: Correction) -> dict[str, str]:
        """The coefficients with the correction's shift in their offsets, {} where a shift cannot say it all.

        Where ground was seen at a pixel, other ground is seen now; the offsets are what makes up for it.
        """
        old, new = self.own, correction.grid
        if not rpc or old.crs_wkt != new.crs_wkt:
            return {}
        places = [(0.0, 0.0), (old.width, 0.0), (0.0, old.height), (old.width, old.height)]
        moved = [old.to_pixel(*new.to_map(*place)) for place in places]
        off = [(col - place[0], row - place[1]) for (col, row), place in zip(moved, places)]
        cols, rows = ([one[axis] for one in off] for axis in (0, 1))
        if max(max(cols) - min(cols), max(rows) - min(rows)) > self.compared.tolerance_px:
            return {}
        return shifted_rpc(rpc, sum(cols) / 4, sum(rows) / 4)

    def _try(self, profile: OutputProfile) -> None:
        """Say what the format changes of the values; raises OutputError where that was not asked for."""
        loss = try_format(self.job.output, profile, self.job.output_format, self.job.creation_options)
        if loss is not None:
            self._say(loss.sentence, True)

    def _target(self, correction: Correction) -> Grid:
        """The reference's pixels that the corrected secondary covers; all of them where none can say where it lies."""
        window = self.reference.window if self.bare else self._pair(correction.grid).fit.covered()
        if window.is_empty:
            raise InputError("REFERENCE and the corrected SECONDARY share no pixel; choose rasters of one area.")
        return self.reference.crop(window)

    def _say(self, sentence: str, warning: bool = False) -> None:
        sentence = f"{sentence.rstrip('.')}."
        self.findings.append(sentence)
        (self.monitor.warning if warning else self.monitor.info)(sentence)

    def _watch(self, start: float, end: float) -> Callable[[float], None]:
        """Shows a step's share of the whole, and ends the run when that is wished."""
        return self.monitor.watch(start, end)


def _grid(path: str, role: str) -> Grid:
    with RasterSource(path, role) as source:
        return source.grid


def _without_georeferencing(grid: Grid) -> bool:
    return not grid.crs_wkt and not grid.is_georeferenced


def _placed_by_pixels(compared: RegistrationJob, scratch: Scratch) -> RegistrationJob:
    """Both rasters placed in pixels of the reference, y upwards, so that they can be moved against each other."""
    reference, secondary = (
        _grid(path, role) for path, role in ((compared.reference, REFERENCE), (compared.secondary, SECONDARY))
    )
    size, top = reference.width / secondary.width, float(reference.height)
    return replace(
        compared,
        reference=scratch.placed(compared.reference, (0.0, 1.0, 0.0, top, 0.0, -1.0), ""),
        secondary=scratch.placed(compared.secondary, (0.0, size, 0.0, top, 0.0, -size), ""),
    )


def _history(job: CoregisterJob, estimate: ShiftEstimate, before: float, after: float, applied: bool) -> dict[str, str]:
    return {
        "TASK": "coregister",
        "METHOD": job.method if applied else "none",
        "SHIFT_COLS": f"{estimate.cols:.4f}",
        "SHIFT_ROWS": f"{estimate.rows:.4f}",
        "RMSE_BEFORE": f"{before:.4f}",
        "RMSE_AFTER": f"{after:.4f}",
        "RESAMPLING": job.kernel,
    }
