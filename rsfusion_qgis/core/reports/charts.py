"""Drawings for a report as SVG text: bars, curves, values with their intervals, points; places in CSS pixels.

x grows to the right and y downwards from the upper left corner. Names are escaped, since they may come from files.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence

from ..basics.language import told

COLOURS = ("#9aa7b3", "#c4651a", "#2f8f4e", "#3566b0", "#8a6d1d", "#7b4fa3", "#1b2733")
"""Of the series in order, the first one, a baseline, grey; more than these begin again."""
INTERVAL_COLOURS = (COLOURS[3], COLOURS[1], COLOURS[2])
"""Of series without a baseline."""
HEIGHT, LEFT, BELOW, ABOVE = 240, 54, 44, 34
"""The frame of bars and curves; the keys stand above it, the places' names below."""
BAR, GAP, BAR_KEY = 16, 18, 130
MOST_GROUPS = 24
"""More bands than these are thinned out evenly, so that the labels can be read."""
WIDTH, RIGHT, LINE_KEY = 640, 16, 170
TICKS = 4
PLOT_WIDTH, PLOT_RIGHT, PLOT_ABOVE, PLOT_BELOW = 720, 14, 30, 24
LINE, MARK = 13, 4
LETTER_PX, LONGEST_NAME = 6.3, 34
SQUARE, SQUARE_BELOW, POINT = 400, 40, 4.5
"""Side of a drawing of points, and the room below its frame."""

Ranged = tuple[float, float, float]
"""(value, low, high), 0 to 1; low and high NaN where there is no interval, value NaN where there is nothing."""


def bar_chart(groups: Sequence[str], series: dict[str, Sequence[float]], unit: str) -> str:
    """Grouped bars: one group per band, one bar per method.

    Parameters
    ----------
    groups : names below the groups.
    series : name -> one value per group, 0 or more; a value that is not finite has no bar.
    unit : beside the axis.
    """
    every = -(-len(groups) // MOST_GROUPS)
    groups = list(groups)[::every]
    series = {name: list(values)[::every] for name, values in series.items()}
    top, step = _top(series), BAR * len(series) + GAP
    width = max(LEFT + step * len(groups) + GAP, LEFT + BAR_KEY * len(series))
    parts = [_text(LEFT - 6, ABOVE - 12, unit, "end"), *_levels(top, width)]
    for number, name in enumerate(groups):
        left = LEFT + GAP / 2 + step * number
        parts.append(_text(left + BAR * len(series) / 2, HEIGHT - BELOW + 16, name, "middle"))
        for place, values in enumerate(series.values()):
            parts.append(_bar(left + BAR * place, values[number], top, _colour(place)))
    for place, name in enumerate(series):
        parts += _key(LEFT + BAR_KEY * place, name if len(name) <= 17 else f"{name[:16]}…", _colour(place))
    return _drawing(parts, width, HEIGHT)


def line_chart(x: Sequence[float], series: dict[str, Sequence[float]], x_name: str, unit: str, mark: float) -> str:
    """Curves over a common axis, such as losses over the steps of a training.

    Parameters
    ----------
    x : places on the axis, ascending, 0 or more.
    series : name -> one value for each of `x`, 0 or more; one that is not finite leaves a gap.
    x_name, unit : below and beside the axes.
    mark : place on the axis at which a vertical line stands; NaN = none.
    """
    top, end = _top(series), max(max(x, default=1.0), 1e-9)
    parts = [*_levels(top, WIDTH - RIGHT), _text(LEFT - 6, ABOVE - 14, unit, "end")]
    for part in range(TICKS + 1):
        place = end * part / TICKS
        parts.append(_text(_across(place, end), HEIGHT - BELOW + 16, f"{place:.4g}", "middle"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_name, "middle"))
    if math.isfinite(mark):
        at = _across(mark, end)
        parts.append(_line((at, at), (ABOVE, HEIGHT - BELOW), "#8a97a3", ' stroke-dasharray="4 3"'))
    step = min(LINE_KEY, (WIDTH - LEFT) // max(len(series), 1))
    for place, (name, values) in enumerate(series.items()):
        parts += [_curve(points, _colour(place)) for points in _pieces(x, values, top, end)]
        parts += _key(LEFT + step * place, _fitting(name, step - 18), _colour(place))
    return _drawing(parts, WIDTH, HEIGHT)


def interval_plot(names: Sequence[str], series: dict[str, Sequence[Ranged]]) -> str:
    """Values with their intervals: one line per name, one mark per series, axis 0 to 1.

    Parameters
    ----------
    names : of the lines, from the top.
    series : name -> one `Ranged` per line.
    """
    shown = [name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in names]
    left = 16 + LETTER_PX * max((len(name) for name in shown), default=0)
    step = LINE * len(series) + 8
    height = PLOT_ABOVE + step * len(shown) + PLOT_BELOW
    parts = [*_shares(left, height), *_dots(left, series)]
    for number, name in enumerate(shown):
        top = PLOT_ABOVE + step * number
        parts.append(_text(left - 8, top + step / 2 + 4, name, "end"))
        for place, values in enumerate(series.values()):
            parts.append(_mark(values[number], top + 4 + LINE * (place + 0.5), left, _colour(place, INTERVAL_COLOURS)))
    return _drawing(parts, PLOT_WIDTH, height)


def point_chart(
    points: dict[str, tuple[float, float]], paths: Sequence[Sequence[str]], names: tuple[str, str],
    aims: tuple[float, float],
) -> str:  # fmt: skip
    """Points with their names, two measures against each other; the axes begin where the values do.

    Parameters
    ----------
    points : name -> (across, upwards); one that is not finite is left out.
    paths : names that a line connects, in order, and that stand above and below it in turn; the others are grey.
    names : beside the axes, (across, upwards).
    aims : where a dashed line stands on each axis.
    """
    known = {name: place for name, place in points.items() if all(map(math.isfinite, place))}
    spans = [_span([*(place[axis] for place in known.values()), aims[axis]]) for axis in (0, 1)]
    left, right, top, bottom = LEFT, SQUARE - RIGHT, PLOT_ABOVE, SQUARE - SQUARE_BELOW

    def at(place: tuple[float, float]) -> tuple[float, float]:
        across, up = ((value - span[0]) / (span[-1] - span[0]) for value, span in zip(place, spans))
        return left + (right - left) * across, bottom - (bottom - top) * up

    parts = [_text(left, 14, names[1], "start"), _text((left + right) / 2, SQUARE - 6, names[0], "middle")]
    for value in spans[0]:
        x = at((value, spans[1][0]))[0]
        parts += [_line((x, x), (top, bottom)), _text(x, bottom + 16, f"{value:.4g}", "middle")]
    for value in spans[1]:
        y = at((spans[0][0], value))[1]
        parts += [_line((left, right), (y, y)), _text(left - 6, y + 4, f"{value:.4g}", "end")]
    x, y = at(aims)
    dashed = ' stroke-dasharray="4 3"'
    parts += [_line((x, x), (top, bottom), COLOURS[5], dashed), _line((left, right), (y, y), COLOURS[5], dashed)]
    for path in paths:
        places = [at(known[name]) for name in path if name in known]
        parts.append(_curve(places, COLOURS[1]) if places else "")
    above = {name: number % 2 == 0 for path in paths for number, name in enumerate(path)}
    for name, place in known.items():
        x, y = at(place)
        parts.append(f"<g><title>{html.escape(name)}: {place[0]:.3f}, {place[1]:.3f}</title>")
        parts.append(_dot(x, y, POINT, COLOURS[1] if name in above else COLOURS[0]) + "</g>")
        if name in above:
            parts.append(_text(x, y - 9 if above[name] else y + 17, name, "middle"))
        else:
            near_end = x + LETTER_PX * len(name) > right
            parts.append(_text(x - 8 if near_end else x + 8, y + 4, name, "end" if near_end else "start"))
    return _drawing(parts, SQUARE, SQUARE)


def nice_top(largest: float) -> float:
    """The end of an axis: 1, 2, 2.5 or 5 times a power of ten that the largest value does not exceed."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= largest * (1 - 1e-9))


def _span(values: Sequence[float]) -> list[float]:
    """Round values that begin below the lowest and end above the highest, evenly spaced."""
    low, high = min(values), max(values)
    step = nice_top((high - low) / TICKS)
    first, last = math.floor(low / step - 0.1), math.ceil(high / step + 0.1)
    return [step * number for number in range(first, last + 1)]


def _top(series: dict[str, Sequence[float]]) -> float:
    """The end of the upright axis."""
    finite = [value for values in series.values() for value in values if math.isfinite(value)]
    return nice_top(max(finite, default=1.0))


def _up(value: float, top: float) -> float:
    return ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top)


def _across(value: float, end: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * value / end


def _share(value: float, left: float) -> float:
    return left + (PLOT_WIDTH - PLOT_RIGHT - left) * min(max(value, 0.0), 1.0)


def _levels(top: float, right: float) -> list[str]:
    """The upright axis: lines across the frame and their values."""
    lines = []
    for part in range(TICKS + 1):
        value = top * part / TICKS
        y = _up(value, top)
        lines += [_line((LEFT, right), (y, y)), _text(LEFT - 6, y + 4, _level(value), "end")]
    return lines


def _shares(left: float, height: float) -> list[str]:
    """The axis from 0 to 1: upright lines and their values."""
    lines = []
    for part in range(6):
        x = _share(part / 5, left)
        lines += [_line((x, x), (PLOT_ABOVE, height - PLOT_BELOW)), _text(x, height - 8, f"{part / 5:g}", "middle")]
    return lines


def _bar(left: float, value: float, top: float, colour: str) -> str:
    if not math.isfinite(value):
        return ""
    y = _up(value, top)
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{BAR - 2}" height="{_up(0.0, top) - y:.1f}" fill="{colour}">'
        f"<title>{value:.4g}</title></rect>"
    )


def _pieces(x: Sequence[float], values: Sequence[float], top: float, end: float) -> list[list[tuple[float, float]]]:
    """Stretches of finite values, as places in the drawing."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for place, value in zip(x, values):
        if math.isfinite(value):
            pieces[-1].append((_across(place, end), _up(value, top)))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _curve(points: list[tuple[float, float]], colour: str) -> str:
    if len(points) == 1:
        return _dot(*points[0], 2.5, colour)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"/>'


def _mark(ranged: Ranged, y: float, left: float, colour: str) -> str:
    value, low, high = ranged
    if not math.isfinite(value):
        return ""
    told, line = f"{value:.3f}", ""
    if math.isfinite(low) and math.isfinite(high):
        told += f" ({low:.3f} to {high:.3f})"
        broad = ' stroke-width="2.5" stroke-opacity=".45"'
        line = _line((_share(low, left), _share(high, left)), (y, y), colour, broad)
    return f"<g><title>{told}</title>{line}{_dot(_share(value, left), y, MARK, colour)}</g>"


def _fitting(name: str, width: float) -> str:
    """The name, or as much of it as so many pixels hold."""
    most = max(2, int(width / LETTER_PX))
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _key(left: float, name: str, colour: str) -> list[str]:
    """A square of a series' colour and its name."""
    return [f'<rect x="{left}" y="4" width="10" height="10" fill="{colour}"/>', _text(left + 14, 13, name, "start")]


def _dots(left: float, names: Iterable[str]) -> list[str]:
    """For each series a dot of its colour and its name."""
    parts, x = [], left
    for place, name in enumerate(names):
        parts += [_dot(x + MARK, 12, MARK, _colour(place, INTERVAL_COLOURS)), _text(x + 14, 16, name, "start")]
        x += 32 + LETTER_PX * len(name)
    return parts


def _colour(place: int, colours: Sequence[str] = COLOURS) -> str:
    return colours[place % len(colours)]


def _line(x: tuple[float, float], y: tuple[float, float], colour: str = "#e3e7eb", more: str = "") -> str:
    return f'<line x1="{x[0]:.1f}" x2="{x[1]:.1f}" y1="{y[0]:.1f}" y2="{y[1]:.1f}" stroke="{colour}"{more}/>'


def _dot(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"/>'


def _level(value: float) -> str:
    """A number beside an axis: short enough for its margin, and no power of ten where digits fit."""
    return f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#5b6875">{html.escape(told(text))}</text>'


def _drawing(parts: Sequence[str], width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'font-family="system-ui, sans-serif" font-size="11">{"".join(parts)}</svg>'
    )
