"""The chain of an estimate: the network alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.engine.chain import Chain, Layer
from ...core.engine.plan import Plan
from ...core.operators.network import Network
from ...core.operators.scales import fitted_scales
from .encode import NumberEncoder


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    scales, said = fitted_scales(plan, layers)
    return Chain([Network(plan)], NumberEncoder(plan), scales, findings=said)
