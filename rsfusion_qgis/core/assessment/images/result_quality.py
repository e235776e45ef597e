"""The part of a report on a fusion that says how good the result is, beside plain interpolation."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from ...basics.errors import CancelledError, RsFusionError
from ...reports import page as html_page
from .assess import Watch, assess
from .job import AssessmentJob
from .report import assessment_parts

LARGEST_PX = 1024
"""Of a larger result the quality is measured in the middle, so that a report costs seconds whatever the size."""


def quality_parts(job: AssessmentJob, pixels: int, watch: Optional[Watch] = None) -> list[str]:
    """How good a result is, without a reference; markup.

    Parameters
    ----------
    job : of the protocol FULL_RESOLUTION; `largest_px` is set here.
    pixels : of the whole result.
    watch : called with the share that is done; may raise to stop: the page then does without.
    """
    try:
        found = assess(replace(job, largest_px=LARGEST_PX), watch=watch, pictures=True)
        parts = assessment_parts(found)
        rows, cols = found.shape
        if LARGEST_PX in found.shape and rows * cols < pixels:
            parts.insert(0, html_page.paragraph(f"Measured in the middle, on {cols} x {rows} pixels."))
    except CancelledError:
        parts = [html_page.note("The quality was not measured: the run was cancelled after the result was written.")]
    except RsFusionError as error:
        parts = [html_page.note(f"The quality was not measured: {error}", "unknown")]
    return [html_page.heading("How good is the result?"), *parts]
