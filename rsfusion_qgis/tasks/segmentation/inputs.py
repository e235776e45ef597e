"""What a segmentation is fed with: decibels and optical values, scaled by the whole scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Layer
from ...core.engine.plan import Plan
from ...core.networks.card_fields import InputSpec
from ...core.operators.backscatter import DecibelLayer, unit_of
from ...core.operators.preparation import prepare
from ...core.operators.scales import scale_of
from ...core.rasters.aligned_input import AlignedInput, Scale
from ...core.sensors.sentinel1 import to_decibel
from .roles import OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE
from .scaling import gain_scale, spread_scale

_LEAST_VALID = 16


@dataclass
class Seen:
    """Layers that stand in the place of plain ones, scales by the input's name, and what was found out."""

    layers: dict[str, Layer] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    decibels: dict[str, np.ndarray] = field(default_factory=dict)
    """Name of a SAR input -> a sample of its scaled values, (n,)."""


def seen(plan: Plan, opened: Mapping[str, AlignedInput]) -> Seen:
    """Look at the rasters of a segmentation.

    Parameters
    ----------
    opened : name of an input -> aligned raster.

    Raises
    ------
    InputError
        A raster has no data here.
    """
    made = Seen()
    told = [spec.name for spec in plan.raster_specs if spec.scaling.kind != "none"]  # the network's own card says how
    own = prepare(plan, {name: opened[name] for name in told})
    made.layers.update(own.layers)
    made.scales.update(own.scales)
    made.findings += own.findings
    for spec in plan.raster_specs:
        layer = opened[spec.name]
        if spec.name in told:
            continue
        if spec.role in (SAR, SAR_BEFORE):
            _sar(made, plan, spec, layer)
        elif spec.role in (OPTICAL, OPTICAL_BEFORE):
            _optical(made, plan, spec, layer)
        else:
            made.scales[spec.name] = scale_of(spec, layer)
    return made


def _optical(made: Seen, plan: Plan, spec: InputSpec, layer: AlignedInput) -> None:
    values, valid = _sample(plan, spec, layer)
    bands = layer.source.bands
    dark = np.array([-(band.offset or 0.0) / (band.scale or 1.0) for band in bands], np.float32)
    made.scales[spec.name] = gain_scale(values, valid, dark)


def _sar(made: Seen, plan: Plan, spec: InputSpec, layer: AlignedInput) -> None:
    values, valid = _sample(plan, spec, layer)
    name = plan.task.parameter(spec.role)
    unit, finding = unit_of(name, layer, values[:, valid.all(axis=0)], plan.job.options.sar_unit)
    made.findings.append(finding)
    if unit:
        decibel = DecibelLayer(layer, unit)
        made.layers[spec.name] = decibel
        values, there = to_decibel(values[:, None], valid[:, None], unit)
        values, valid = values[:, 0], np.broadcast_to(there, valid.shape)
    scale = made.scales[spec.name] = spread_scale(values, valid)
    made.decibels[spec.name] = (values[0, valid[0]] - scale.offset[0]) / scale.scale[0]


def _sample(plan: Plan, spec: InputSpec, layer: AlignedInput) -> tuple[np.ndarray, np.ndarray]:
    values, valid = layer.sample()
    valid = valid & np.isfinite(values)
    if valid.all(axis=0).sum() < _LEAST_VALID:
        name = plan.task.parameter(spec.role)
        raise InputError(f"{name} has no data in the area of the run; leave it empty, or choose a raster with data.")
    return values, valid
