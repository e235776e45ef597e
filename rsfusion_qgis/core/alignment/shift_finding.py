"""What a measured shift means for a run: the finding, by the policy and by what the network or method bears."""

from __future__ import annotations

import math

from ..basics.findings import Finding
from .shift.shift_estimate import ShiftEstimate

NAME = "residual_shift"
LEAST_TOLD = 0.005
"""Degrees or percent; what is smaller is not told."""
WORTH_CORRECTING_PX = 0.05
"""Reference pixels; a smaller shift is left alone."""


def judge(
    estimate: ShiftEstimate, reference_role: str, role: str, tolerance_px: float, policy: str, off_px: float = 0.0
) -> Finding:
    """The finding about a shift that was measured and not undone.

    Parameters
    ----------
    estimate : of `role` on `reference_role`, the users' parameters.
    tolerance_px : what the network or method bears, reference pixels.
    policy : one of `POLICIES`.
    off_px : how far off it lies where it lies farthest off, reference pixels, where more than a shift is sure; else 0.
    """
    if estimate.verdict(tolerance_px) == "uncertain":
        return _finding("info", role, tolerance_px, None, f"{_unmeasured(estimate, reference_role, role)}")
    off = max(estimate.length, off_px)
    found = describe(estimate, reference_role, role, off_px > 0)
    if off <= tolerance_px:
        bears = f"{found}, within the {tolerance_px:g} that the fusion bears"
        return _finding("info", role, tolerance_px, off, bears)
    found = f"{found}, more than the {tolerance_px:g} that the fusion bears"
    severity = "error" if policy == "fail" else "warning"
    cure = f"set COREGISTRATION to 'correct', or correct {role} with rsfusion:coregister first"
    return _finding(severity, role, tolerance_px, off, found, cure)


def judge_correction(
    before: ShiftEstimate, after: ShiftEstimate, reference_role: str, role: str, tolerance_px: float,
    turned: bool = False,
) -> Finding:  # fmt: skip
    """The finding about a shift that was undone; `after` was measured on the moved raster."""
    found = f"{describe(before, reference_role, role, turned)}, and is moved there"
    off = max(after.length, after.rmse if math.isfinite(after.rmse) else 0.0)
    if off > tolerance_px:
        found = f"{found}, but parts of it still lie {off:.2f} pixels off"
        cure = f"correct the local distortion of {role} with rsfusion:coregister first"
        return _finding("warning", role, tolerance_px, off, found, cure)
    return _finding("info", role, tolerance_px, after.length, f"{found}; {after.length:.2f} pixels remain")


def judge_refused(estimate: ShiftEstimate, reference_role: str, role: str, tolerance_px: float) -> Finding:
    """The finding where a correction was wanted but did not help."""
    found = f"{describe(estimate, reference_role, role)}, but moving it there does not bring them closer"
    return _finding(
        "warning", role, tolerance_px, estimate.length, f"{found}, so it stays", f"compare {role} with it in the map"
    )


def describe(estimate: ShiftEstimate, reference_role: str, role: str, turned: bool = False) -> str:
    """Where the secondary lies, in words; the opposite of what must be added to it. `turned`: more than a shift."""
    found = (
        f"{role}'s content lies {-estimate.cols:+.2f} columns and {-estimate.rows:+.2f} rows off that of "
        f"{reference_role} ({reference_role} pixels, confidence {estimate.confidence:.2f})"
    )
    if not turned:
        return found
    larger, sheared = 100 / estimate.scale - 100, max(abs(estimate.shear_deg), abs(math.degrees(estimate.aspect)))
    found = f"{found}, is turned by {-estimate.rotation_deg:+.2f} degrees"
    found = f"{found}, is stretched by {larger:+.2f} %" if abs(larger) >= LEAST_TOLD else found
    return f"{found}, is sheared" if sheared >= LEAST_TOLD else found


def _unmeasured(estimate: ShiftEstimate, reference_role: str, role: str) -> str:
    between = f"The shift between {role} and {reference_role} cannot be measured"
    if not estimate.chips:
        return f"{between}: no place has enough valid pixels with structure"
    if estimate.at_limit:
        return f"{between}: it may lie beyond the search range"
    return f"{between} with confidence ({estimate.confidence:.2f}): they show too little common structure"


def _finding(
    severity: str, role: str, limit: float, measured: float | None, found: str, cure: str = ""
) -> Finding:
    return Finding(NAME, severity, role, found, measured, limit, "px", cure)
