"""Offset and scale of each input of a plan: the raster's own, or the card's constants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np

from ..basics.findings import Finding
from ..engine.chain import Layer
from ..engine.plan import Plan
from ..networks.card_fields import InputSpec
from ..networks.learned import Unlike, unlike
from ..rasters.aligned_input import Scale
from ..rasters.band_info import BandInfo
from .preparation import scale_and_word


def scales_of(plan: Plan, layers: Mapping[str, Layer]) -> dict[str, Scale]:
    """By the name of the input; of `layers` that the card names."""
    return {spec.name: scale_of(spec, layers[spec.name]) for spec in plan.card.inputs if spec.name in layers}


def fitted_scales(
    plan: Plan, layers: Mapping[str, Layer], known: Optional[Mapping[str, Scale]] = None
) -> tuple[dict[str, Scale], list[Finding]]:
    """As `scales_of`, for a network whose card says what it has learned from, and what to say about values unlike that.

    `known`: these scales, where they were made before. Values that the metadata of both rasters bring to one physical
    unit, in which they are alike, are brought there.
    """
    scales, said = dict(known or scales_of(plan, layers)), []
    for spec in plan.card.inputs:
        if spec.learned and spec.name in layers:
            layer = layers[spec.name]
            bands = [band[there] for band, there in zip(*layer.sample())]
            found = unlike(bands, spec.learned)
            if found is not None:
                factors, shifts = _to_learned_units(spec, layer.source.bands)
                fits = unlike([band * a + b for band, a, b in zip(bands, factors, shifts)], spec.learned) is None
                if fits:
                    scales[spec.name] = _for_units(scales[spec.name], factors, shifts)
                said.append(_said(plan, spec, found, layer.source.bands, fits))
    return scales, said


def _for_units(scale: Scale, factors: np.ndarray, shifts: np.ndarray) -> Scale:
    """The scale of stored values of which `factors` times them and `shifts` more are those that a scale is for."""
    return Scale(((scale.offset - shifts) / factors).astype(np.float32), (scale.scale / factors).astype(np.float32))


def _to_learned_units(spec: InputSpec, bands: Sequence[BandInfo]) -> tuple[np.ndarray, np.ndarray]:
    """(bands,) float64 each: what stored values are multiplied by, and what is added then."""
    own = np.array([(band.scale or 1.0, band.offset or 0.0) for band in bands])
    known = np.array([(one.scale, one.offset) for one in spec.learned])
    return own[:, 0] / known[:, 0], (own[:, 1] - known[:, 1]) / known[:, 0]


def _said(plan: Plan, spec: InputSpec, found: Unlike, bands: Sequence[BandInfo], scaled: bool) -> Finding:
    name, place = plan.task.parameter(spec.role), found.places[0]
    known, band = spec.learned[place], bands[place].description or f"band {bands[place].index}"
    words = (f"{name} holds {found.low:.4g} to {found.high:.4g} in {band}, and MODEL '{plan.card.name}' has learned "
             f"from {known.low:.4g} to {known.high:.4g}")  # fmt: skip
    more = f" ({len(found.places)} of {len(bands)} bands differ so)" if len(bands) > 1 else ""
    if scaled:
        return Finding("values", "info", name, f"{words}{more}; they are scaled as the bands of both state")
    cure = f"bring {name} to the units of the raster that the network was trained on, or train one on {name}"
    return Finding("values", "warning", name, f"{words}{more}, so the result may mean nothing", cure=cure)


def scale_of(spec: InputSpec, layer: Layer) -> Scale:
    """Offset and scale of each band of an input."""
    return scale_and_word(spec, layer, getattr(layer.source, "role", ""))[0]
