"""Offset and scale of each input of a plan: the raster's own, or the card's constants."""

from __future__ import annotations

from collections.abc import Mapping

from ..engine.chain import Layer
from ..engine.plan import Plan
from ..networks.card import InputSpec
from ..rasters import radiometry
from ..rasters.aligned_input import Scale


def scales_of(plan: Plan, layers: Mapping[str, Layer]) -> dict[str, Scale]:
    """By the name of the input; of `layers` that the card names."""
    return {spec.name: scale_of(spec, layers[spec.name]) for spec in plan.card.inputs if spec.name in layers}


def scale_of(spec: InputSpec, layer: Layer) -> Scale:
    """Offset and scale of each band of an input."""
    own = layer.statistics() if spec.scaling.kind == "dataset" else Scale(None, None)
    bands = len(spec.bands or layer.source.bands)
    return Scale(*radiometry.resolve(spec.scaling, bands, own.offset, own.scale))
