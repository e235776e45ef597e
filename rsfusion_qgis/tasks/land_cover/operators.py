"""The chain of a classification: the network alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.engine.chain import Chain, Layer
from ...core.engine.plan import Plan
from ...core.operators.class_rasters import ClassEncoder
from ...core.operators.network import Network
from ...core.operators.scales import fitted_scales


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    scales, said = fitted_scales(plan, layers)
    return Chain([Network(plan)], ClassEncoder(plan, plan.card.outputs[0]), scales, findings=said)
