"""What a check found: a measured value, its limit, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Finding:
    """One result of one check.

    Attributes
    ----------
    check : str
        Name of the check ("grid_alignment").
    severity : str
        "info" (as it should be, or handled without loss), "warning", "error" (stops the run).
    role : str
        The user's parameter that the finding is about ("MS").
    found : str
        What was measured, in words, starting with the parameter's name.
    measured, limit : float or None
        In `unit`; None where there is no number.
    unit : str
        "px", "deg", "ratio", "share" or "".
    cure : str
        What the user can do; "" for information.
    """

    check: str
    severity: str
    role: str
    found: str
    measured: Optional[float] = None
    limit: Optional[float] = None
    unit: str = ""
    cure: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.found}; {self.cure}." if self.cure else f"{self.found}."
