"""The layers that were given for the roles of a task, one or, of a series, several."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingUtils, QgsRasterLayer

from ..core.engine.contract import Role
from .layers import product_source

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
        return [(algorithm.parameterAsRasterLayer(parameters, role.parameter, context), value)]
    layers = algorithm.parameterAsLayerList(parameters, role.parameter, context)
    texts = value if isinstance(value, (list, tuple)) else [value]
    if len(texts) == 1 or len(texts) == len(layers):
        return [(layer, value) for layer in layers] or [(None, texts[0])]
    return [(layer_of(text, context), text) for text in texts]


def layer_of(value: Any, context: QgsProcessingContext) -> QgsRasterLayer | None:
    """Return the layer that is given itself, or by its name, its id or its source."""
    if isinstance(value, QgsRasterLayer):
        return value
    kind = QgsProcessingUtils.LayerHint.Raster
    return QgsProcessingUtils.mapLayerFromString(str(value), context, True, kind)
