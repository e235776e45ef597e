"""The chain of a cloud removal: the network, and beside it a forest that the scene's own clear pixels taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from ...core.basics.findings import Finding
from ...core.engine.chain import Block, Chain, Layer, Operator
from ...core.engine.plan import Plan
from ...core.grid.tile_arrays import within
from ...core.operators.network import Network
from ...core.operators.scales import scale_of
from ...core.sensors.reflectance import SCALE
from .encode import RESTORED, CloudEncoder
from .inputs import OPTICAL, cloud_inputs
from .scene_forest import REACH_PX
from .scene_teaching import SceneTeacher, why_not


class Forest(Operator):
    """Averages the network's estimate with that of a forest which the scene taught."""

    sees = REACH_PX

    def __init__(self, teacher: SceneTeacher, encoder: CloudEncoder) -> None:
        self._teacher, self._encoder = teacher, encoder

    def survey(self, run: Any, place: int) -> Optional[SceneTeacher]:
        """See `Operator`."""
        return self._teacher

    def learned(self, run: Any) -> Sequence[Finding]:
        """See `Operator`."""
        return (self._teacher.finding(),)

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        read, seen = block.tile.read, block.seen
        part = within(block.arrays[RESTORED][0], read, seen)
        self._teacher.average(part, block.arrays, read, seen, self._encoder.replaced(block.kept))


def check(plan: Plan) -> tuple[Finding, ...]:
    """Refuse LEARN_FROM_SCENE where the scene can teach nothing; raises InputError."""
    why_not(plan.job)
    return ()


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    card, network = plan.card, Network(plan)
    found = cloud_inputs(plan, {spec.role: layers[spec.name] for spec in plan.raster_specs})
    converted = {card.input(role).name: reader for role, reader in found.readers.items()}
    both = {**layers, **converted}
    scales = {s.name: found.scaled(s.role, scale_of(s, both[s.name])) for s in card.inputs if s.name in both}
    unit = found.units[OPTICAL][1] * SCALE
    encoder = CloudEncoder(plan, card.outputs, scales[card.input(card.outputs[0].like).name], unit)
    operators, reason = [network], why_not(plan.job)
    if reason is None:
        operators.append(Forest(SceneTeacher(plan.domain, card, both, scales), encoder))
    said = (*found.findings, *(() if reason is None else (reason,)))
    return Chain(operators, encoder, scales, converted, said)
