"""Numbers that points carry, such as features of street-view images, as features of the zones that they lie in.

A zone without any such point has none of these features: a modality that is absent there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...core.basics.optional import OptionalModule
from ...core.rasters.point_values import PointValues
from .features import Table, within
from .reading import Zones

spatial = OptionalModule("scipy.spatial")
FEATURES = "point features"
Watch = Callable[[float], None]


def feature_table(zones: Zones, points: PointValues, centres: np.ndarray, watch: Watch) -> Table:
    """Mean and deviation of each field over the points of each zone, and how many there are; NaN without points."""
    places = zones.metres(points.places)
    tree, count = spatial.cKDTree(places), len(points.names)
    values = np.full((len(zones), 2 * count + 1), np.nan)
    for number in range(len(zones)):
        watch(0.0)
        rings = zones.rings(number)
        corners = np.concatenate(rings)
        reach = float(np.hypot(*(corners - centres[number]).T).max())
        near = np.array(tree.query_ball_point(centres[number], reach), int)
        inside = near[within(rings, places[near])] if near.size else near
        if inside.size:
            found = points.values[inside]
            known = np.isfinite(found).any(axis=0)
            values[number, :count][known] = np.nanmean(found[:, known], axis=0)
            values[number, count : 2 * count][known] = np.nanstd(found[:, known], axis=0)
            values[number, -1] = np.log1p(len(inside))
    names = [f"{what} of {name}" for what in ("mean", "deviation") for name in points.names]
    return Table(FEATURES, (*names, "points with features"), values)
