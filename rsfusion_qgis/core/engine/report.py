"""What a fusion did, as a page for the browser: network or method, rasters, findings, and the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...tasks import task_by_id
from ..basics.findings import Finding
from ..reports import page as html_page
from .run import FusionJob, FusionResult

_WORDS = {"info": "in order", "warning": "warning", "error": "error"}


def fusion_report(title: str, job: FusionJob, result: FusionResult, quality: Sequence[str] = ()) -> str:
    """The page, HTML; `title` is the name of the algorithm, `quality` the markup of how good the result is."""
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


def _input_rows(job: FusionJob) -> list[tuple[str, str]]:
    task = task_by_id(job.task)
    return [(task.parameter(role), path) for role, path in job.inputs.items()]


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
