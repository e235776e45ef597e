"""How much of the reference does the other raster cover?"""

from __future__ import annotations

from ...basics.findings import Finding
from .pair import Pair

NAME = "overlap"
_FULL = 0.999  # share; a fraction of an edge pixel is no partial cover


def check(pair: Pair) -> list[Finding]:
    """None: error. A part: warning, the result covers the intersection. All: information."""
    share = pair.fit.covered_share
    if share <= 0:
        found = f"{pair.role} does not overlap {pair.reference_role}"
        cure = "choose rasters of one area, or correct the CRS that one of them was given"
        return [Finding(NAME, "error", pair.role, found, 0.0, 0.0, "share", cure)]
    found = f"{pair.role} covers {100 * share:.3g} % of {pair.reference_role}"
    if share < _FULL:
        so = "so the result covers the intersection only" if pair.needed else "the rest is computed without it"
        return [Finding(NAME, "warning", pair.role, f"{found}, {so}", share, _FULL, "share")]
    return [Finding(NAME, "info", pair.role, found, share, _FULL, "share")]
