"""What was measured, for other tools: control points, and the displacement field as a raster.

Control points say where places of the secondary belong: the chips that agree. As `.points` they open in QGIS's
Georeferencer; any other ending gives GDAL's options (`gdal_translate --optfile FILE`). The field is sampled from the
model that was chosen. Displacements are what must be added to the secondary.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..basics.errors import InputError
from ..basics.pending_file import PendingFile, pending_text
from ..grid.grid import Grid, Window
from ..rasters.band_info import BandInfo
from ..rasters.sink import OutputProfile, RasterSink
from .correction import ControlPoint
from .shift.shift_estimate import ShiftEstimate
from .warp_choice import MODELS, arrays

POINTS = ".points"
CELLS = 64
"""Cells of the field along its longer side."""
NODATA = -9999.0
BANDS = (
    ("columns", "what must be added to the secondary to the right, reference pixels"),
    ("rows", "what must be added to the secondary downwards, reference pixels"),
)


def points_text(points: Sequence[ControlPoint], path: str, crs_wkt: str) -> str:
    """Control points as the text of a file with that name."""
    if Path(path).suffix.lower() != POINTS:
        lines = [f"-gcp {p.col:.4f} {p.row:.4f} {p.x:.10g} {p.y:.10g}" for p in points]
        return "\n".join(lines) + "\n"
    flat = crs_wkt.replace("\n", " ")
    lines = [f"#CRS: {flat}"] if flat else []
    lines.append("mapX,mapY,sourceX,sourceY,enable,dX,dY,residual")
    lines += [f"{p.x:.10g},{p.y:.10g},{p.col:.4f},{-p.row:.4f},1,0,0,0" for p in points]
    return "\n".join(lines) + "\n"


def pending_points(points: Sequence[ControlPoint], path: str, crs_wkt: str, parameter: str) -> PendingFile:
    """The file of control points, complete but not under its name yet.

    Raises
    ------
    InputError
        There is none.
    OutputError
    """
    if not points:
        raise InputError(f"{parameter}: no chip agrees, so there are no control points; leave {parameter} empty.")
    return pending_text(path, points_text(points, path, crs_wkt), parameter)


def field_of(estimate: ShiftEstimate, method: str, domain: Grid) -> tuple[np.ndarray, Grid]:
    """The displacement field ((2, rows, cols): columns and rows, reference pixels, float32) and its grid."""
    step = max(1, -(-max(domain.width, domain.height) // CELLS))
    width, height = -(-domain.width // step), -(-domain.height // step)
    x0, a, b, y0, d, e = domain.geotransform
    grid = Grid(domain.crs_wkt, (x0, a * step, b * step, y0, d * step, e * step), width, height)
    cols, rows = np.meshgrid((np.arange(width) + 0.5) * step, (np.arange(height) + 0.5) * step)
    places = np.column_stack([cols.ravel(), rows.ravel()]) - estimate.centre
    if method in ("polynomial", "tps"):
        steps = MODELS[method](*arrays(estimate))(places)
    elif method == "shift":
        steps = np.broadcast_to((estimate.cols, estimate.rows), places.shape)
    else:
        steps = places @ estimate.linear.T + (estimate.cols, estimate.rows) - places
    return steps.T.reshape(2, height, width).astype(np.float32), grid


def pending_field(field: np.ndarray, grid: Grid, path: str, parameter: str) -> PendingFile:
    """The field as a raster of two bands, which has no name yet; raises OutputError."""
    bands = tuple(
        BandInfo(number + 1, "Float32", f"{name}: {what}", "pixels", NODATA)
        for number, (name, what) in enumerate(BANDS)
    )
    sink = RasterSink(path, OutputProfile(grid, bands, "Float32", NODATA, "nodata"), parameter=parameter)
    try:
        sink.write(Window(0, 0, grid.width, grid.height), field, np.ones(field.shape[1:], bool))
        sink.finish()
    except BaseException:
        sink.abort()
        raise
    return sink.pending
