"""What the report of a sharpening says: what each coarse band took from the fine bands, and how noisy it is."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.engine.job import Job, Result
from ...core.reports import page as html_page
from .bands import FINE
from .operators import bands_of


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    return [("NOISE", job.options.noise)]


def parts(result: Result, watch: object) -> Sequence[str]:
    """A table of the regression of every coarse band; markup."""
    fine = bands_of(result.plan)[FINE].names
    table = []
    for role, names, model in result.summary:
        if model is None:
            continue
        for name, weights, noise in zip(names, model.coefficients, model.noise):
            numbers = [f"{weight:.3f}" for weight in weights]
            table.append((result.plan.task.parameter(role), name, *numbers, f"{noise:.3g}"))
    if not table:
        return ()
    return [
        html_page.heading("What do the fine bands tell of the coarse ones?"),
        html_page.paragraph(
            "Units of the coarse band per unit of the fine band, where both have contrast at the coarse pixels, over "
            "the whole scene; and the standard deviation of the noise that was found, in stored units."
        ),
        html_page.table(table, ("raster", "band", *fine, "noise")),
    ]
