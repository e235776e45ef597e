"""Grouped bars as an SVG drawing for a report: one group per band, one bar per method."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

COLOURS = ("#9aa7b3", "#c4651a", "#2f8f4e", "#3566b0", "#8a6d1d", "#7b4fa3", "#1b2733")
"""Of the methods in order, the baseline grey; more than these begin again."""
HEIGHT, LEFT, BELOW, ABOVE = 240, 54, 44, 34
BAR, GAP, KEY = 16, 18, 130
MOST_GROUPS = 24
"""More bands than these are thinned out evenly, so that the labels can be read."""


def bar_chart(groups: Sequence[str], series: dict[str, Sequence[float]], unit: str) -> str:
    """The drawing.

    Parameters
    ----------
    groups : names below the groups.
    series : name -> one value per group, 0 or more; a value that is not finite has no bar.
    unit : beside the axis.
    """
    every = -(-len(groups) // MOST_GROUPS)
    groups = list(groups)[::every]
    series = {name: list(values)[::every] for name, values in series.items()}
    finite = [value for values in series.values() for value in values if math.isfinite(value)]
    top = nice_top(max(finite, default=1.0))
    step = BAR * len(series) + GAP
    width = max(LEFT + step * len(groups) + GAP, LEFT + KEY * len(series))
    parts = [_axis(top, width, unit)]
    for number, name in enumerate(groups):
        left = LEFT + GAP / 2 + step * number
        parts.append(_text(left + BAR * len(series) / 2, HEIGHT - BELOW + 16, name, "middle"))
        for place, values in enumerate(series.values()):
            parts.append(_bar(left + BAR * place, values[number], top, COLOURS[place % len(COLOURS)]))
    parts += [_key(place, name) for place, name in enumerate(series)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {HEIGHT}" width="{width:g}" '
        f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def nice_top(largest: float) -> float:
    """The end of an axis: 1, 2, 2.5 or 5 times a power of ten that the largest value does not exceed."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= largest * (1 - 1e-9))


def _y(value: float, top: float) -> float:
    return ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top)


def _axis(top: float, width: float, unit: str) -> str:
    lines = [_text(LEFT - 6, ABOVE - 12, unit, "end")]
    for part in range(5):
        value = top * part / 4
        y = _y(value, top)
        lines.append(f'<line x1="{LEFT}" x2="{width:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e7eb"/>')
        lines.append(_text(LEFT - 6, y + 4, f"{value:.3g}", "end"))
    return "".join(lines)


def _bar(left: float, value: float, top: float, colour: str) -> str:
    if not math.isfinite(value):
        return ""
    y = _y(value, top)
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{BAR - 2}" height="{_y(0.0, top) - y:.1f}" fill="{colour}">'
        f"<title>{value:.4g}</title></rect>"
    )


def _key(place: int, name: str) -> str:
    left = LEFT + KEY * place
    square = f'<rect x="{left}" y="4" width="10" height="10" fill="{COLOURS[place % len(COLOURS)]}"/>'
    return square + _text(left + 14, 13, name if len(name) <= 17 else f"{name[:16]}…", "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(text)}</text>'
