"""What a fusion did, as a page for the browser: network, rasters, findings, and the run itself."""

from __future__ import annotations

from pathlib import Path

from . import html_page
from .coregistration import Finding
from .pipeline import FusionJob, FusionResult

_WORDS = {"info": "in order", "warning": "warning", "error": "error"}


def fusion_report(title: str, job: FusionJob, result: FusionResult) -> str:
    """The page, HTML; `title` is the name of the algorithm."""
    warnings = sum(finding.severity == "warning" for finding in result.findings)
    verdict = f"Warnings about the rasters: {warnings}." if warnings else "The rasters fit each other."
    header = ("check", "result", "found", "measured", "limit")
    return html_page.page(
        title,
        html_page.note(verdict, "bad" if warnings else "good"),
        html_page.heading("Do the rasters lie on each other?"),
        html_page.table([_row(finding) for finding in result.findings], header),
        html_page.heading("The run"),
        html_page.table([*((role.upper(), path) for role, path in job.inputs.items()), *_run_rows(job, result)]),
    )


def _row(finding: Finding) -> tuple[str, ...]:
    unit = "" if finding.unit == "ratio" else f" {finding.unit}"
    numbers = ("" if value is None else f"{value:.3g}{unit}" for value in (finding.measured, finding.limit))
    return (finding.check.replace("_", " "), _WORDS[finding.severity], finding.sentence, *numbers)


def _run_rows(job: FusionJob, result: FusionResult) -> list[tuple[str, str]]:
    parts = f"checks {result.checking_seconds:.1f}, network {result.inference_seconds:.1f}"
    return [
        ("OUTPUT", result.output),
        ("Network", Path(job.model).name),
        ("COREGISTRATION", job.policy),
        ("Pixels", f"{result.pixels}"),
        ("Tiles", f"{result.tiles} of {result.tile_size} pixels"),
        ("Computed by", result.provider),
        ("Seconds", f"{result.seconds:.1f} ({parts})"),
    ]
