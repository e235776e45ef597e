"""The corrected secondary as a virtual raster: on its own grid, or on another one."""

from __future__ import annotations

from typing import Callable

from ..grid.fit import Fit
from ..grid.grid import Grid
from ..rasters.rewriting import Marks
from ..rasters.virtual_raster import Scratch, Warp
from .correction import Correction


def on_own_grid(
    scratch: Scratch, path: str, correction: Correction, own: Grid, kernel: str, marks: Marks
) -> str:  # fmt: skip
    """Its pixels untouched where they move as a whole, else warped onto the grid that they had (`own`)."""
    if not correction.points:
        return scratch.placed(path, correction.grid.geotransform, correction.grid.crs_wkt)
    return on_grid(scratch, path, correction, own, kernel, marks)


def on_grid(
    scratch: Scratch, path: str, correction: Correction, target: Grid, kernel: str, marks: Marks
) -> str:  # fmt: skip
    """Warped onto a grid; a target in another CRS must be north-up."""
    one_crs = Fit(target, correction.grid).one_frame
    plane = _pixels_of(target) if one_crs else _as_it_is
    crs_wkt = "" if one_crs else correction.grid.crs_wkt
    if correction.points:
        source = scratch.pinned(path, [(p.col, p.row, *plane(p.x, p.y)) for p in correction.points], crs_wkt)
    else:
        source = scratch.placed(path, _geotransform(correction.grid, plane), crs_wkt)
    return scratch.warped(
        source,
        Warp(
            target, _bounds(target, one_crs), kernel, "" if one_crs else target.crs_wkt, correction.order,
            bool(correction.points) and not correction.order, marks.source_nodata, marks.nodata, marks.alpha,
        ),
    )  # fmt: skip


def covers(correction: Correction, target: Grid) -> bool:
    """Whether every pixel centre of a target cut to the corrected raster's extent lies on it."""
    fit = Fit(target, correction.grid)
    return not correction.points and fit.one_frame and not fit.warped


def _as_it_is(x: float, y: float) -> tuple[float, float]:
    return x, y


def _pixels_of(target: Grid) -> Callable[[float, float], tuple[float, float]]:
    """Map coordinates -> (column, minus row): a plane in which any target, rotated or not, is north-up."""

    def place(x: float, y: float) -> tuple[float, float]:
        col, row = target.to_pixel(x, y)
        return col, -row

    return place


def _geotransform(
    grid: Grid, plane: Callable[[float, float], tuple[float, float]]
) -> tuple[float, float, float, float, float, float]:
    (x0, y0), (x1, y1), (x2, y2) = (
        plane(*grid.to_map(col, row)) for col, row in ((0, 0), (grid.width, 0), (0, grid.height))
    )
    width, height = grid.width, grid.height
    return x0, (x1 - x0) / width, (x2 - x0) / height, y0, (y1 - y0) / width, (y2 - y0) / height


def _bounds(target: Grid, one_crs: bool) -> tuple[float, float, float, float]:
    if one_crs:
        return 0.0, -float(target.height), float(target.width), 0.0
    (x0, y1), _, (x1, y0), _ = target.corners()
    return x0, y0, x1, y1
