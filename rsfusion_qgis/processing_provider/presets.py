"""Which layers of the project a new dialog proposes for which raster: by what they are, not by which one is active.

A guess that the user sees and may change. Without a good one QGIS proposes what it always does. Only dialogs are
affected; a script or a command line that leaves a raster out is told so as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsUnitTypes
from qgis.PyQt.QtCore import QThread

from ..core.engine.contract import COARSE, FINE, Role, Task

MOST_LAYERS = 8
"""More layers than these are not tried out against each other: the first ones of the project's tree."""
FINER = 1.4
"""So many times smaller, at least, are the pixels of the raster with the detail."""
_NAMED, _BANDS, _FINER, _MORE_BANDS, _TOGETHER = 3, 2, 4, 2, 2
_ENOUGH = 4
_BAD = -100


@dataclass(frozen=True)
class Known:
    """What is known of a layer without opening its file."""

    id: str
    words: frozenset[str]
    bands: int
    pixel_m: float
    extent: tuple[float, float, float, float]
    """xmin, ymin, xmax, ymax in the layer's own CRS."""
    crs: str


def preset_layers(task: Task) -> dict[str, str]:
    """Return the id of the proposed layer by the user's parameter; {} without a good guess.

    Only required rasters are proposed, each layer once.
    """
    wanted = [role for role in task.roles if role.required and not role.series]
    layers = _layers_of_project()
    if not wanted or len(layers) < len(wanted):
        return {}
    score, best = max(((_score(task, wanted, chosen), chosen) for chosen in permutations(layers, len(wanted))),
                      key=lambda pair: pair[0])  # fmt: skip
    return {role.parameter: layer.id for role, layer in zip(wanted, best)} if score >= _ENOUGH else {}


def preset_pair(reference: str, secondary: str) -> dict[str, str]:
    """Return the ids of two layers of one place by the user's parameters, the finer one first; {} without any.

    Of several pairs it is the first of the project's tree.
    """
    layers = _layers_of_project()
    for number, one in enumerate(layers):
        for other in layers[number + 1 :]:
            if _overlap(one, other):
                finer, coarser = (one, other) if one.pixel_m < other.pixel_m else (other, one)
                return {reference: finer.id, secondary: coarser.id}
    return {}


def _layers_of_project() -> list[Known]:
    """The rasters of the project in the order of its tree; none in the threads of runs, where no layer may be read."""
    application = QgsApplication.instance()
    if application is None or QThread.currentThread() != application.thread():
        return []
    layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer) and layer.isValid()]
    return [_known(layer) for layer in rasters if layer.providerType() == "gdal"][:MOST_LAYERS]


def _known(layer: QgsRasterLayer) -> Known:
    box = layer.extent()
    metres = QgsUnitTypes.fromUnitToUnitFactor(layer.crs().mapUnits(), QgsUnitTypes.DistanceUnit.DistanceMeters)
    return Known(
        layer.id(), frozenset(re.findall(r"[a-z0-9]+", layer.name().lower())), layer.bandCount(),
        layer.rasterUnitsPerPixelX() * metres, (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()),
        layer.crs().authid(),
    )  # fmt: skip


def _score(task: Task, roles: Sequence[Role], layers: Sequence[Known]) -> int:
    """How well the layers suit the roles, pair by pair; more is better."""
    total = 0
    for role, layer in zip(roles, layers):
        if role.bands is not None:
            total += _BANDS if layer.bands == role.bands else _BAD
        total += _NAMED if layer.words & {role.name, *task.layer_names.get(role.parameter, ())} else 0
    of_tag = {role.tag: layer for role, layer in zip(roles, layers)}
    if FINE in of_tag and COARSE in of_tag:
        fine, coarse = of_tag[FINE], of_tag[COARSE]
        total += _FINER if coarse.pixel_m >= FINER * fine.pixel_m > 0 else _BAD
        total += _MORE_BANDS if coarse.bands > fine.bands else 0
        total += _TOGETHER if _overlap(fine, coarse) else 0
    return total


def _overlap(one: Known, other: Known) -> bool:
    if one.crs != other.crs:
        return False
    (left, low, right, high), (left_2, low_2, right_2, high_2) = one.extent, other.extent
    return min(right, right_2) > max(left, left_2) and min(high, high_2) > max(low, low_2)
