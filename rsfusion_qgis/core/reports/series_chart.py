"""Values over dates as SVG text: lines with dots, for a few series that need not have the same dates.

x grows to the right and y downwards from the upper left corner, CSS pixels. Names are escaped.
"""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..basics.language import told
from .charts import COLOURS, nice_top

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, ABOVE, BELOW = 64, 16, 34, 40
TICKS, DATES = 4, 6
KEY = 190


@dataclass(frozen=True)
class Line:
    """One series: values by date, its colour, and whether a line connects the dots."""

    values: Mapping[date, float]
    colour: str = COLOURS[0]
    connected: bool = True


def series_chart(lines: Mapping[str, Line], unit: str) -> str:
    """A drawing of series by name; a value that is not finite leaves a gap.

    Parameters
    ----------
    lines : name -> series; at least one value must be finite.
    unit : above the upright axis.
    """
    points = [(when, value) for one in lines.values() for when, value in one.values.items() if math.isfinite(value)]
    days = sorted({when.toordinal() for one in lines.values() for when in one.values})
    levels = _levels([value for _, value in points] or [0.0, 1.0])

    def across(day: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (0.5 if days[0] == days[-1] else (day - days[0]) / (days[-1] - days[0]))

    def up(value: float) -> float:
        return ABOVE + (HEIGHT - ABOVE - BELOW) * (levels[-1] - value) / (levels[-1] - levels[0])

    parts = [_text(LEFT - 6, ABOVE - 14, unit, "end")]
    for level in levels:
        y = up(level)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e7eb"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{level:.5g}", "end"))
    for day in _spread(days):
        x = across(day)
        anchor = "start" if x < LEFT + 20 else "end" if x > WIDTH - RIGHT - 20 else "middle"
        parts.append(_text(x, HEIGHT - BELOW + 18, date.fromordinal(day).isoformat(), anchor))
    for place, (name, one) in enumerate(lines.items()):
        parts.append(f'<circle cx="{LEFT + KEY * place + 5}" cy="12" r="4" fill="{one.colour}"/>')
        parts.append(_text(LEFT + KEY * place + 14, 16, name, "start"))
        known = [(when, value) for when, value in sorted(one.values.items()) if math.isfinite(value)]
        if one.connected and len(known) > 1:
            path = " ".join(f"{across(when.toordinal()):.1f},{up(value):.1f}" for when, value in known)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{one.colour}" stroke-width="1.5"/>')
        for when, value in known:
            tip = f"{html.escape(name)}, {when}: {value:.5g}"
            parts.append(f'<circle cx="{across(when.toordinal()):.1f}" cy="{up(value):.1f}" r="3.5" '
                         f'fill="{one.colour}"><title>{tip}</title></circle>')  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def _levels(values: Sequence[float]) -> list[float]:
    """Round values, evenly spaced, that begin below the lowest and end above the highest."""
    low, high = min(values), max(values)
    step = nice_top(max(high - low, 1e-6 * max(abs(low), abs(high)), 1e-12) / TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def _spread(days: Sequence[int]) -> list[int]:
    """At most so many days as fit below the axis, the first and the last among them, none too near another."""
    room = (days[-1] - days[0]) / DATES
    kept = [days[0]]
    for day in days[1:-1]:
        if day - kept[-1] >= room and days[-1] - day >= room:
            kept.append(day)
    return kept if days[-1] == days[0] else [*kept, days[-1]]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(told(text))}</text>'
