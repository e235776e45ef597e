"""What a measured displacement does to the secondary's georeferencing: geometry only, no pixel is looked at.

A correction is either a geotransform, where the secondary moves, turns and stretches as a whole, or a list of control
points, where it is distorted. Coordinates are map coordinates in the secondary's own CRS; sign as in
`alignment.shift.shift_estimate`: the displacement is added to the secondary's position.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..basics.errors import InputError
from ..grid.crs import same_crs, transformation
from ..grid.grid import Grid
from ..rasters.turned import Turn
from .shift.shift_estimate import ShiftEstimate
from .warp_choice import with_shear

METHODS = ("shift", "similarity", "polynomial", "tps", "affine")
BEST = "best"
"""The correction that the chips bear out, see `warp_choice`."""
LOCAL_METHODS = ("polynomial", "tps")
LEAST_POINTS = 5
"""Control points below this number cannot tell a distortion from the noise of one of them."""
SECOND_ORDER_FROM = 12
"""Control points from which on a polynomial of the second order is used: twice what it needs."""


@dataclass(frozen=True)
class ControlPoint:
    """A place of the secondary and where it belongs.

    Attributes
    ----------
    col, row : float
        In the secondary's pixels; (0, 0) is the outer corner of the first.
    x, y : float
        Map coordinates in the secondary's CRS.
    """

    col: float
    row: float
    x: float
    y: float


@dataclass(frozen=True)
class Correction:
    """Where the secondary's pixels belong.

    Attributes
    ----------
    grid : Grid
        The secondary's, moved as a whole; beside control points it only tells what area is covered.
    points : tuple of ControlPoint
        () = the grid says it all.
    order : int
        Of the polynomial through the points; 0 = a thin plate spline.
    """

    grid: Grid
    points: tuple[ControlPoint, ...] = ()
    order: int = 0


class Frame:
    """Where positions measured on the reference lie in the secondary's CRS.

    Parameters
    ----------
    domain : Grid
        The part of the reference's grid that was compared.
    secondary : Grid
    """

    def __init__(self, domain: Grid, secondary: Grid) -> None:
        self.domain, self.secondary = domain, secondary
        self.one_crs = domain.crs_wkt == secondary.crs_wkt or same_crs(domain.crs_wkt, secondary.crs_wkt)
        self._back = None if self.one_crs else transformation(domain.crs_wkt, secondary.crs_wkt).forward

    def position(self, col: float, row: float) -> tuple[float, float]:
        """Map coordinates in the secondary's CRS of a pixel position of the domain."""
        x, y = self.domain.to_map(col, row)
        return (x, y) if self._back is None else self._back(x, y)

    def step(self, col: float, row: float, cols: float, rows: float) -> tuple[float, float]:
        """A displacement at a pixel position of the domain, as (dx, dy) in the secondary's CRS."""
        if self._back is None:
            return self.domain.vector_to_map(cols, rows)
        (x0, y0), (x1, y1) = self.position(col, row), self.position(col + cols, row + rows)
        return x1 - x0, y1 - y0


def correct(frame: Frame, estimate: ShiftEstimate, method: str) -> Correction:
    """The correction of a kind, one of `METHODS`.

    Raises
    ------
    InputError
        Too few chips agree for a local one.
    """
    if method == "shift":
        return Correction(shifted(frame, estimate))
    points = control_points(frame, estimate, method) if method in LOCAL_METHODS else ()
    if method == "similarity":
        estimate = replace(estimate, aspect=0.0, shear_deg=0.0)
    elif method == "affine":
        estimate = with_shear(estimate)
    order = 0 if method != "polynomial" else (2 if len(points) >= SECOND_ORDER_FROM else 1)
    return Correction(turned(frame, estimate), points, order)


def shifted(frame: Frame, estimate: ShiftEstimate) -> Grid:
    """The secondary's grid moved by the global shift; in another CRS, by what that is at the centre."""
    return frame.secondary.moved(*frame.step(*estimate.centre, estimate.cols, estimate.rows))


def turned(frame: Frame, estimate: ShiftEstimate) -> Grid:
    """The secondary's grid moved, turned, stretched and sheared as the global model says.

    In one CRS this is exact; between two it is the affine that fits three corners of the compared area.
    """
    width, height = frame.domain.width, frame.domain.height
    corners = [(0.0, 0.0), (float(width), 0.0), (0.0, float(height))]
    places = [frame.position(*corner) for corner in corners]
    steps = [frame.step(*corner, *estimate.displacement(*corner)) for corner in corners]
    xx, xy = _gradient(places, [dx for dx, _ in steps])
    yx, yy = _gradient(places, [dy for _, dy in steps])
    x0, a, b, y0, d, e = frame.secondary.geotransform
    (u, v), (dx, dy) = places[0], steps[0]
    across, down = x0 - u, y0 - v
    geotransform = (
        x0 + dx + xx * across + xy * down, a + xx * a + xy * d, b + xx * b + xy * e,
        y0 + dy + yx * across + yy * down, d + yx * a + yy * d, e + yx * b + yy * e,
    )  # fmt: skip
    return replace(frame.secondary, geotransform=geotransform)


def content_turn(frame: Frame, estimate: ShiftEstimate) -> Turn:
    """What is done to the content of the secondary, in its own pixels, so that it lies as `turned` places it."""
    placed = turned(frame, estimate)
    corners = [frame.secondary.to_pixel(*placed.to_map(*place)) for place in ((0, 0), (1, 0), (0, 1))]
    (x0, y0), (x1, y1), (x2, y2) = corners
    return x0, x1 - x0, x2 - x0, y0, y1 - y0, y2 - y0


def _gradient(places: list[tuple[float, float]], values: list[float]) -> tuple[float, float]:
    """(d/dx, d/dy) of the plane through three values."""
    (x0, y0), (x1, y1), (x2, y2) = places
    px, py, qx, qy = x1 - x0, y1 - y0, x2 - x0, y2 - y0
    p, q = values[1] - values[0], values[2] - values[0]
    area = px * qy - qx * py
    return (p * qy - q * py) / area, (q * px - p * qx) / area


def control_points(frame: Frame, estimate: ShiftEstimate, method: str) -> tuple[ControlPoint, ...]:
    """Where the chips that agree belong.

    Raises
    ------
    InputError
        Too few agree.
    """
    points = agreeing_points(frame, estimate)
    if len(points) < LEAST_POINTS:
        raise InputError(
            f"METHOD '{method}' needs at least {LEAST_POINTS} places where REFERENCE and SECONDARY agree, but "
            f"there are {len(points)}; raise MESH where the rasters are large, or choose METHOD 'shift'."
        )
    return points


def agreeing_points(frame: Frame, estimate: ShiftEstimate) -> tuple[ControlPoint, ...]:
    """Where the chips that agree belong, however many they are."""
    points = []
    for chip in (chip for chip in estimate.chips if chip.agrees):
        x, y = frame.position(chip.col, chip.row)
        dx, dy = frame.step(chip.col, chip.row, chip.cols, chip.rows)
        points.append(ControlPoint(*frame.secondary.to_pixel(x, y), x + dx, y + dy))
    return tuple(points)
