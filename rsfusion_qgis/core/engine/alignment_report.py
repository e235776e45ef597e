"""How the inputs of a run lay on each other, as parts of its page: pictures, arrows and shifts, before and after.

For every input that was measured as most are; tasks with a measurement of their own tell it themselves.
"""

from __future__ import annotations

from ..alignment.registration_report import Pictures, Watch, histogram
from ..alignment.vector_field import draw
from ..reports.page import figure, heading, paragraph
from .plan import Plan
from .register import open_input

_VERDICTS = {
    "aligned": "The shift is within what the fusion bears.",
    "shifted": "The shift is more than the fusion bears.",
    "uncertain": "The shift could not be measured with certainty.",
}


def alignment_parts(plan: Plan, watch: Watch) -> list[str]:
    """The parts; opens the rasters again.

    Parameters
    ----------
    watch : called now and then; may raise to stop.
    """
    if plan.task.aligning is not None:
        return []
    parts = []
    for role, found in plan.registered.items():
        estimate, names = found.estimate, (plan.task.parameter(plan.reference_role), plan.task.parameter(role))
        if not estimate.chips:
            continue
        verdict = "shifted" if found.turned else estimate.verdict(plan.card.max_shift_px)
        with open_input(plan, role, as_it_lies=True) as overlay:
            pictures = Pictures(overlay, estimate, verdict, watch, names)
            done = "was moved by it" if found.moved else "was left as it lies"
            done = f"{done}, and turned and stretched as was measured" if found.turned else done
            parts += [
                heading(f"{names[1]} on {names[0]}"),
                paragraph(f"{_VERDICTS[verdict]} Confidence {estimate.confidence:.2f}. {names[1]} {done}."),
                *pictures.close_up()[1:],
            ]
            if verdict != "uncertain":
                parts.append(figure(draw(estimate, overlay.domain), f"What must be added to {names[1]} at each chip."))
                text = "How many chips lie how many pixels off, before and after the measured shift."
                parts.append(figure(histogram(estimate), text))
    return parts
