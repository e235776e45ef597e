"""Windows spread over an area, from which something is learned about all of it; whole pixels, row by row.

They depend on the area's size alone, never on tiles or on what was read before. `whole_or_spread` covers a small area
once and takes a sample of a large one; `spread` only ever takes windows of one size. Both lay them at equal steps,
rounded to whole pixels.
"""

from __future__ import annotations

from typing import Union

from .grid import Window

Stretch = tuple[int, int]
"""(first pixel, pixels) of one axis."""


def whole_or_spread(area: Window, side: int, most: Union[int, tuple[int, int]]) -> list[Window]:
    """All of an area that so many windows of `side` pixels cover, else that many along its axes, from end to end.

    Parameters
    ----------
    most : windows along each axis, or along `(rows, cols)`.
    """
    rows, cols = (most, most) if isinstance(most, int) else most
    return _crossed(
        stretches(area.row_off, area.height, side, rows), stretches(area.col_off, area.width, side, cols)
    )  # fmt: skip


def spread(area: Window, side: int, most: int, overlap: float = 0.0, to_the_ends: bool = True) -> list[Window]:
    """At most so many windows of `side` pixels along each axis; where the area is smaller, one as large as that.

    Parameters
    ----------
    overlap : share of a window that a neighbour may have as well, below 1.
    to_the_ends : the outer windows touch the ends (one alone stands in the middle); False = each stands in the middle
        of its own share of the area.
    """
    axes = []
    for start, length in ((area.row_off, area.height), (area.col_off, area.width)):
        count = min(most, 1 + int(max(0, length - side) // (side * (1.0 - overlap))))
        axes.append([(first, min(side, length)) for first in places(start, length, side, count, to_the_ends)])
    return _crossed(*axes)


def stretches(start: int, length: int, side: int, most: int) -> list[Stretch]:
    """One axis cut into stretches of `side` pixels, the last one shorter, or at most so many at equal steps."""
    if length <= most * side:
        return [(first, min(side, start + length - first)) for first in range(start, start + length, side)]
    return [(first, side) for first in places(start, length, side, most)]


def places(start: int, length: int, side: int, count: int, to_the_ends: bool = True) -> list[int]:
    """First pixels of `count` stretches of `side` pixels on one axis; `to_the_ends` see `spread`."""
    rest = max(0, length - side)
    if not to_the_ends:
        return [start + round(rest * (2 * i + 1) / (2 * count)) for i in range(count)]
    step = rest / max(1, count - 1)
    return [start + (round(i * step) if count > 1 else rest // 2) for i in range(count)]


def _crossed(rows: list[Stretch], cols: list[Stretch]) -> list[Window]:
    return [Window(col, row, width, height) for row, height in rows for col, width in cols]
