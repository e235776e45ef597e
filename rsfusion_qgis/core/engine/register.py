"""Before inference: are the inputs of a fusion really aligned? Measured, judged, and undone where wished.

The measurement covers the whole domain whatever the extent, so that a part of a run is corrected as the whole is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Callable, Optional

from ..alignment.registration import Overlay, Selected, comparable, open_uninterpolated
from ..alignment.shift.shift_estimate import ShiftEstimate
from ..alignment.shift.wide import search_within
from ..alignment.shift_finding import judge, judge_correction, judge_refused
from ..basics.errors import CoregistrationError
from ..basics.findings import Finding
from ..rasters.aligned_input import open_aligned
from .plan import Plan, Registered, plan_job

SEARCH_PX, SEARCH_RATIOS = 8.0, 2.0
"""Shifts are looked for near up to so many reference pixels, or so many pixels of the coarser input; then farther."""
MESH = 4
Watch = Callable[[float], None]


def register_inputs(plan: Plan, watch: Optional[Watch] = None) -> Plan:
    """The plan with a finding about every input that is not the reference, and shifts undone under "correct".

    The reference stays where it is, since the result has its pixels.

    Parameters
    ----------
    watch : called now and then; may raise to stop.

    Raises
    ------
    CoregistrationError
        The policy is "fail" and a shift is larger than the network bears.
    """
    findings, shifts, registered = [], {}, {}
    placed = plan
    for role in plan.geometry:
        if role != plan.reference_role and not plan.task.role(role).codes:  # codes show no structure of their own
            estimate = _measured(placed, role, watch)
            finding, shift = _judged(placed, role, estimate, shifts, watch)
            findings.append(finding)
            registered[role] = Registered(estimate, shift is not None)
            if shift is not None:
                shifts[role] = shift
                placed = plan_job(plan.job, shifts) if plan.task.aligning else plan
    for finding in findings:
        if finding.severity == "error":
            raise CoregistrationError(finding.sentence)
    moved = plan_job(plan.job, shifts) if shifts else plan
    return replace(moved, findings=(*plan.findings, *findings), registered=registered)


def _measured(plan: Plan, role: str, watch: Optional[Watch]) -> ShiftEstimate:
    """How far an input lies off, as the task measures it, or as the engine does."""
    found = plan.task.aligning.measure(plan, role, watch) if plan.task.aligning else None
    return found or measure_input(plan, role, watch)


def _judged(
    plan: Plan, role: str, estimate: ShiftEstimate, before: Mapping[str, tuple[float, float]], watch: Optional[Watch]
) -> tuple[Finding, Optional[tuple[float, float]]]:
    """The finding about one input, and its shift where it is to be undone; `before`: what is undone already."""
    task = plan.task
    names = task.parameter(plan.reference_role), task.parameter(role)
    tolerance, policy = plan.card.max_shift_px, plan.job.policy
    sure = estimate.verdict(tolerance) != "uncertain"
    undoes = tolerance if task.undoes_from is None else task.undoes_from
    least = task.aligning.least(plan, role) if task.aligning else undoes
    if policy != "correct" or not sure or estimate.length < least:
        return judge(estimate, *names, tolerance, policy), None
    shift = (estimate.cols, estimate.rows)
    undone = {**before, role: shift} if task.aligning else {role: shift}
    after = _measured(plan_job(plan.job, undone), role, watch)
    if after.verdict(tolerance) == "uncertain" or after.length >= estimate.length:
        return judge_refused(estimate, *names, tolerance), None
    return judge_correction(estimate, after, *names, tolerance), shift


def measure_input(plan: Plan, role: str, watch: Optional[Watch] = None) -> ShiftEstimate:
    """How far an input lies off the reference, as the plan places it."""
    near = max(SEARCH_PX, SEARCH_RATIOS * plan.geometry[role].ratio)
    with open_input(plan, role) as overlay:
        return overlay.measure(search_within(None, MESH, near), watch)


def open_input(plan: Plan, role: str, as_it_lies: bool = False) -> Overlay:
    """The reference and an input, opened for comparing; `as_it_lies`: without the shift that the plan undoes."""
    domain, reference_role = plan.domain, plan.reference_role
    paths, first, other = plan.job.inputs, plan.geometry[reference_role], plan.geometry[role]
    names = plan.task.parameter(reference_role), plan.task.parameter(role)
    kinds = plan.task.role(reference_role).kind, plan.task.role(role).kind
    moved = (0.0, 0.0) if as_it_lies else other.moved
    reference = open_aligned(paths[reference_role], names[0], domain, 1, "cubic", first.grid, 1.0, kind=kinds[0])
    secondary = open_uninterpolated(paths[role], names[1], domain, other.grid, other.ratio, moved, kinds[1])
    secondary.source.select(plan.bands[role])
    secondary.source.select(comparable(secondary.source))
    return Overlay(Selected(reference), Selected(secondary))
