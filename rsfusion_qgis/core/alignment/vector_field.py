"""A drawing, in SVG, of the displacements found over a mesh of chips: one arrow each, longer than life."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..grid.grid import Grid
from .shift.shift_estimate import LocalShift, ShiftEstimate

SIDE = 520
"""Longer side of the drawing, CSS pixels."""
AGREES, DIFFERS = "#1f6fb2", "#d1701f"
LEAST_LENGTH_PX = 0.1
"""Displacements are drawn as if the common ones were at least so long: smaller ones are noise."""
_LEGEND = 44  # CSS pixels below the frame


@dataclass(frozen=True)
class Drawing:
    """How pixels of the domain become the drawing: `zoom` CSS pixels per pixel, arrows `exaggeration` times longer."""

    zoom: float
    exaggeration: float
    longest: float  # CSS pixels; arrows are cut there

    def ends(self, chip: LocalShift) -> tuple[float, float, float, float]:
        """(x, y) of the arrow's two ends, CSS pixels."""
        x, y = chip.col * self.zoom, chip.row * self.zoom
        dx, dy = (v * self.zoom * self.exaggeration for v in (chip.cols, chip.rows))
        cut = min(1.0, self.longest / max(math.hypot(dx, dy), 1e-9))
        return x, y, x + cut * dx, y + cut * dy

    def overhang(self, chips: Sequence[LocalShift], width: float, height: float) -> float:
        """How far the arrows reach out of the frame, CSS pixels."""
        tips = np.array([self.ends(chip)[2:] for chip in chips]).reshape(-1, 2)
        outside = np.concatenate([-tips, tips - (width, height)])
        return max(0.0, float(outside.max())) if outside.size else 0.0

    def arrow(self, chip: LocalShift) -> str:
        """The markup of one chip."""
        x, y, to_x, to_y = self.ends(chip)
        colour = AGREES if chip.agrees else DIFFERS
        dashed = "" if chip.agrees else ' stroke-dasharray="4 3"'
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>'
        return dot + line(x, y, to_x, to_y, colour, dashed)


def line(x: float, y: float, to_x: float, to_y: float, colour: str, more: str = "") -> str:
    """An arrow."""
    length = math.hypot(to_x - x, to_y - y)
    if length < 0.5:
        return ""
    ux, uy, head = (to_x - x) / length, (to_y - y) / length, min(9.0, 0.6 * length)
    back_x, back_y, half = to_x - head * ux, to_y - head * uy, 0.42 * head
    tip = f"{to_x:.1f},{to_y:.1f} {back_x - half * uy:.1f},{back_y + half * ux:.1f} "
    tip += f"{back_x + half * uy:.1f},{back_y - half * ux:.1f}"
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{back_x:.1f}" y2="{back_y:.1f}" '
        f'stroke="{colour}" stroke-width="2"{more}/>'
        f'<polygon points="{tip}" fill="{colour}"/>'
    )


def scaled(estimate: ShiftEstimate, domain: Grid) -> Drawing:
    """The drawing in which the common arrows fill a good part of the space between chips."""
    zoom = SIDE / max(domain.width, domain.height)
    spacing = zoom * chip_spacing(estimate, domain)
    return Drawing(zoom, exaggeration(estimate, domain, 0.6), 1.2 * spacing)


def chip_spacing(estimate: ShiftEstimate, domain: Grid) -> float:
    """Distance between neighbouring chips, pixels; half the domain's shorter side where there is but one."""
    places = np.array([(chip.col, chip.row) for chip in estimate.chips]).reshape(-1, 2)
    if len(places) < 2:
        return min(domain.width, domain.height) / 2
    away = np.hypot(*(places[:, None] - places[None]).T)
    np.fill_diagonal(away, np.inf)
    return float(away.min())  # the mesh of a turned secondary is turned, too


def exaggeration(estimate: ShiftEstimate, domain: Grid, share: float) -> float:
    """How many times longer arrows must be drawn so that the longer of those that agree span `share` of a spacing."""
    lengths = [math.hypot(chip.cols, chip.rows) for chip in estimate.chips if chip.agrees]
    common = max(float(np.percentile(lengths, 90)) if lengths else 0.0, LEAST_LENGTH_PX)
    return share * chip_spacing(estimate, domain) / common


def draw(estimate: ShiftEstimate, domain: Grid) -> str:
    """The markup of the whole drawing, with a legend that says how long an arrow is."""
    drawing = scaled(estimate, domain)
    width, height = domain.width * drawing.zoom, domain.height * drawing.zoom
    margin = 12 + drawing.overhang(estimate.chips, width, height)
    full = width + 2 * margin, height + 2 * margin + _LEGEND
    arrows = "".join(drawing.arrow(chip) for chip in estimate.chips)
    frame = f'<rect width="{width:.1f}" height="{height:.1f}" fill="#f7f9fa" stroke="#8a97a3"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full[0]:.0f}" height="{full[1]:.0f}" '
        f'viewBox="{-margin:.1f} {-margin:.1f} {full[0]:.1f} {full[1]:.1f}" font-family="system-ui, sans-serif" '
        f'font-size="13" role="img" aria-label="Displacements of the chips">{frame}{arrows}'
        f'<g transform="translate(0,{height + margin - 4:.1f})">{_legend(estimate, drawing)}</g></svg>'
    )


def _legend(estimate: ShiftEstimate, drawing: Drawing) -> str:
    length_px = round_length(60 / (drawing.zoom * drawing.exaggeration))
    length = length_px * drawing.zoom * drawing.exaggeration
    agree = sum(chip.agrees for chip in estimate.chips)
    texts = (AGREES, f"{agree} agree"), (DIFFERS, f"{len(estimate.chips) - agree} left out")
    scale = line(0, 10, length, 10, "#1b2733") + f'<text x="{length + 8:.1f}" y="15">{length_px:g} pixels</text>'
    keys = "".join(
        f'<circle cx="{4 + 110 * i}" cy="32" r="4" fill="{colour}"/><text x="{14 + 110 * i}" y="37">{text}</text>'
        for i, (colour, text) in enumerate(texts)
    )
    return scale + keys


def round_length(value: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is no larger."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (5, 2, 1) if step * power <= value * (1 + 1e-9))
