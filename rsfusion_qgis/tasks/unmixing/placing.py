"""What is said of the place of the guide: its pixels are gathered under those of HS, whole where they nest."""

from __future__ import annotations

from ...core.alignment.checks.grid_alignment import NAME as GRIDS
from ...core.basics.findings import Finding
from ...core.engine.plan import Plan
from .layers import GUIDE, steps_of

_WHOLE = 1e-3


def findings(plan: Plan) -> tuple[Finding, ...]:
    """The engine's findings; that grids do not nest is said only where the guide's pixels do not fill those of HS.

    That there is no guide is not worth a word.
    """
    if GUIDE not in plan.geometry:
        return tuple(one for one in plan.findings if one.role != plan.task.parameter(GUIDE))
    name, steps = plan.task.parameter(GUIDE), steps_of(plan)
    fits = abs(plan.geometry[GUIDE].ratio * steps - 1) < _WHOLE
    kept = [one for one in plan.findings if not (fits and one.check == GRIDS and one.severity == "info")]
    words = f"{steps} x {steps} pixels of {name} lie in one of HS"
    if not fits:
        words = f"{name} is read at {steps} x {steps} places in each pixel of HS, the nearest of its pixels at each"
    return (*kept, Finding("guide", "info", name, words))
