"""Before inference: are the inputs of a fusion really aligned? Measured, judged, and undone where wished.

The measurement covers the whole domain whatever the extent, so that a part of a run is corrected as the whole is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Callable, Optional

import numpy as np

from ..alignment.correction import Frame, content_turn
from ..alignment.registration import Overlay, Selected, comparable, open_uninterpolated
from ..alignment.shift.residual_shift import Search
from ..alignment.shift.shift_estimate import ShiftEstimate
from ..alignment.shift.wide import bound_px
from ..alignment.shift_finding import judge, judge_correction, judge_refused
from ..alignment.warp_choice import turning
from ..basics.errors import CoregistrationError, InputError
from ..basics.findings import Finding
from ..grid.fit import Fit
from ..rasters.aligned_input import open_aligned
from ..rasters.turned import Turn
from .plan import Plan, Registered, plan_job

TURN_WORTH_PX, TURN_WORTH_OWN_PX = 0.5, 0.25
"""Rotation, scale and shear are undone where they are sure and move a corner by at least so many reference pixels, and
so many of the input's own: less than that would blur it more than it helps."""
SEARCH_PX, SEARCH_RATIOS = 8.0, 2.0
"""Shifts are looked for near up to so many reference pixels, or so many pixels of the coarser input; then farther."""
MESH = 4
Watch = Callable[[float], None]


def register_inputs(plan: Plan, watch: Optional[Watch] = None) -> Plan:
    """The plan with a finding about every input that is not the reference, and displacements undone under "correct".

    A shift says it all for most; rotation, scale and shear are undone where they are sure, see `warp_choice.turning`.
    The reference stays where it is, since the result has its pixels.

    Parameters
    ----------
    watch : called now and then; may raise to stop.

    Raises
    ------
    CoregistrationError
        The policy is "fail" and a shift is larger than the network bears.
    """
    findings, shifts, turns, registered = [], {}, {}, {}
    placed = plan
    for role in plan.geometry:
        if role != plan.reference_role and not plan.task.role(role).codes:  # codes show no structure of their own
            estimate = _measured(placed, role, watch)
            finding, move = _judged(placed, role, estimate, shifts, watch)
            findings.append(finding)
            registered[role] = Registered(estimate, move is not None, move is not None and bool(move.turn))
            if move is not None:
                shifts[role] = move.shift
                turns[role] = move.turn
                placed = plan_job(plan.job, shifts) if plan.task.aligning else plan
    for finding in findings:
        if finding.severity == "error":
            raise CoregistrationError(finding.sentence)
    moved = plan_job(plan.job, shifts, turns) if shifts else plan
    return replace(moved, findings=(*plan.findings, *findings), registered=registered)


def _measured(plan: Plan, role: str, watch: Optional[Watch]) -> ShiftEstimate:
    """How far an input lies off, as the task measures it, or as the engine does."""
    found = plan.task.aligning.measure(plan, role, watch) if plan.task.aligning else None
    return found or measure_input(plan, role, watch)


@dataclass(frozen=True)
class _Move:
    """What is undone: a shift (cols, rows), reference pixels, after what is done to the content."""

    shift: tuple[float, float]
    turn: Turn = ()


def _judged(
    plan: Plan, role: str, estimate: ShiftEstimate, before: Mapping[str, tuple[float, float]], watch: Optional[Watch]
) -> tuple[Finding, Optional[_Move]]:
    """The finding about one input, and what of it is to be undone; `before`: what is undone already."""
    task = plan.task
    names = task.parameter(plan.reference_role), task.parameter(role)
    tolerance, policy = plan.card.max_shift_px, plan.job.policy
    sure = estimate.verdict(tolerance) != "uncertain"
    undoes = tolerance if task.undoes_from is None else task.undoes_from
    least = task.aligning.least(plan, role) if task.aligning else undoes
    whole = turning(estimate) if sure and not task.aligning else None
    if whole is not None and (turned := _turned(plan, role, whole, watch)) is not None:
        return turned
    if policy != "correct" or not sure or estimate.length < least:
        return judge(estimate, *names, tolerance, policy), None
    shift = (estimate.cols, estimate.rows)
    undone = {**before, role: shift} if task.aligning else {role: shift}
    after = _measured(plan_job(plan.job, undone), role, watch)
    if after.verdict(tolerance) == "uncertain" or after.length >= estimate.length:
        return judge_refused(estimate, *names, tolerance), None
    return judge_correction(estimate, after, *names, tolerance), _Move(shift)


def _turned(
    plan: Plan, role: str, estimate: ShiftEstimate, watch: Optional[Watch]
) -> Optional[tuple[Finding, Optional[_Move]]]:
    """As `_judged`, of an input that is turned, stretched or sheared; None where a shift helps as much."""
    task = plan.task
    names = task.parameter(plan.reference_role), task.parameter(role)
    tolerance, policy = plan.card.max_shift_px, plan.job.policy
    corners = np.array([(0, 0), (1, 0), (0, 1), (1, 1)]) * (plan.domain.width, plan.domain.height)
    steps = np.array([estimate.displacement(*corner) for corner in corners])
    bent, off = (float(np.hypot(*part.T).max()) for part in (steps - (estimate.cols, estimate.rows), steps))
    worth = max(TURN_WORTH_PX, TURN_WORTH_OWN_PX * plan.geometry[role].ratio)
    least = tolerance if task.undoes_from is None else task.undoes_from
    if bent < worth or off < least:
        return None
    if policy != "correct":
        return judge(estimate, *names, tolerance, policy, off), None
    move = _move(plan, role, estimate)
    try:
        after = measure_input(plan_job(plan.job, {role: move.shift}, {role: move.turn}), role, watch)
    except InputError:  # such as two values for no data, of which a warp leaves out one
        return None
    steps = np.array([(chip.cols, chip.rows) for chip in estimate.chips if chip.agrees])
    by_shift = float(np.sqrt(((steps - steps.mean(0)) ** 2).sum(1).mean()))
    if after.verdict(tolerance) == "uncertain" or not after.rmse < min(by_shift, estimate.rmse):
        return None
    return judge_correction(estimate, after, *names, tolerance, turned=True), move


def _move(plan: Plan, role: str, estimate: ShiftEstimate) -> _Move:
    """What undoes an estimate: a shift by whole pixels of the input, so that nested grids stay so, and a turn."""
    geometry, header = plan.geometry[role], plan.headers[role].grid
    own = header if header.is_georeferenced else geometry.grid
    ratios = Fit(plan.domain, geometry.grid).ratios
    cols, rows = (round(step / ratio) * ratio for step, ratio in zip((estimate.cols, estimate.rows), ratios))
    rest = replace(estimate, cols=estimate.cols - cols, rows=estimate.rows - rows)
    return _Move((cols, rows), content_turn(Frame(plan.domain, own), rest))


def measure_input(plan: Plan, role: str, watch: Optional[Watch] = None) -> ShiftEstimate:
    """How far an input lies off the reference, as the plan places it."""
    near = max(SEARCH_PX, SEARCH_RATIOS * plan.geometry[role].ratio)
    farthest = max(near, bound_px((plan.domain.width, plan.domain.height)))  # and no farther, or it takes twice as long
    with open_input(plan, role) as overlay:
        return overlay.measure(Search(near, MESH, widest_px=farthest), watch)


def open_input(plan: Plan, role: str, as_it_lies: bool = False) -> Overlay:
    """The reference and an input, opened for comparing; `as_it_lies`: without what the plan undoes."""
    domain, reference_role = plan.domain, plan.reference_role
    paths, first, other = plan.job.inputs, plan.geometry[reference_role], plan.geometry[role]
    names = plan.task.parameter(reference_role), plan.task.parameter(role)
    kinds = plan.task.role(reference_role).kind, plan.task.role(role).kind
    moved, turned = ((0.0, 0.0), ()) if as_it_lies else (other.moved, other.turned)
    reference = open_aligned(paths[reference_role], names[0], domain, 1, "cubic", first.grid, 1.0, kind=kinds[0])
    secondary = open_uninterpolated(paths[role], names[1], domain, other.grid, other.ratio, moved, kinds[1], turned)
    secondary.source.select(plan.bands[role])
    secondary.source.select(comparable(secondary.source))
    return Overlay(Selected(reference), Selected(secondary))
