"""What a report says of a map of classes: how much of the area each class covers."""

from __future__ import annotations

from typing import Optional

from ..engine.job import Result
from ..grid.crs import is_geographic, metres_per_unit
from ..grid.grid import Grid
from ..reports import page as html_page
from ..reports.charts import bar_chart


def class_parts(result: Result, watch: object = None) -> list[str]:
    """How much of the area each class covers; markup."""
    total = sum(pixels for _, pixels in result.summary)
    hectares = _hectares(result.grid)
    rows = []
    for one, pixels in result.summary:
        area = [] if hectares is None else [f"{hectares * pixels:,.2f}"]
        rows.append((one.name, str(one.code), f"{pixels:,}", f"{100 * pixels / max(total, 1):.2f}", *area))
    header = ("class", "code", "pixels", "% of the area", *([] if hectares is None else ["hectares"]))
    shares = {"share": [100 * pixels / max(total, 1) for _, pixels in result.summary]}
    names = [one.name for one, _ in result.summary]
    return [
        html_page.heading("What covers the area?"),
        html_page.table(rows, header),
        html_page.figure(bar_chart(names, shares, "%"), "Share of the pixels with data that were given each class."),
    ]


def polygon_parts(result: Result) -> list[str]:
    """How many polygons were drawn of each class; markup."""
    if result.drawn is None:
        return []
    names = {one.code: one.name for one in result.classes}
    rows = [(names[code], f"{count:,}", f"{result.drawn.areas[code] / 1e4:,.2f}")
            for code, count in result.drawn.counts.items()]  # fmt: skip
    return [html_page.heading("Polygons"), html_page.table(rows, ("class", "polygons", "hectares"))]


def _hectares(grid: Optional[Grid]) -> Optional[float]:
    """Of one pixel; None where its size in metres is not known."""
    if grid is None or not grid.crs_wkt or is_geographic(grid.crs_wkt):
        return None
    width, height = grid.pixel_size
    return width * height * metres_per_unit(grid.crs_wkt) ** 2 / 1e4
