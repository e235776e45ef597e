"""The chain of a classification: the network alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.engine.chain import Chain, Layer
from ...core.engine.plan import Plan
from ...core.operators.class_rasters import ClassEncoder
from ...core.operators.network import Network
from ...core.operators.preparation import prepare
from ...core.operators.scales import fitted_scales


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    made = prepare(plan, layers)
    scales, said = fitted_scales(plan, layers, made.scales)
    encoder = ClassEncoder(plan, plan.card.outputs[0])
    return Chain([Network(plan)], encoder, scales, made.layers, (*made.findings, *said))
