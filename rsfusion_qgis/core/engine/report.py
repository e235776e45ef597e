"""What a run did, as a page for the browser: network or method, rasters, findings, and the run itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..alignment.checks import CHECKS
from ..alignment.shift_finding import NAME as SHIFT
from ..basics.findings import Finding
from ..rasters.band_stack import behind
from ..reports import page as html_page
from .job import Job, Result

ALIGNMENT = frozenset({module.NAME for module in CHECKS} | {SHIFT, "rpc"})
"""Checks of how the rasters are aligned; all others tell of bands, units, values and the method."""
_WORDS = {"info": "in order", "warning": "warning", "error": "error"}


def run_report(title: str, result: Result, parts: Sequence[str] = (), aligned: Sequence[str] = ()) -> str:
    """The page, HTML.

    Parameters
    ----------
    title : the name of the algorithm, and of what it was run on.
    parts : what the task says about the result.
    aligned : what stands under the checks of the alignment, such as pictures.
    """
    job = result.plan.job
    warnings = sum(finding.severity == "warning" for finding in result.findings)
    verdict = f"Warnings about the rasters: {warnings}." if warnings else "The rasters fit each other."
    fits = [finding for finding in result.findings if finding.check in ALIGNMENT]
    others = [finding for finding in result.findings if finding.check not in ALIGNMENT]
    return html_page.page(
        title,
        html_page.note(verdict, "bad" if warnings else "good"),
        *_findings("Are the rasters aligned?", fits),
        *aligned,
        *_findings("What else was found" if fits else "What was found", others),
        *parts,
        html_page.heading("The run"),
        html_page.table([*_input_rows(job), *_run_rows(job, result)]),
    )


def _findings(title: str, findings: Sequence[Finding]) -> list[str]:
    """A part of the page; none where there is nothing to tell."""
    if not findings:
        return []
    header = ("check", "result", "found", "measured", "limit")
    return [html_page.heading(title), html_page.table([_row(finding) for finding in findings], header)]


def _input_rows(job: Job) -> list[tuple[str, str]]:
    return [(job.task.parameter(role), behind(path)) for role, path in job.inputs.items()]


def _row(finding: Finding) -> tuple[str, ...]:
    unit = "" if finding.unit == "ratio" else f" {finding.unit}"
    numbers = ("" if value is None else f"{value:.3g}{unit}" for value in (finding.measured, finding.limit))
    word = "can be improved" if finding.severity == "info" and finding.cure else _WORDS[finding.severity]
    return (finding.check.replace("_", " "), word, finding.sentence, *numbers)


def _run_rows(job: Job, result: Result) -> list[tuple[str, str]]:
    parts = [("checks", result.checking_seconds), ("statistics", result.survey_seconds)]
    parts.append(("method" if job.method else "network", result.computing_seconds))
    told = ", ".join(f"{what} {seconds:.1f}" for what, seconds in parts if seconds or what != "statistics")
    return [
        ("OUTPUT", result.output),
        ("METHOD", job.method) if job.method else ("Network", Path(job.model).name),
        *job.task.rows(job),
        ("COREGISTRATION", job.policy),
        ("Pixels", f"{result.pixels}"),
        ("Tiles", f"{result.tiles} of {result.tile_size} pixels"),
        ("Computed by", result.provider),
        ("Seconds", f"{result.seconds:.1f} ({told})"),
    ]
