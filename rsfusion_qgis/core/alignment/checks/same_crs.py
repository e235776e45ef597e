"""Do both rasters have a CRS, is it the same one, and if not, how exact is the way between them?"""

from __future__ import annotations

from ...basics.findings import Finding
from ...grid.crs import Transformation, crs_name, metres_per_unit
from .pair import Pair

NAME = "same_crs"


def check(pair: Pair) -> list[Finding]:
    """Missing on one side: error. Missing on both: warning. Different: the accuracy of the transformation.

    Heights that a CRS speaks of do not count, see `crs.horizontal`.
    """
    names = ((pair.reference_role, pair.reference), (pair.role, pair.other))
    without = [role for role, grid in names if not grid.crs_wkt]
    if len(without) == 2:
        return [_without_any(pair)]
    if without:
        having = pair.role if without[0] == pair.reference_role else pair.reference_role
        found = f"{without[0]} has no CRS but {having} has one"
        cure = f"assign the CRS of {without[0]} (Layer > Set Layer CRS, or gdal_edit.py -a_srs)"
        return [Finding(NAME, "error", without[0], found, cure=cure)]
    if pair.fit.way is None:
        return [Finding(NAME, "info", pair.role, f"{pair.role} has the CRS of {pair.reference_role}")]
    return [_transformed(pair, pair.fit.way)]


def _without_any(pair: Pair) -> Finding:
    neither = f"Neither {pair.reference_role} nor {pair.role}"
    if pair.reference.is_georeferenced:
        found = f"{neither} has a CRS, so they are taken to share one frame"
        cure = "assign their CRS if that is wrong"
    else:
        found = f"{neither} is georeferenced, so they are taken to cover the same area, as their sizes allow"
        cure = "georeference them if that is wrong"
    return Finding(NAME, pair.soft(), pair.role, found, cure=cure)


def _transformed(pair: Pair, how: Transformation) -> Finding:
    way = f"from {crs_name(pair.other.crs_wkt)} to {crs_name(pair.reference.crs_wkt)}"
    if how.ballpark:
        found = f"{pair.role} must be transformed {way}, for which PROJ has no exact operation or lacks its grid file"
        cure = "install the grid file (projsync) or reproject with the right datum shift first"
        return Finding(NAME, pair.soft(), pair.role, found, None, pair.max_shift_px, "px", cure)
    accuracy_m = how.accuracy_m
    if accuracy_m is None:
        found = f"{pair.role} is transformed {way} with an accuracy that PROJ does not state"
        return Finding(NAME, pair.soft(), pair.role, found, None, pair.max_shift_px, "px", "compare the two in the map")
    size_m = min(pair.reference.pixel_size) * metres_per_unit(pair.reference.crs_wkt)
    accuracy_px = accuracy_m / size_m
    too_coarse = accuracy_px > pair.max_shift_px
    if pair.fit.one_frame:
        found, cure = f"Coordinates do not change {way}", f"assign one CRS to both if {pair.role} lies right"
        refused = too_coarse
    else:
        found, cure = f"{pair.role} is transformed {way}", f"reproject {pair.role} first"
        refused = too_coarse or pair.policy == "fail"
        if too_coarse:
            cure = f"reproject {pair.role} with an operation that is accurate to {pair.max_shift_px:g} pixels"
    found = f"{found} with an accuracy of {accuracy_px:.2g} {pair.reference_role} pixels"
    severity, cure = (pair.soft(), cure) if refused else ("info", "")
    return Finding(NAME, severity, pair.role, found, accuracy_px, pair.max_shift_px, "px", cure)
