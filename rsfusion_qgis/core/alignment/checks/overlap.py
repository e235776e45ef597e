"""How much of the reference does the other raster cover?"""

from __future__ import annotations

from ...basics.findings import Finding
from .pair import Pair

NAME = "overlap"
_FULL = 0.999  # share; a fraction of an edge pixel is no partial cover


def check(pair: Pair) -> list[Finding]:
    """None: error. A part: warning, the result covers the intersection. All: information."""
    share = covered_share(pair)
    if share <= 0:
        found = f"{pair.role} does not overlap {pair.reference_role}"
        cure = "choose rasters of one area, or correct the CRS that one of them was given"
        return [Finding(NAME, "error", pair.role, found, 0.0, 0.0, "share", cure)]
    found = f"{pair.role} covers {100 * share:.3g} % of {pair.reference_role}"
    if share < _FULL:
        so = "so the result covers the intersection only" if pair.needed else "the rest is computed without it"
        return [Finding(NAME, "warning", pair.role, f"{found}, {so}", share, _FULL, "share")]
    return [Finding(NAME, "info", pair.role, found, share, _FULL, "share")]


def footprint(pair: Pair) -> tuple[float, float, float, float]:
    """(col0, row0, col1, row1) of the other raster in reference pixel coordinates, by points along its edge."""
    width, height, steps = pair.other.width, pair.other.height, 20
    edge = [(width * i / steps, row) for i in range(steps + 1) for row in (0, height)]
    edge += [(col, height * i / steps) for i in range(steps + 1) for col in (0, width)]
    points = [pair.other_in_reference(*p) for p in edge]
    cols, rows = [p[0] for p in points], [p[1] for p in points]
    return min(cols), min(rows), max(cols), max(rows)


def covered_share(pair: Pair) -> float:
    """Share of the reference's area inside the other's footprint, 0..1."""
    col0, row0, col1, row1 = footprint(pair)
    width = min(col1, pair.reference.width) - max(col0, 0.0)
    height = min(row1, pair.reference.height) - max(row0, 0.0)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / (pair.reference.width * pair.reference.height)
