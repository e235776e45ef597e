"""Are the rasters aligned? One check per file; each takes a `Pair` and returns its findings.

These checks read headers only. A new one is a file with `NAME` and `check(pair) -> list[Finding]`, and its
place in `CHECKS`.
"""

from __future__ import annotations

from ...basics.findings import Finding
from . import date_line, grid_alignment, overlap, resolution_ratio, same_crs
from .pair import POLICIES, Pair

CHECKS = (same_crs, date_line, overlap, resolution_ratio, grid_alignment)

__all__ = ["CHECKS", "POLICIES", "Pair", "check_pair"]


def check_pair(pair: Pair) -> list[Finding]:
    """All findings, in order; after an error the rest would only repeat it, so they stop there."""
    findings: list[Finding] = []
    for module in CHECKS:
        findings += module.check(pair)
        if any(f.severity == "error" for f in findings):
            break
    return findings
