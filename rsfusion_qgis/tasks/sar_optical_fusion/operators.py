"""From a plan to a chain: decibels, detail, and the image as OPTICAL is stored."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.chain import Chain, Layer
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.networks.card_fields import InputSpec, OutputSpec
from ...core.operators.backscatter import DecibelLayer, unit_of
from ...core.operators.image import ImageEncoder
from ...core.operators.scales import scale_of
from ...core.rasters.source import RasterSource
from .detail import FUSED, METHODS, MISSING, OPTICAL, SAR, DetailInjection, level_of

FINER = 0.75
"""SAR gives the grid where its pixels are smaller than this share of those of OPTICAL."""
RATIOS = (0.05, 20.0)


def method_card(job: Job) -> MethodCard:
    """What a method takes and gives; the first input gives the grid. Raises InputError for an unknown method."""
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    optical, sar = InputSpec(OPTICAL, OPTICAL), InputSpec(SAR, SAR, required=False, stand_in=MISSING)
    inputs = (sar, optical) if _is_finer(job) else (optical, sar)
    return MethodCard(job.method, inputs, (OutputSpec(FUSED, like=OPTICAL),), 1.0, RATIOS)


def _is_finer(job: Job) -> bool:
    """Whether SAR has the smaller pixels, as far as headers in one CRS tell."""
    sizes = []
    for role in (SAR, OPTICAL):
        with RasterSource(job.inputs[role], job.task.parameter(role)) as source:
            sizes.append((source.grid.crs_wkt, min(source.grid.pixel_size)))
    (sar_crs, sar), (optical_crs, optical) = sizes
    alike = bool(sar_crs) == bool(optical_crs) and ("degree" in sar_crs) == ("degree" in optical_crs)
    return alike and sar < FINER * optical


def check(plan: Plan) -> tuple[Finding, ...]:
    """What headers tell: SAR that is coarser than OPTICAL has no detail for it."""
    if plan.reference_role != OPTICAL:
        return ()
    ratio = plan.geometry[SAR].ratio
    if ratio < 1 / FINER:
        return ()
    words = f"The pixels of SAR are {ratio:.3g} times as large as those of OPTICAL, which hold more detail than SAR"
    return (Finding("detail", "warning", "SAR", words, cure="choose a finer SAR raster"),)


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    options, name = plan.job.options, plan.task.parameter(SAR)
    layer = layers[SAR]
    values, valid = layer.sample()
    there = valid.all(axis=0)
    if not there.any():
        raise InputError(f"{name} has no data in the area of the run; choose a raster with data.")
    unit, finding = unit_of(name, layer, values[:, there], options.sar_unit)
    replaced = {SAR: DecibelLayer(layer, unit)} if unit else {}
    ratio = plan.geometry[OPTICAL].ratio / plan.geometry[SAR].ratio
    level = level_of(ratio)
    looks = options.looks if options.despeckle else 0.0
    scales = {spec.name: scale_of(spec, layers[spec.name]) for spec in plan.raster_specs}
    said = Finding("scales", "info", name, f"Detail of the {level} finest scales of {name} is put in")
    operator = DetailInjection(plan.job.method, level, options.strength, looks)
    output = plan.card.outputs[0]
    return Chain([operator], ImageEncoder(plan, output, scales[OPTICAL]), scales, replaced, (finding, said))
