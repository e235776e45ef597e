"""The page about many secondaries on one reference: a table, how large the shifts were, and each before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..reports.page import figure, heading, listing, note, page, paragraph, table
from .registration import open_overlay
from .registration_report import Pictures, Watch, histogram
from .stack import LOOP_PX, UNCERTAIN, Row, StackJob
from .vector_field import draw

MOST_PICTURES = 12
"""Rasters of which pictures are shown; of more, the first ones."""
_HEADER = ("Raster", "Status", "Method", "Shift, columns", "rows", "Rotation", "Scale", "RMSE before", "after",
           "Confidence", "Loop")  # fmt: skip
_SHOWN = ("status", "method", "shift_cols", "shift_rows", "rotation_deg", "scale", "rmse_before", "rmse_after",
          "confidence", "loop_px")  # fmt: skip


def stack_page(job: StackJob, rows: Sequence[Row], watch: Watch) -> str:
    """The page, HTML; opens the rasters again for its pictures.

    Parameters
    ----------
    watch : called now and then; may raise to stop.
    """
    told = sum(row.result is not None for row in rows)
    open_loops = [row for row in rows if row.loop_px > LOOP_PX]
    verdict = f"{told} of {len(rows)} rasters were told with confidence and written."
    if open_loops:
        verdict += f" {len(open_loops)} loops do not close within {LOOP_PX:g} pixel: look at those rasters."
    parts = [
        note(verdict, "good" if told == len(rows) and not open_loops else "bad"),
        heading("All rasters"),
        paragraph(
            "Shifts are what was added, in reference pixels, RMSE likewise; degrees counter-clockwise. Loop: by how "
            "much reference, the raster before, this one and the reference again do not close."
        ),
        table([_cells(row) for row in rows], _HEADER),
    ]
    unknown = [f"{Path(row.secondary).name}: {row.said}" for row in rows if row.result is None]
    if unknown:
        parts += [heading("Not written"), listing(unknown)]
    shown = [row for row in rows if row.result is not None][:MOST_PICTURES]
    for row in shown:
        parts += _pictures(job, row, watch)
    return page(f"{len(rows)} rasters on {Path(job.registration.reference).name}", *parts)


def _cells(row: Row) -> list[str]:
    cells = row.cells
    return [Path(row.secondary).name, *(_short(cells[name]) for name in _SHOWN)]


def _short(text: str) -> str:
    try:
        return f"{float(text):.4g}"
    except ValueError:
        return text


def _pictures(job: StackJob, row: Row, watch: Watch) -> list[str]:
    if row.result is None or row.status == UNCERTAIN:
        return []
    estimate = row.result.estimate
    with open_overlay(replace(job.registration, secondary=row.secondary)) as overlay:
        boards = Pictures(overlay, estimate, row.result.verdict, watch).close_up()
        parts = [heading(Path(row.secondary).name), *boards[1:]]
        if estimate.chips:
            parts.append(figure(draw(estimate, overlay.domain), "What was added at each chip."))
            parts.append(figure(histogram(estimate), "How many chips lie how many pixels off, before and after."))
    return parts
