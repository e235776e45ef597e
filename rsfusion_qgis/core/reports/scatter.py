"""Two numbers against each other as SVG text: many points, and the line on which both are equal."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np

from ..basics.language import told
from .charts import COLOURS, LEFT, PLOT_ABOVE, RIGHT, SQUARE, SQUARE_BELOW, nice_top

MOST_POINTS = 1200
_SEED = 1


def scatter_chart(
    across: np.ndarray, upwards: np.ndarray, names: tuple[str, str], path: Sequence[tuple[float, float]] = ()
) -> str:
    """Points with one axis for both numbers, and the line of equality dashed.

    Parameters
    ----------
    across, upwards : (points,); at most `MOST_POINTS` of them are drawn, the same ones each time.
    names : beside the axes, (across, upwards).
    path : corners of a line, such as means of groups.
    """
    kept = np.random.default_rng(_SEED).permutation(len(across))[:MOST_POINTS]
    across, upwards = np.asarray(across, float)[kept], np.asarray(upwards, float)[kept]
    low, high = min(across.min(), upwards.min()), max(across.max(), upwards.max())
    step = nice_top(max(high - low, 1e-9) / 5)
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    ticks = [step * n for n in range(int(first), max(int(last), int(first) + 1) + 1)]
    left, right, top, bottom = LEFT, SQUARE - RIGHT, PLOT_ABOVE, SQUARE - SQUARE_BELOW

    def at(x: float, y: float) -> tuple[float, float]:
        a, b = ((value - ticks[0]) / (ticks[-1] - ticks[0]) for value in (x, y))
        return left + (right - left) * a, bottom - (bottom - top) * b

    parts = [_text(left, 14, names[1], "start"), _text((left + right) / 2, SQUARE - 6, names[0], "middle")]
    for value in ticks:
        x, y = at(value, value)
        parts += [_line(x, x, top, bottom), _line(left, right, y, y)]
        parts += [_text(x, bottom + 16, f"{value:.4g}", "middle"), _text(left - 6, y + 4, f"{value:.4g}", "end")]
    (x0, y0), (x1, y1) = at(ticks[0], ticks[0]), at(ticks[-1], ticks[-1])
    parts.append(_line(x0, x1, y0, y1, COLOURS[5], ' stroke-dasharray="4 3"'))
    for x, y in zip(across, upwards):
        px, py = at(float(x), float(y))
        parts.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="1.8" fill="{COLOURS[3]}" fill-opacity=".35"/>')
    if path:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*one) for one in path))
        parts.append(f'<polyline points="{corners}" fill="none" stroke="{COLOURS[1]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[1]}"/>' for x, y in (at(*o) for o in path)]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SQUARE} {SQUARE}" width="{SQUARE}" '
            f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>')  # fmt: skip


def _line(x0: float, x1: float, y0: float, y1: float, colour: str = "#e3e7eb", more: str = "") -> str:
    return f'<line x1="{x0:.1f}" x2="{x1:.1f}" y1="{y0:.1f}" y2="{y1:.1f}" stroke="{colour}"{more}/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(told(text))}</text>'
