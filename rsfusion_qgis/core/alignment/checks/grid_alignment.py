"""Do the two grids nest: is a pixel corner of the one a pixel corner of the other, and are the axes parallel?"""

from __future__ import annotations

import math

from ...basics.findings import Finding
from .pair import Pair

NAME = "grid_alignment"
OFFSET_LIMIT_PX = 0.02  # reference pixels; below this an offset is rounding in the file's header
ROTATION_LIMIT_DEG = 0.01


def check(pair: Pair) -> list[Finding]:
    """A rotation is an error unless the policy is "correct"; an offset is followed by interpolation."""
    if pair.transformation is not None:
        found = f"{pair.role} is warped onto a grid that nests in {pair.reference_role}'s"
        return [
            Finding(NAME, pair.soft(), pair.role, found, cure=f"reproject {pair.role} first to choose how it is done")
        ]
    angle = rotation_deg(pair)
    if pair.placement is None:
        return [_rotated(pair, angle)]
    return [_offset(pair)]


def _rotated(pair: Pair, angle: float) -> Finding:
    found = f"{pair.role}'s grid is rotated by {angle:.3g} degrees against {pair.reference_role}'s"
    if pair.policy == "correct":
        return Finding(NAME, "warning", pair.role, f"{found} and is warped onto it", angle, ROTATION_LIMIT_DEG, "deg")
    cure = f"set COREGISTRATION to 'correct' to warp {pair.role}, or correct the georeferencing that is wrong"
    return Finding(NAME, "error", pair.role, found, angle, ROTATION_LIMIT_DEG, "deg", cure)


def _offset(pair: Pair) -> Finding:
    dx, dy, whole = offset_px(pair)
    size = max(abs(dx), abs(dy))
    if not whole:
        found = f"The ratio of {pair.role} to {pair.reference_role} is not a whole number, so the grids do not nest"
        cure = f"resample {pair.role} onto a grid that nests, or use another COREGISTRATION"
        followed = f"{found}; {pair.role} is interpolated at its true position"
        text, cure = (found, cure) if pair.policy == "fail" else (followed, "")
        return Finding(NAME, "error" if pair.policy == "fail" else "info", pair.role, text, None, None, "px", cure)
    found = (
        f"{pair.role}'s pixel corners lie {dx:+.2f} columns and {dy:+.2f} rows off those of {pair.reference_role} "
        f"({pair.reference_role} pixels, corners of pixels as areas)"
    )
    if size <= OFFSET_LIMIT_PX:
        return Finding(
            NAME,
            "info",
            pair.role,
            f"The grids of {pair.role} and {pair.reference_role} nest",
            size,
            OFFSET_LIMIT_PX,
            "px",
        )
    if pair.policy == "fail":
        cure = "set COREGISTRATION to 'warn' or 'correct' to interpolate at the true position"
        return Finding(NAME, "error", pair.role, found, size, OFFSET_LIMIT_PX, "px", cure)
    severity = "warning" if pair.policy == "warn" else "info"
    found = f"{found}; {pair.role} is interpolated at its true position"
    return Finding(NAME, severity, pair.role, found, size, OFFSET_LIMIT_PX, "px")


def offset_px(pair: Pair) -> tuple[float, float, bool]:
    """Distance of the other's first corner to the nearest reference corner, and whether the ratio is whole."""
    col, row = pair.other_in_reference(0.0, 0.0)
    across, down = 1.0 / pair.placement.scale_x, 1.0 / pair.placement.scale_y
    drift = max(abs(across - round(across)) * pair.other.width, abs(down - round(down)) * pair.other.height)
    return col - round(col), row - round(row), drift < 0.5


def rotation_deg(pair: Pair) -> float:
    """Angle between the rows of the two grids, degrees, counter-clockwise positive, -180..180."""
    angles = []
    for grid in (pair.reference, pair.other):
        _, a, _, _, d, _ = grid.geotransform
        angles.append(math.degrees(math.atan2(d, a)))
    return (angles[1] - angles[0] + 180.0) % 360.0 - 180.0
