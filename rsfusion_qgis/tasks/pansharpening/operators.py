"""The chain of a pansharpening: PAN made as sharp as it should be, network or method, back-projection on MS."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer, Operator
from ...core.engine.job import Job
from ...core.engine.plan import Plan
from ...core.grid.fit import Fit
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.operators.back_projection import FULL
from ...core.operators.consistency import AUTO, OFF, Consistency, Wish, wish_of
from ...core.operators.image import ImageEncoder
from ...core.operators.network import Network
from ...core.operators.scales import scales_of
from ...core.operators.sharpening import method_by_id
from ...core.operators.sharpening.operator import ClassicalMethod
from ...core.operators.sharpness import SharpnessMatch, sharpness_findings
from ...core.operators.undershoot import Undershoot
from ...core.operators.views import require_known
from ...core.sensors.catalogue import SensorChoice, band_gains
from .options import EFFORTS, sensor_of

PAN, MS, FUSED = "pan", "ms", "fused"
"""Names of the arrays of a classical method, as a card names those of a network."""


def method_card(job: Job) -> ModelCard:
    """The card of a classical method: both rasters on the pixels of PAN, unscaled; raises InputError for none."""
    label = method_by_id(job.method).label
    inputs = (InputSpec(PAN, PAN), InputSpec(MS, MS))
    return ModelCard(label, job.task.card_task, inputs, (OutputSpec(FUSED, like=MS),), halo=0)


def check(plan: Plan) -> tuple[Finding, ...]:
    """What headers tell about sharpness and consistency; raises InputError where an option cannot be used."""
    require_known(getattr(plan.job.options, "views", 1))
    sensor = sensor_of(plan)
    if plan.job.method:
        band_gains(sensor.sensor, sensor.gains, len(plan.headers[MS].bands))
    return (*sharpness_findings(plan, sensor), *wished(plan, sensor).said)


def wished(plan: Plan, sensor: SensorChoice) -> Wish:
    """Whether the result is made consistent with MS, and how; with DETAIL=clean only where CONSISTENCY is on."""
    options = plan.job.options
    if not plan.job.method and options.detail not in EFFORTS:
        raise InputError(f"DETAIL is '{options.detail}'; expected one of {', '.join(EFFORTS)}.")
    clean = not plan.job.method and EFFORTS[options.detail] is None
    return wish_of(plan, OFF if clean and options.consistency == AUTO else options.consistency, sensor)


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    said, sensor, output, options = check(plan), sensor_of(plan), plan.card.outputs[0], plan.job.options
    wish = wished(plan, sensor)
    like = plan.card.input(output.like).name
    coarse, first = layers[like], _first(plan, layers)
    replaced = first[0].layers if plan.job.method else {}
    scales = scales_of(plan, {**layers, **replaced})
    encoder = ImageEncoder(plan, output, scales[like])
    if plan.job.method:
        return Chain([*first, Consistency(plan, coarse, scales[like], wish)], encoder, scales, replaced, said)
    last: list[Operator] = [Consistency(plan, coarse, scales[like], wish, EFFORTS[options.detail] or FULL)]
    pan, ms = plan.card.input(PAN), plan.card.input(MS)
    scaled = pan is not None and pan.scaling.kind == ms.scaling.kind == "dataset"  # so that units are deviations
    if scaled and ms.ratio == 1 and not Fit(plan.domain, plan.geometry[MS].grid).warped:
        last.append(Undershoot(plan, coarse, scales[like], pan.name))
    return Chain([*first, *last], encoder, scales, replaced, said)


def gains(plan: Plan) -> tuple[float, ...]:
    """How blurred each band of MS is, as SENSOR or GAINS say."""
    sensor = sensor_of(plan)
    return tuple(band_gains(sensor.sensor, sensor.gains, len(plan.headers[MS].bands)))


def _first(plan: Plan, layers: Mapping[str, Layer]) -> list[Operator]:
    sensor = sensor_of(plan)
    if plan.job.method:
        gains = band_gains(sensor.sensor, sensor.gains, len(layers[MS].source.bands))
        pair = (PAN, layers[PAN]), (MS, layers[MS])
        return [ClassicalMethod(plan.job.method, gains, *pair, plan.ratio, FUSED)]
    return [SharpnessMatch(plan, sensor), Network(plan, plan.job.options.views)]


def history(plan: Plan) -> dict[str, str]:
    """The MTF gains that a classical method worked with."""
    if not plan.job.method:
        return {}
    sensor = sensor_of(plan)
    gains = band_gains(sensor.sensor, sensor.gains, len(plan.headers[MS].bands))
    return {"MTF_GAINS": ",".join(f"{gain:g}" for gain in gains)}
