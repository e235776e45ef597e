"""Do the rasters lie at 180 degrees of longitude, where the reference's coordinates begin anew?"""

from __future__ import annotations

import math
from typing import Optional

from ...basics.errors import InputError
from ...basics.findings import Finding
from ...grid.crs import WGS84, crs_name, longitude_latitude, transformation
from ...grid.fit import OTHER_CRS
from ...grid.grid import Grid
from .pair import Pair

NAME = "date_line"
_LARGEST_DEG = 90.0  # wider rasters may lie anywhere
_STEP_DEG, _JUMP = 0.001, 100.0
"""A CRS begins anew at 180 degrees where a step across is so many times as long as a step before."""


def check(pair: Pair) -> list[Finding]:
    """Error where they share ground that the reference's CRS has at two places, so that no pixel seems to be shared."""
    spans = [_longitudes(grid) for grid in (pair.reference, pair.other)]
    if None in spans:
        return []
    (west, east), (other_west, other_east) = spans
    if not (min(west, other_west) <= 180.0 <= max(east, other_east) and max(west, other_west) < min(east, other_east)):
        return []
    torn = pair.fit.reason == OTHER_CRS and other_west < 180.0 < other_east
    if not (torn or pair.fit.covered_share <= 0) or not _begins_anew(pair.reference):
        return []
    found = (f"{pair.reference_role} and {pair.role} lie at 180 degrees of longitude, where the coordinates of "
             f"{crs_name(pair.reference.crs_wkt)} begin anew, so they cannot be laid on each other")  # fmt: skip
    cure = "reproject both into a CRS that goes on there, such as that of UTM zone 1 or 60"
    return [Finding(NAME, "error", pair.role, found, cure=cure)]


def _longitudes(grid: Grid) -> Optional[tuple[float, float]]:
    """From west to east, 0..360 degrees; None where they are not known or far apart."""
    places = [longitude_latitude(grid.crs_wkt, *corner) for corner in grid.corners()]
    if not all(place and math.isfinite(place[0]) for place in places):
        return None
    found = [place[0] % 360.0 for place in places if place]
    return (min(found), max(found)) if max(found) - min(found) < _LARGEST_DEG else None


def _begins_anew(grid: Grid) -> bool:
    middle = longitude_latitude(grid.crs_wkt, *grid.to_map(grid.width / 2, grid.height / 2))
    if middle is None:
        return False
    try:
        way = transformation(WGS84, grid.crs_wkt)
        before, last, first = (way.forward(lon, middle[1]) for lon in (180 - 3 * _STEP_DEG, 180 - _STEP_DEG,
                                                                       -180 + _STEP_DEG))  # fmt: skip
    except InputError:
        return False
    return math.dist(last, first) > _JUMP * math.dist(before, last)
