"""Is the other raster coarser than the reference by a factor that the network was made for?"""

from __future__ import annotations

from ...basics.findings import Finding
from ...grid.fit import OTHER_CRS
from .pair import Pair

NAME = "resolution_ratio"
_ANISOTROPY = 1.02  # horizontal over vertical ratio; more means that one of the pixel sizes is wrong
EQUAL = 0.02
"""Ratios this near to 1 are said to be it."""


def check(pair: Pair) -> list[Finding]:
    """Outside the card's range, or different in the two directions: error."""
    across, down = pair.fit.ratios
    ratio, (low, high) = pair.fit.ratio, pair.ratio_range
    larger = "as large" if f"{ratio:.4g}" == "1" else f"{ratio:.4g} times as large"
    found = f"{pair.role} pixels are {larger} as those of {pair.reference_role}"
    if not low * 0.995 <= ratio <= high * 1.005:
        if ratio < 1 - EQUAL:
            return [exchanged(pair.reference_role, pair.role, ratio)]
        if ratio <= 1 + EQUAL:
            found = f"{pair.role} has pixels as small as those of {pair.reference_role}"
            cure = f"this fusion takes {low:g} to {high:g} times larger ones, so give {pair.role} as it was delivered"
        else:
            cure = f"this fusion takes {low:g} to {high:g}; resample {pair.role} or choose another network"
        return [Finding(NAME, "error", pair.role, found, ratio, high if ratio > high else low, "ratio", cure)]
    anisotropy = max(across / down, down / across)
    if anisotropy > _ANISOTROPY and pair.fit.reason != OTHER_CRS:  # else it is warped to square pixels anyway
        found = (
            f"{pair.role} pixels are {across:.4g} times as wide but {down:.4g} times as high as {pair.reference_role}'s"
        )
        cure = f"resample {pair.role} to pixels of the same shape"
        return [Finding(NAME, "error", pair.role, found, anisotropy, _ANISOTROPY, "ratio", cure)]
    return [Finding(NAME, "info", pair.role, found, ratio, high, "ratio")]


def exchanged(reference_role: str, role: str, ratio: float) -> Finding:
    """What is said where the reference has the coarser pixels; `ratio` is below 1."""
    found = f"{reference_role} has coarser pixels than {role} ({1 / ratio:.4g} times as large)"
    cure = f"expected the finer pixels in {reference_role}, so exchange {reference_role} and {role}"
    return Finding(NAME, "error", role, found, ratio, 1.0, "ratio", cure)
