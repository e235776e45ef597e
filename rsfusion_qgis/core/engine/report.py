"""What a fusion did, as a page for the browser: network or method, rasters, findings, and the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from ...tasks import task_by_id
from ..assessment.images.assess import FULL_RESOLUTION, AssessmentJob, Watch, assess
from ..assessment.images.report import assessment_parts
from ..basics.errors import CancelledError, RsFusionError
from ..basics.findings import Finding
from ..grid.crs import is_geographic, metres_per_unit
from ..grid.grid import Grid
from ..reports import page as html_page
from ..reports.bar_chart import bar_chart
from ..sensors.catalogue import GENERIC
from .run import FusionJob, FusionResult

_WORDS = {"info": "in order", "warning": "warning", "error": "error"}
LARGEST_PX = 1024
"""Of a larger result the quality is measured in the middle, so that a report costs seconds whatever the size."""


def fusion_report(title: str, job: FusionJob, result: FusionResult, quality: Sequence[str] = ()) -> str:
    """The page, HTML; `title` is the name of the algorithm, `quality` the markup of `quality_parts`."""
    warnings = sum(finding.severity == "warning" for finding in result.findings)
    verdict = f"Warnings about the rasters: {warnings}." if warnings else "The rasters fit each other."
    header = ("check", "result", "found", "measured", "limit")
    return html_page.page(
        title,
        html_page.note(verdict, "bad" if warnings else "good"),
        html_page.heading("Do the rasters lie on each other?"),
        html_page.table([_row(finding) for finding in result.findings], header),
        *quality,
        html_page.heading("The run"),
        html_page.table([*_input_rows(job), *_run_rows(job, result)]),
    )


def quality_parts(
    job: FusionJob, result: FusionResult, sensor: str = GENERIC, gains: tuple[float, ...] = (), pan_gain: float = 0.0,
    watch: Optional[Watch] = None,
) -> list[str]:  # fmt: skip
    """How good a pansharpened result is, without a reference, beside plain interpolation; markup.

    Parameters
    ----------
    sensor, gains, pan_gain : as in `assessment.images.assess.AssessmentJob`.
    watch : called with the share that is done; may raise to stop: the page then does without.
    """
    measured = AssessmentJob(
        FULL_RESOLUTION, result.output, "", job.inputs["pan"], job.inputs["ms"], sensor, gains, pan_gain,
        ms_moved=result.moved.get("ms", (0.0, 0.0)), largest_px=LARGEST_PX,
    )  # fmt: skip
    try:
        found = assess(measured, watch=watch, pictures=True)
        parts = assessment_parts(found)
        rows, cols = found.shape
        if LARGEST_PX in found.shape and rows * cols < result.pixels:
            parts.insert(0, html_page.paragraph(f"Measured in the middle, on {cols} x {rows} pixels."))
    except CancelledError:
        parts = [html_page.note("The quality was not measured: the run was cancelled after the result was written.")]
    except RsFusionError as error:
        parts = [html_page.note(f"The quality was not measured: {error}", "unknown")]
    return [html_page.heading("How good is the result?"), *parts]


def _input_rows(job: FusionJob) -> list[tuple[str, str]]:
    task = task_by_id(job.task)
    return [(task.parameter(role), path) for role, path in job.inputs.items()]


def class_parts(result: FusionResult) -> list[str]:
    """How much of the area each class covers; markup."""
    total = sum(pixels for _, pixels in result.class_pixels)
    hectares = _hectares(result.grid)
    rows = []
    for one, pixels in result.class_pixels:
        area = [] if hectares is None else [f"{hectares * pixels:,.2f}"]
        rows.append((one.name, str(one.code), f"{pixels:,}", f"{100 * pixels / max(total, 1):.2f}", *area))
    header = ("class", "code", "pixels", "% of the area", *([] if hectares is None else ["hectares"]))
    shares = {"share": [100 * pixels / max(total, 1) for _, pixels in result.class_pixels]}
    names = [one.name for one, _ in result.class_pixels]
    return [
        html_page.heading("What covers the area?"),
        html_page.table(rows, header),
        html_page.figure(bar_chart(names, shares, "%"), "Share of the pixels with data that were given each class."),
    ]


def _hectares(grid: Optional[Grid]) -> Optional[float]:
    """Of one pixel; None where its size in metres is not known."""
    if grid is None or not grid.crs_wkt or is_geographic(grid.crs_wkt):
        return None
    width, height = grid.pixel_size
    return width * height * metres_per_unit(grid.crs_wkt) ** 2 / 1e4


def _row(finding: Finding) -> tuple[str, ...]:
    unit = "" if finding.unit == "ratio" else f" {finding.unit}"
    numbers = ("" if value is None else f"{value:.3g}{unit}" for value in (finding.measured, finding.limit))
    return (finding.check.replace("_", " "), _WORDS[finding.severity], finding.sentence, *numbers)


def _run_rows(job: FusionJob, result: FusionResult) -> list[tuple[str, str]]:
    parts = [("checks", result.checking_seconds), ("statistics", result.statistics_seconds)]
    parts.append(("method" if job.classical else "network", result.inference_seconds))
    told = ", ".join(f"{what} {seconds:.1f}" for what, seconds in parts if seconds or what != "statistics")
    return [
        ("OUTPUT", result.output),
        *_fused_by(job),
        ("COREGISTRATION", job.policy),
        ("Pixels", f"{result.pixels}"),
        ("Tiles", f"{result.tiles} of {result.tile_size} pixels"),
        ("Computed by", result.provider),
        ("Seconds", f"{result.seconds:.1f} ({told})"),
    ]


def _fused_by(job: FusionJob) -> list[tuple[str, str]]:
    if job.classical is None:
        views = [("VIEWS", str(job.image.views))] if job.image.views > 1 else []
        return [("Network", Path(job.model).name), *views]
    choice = job.classical
    gains = ("GAINS", ", ".join(f"{gain:g}" for gain in choice.gains)) if choice.gains else ("SENSOR", choice.sensor)
    return [("METHOD", choice.method), gains]
