"""What a network is given of each raster: the layer that is read, offset and scale of its bands, and what to say of it.

Scalings that speak of the scene take their numbers from one fixed sample of the whole raster, never from a tile, so
that the result depends on neither tiles nor extent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np

from ..basics.errors import InputError
from ..basics.findings import Finding
from ..engine.chain import Layer
from ..engine.plan import Plan
from ..networks.adapter import Projection
from ..networks.card_fields import InputSpec
from ..rasters import radiometry
from ..rasters.aligned_input import Scale
from ..rasters.band_info import BandInfo
from ..sensors.reflectance import find_scaling
from .backscatter import DecibelLayer, unit_of

FROM_SCENE = ("dataset", "scene", "percentiles", "depth", "reflectance")
"""Kinds of scaling whose numbers come from the raster."""
MOST_SAMPLES = 50_000
"""Pixels of which principal components are learned."""
_FLAT = 1e-7
_BITS = {"Byte": 8, "Int8": 7, "UInt16": 16, "Int16": 15, "UInt32": 32, "Int32": 31}


@dataclass
class Prepared:
    """Layers that stand in the place of plain ones, scales by the input's name, and what was found out."""

    layers: dict[str, Layer] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def prepare(plan: Plan, layers: Mapping[str, Layer]) -> Prepared:
    """What the card's scalings make of the rasters.

    Parameters
    ----------
    layers : by the name of the input.

    Raises
    ------
    InputError
        A raster's values do not tell what a scaling needs.
    """
    made = Prepared()
    for spec in plan.card.inputs:
        if spec.name not in layers:
            continue
        layer, name = layers[spec.name], plan.task.parameter(spec.role)
        if spec.scaling.kind == "decibels":
            unit, finding = _unit(layer, name, getattr(plan.job.options, "sar_unit", ""))
            made.findings.append(finding)
            if unit:
                made.layers[spec.name] = DecibelLayer(layer, unit)
        made.scales[spec.name], said = scale_and_word(spec, layer, name)
        if said:
            made.findings.append(Finding("values", "info", name, said))
    return made


def scale_and_word(spec: InputSpec, layer: Layer, name: str = "") -> tuple[Scale, str]:
    """Offset and scale of each band of an input, and a word about where they come from; "" = the card's own."""
    kind, count = spec.scaling.kind, len(spec.bands or layer.source.bands)
    if kind not in FROM_SCENE:
        if kind == "decibels":
            low, high = spec.scaling.ends
            return _same(count, low, high - low), ""
        return Scale(*radiometry.resolve(spec.scaling, count)), ""
    if kind == "dataset":
        own = layer.statistics()  # type: ignore[attr-defined]
        return Scale(*radiometry.resolve(spec.scaling, count, own.offset, own.scale)), ""
    if kind == "depth":
        bits = spec.scaling.bits or max(_bits(band, layer.source, name) for band in layer.source.bands)
        return _same(count, 0.0, 2.0**bits - 1), f"{name} is divided by {2**bits - 1}, the largest value of {bits} bits"
    values, valid = layer.sample()  # type: ignore[attr-defined]
    if kind == "reflectance":
        found = find_scaling(layer.source.bands, layer.source.metadata, values[:, valid.all(axis=0)], role=name)
        return _same(count, -found.add_offset, found.scale), found.why.rstrip(".")
    pairs = [_of_band(band[there], spec, n, name) for n, (band, there) in enumerate(zip(values, valid), start=1)]
    offset, scale = np.array(pairs, np.float64).T
    return Scale(offset.astype(np.float32), scale.astype(np.float32)), ""


def _of_band(values: np.ndarray, spec: InputSpec, number: int, name: str) -> tuple[float, float]:
    """Offset and scale of a band from a sample of it."""
    values = values[np.isfinite(values)].astype(np.float64)
    if not values.size:
        raise InputError(f"{name}: band {number} has no valid pixel in the sample of the raster, but MODEL scales it "
                         "by its "
                         "own values; check its nodata value, or leave the band out.")  # fmt: skip
    low, high = (np.percentile(values, spec.scaling.ends) if spec.scaling.kind == "percentiles" else
                 (values.mean(), values.mean() + values.std()))  # fmt: skip
    spread = float(high - low)
    return float(low), spread if spread > _FLAT * float(np.abs(values).max()) else 1.0


def _same(count: int, offset: float, scale: float) -> Scale:
    return Scale(np.full(count, offset, np.float32), np.full(count, scale, np.float32))


def _bits(band: BandInfo, source: Any, name: str) -> int:
    dataset = getattr(source, "dataset", None)
    told = str((dataset and dataset.GetRasterBand(band.index).GetMetadataItem("NBITS", "IMAGE_STRUCTURE")) or "")
    if told.isdecimal() and 0 < int(told) <= 32:
        return int(told)
    if band.data_type not in _BITS:
        raise InputError(f"{name} holds {band.data_type} values, which have no largest one, but MODEL divides by it; "
                         "write "
                         "'bits' into the scaling of its card, or give a raster of whole numbers.")  # fmt: skip
    return _BITS[band.data_type]


def _unit(layer: Any, name: str, wished: str) -> tuple[str, Finding]:
    """The unit that decibels are made of, and what is said of it, from a sample of the scene."""
    values, valid = layer.sample()
    values = values[:, (valid & np.isfinite(values)).all(axis=0)]
    if not values.size:
        raise InputError(f"{name} has no data in the area of the run; choose a raster with data.")
    return unit_of(name, layer, values, wished)


def learned_projection(spec: InputSpec, layer: Any, scale: Scale, name: str) -> Optional[Projection]:
    """The principal components of an input, of a sample of the whole scene in network units.

    The largest part of each component is positive, so that the same scene gives the same signs everywhere.

    Raises
    ------
    InputError
        The raster has fewer bands than the card wants components, or too few valid pixels.
    """
    count = len(layer.source.bands)
    if count < spec.components:
        raise InputError(f"{name} has {count} bands, but MODEL takes {spec.components} principal components; give a "
                         "raster "
                         "with as many bands or more.")  # fmt: skip
    values, valid = layer.sample()
    values = values[:, (valid & np.isfinite(values)).all(axis=0)]
    values = values[:, :: max(1, values.shape[1] // MOST_SAMPLES)]
    if values.shape[1] <= spec.components:
        raise InputError(f"{name} has {values.shape[1]} valid pixels in its sample, which are too few for "
                         f"{spec.components} principal components; give a raster with more data.")  # fmt: skip
    values = radiometry.to_network(values, scale.offset, scale.scale).astype(np.float64)
    if spec.clip is not None:
        values = np.clip(values, *spec.clip)
    mean = values.mean(axis=1)
    powers, vectors = np.linalg.eigh(np.cov(values))
    matrix = vectors[:, ::-1][:, : spec.components].T
    matrix *= np.sign(matrix[np.arange(len(matrix)), np.abs(matrix).argmax(axis=1)])[:, None]
    if spec.whiten:
        spread = np.sqrt(np.maximum(powers[::-1][: spec.components], 0))
        matrix = matrix / np.where(spread > _FLAT * spread.max(initial=0), spread, 1.0)[:, None]
    return Projection(mean.astype(np.float32), np.ascontiguousarray(matrix.astype(np.float32)))
