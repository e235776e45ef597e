"""Values with their intervals as an SVG drawing for a report: one line per name, one mark per series, axis 0 to 1."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

Ranged = tuple[float, float, float]
"""(value, low, high), 0 to 1; low and high NaN where there is no interval, value NaN where there is nothing."""

COLOURS = ("#3566b0", "#c4651a", "#2f8f4e")
LINE, MARK, ABOVE, BELOW, WIDTH, RIGHT = 13, 4, 30, 24, 720, 14
LETTER_PX, LONGEST_NAME = 6.3, 34


def interval_plot(names: Sequence[str], series: dict[str, Sequence[Ranged]]) -> str:
    """The drawing.

    Parameters
    ----------
    names : of the lines, from the top.
    series : name -> one `Ranged` per line.
    """
    shown = [name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in names]
    left = 16 + LETTER_PX * max((len(name) for name in shown), default=0)
    step = LINE * len(series) + 8
    height = ABOVE + step * len(shown) + BELOW
    parts = [_axis(left, height), *_keys(left, list(series))]
    for number, name in enumerate(shown):
        top = ABOVE + step * number
        parts.append(_text(left - 8, top + step / 2 + 4, name, "end"))
        for place, values in enumerate(series.values()):
            y = top + 4 + LINE * (place + 0.5)
            parts.append(_mark(values[number], y, left, COLOURS[place % len(COLOURS)]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def _x(value: float, left: float) -> float:
    return left + (WIDTH - RIGHT - left) * min(max(value, 0.0), 1.0)


def _axis(left: float, height: float) -> str:
    lines = []
    for part in range(6):
        x = _x(part / 5, left)
        lines.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{ABOVE}" y2="{height - BELOW}" stroke="#e3e7eb"/>')
        lines.append(_text(x, height - 8, f"{part / 5:g}", "middle"))
    return "".join(lines)


def _keys(left: float, names: Sequence[str]) -> list[str]:
    parts, x = [], left
    for place, name in enumerate(names):
        parts.append(f'<circle cx="{x + MARK:.1f}" cy="12" r="{MARK}" fill="{COLOURS[place % len(COLOURS)]}"/>')
        parts.append(_text(x + 14, 16, name, "start"))
        x += 32 + LETTER_PX * len(name)
    return parts


def _mark(ranged: Ranged, y: float, left: float, colour: str) -> str:
    value, low, high = ranged
    if not math.isfinite(value):
        return ""
    told, line = f"{value:.3f}", ""
    if math.isfinite(low) and math.isfinite(high):
        told += f" ({low:.3f} to {high:.3f})"
        line = (
            f'<line x1="{_x(low, left):.1f}" x2="{_x(high, left):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}" '
            'stroke-width="2.5" stroke-opacity=".45"/>'
        )
    dot = f'<circle cx="{_x(value, left):.1f}" cy="{y:.1f}" r="{MARK}" fill="{colour}"/>'
    return f"<g><title>{told}</title>{line}{dot}</g>"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(text)}</text>'
