"""From a plan to a chain: the rasters scaled by their scenes, then a network or a threshold, then classes."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer, Operator
from ...core.engine.plan import Plan
from ...core.networks.card import OutputSpec
from ...core.operators.class_rasters import ClassEncoder
from ...core.operators.network import Network
from ...core.rasters.class_spec import ClassSpec, named_classes
from .baselines import OTSU, Thresholds, otsu
from .inputs import Seen, seen
from .roles import OPTICAL_BEFORE, SAR_BEFORE


def check(plan: Plan) -> tuple[Finding, ...]:
    """Raise InputError for what headers and options tell."""
    if not set(plan.geometry) - {OPTICAL_BEFORE, SAR_BEFORE}:
        given = [plan.task.parameter(role) for role in (OPTICAL_BEFORE, SAR_BEFORE) if role in plan.geometry]
        raise InputError(
            f"Only {' and '.join(given)} is given; name OPTICAL, SAR or both, which are of the date to segment."
        )
    drawn_classes(plan)
    regular_classes(plan)
    return ()


def drawn_classes(plan: Plan) -> tuple[ClassSpec, ...]:
    """The classes of POLYGONS; raises InputError where one is unknown."""
    return named_classes(plan.job.options.polygon_classes, plan.card.outputs[0].classes or (), "POLYGON_CLASSES")


def regular_classes(plan: Plan) -> tuple[ClassSpec, ...]:
    """The classes whose outlines get right angles; raises InputError where one is unknown."""
    text = plan.job.options.regular_classes
    return named_classes(text, plan.card.outputs[0].classes or (), "REGULAR_CLASSES") if text.strip() else ()


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    check(plan)
    found = seen(plan, layers)
    output: OutputSpec = plan.card.outputs[0]
    worker: Operator = _thresholds(plan, found) if plan.job.method else Network(plan)
    return Chain([worker], ClassEncoder(plan, output), found.scales, found.layers, found.findings)


def _thresholds(plan: Plan, found: Seen) -> Thresholds:
    levels = {name: otsu(values) for name, values in found.decibels.items()} if plan.job.method == OTSU else {}
    return Thresholds(plan.job.method, levels)
