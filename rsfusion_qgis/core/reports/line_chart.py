"""Curves over a common axis as an SVG drawing for a report, such as losses over the steps of a training."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from .bar_chart import COLOURS, nice_top

WIDTH, HEIGHT, LEFT, BELOW, ABOVE, RIGHT = 640, 240, 54, 44, 34, 16
KEY, TICKS = 170, 4


def line_chart(x: Sequence[float], series: dict[str, Sequence[float]], x_name: str, unit: str, mark: float) -> str:
    """The drawing.

    Parameters
    ----------
    x : places on the axis, ascending, 0 or more.
    series : name -> one value for each of `x`, 0 or more; one that is not finite leaves a gap.
    x_name, unit : below and beside the axes.
    mark : place on the axis at which a vertical line stands; NaN = none.
    """
    finite = [value for values in series.values() for value in values if math.isfinite(value)]
    top, end = nice_top(max(finite, default=1.0)), max(max(x, default=1.0), 1e-9)
    parts = [*_grid(top, end), _text(LEFT - 6, ABOVE - 14, unit, "end")]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_name, "middle"))
    if math.isfinite(mark):
        at = _x(mark, end)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{ABOVE}" y2="{HEIGHT - BELOW}" stroke="#8a97a3" '
                     'stroke-dasharray="4 3"/>')  # fmt: skip
    for place, (name, values) in enumerate(series.items()):
        colour = COLOURS[place % len(COLOURS)]
        parts += [_curve(points, colour) for points in _pieces(x, values, top, end)]
        left = LEFT + KEY * place
        parts.append(f'<rect x="{left}" y="4" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(left + 14, 13, name, "start"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>'
    )


def _x(value: float, end: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * value / end


def _y(value: float, top: float) -> float:
    return ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top)


def _grid(top: float, end: float) -> list[str]:
    lines = []
    for part in range(TICKS + 1):
        y, x = _y(top * part / TICKS, top), _x(end * part / TICKS, end)
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e7eb"/>')
        lines.append(_text(LEFT - 6, y + 4, f"{top * part / TICKS:.3g}", "end"))
        lines.append(_text(x, HEIGHT - BELOW + 16, f"{end * part / TICKS:.4g}", "middle"))
    return lines


def _pieces(x: Sequence[float], values: Sequence[float], top: float, end: float) -> list[list[tuple[float, float]]]:
    """Stretches of finite values, as places in the drawing."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for place, value in zip(x, values):
        if math.isfinite(value):
            pieces[-1].append((_x(place, end), _y(value, top)))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _curve(points: list[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2.5" fill="{colour}"/>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(text)}</text>'
