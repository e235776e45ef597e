"""What is said of a shift: nothing that lies beyond its limit is called in order."""

from __future__ import annotations

import math

import pytest

from rsfusion_qgis.core.alignment.shift.shift_estimate import ShiftEstimate
from rsfusion_qgis.core.alignment.shift_finding import judge, judge_correction


def lies(cols: float, rmse: float = math.nan) -> ShiftEstimate:
    return ShiftEstimate(cols, 0.0, 0.0, 1.0, (0.0, 0.0), rmse, 0.1, 0.9, 0.9, 0.95, False, (), "intensity")


@pytest.mark.parametrize(("policy", "severity"), [("warn", "warning"), ("correct", "warning"), ("fail", "error")])
def test_a_shift_beyond_the_limit_that_stays_is_never_in_order(policy: str, severity: str) -> None:
    found = judge(lies(1.31), "PAN", "MS", 0.75, policy)
    assert (found.severity, found.measured, found.limit) == (severity, 1.31, 0.75)
    assert judge(lies(0.74), "PAN", "MS", 0.75, policy).severity == "info"


@pytest.mark.parametrize(("left", "severity", "words"), [
    (lies(0.05, 0.2), "info", "0.05 pixels remain"),
    (lies(0.05, 0.9), "warning", "parts of it still lie 0.90 pixels off"),
    (lies(1.31, 0.3), "warning", "parts of it still lie 1.31 pixels off"),
    (lies(1.31), "warning", "parts of it still lie 1.31 pixels off"),
])  # fmt: skip
def test_what_remains_after_a_correction_counts(left: ShiftEstimate, severity: str, words: str) -> None:
    found = judge_correction(lies(3.0), left, "PAN", "MS", 0.75)
    assert found.severity == severity and words in found.found
