"""Pixels in metres: how far a step along a row or a column leads on the ground, and the unit of heights.

Degrees are not metres: on a geographic CRS both steps are converted at the latitude of the raster's middle, once for
the whole raster, so that a window has the same shape everywhere and a part gives what the whole gives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

from ...basics.errors import InputError
from ...grid.crs import is_geographic, metres_per_degree, metres_per_unit
from ...grid.grid import Grid

POLAR_DEG = 85.0
"""Beyond this latitude meridians run together so fast that no single step holds for a raster."""

_METRES = {
    1.0: ("m", "metre", "metres", "meter", "meters"),
    0.01: ("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    0.1: ("dm", "decimetre", "decimetres", "decimeter", "decimeters"),
    0.001: ("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    1000.0: ("km", "kilometre", "kilometres", "kilometer", "kilometers"),
    0.3048: ("ft", "foot", "feet", "international foot", "international feet"),
    1200.0 / 3937.0: ("us survey foot", "us survey feet", "us-ft", "ftus", "us-foot", "foot_us", "us_ft"),
}


@dataclass(frozen=True)
class Steps:
    """Where one pixel's step leads, in metres to the (east, north).

    Attributes
    ----------
    col, row : tuple of 2 floats
        Of one column to the right, and of one row down.
    latitude : float or None
        Degrees; where degrees were converted, None on a CRS of lengths.
    uneven : float
        Largest relative error of the step to the east over the raster's height; 0 on a CRS of lengths.
    """

    col: tuple[float, float]
    row: tuple[float, float]
    latitude: Optional[float] = None
    uneven: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """(height, width) of a pixel in metres."""
        return math.hypot(*self.row), math.hypot(*self.col)

    def reach(self, metres: float) -> tuple[int, int]:
        """(rows, cols): how many pixel centres on each side lie within a distance along the grid's axes."""
        height, width = self.size
        return math.floor(metres / height + 1e-6), math.floor(metres / width + 1e-6)


def steps_of(grid: Grid, role: str) -> Steps:
    """The steps of a raster.

    Parameters
    ----------
    role : str
        The user's parameter, for messages.

    Raises
    ------
    InputError
        A geographic raster lies near a pole, or outside the latitudes that there are.
    """
    _, a, b, _, d, e = grid.geotransform
    if not is_geographic(grid.crs_wkt):
        unit = metres_per_unit(grid.crs_wkt)
        return Steps((a * unit, d * unit), (b * unit, e * unit))
    latitudes = [y for _, y in grid.corners()]
    middle = (min(latitudes) + max(latitudes)) / 2
    if max(abs(y) for y in latitudes) > POLAR_DEG:
        raise InputError(
            f"{role} reaches from {min(latitudes):.6g} to {max(latitudes):.6g} degrees of latitude, where degrees "
            f"cannot be turned into metres; expected at most {POLAR_DEG:g}, so reproject {role} into a projected CRS."
        )
    east, north = metres_per_degree(grid.crs_wkt, middle)
    widths = [metres_per_degree(grid.crs_wkt, y)[0] for y in latitudes]
    uneven = max(abs(width / east - 1) for width in widths)
    return Steps((a * east, d * north), (b * east, e * north), middle, uneven)


def metres_of(unit: str) -> Optional[float]:
    """Metres of one unit of height by its name ("ft"); None where the name is unknown or empty."""
    wanted = " ".join(unit.lower().split())
    return next((metres for metres, names in _METRES.items() if wanted in names), None)
