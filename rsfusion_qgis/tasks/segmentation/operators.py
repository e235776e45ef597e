"""From a plan to a chain: the rasters scaled by their scenes, then a network or a threshold, then classes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer, Operator
from ...core.engine.plan import Plan
from ...core.networks.card_fields import OutputSpec
from ...core.operators.class_rasters import ClassEncoder
from ...core.operators.network import Network
from ...core.operators.otsu import otsu
from ...core.rasters.aligned_input import Scale
from ...core.rasters.class_spec import ClassSpec, named_classes
from . import change, class_change
from .baselines import OTSU, Thresholds
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
    worker = _worker(plan, layers, found)
    return Chain([worker], ClassEncoder(plan, output), _scales(plan, found), found.layers, found.findings)


def _scales(plan: Plan, found: Seen) -> dict[str, Scale]:
    """Those of the scene; images are compared as they are, SAR in decibels."""
    if plan.job.method not in change.METHODS:
        return found.scales
    return {name: Scale(np.zeros_like(one.offset), np.ones_like(one.scale)) for name, one in found.scales.items()}


def _worker(plan: Plan, layers: Mapping[str, Layer], found: Seen) -> Operator:
    if not plan.job.method:
        return Network(plan)
    if plan.job.method == class_change.METHOD:
        return class_change.ClassChange(plan)
    if plan.job.method in change.METHODS:
        return change.learned(plan, {**layers, **found.layers}, _scales(plan, found))
    return _thresholds(plan, found)


def _thresholds(plan: Plan, found: Seen) -> Thresholds:
    levels = {name: otsu(values) for name, values in found.decibels.items()} if plan.job.method == OTSU else {}
    return Thresholds(plan.job.method, levels)
