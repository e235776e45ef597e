"""What a measured shift means, in words and as a page: verdict, numbers, findings, and pictures of both rasters.

Sign and units: see `alignment.shift.shift_estimate`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Optional

import numpy as np

from ..grid.crs import unit_name
from ..grid.grid import Grid, Window, in_the_map
from ..reports.charts import bar_chart
from ..reports.checkerboard import Displacement, Pair
from ..reports.page import beside, figure, heading, image, listing, note, page, paragraph, table
from .registration import REFERENCE, SECONDARY, Overlay, Registration, RegistrationJob, open_overlay
from .shift.shift_estimate import ShiftEstimate
from .vector_field import draw

MOOD = {"aligned": "good", "shifted": "bad", "uncertain": "unknown"}
OVERVIEW = 520
"""Longer side of a picture of the whole area, picture pixels."""
LARGEST_OVERVIEW_PX = 4096
"""Reference pixels; of a larger area the middle is shown, so that a page costs seconds whatever the raster's size."""
CLOSE_UP_PX, CLOSE_UP = 128, 512
"""Side of the close-up in reference pixels, and on the page in CSS pixels."""
BINS = 10
"""Of the histogram."""
OVERVIEW_SQUARES, CLOSE_UP_SQUARES = 8, 8

Watch = Callable[[float], None]


def verdict_sentence(job: RegistrationJob, found: Registration) -> str:
    """What was found, in one sentence; where it is uncertain, why, and what can be done."""
    estimate = found.estimate
    verdict = estimate.verdict(job.tolerance_px)
    if verdict == "uncertain":
        return _why_uncertain(job, found)
    x, y = estimate.in_map_units(in_the_map(found.domain))
    shift = (
        f"the shift is {estimate.length:.2f} reference pixels (confidence {estimate.confidence:.2f}), "
        f"{{}} the tolerance of {job.tolerance_px:g}"
    )
    if verdict == "shifted":
        return (
            f"SECONDARY does not lie on REFERENCE: {shift.format('beyond')}; add ({x:.6g}, {y:.6g}) to its map "
            "coordinates, or run rsfusion:coregister."
        )
    if estimate.rmse > job.tolerance_px:
        return (
            f"SECONDARY lies on REFERENCE as a whole ({shift.format('within')}), but parts of it are off by "
            f"{estimate.rmse:.2f} pixels on average; rsfusion:coregister can correct local distortion."
        )
    return f"SECONDARY lies on REFERENCE: {shift.format('within')}."


def _why_uncertain(job: RegistrationJob, found: Registration) -> str:
    estimate, limit = found.estimate, searched_px(job, found.estimate)
    start = "It is uncertain how SECONDARY lies on REFERENCE"
    if not estimate.chips:
        return (
            f"{start}: nowhere do both have enough valid pixels with structure, or their common part "
            f"({found.domain.width} x {found.domain.height} reference pixels) is too small for shifts of {limit:.4g}; "
            "choose other bands or rasters, or a lower MAX_SHIFT."
        )
    if estimate.at_limit:
        return (
            f"{start}: the best match lies at the edge of the search range of {limit:.4g} reference pixels, so the "
            "true shift may be larger; raise MAX_SHIFT."
        )
    return (
        f"{start}: within {limit:.4g} reference pixels they show too little common structure (confidence "
        f"{estimate.confidence:.2f}); choose bands that show the same, larger parts of the rasters, or a larger "
        "MAX_SHIFT if they may lie farther apart."
    )


def searched_px(job: RegistrationJob, estimate: ShiftEstimate) -> float:
    """How far was looked, reference pixels."""
    return job.search.max_shift_px if math.isnan(estimate.searched_px) else estimate.searched_px


def number_rows(job: RegistrationJob, found: Registration) -> list[tuple[str, str, str]]:
    """Return (what, value, unit) of everything that was measured; what is uncertain is not given as a number."""
    estimate, pixels, map_unit = found.estimate, "reference pixels", unit_name(found.domain.crs_wkt) or "map units"
    x, y = estimate.in_map_units(in_the_map(found.domain))
    agree = sum(chip.agrees for chip in estimate.chips)
    shift = [
        ("Shift to the east (x)", f"{x:+.6g}", map_unit),
        ("Shift to the north (y)", f"{y:+.6g}", map_unit),
        ("Shift to the right (columns)", f"{estimate.cols:+.3f}", pixels),
        ("Shift downwards (rows)", f"{estimate.rows:+.3f}", pixels),
        ("Length of the shift", f"{estimate.length:.3f}", pixels),
        ("Rotation, counter-clockwise", f"{estimate.rotation_deg:+.4f}", "degrees"),
        ("Scale", f"{estimate.scale:.6f}", ""),
        ("Columns stretched more than rows", f"{100 * estimate.aspect:+.3f}", "%"),
        ("Shear", f"{estimate.shear_deg:+.4f}", "degrees"),
        ("Root mean square displacement (RMSE)", f"{estimate.rmse:.3f}", pixels),
        ("Left over by all of these (spread)", f"{estimate.spread:.3f}", pixels),
    ]
    if estimate.verdict(job.tolerance_px) == "uncertain":
        shift = [("Shift", "uncertain", "")]
    return [
        *shift,
        ("Confidence", f"{estimate.confidence:.2f}", "(0 to 1)"),
        ("Usable part of the common area", f"{100 * estimate.usable:.0f}", "%"),
        ("Chips that agree", f"{agree} of {len(estimate.chips)}", ""),
        ("Compared by", estimate.method, ""),
        ("Searched up to", f"{searched_px(job, estimate):.4g}", pixels),
        ("Tolerance", f"{job.tolerance_px:g}", pixels),
        ("Common area", f"{found.domain.width} x {found.domain.height}", pixels),
    ]


def registration_page(
    job: RegistrationJob, found: Registration, watch: Optional[Watch] = None, done: str = ""
) -> str:
    """The report as one HTML page; opens the rasters again for its pictures.

    Parameters
    ----------
    watch : called with the share that is done; may raise to stop.
    done : what was done about it, in place of what can be done.
    """
    names = Path(job.secondary).name, Path(job.reference).name
    estimate = found.estimate
    with open_overlay(job) as overlay:
        pictures = Pictures(overlay, estimate, estimate.verdict(job.tolerance_px), watch or (lambda share: None))
        boards = pictures.overview() + pictures.close_up()
    return page(
        f"{names[0]} on {names[1]}",
        note(done, "good") if done else note(verdict_sentence(job, found), MOOD[estimate.verdict(job.tolerance_px)]),
        *_numbers(job, found),
        *boards,
        *_field(estimate, found.domain, estimate.verdict(job.tolerance_px) != "uncertain"),
    )


def _numbers(job: RegistrationJob, found: Registration) -> list[str]:
    files = [("REFERENCE", job.reference, _bands(job.reference_bands))]
    files.append(("SECONDARY", job.secondary, _bands(job.secondary_bands)))
    parts = [
        heading("Rasters"),
        table(files),
        heading("Measured"),
        paragraph("The shift is what must be added to the position of SECONDARY so that it lies on REFERENCE."),
        table(number_rows(job, found), ("", "Value", "Unit")),
    ]
    sentences = [finding.sentence for finding in found.findings]
    return [*parts, heading("Findings"), listing(sentences)] if sentences else parts


def _bands(bands: tuple[int, ...]) -> str:
    return f"bands {', '.join(map(str, bands))}" if bands else "all bands"


def _field(estimate: ShiftEstimate, domain: Grid, sure: bool) -> list[str]:
    if not estimate.chips:
        return []
    caption = (
        "What must be added to SECONDARY at each chip: the arrows' lengths follow the legend, not the frame, which is "
        "the common area; very long ones are cut. Chips that do not fit the others are left out of the numbers."
    )
    counts = "How many chips lie how many pixels off, before and after the measured shift."
    return [
        heading("Local displacements"),
        figure(draw(estimate, domain), caption),
        *([figure(histogram(estimate), counts)] if sure else []),
    ]


def histogram(estimate: ShiftEstimate) -> str:
    """A drawing: how many of the chips that agree lie how far off, before and after the model is undone."""
    kept = [chip for chip in estimate.chips if chip.agrees]
    before = np.array([math.hypot(chip.cols, chip.rows) for chip in kept])
    models = [estimate.displacement(chip.col, chip.row) for chip in kept]
    after = np.array([math.hypot(chip.cols - c, chip.rows - r) for chip, (c, r) in zip(kept, models)])
    highest = max(float(before.max(initial=0.0)), float(after.max(initial=0.0)), 0.1)
    ends = np.linspace(0, highest, BINS + 1)
    names = [f"{(a + b) / 2:.2g}" for a, b in zip(ends, ends[1:])]
    counts = [np.histogram(lengths, ends)[0].astype(float).tolist() for lengths in (before, after)]
    return bar_chart(names, dict(zip(("before", "after"), counts)), "chips")


class Pictures:
    """The checkerboards of one report, before and after the measured shift."""

    def __init__(
        self, overlay: Overlay, estimate: ShiftEstimate, verdict: str, watch: Watch,
        names: tuple[str, str] = (REFERENCE, SECONDARY),
    ) -> None:  # fmt: skip
        self._names = names
        self._pair = Pair(overlay.reference, overlay.secondary)
        self._domain, self._estimate, self._watch = overlay.domain, estimate, watch
        self._states: list[tuple[str, Optional[Displacement]]] = [("as they lie", None)]
        if verdict != "uncertain":
            self._states.append(("after the measured shift", estimate.displacement))

    def overview(self) -> list[str]:
        """The whole common area, or the middle of a large one."""
        area = _middle(self._domain, self._domain.width / 2, self._domain.height / 2, LARGEST_OVERVIEW_PX)
        longer = max(area.width, area.height)
        step = -(-longer // OVERVIEW)
        square = max(4, longer // step // OVERVIEW_SQUARES)
        whole = area.shape == (self._domain.height, self._domain.width)
        what = "The common area" if whole else f"The middle of the common area, {area.width} x {area.height} pixels"
        return [heading("Overview"), self._row(area, step, square, what, OVERVIEW * area.width // longer, 0.0)]

    def close_up(self) -> list[str]:
        """One place in the reference's own pixels."""
        col, row = self._best_place()
        area = _middle(self._domain, col, row, CLOSE_UP_PX)
        what = f"{area.width} x {area.height} pixels from column {area.col_off}, row {area.row_off} of the common area"
        width = CLOSE_UP * area.width // max(area.width, area.height)
        square = max(4, max(area.width, area.height) // CLOSE_UP_SQUARES)
        return [heading("Close-up"), self._row(area, 1, square, what, width, 0.5)]

    def _row(self, area: Window, step: int, square: int, what: str, width: int, begun: float) -> str:
        figures = []
        for number, (state, displacement) in enumerate(self._states):
            share = begun + 0.5 * number / len(self._states)
            board = self._pair.board(area, step, square, displacement, lambda share=share: self._watch(share))
            text = f"{what}, {state}: squares of {self._names[0]} (upper left) and {self._names[1]} in turn."
            figures.append(figure(image(board, text, width), text))
        return beside(*figures)

    def _best_place(self) -> tuple[float, float]:
        """Centre of the chip that decides most clearly, of the area where there is none."""
        chips = sorted(self._estimate.chips, key=lambda chip: (chip.agrees, chip.score))
        return (chips[-1].col, chips[-1].row) if chips else (self._domain.width / 2, self._domain.height / 2)


def _middle(domain: Grid, col: float, row: float, side: int) -> Window:
    """A window of at most that side around a position, moved so that it lies inside."""
    width, height = min(side, domain.width), min(side, domain.height)
    col_off = min(max(round(col - width / 2), 0), domain.width - width)
    row_off = min(max(round(row - height / 2), 0), domain.height - height)
    return Window(col_off, row_off, width, height)
