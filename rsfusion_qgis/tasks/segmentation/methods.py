"""The methods beside the network: thresholds for water, and changes between two dates."""

from __future__ import annotations

from ...core.basics.errors import InputError
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.networks.card_files import read_card
from . import baselines, change, class_change
from .roles import (
    CHANGES,
    CLASSES,
    MISSING,
    OPTICAL,
    OPTICAL_BANDS,
    OPTICAL_BEFORE,
    SAR,
    SAR_BANDS,
    SAR_BEFORE,
    SCORES,
)

METHODS = (*baselines.METHODS, class_change.METHOD, *change.METHODS)
RATIOS = (0.1, 10.0)


def method_card(job: Job) -> MethodCard:
    """What a method takes; raises InputError for an unknown one, and for rasters that it cannot do with."""
    outputs = (OutputSpec(SCORES, classes=CHANGES),)
    if job.method == class_change.METHOD:
        card = read_card(job.model) if job.model else None
        taken = class_change.inputs_of(job)
        _require_both(job)
        return MethodCard(job.method, taken, outputs, ratio_range=RATIOS, multiple_of=card.multiple_of if card else 1)
    if job.method in change.METHODS:
        _require_both(job)
        given = [role for role in (*change.NOW, *change.BEFORE) if job.inputs.get(role)]
        if job.method == change.LOGRATIO:
            given = [SAR, SAR_BEFORE]
        bands = SAR_BANDS if job.method == change.LOGRATIO else None
        taken = tuple(_spec(role, bands, n == 0 or job.method == change.LOGRATIO) for n, role in enumerate(given))
        return MethodCard(job.method, taken, outputs, ratio_range=RATIOS)
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    now, before = (SAR, SAR_BEFORE) if job.method == baselines.OTSU else (OPTICAL, OPTICAL_BEFORE)
    bands = SAR_BANDS if job.method == baselines.OTSU else OPTICAL_BANDS
    water = (OutputSpec(SCORES, classes=CLASSES),)
    return MethodCard(job.method, (_spec(now, bands, True), _spec(before, bands)), water, ratio_range=RATIOS)


def _spec(role: str, bands: object, required: bool = False) -> InputSpec:
    return InputSpec(role, role, bands, required=required, stand_in=MISSING)


def _require_both(job: Job) -> None:
    """Refuse a change of one date."""
    for roles, when in ((change.NOW, "later"), (change.BEFORE, "earlier")):
        if not any(job.inputs.get(role) for role in roles):
            names = " or ".join(role.upper() for role in roles)
            raise InputError(
                f"METHOD {job.method} compares two dates, but no raster of the {when} one is given; name {names}."
            )
