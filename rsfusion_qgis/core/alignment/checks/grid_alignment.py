"""Do the two grids nest: is a pixel corner of the one a pixel corner of the other, and are the axes parallel?"""

from __future__ import annotations

import math

from ...basics.findings import Finding
from ...grid.fit import OTHER_CRS, ROUNDING_PX
from .pair import Pair

NAME = "grid_alignment"
ROTATION_LIMIT_DEG = 0.01


def check(pair: Pair) -> list[Finding]:
    """A rotation is an error unless the policy is "correct"; an offset is followed by interpolation."""
    if pair.fit.reason == OTHER_CRS:
        found = f"{pair.role} is warped onto a grid that nests in {pair.reference_role}'s"
        return [
            Finding(NAME, pair.soft(), pair.role, found, cure=f"reproject {pair.role} first to choose how it is done")
        ]
    return [_rotated(pair, pair.fit.rotation_deg) if pair.fit.warped else _offset(pair)]


def _rotated(pair: Pair, angle: float) -> Finding:
    found = f"{pair.role}'s grid is rotated by {angle:.3g} degrees against {pair.reference_role}'s"
    sheared = _columns_turned(pair)
    if abs(sheared) > abs(angle):
        found = f"{pair.role}'s grid is sheared: its columns are turned by {sheared:.3g} degrees against its rows"
    if pair.policy == "correct":
        return Finding(NAME, "warning", pair.role, f"{found} and is warped onto it", angle, ROTATION_LIMIT_DEG, "deg")
    cure = f"set COREGISTRATION to 'correct' to warp {pair.role}, or correct the georeferencing that is wrong"
    return Finding(NAME, "error", pair.role, found, angle, ROTATION_LIMIT_DEG, "deg", cure)


def _columns_turned(pair: Pair) -> float:
    """Degrees by which the other's columns are turned more than its rows, against those of the reference, -180..180."""
    angles = []
    for grid in (pair.reference, pair.other):
        _, a, b, _, d, e = grid.geotransform
        angles.append(math.degrees(math.atan2(e, b) - math.atan2(d, a)))
    return (angles[1] - angles[0] + 180.0) % 360.0 - 180.0


def _offset(pair: Pair) -> Finding:
    dx, dy = pair.fit.corner_off
    size = max(abs(dx), abs(dy))
    if not pair.fit.whole_ratio:
        found = f"The ratio of {pair.role} to {pair.reference_role} is not a whole number, so the grids do not nest"
        cure = f"resample {pair.role} onto a grid that nests, or use another COREGISTRATION"
        followed = f"{found}; {pair.role} is interpolated at its true position"
        text, cure = (found, cure) if pair.policy == "fail" else (followed, "")
        return Finding(NAME, "error" if pair.policy == "fail" else "info", pair.role, text, None, None, "px", cure)
    found = (
        f"{pair.role}'s pixel corners lie {dx:+.2f} columns and {dy:+.2f} rows off those of {pair.reference_role} "
        f"({pair.reference_role} pixels, corners of pixels as areas)"
    )
    if pair.fit.nests():
        return Finding(
            NAME,
            "info",
            pair.role,
            f"The grids of {pair.role} and {pair.reference_role} nest",
            size,
            ROUNDING_PX,
            "px",
        )
    if pair.policy == "fail":
        cure = "set COREGISTRATION to 'warn' or 'correct' to interpolate at the true position"
        return Finding(NAME, "error", pair.role, found, size, ROUNDING_PX, "px", cure)
    found = f"{found}; {pair.role} is interpolated at its true position"
    if pair.policy == "warn":
        return Finding(NAME, "warning", pair.role, found, size, ROUNDING_PX, "px")
    return Finding(NAME, "info", pair.role, found, size, None, "px")  # it is dealt with, whatever its size
