"""The layers that were given for the roles of a task, one or, of a series, several."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsRasterLayer

from ..core.engine.contract import Role
from .layers import layer_of, product_source, raster_layer

Parameters = dict[str, Any]


def members(role: Role) -> Iterator[Role]:
    """Yield the roles of the rasters that are given for a role: itself, and for a series as many more as wanted."""
    yield role
    if role.series:
        yield from (role.member(number) for number in count(2))


def layers_of(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, role: Role, context: QgsProcessingContext
) -> list[tuple[QgsRasterLayer | None, Any]]:
    """Return the layers that were given for a role, None for what QGIS cannot open, each with what was given."""
    value = parameters.get(role.parameter)
    if role.product:
        return [(None if product_source(value) else layer_of(value, context), value)]
    if not role.series:
        return [(raster_layer(algorithm, parameters, role.parameter, context), value)]
    layers = algorithm.parameterAsLayerList(parameters, role.parameter, context)
    texts = value if isinstance(value, (list, tuple)) else [value]
    if all(isinstance(layer, QgsRasterLayer) for layer in layers) and len(layers) >= max(len(texts), 1):
        return [(layer, value) for layer in layers]
    return [(layer_of(text, context), text) for text in texts]  # a NetCDF may have come as a vector layer
