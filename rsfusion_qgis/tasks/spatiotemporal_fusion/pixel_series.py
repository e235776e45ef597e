"""Series of single pixels: what the fine and the coarse sensor saw there at all dates, and what was predicted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ...core.alignment.pairing import make_pair
from ...core.engine.job import Job
from ...core.grid.crs import transformation
from ...core.grid.grid import Grid, Window
from ...core.rasters.source import RasterSource
from ...core.reports import page as html_page
from ...core.reports.charts import COLOURS
from ...core.reports.series_chart import Line, series_chart
from .dates import read_table
from .preparation import RATIO_RANGE
from .selection import COARSE, FINE, dated
from .units import index_of_job, physical

SHOWN = (("where the ground changed most", 0.99), ("where it changed as usual", 0.5), ("where it changed least", 0.02))
"""Pixels that are shown: title, and quantile of the change."""


@dataclass(frozen=True)
class Spot:
    """A pixel of the scene: a title, and its place on the grid of the comparison."""

    title: str
    row: int
    col: int


def spots(change: np.ndarray, step: int) -> list[Spot]:
    """Pixels to look at, by a map of change (rows, cols) in squares of `step` pixels; NaN = no data."""
    known = np.flatnonzero(np.isfinite(change))
    order = known[np.argsort(change.ravel()[known], kind="stable")]
    made = []
    for title, quantile in SHOWN if len(order) else ():
        row, col = divmod(int(order[round(quantile * (len(order) - 1))]), change.shape[1])
        made.append(Spot(title, row * step + step // 2, col * step + step // 2))
    return list({(one.row, one.col): one for one in reversed(made)}.values())[::-1]


def figures(
    job: Job, domain: Grid, places: Sequence[Spot], band: int, name: str, units: tuple[float, float],
    predicted: Mapping[date, str],
) -> list[str]:  # fmt: skip
    """A drawing for each pixel; markup.

    Parameters
    ----------
    job : one raster for each date.
    domain : grid on which the pixels are counted.
    band, name : which band is drawn, from 0, and what it is called.
    units : (slope, offset): fine = slope * coarse + offset.
    predicted : rasters by date.
    """
    table, made = read_table(job.options.dates), []
    fine = {when: one.path for when, one in dated(job, FINE, table).items()}
    coarse = {when: one.path for when, one in dated(job, COARSE, table).items()}
    found = [_values(job, domain, paths, role, places, band, paths is predicted)
             for role, paths in ((FINE, fine), (COARSE, coarse), (FINE, predicted))]  # fmt: skip
    for number, spot in enumerate(places):
        seen = {when: units[0] * values[number] + units[1] for when, values in found[1].items()}
        lines = {
            "coarse, in fine units": Line(seen, COLOURS[0]),
            "fine": Line({when: values[number] for when, values in found[0].items()}, COLOURS[3]),
            "predicted": Line({when: values[number] for when, values in found[2].items()}, COLOURS[1], False),
        }
        if any(math.isfinite(value) for one in lines.values() for value in one.values.values()):
            caption = f"{name}, {spot.title}: row {spot.row}, column {spot.col}"
            made.append(html_page.figure(series_chart(lines, ""), caption))
    return made


def _values(
    job: Job, domain: Grid, paths: Mapping[date, str], role: str, places: Sequence[Spot], band: int, made: bool
) -> dict[date, list[float]]:
    """Physical values of a band, or the index, at the pixels, by date; NaN where a raster has no data.

    `made`: the rasters hold the index already, where there is one.
    """
    found = {}
    index = index_of_job(job)
    for when, path in paths.items():
        with RasterSource(path, role.upper()) as source:
            if role == COARSE and job.options.coarse_bands:
                source.select(tuple(place - 1 for place in job.options.coarse_bands))
            scale, offset = physical(source.bands, role, job.options)
            whole = index is None or made
            if index is not None and made:
                scale, offset = np.ones(1), np.zeros(1)
            values = [_value(source, domain, spot) * scale + offset for spot in places]
            found[when] = [float(one[band] if whole else index.of(one[:, None, None])[0, 0, 0]) for one in values]
            source.release_blocks()
    return found


def _value(source: RasterSource, domain: Grid, spot: Spot) -> np.ndarray:
    """(bands,) float64 stored values, NaN = no data."""
    grid = make_pair((FINE.upper(), source.role), domain, source.grid, RATIO_RANGE, 0.5, "warn", False).other
    source.count_like(grid)
    x, y = domain.to_map(spot.col + 0.5, spot.row + 0.5)
    if domain.crs_wkt != grid.crs_wkt:
        x, y = transformation(domain.crs_wkt, grid.crs_wkt).forward(x, y)
    col, row = (math.floor(part) for part in grid.to_pixel(x, y))
    if not (0 <= col < grid.width and 0 <= row < grid.height):
        return np.full(len(source.bands), np.nan)
    values, valid = source.read(Window(col, row, 1, 1))
    return np.where(valid.all(), values[:, 0, 0], np.nan)
