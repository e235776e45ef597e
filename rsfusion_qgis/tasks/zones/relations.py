"""What the zones around a zone are like: their features, and how a zone differs from them in size and distance.

Tables are (zones, features) float64, NaN where nothing is known.
"""

from __future__ import annotations

import numpy as np

from ...core.basics.optional import OptionalModule
from .features import SHAPE, Table

spatial = OptionalModule("scipy.spatial")


def neighbours_of(centres: np.ndarray, neighbours: int) -> tuple[np.ndarray, np.ndarray]:
    """The nearest other zones and their weights, (zones, neighbours) each; near ones count more.

    Parameters
    ----------
    centres : (zones, 2) metres.
    """
    count = min(neighbours, len(centres) - 1)
    if count < 1:
        return np.zeros((len(centres), 0), int), np.zeros((len(centres), 0))
    away, which = (one[:, 1:] for one in spatial.cKDTree(centres).query(centres, k=count + 1))
    return which, 1.0 / np.maximum(away, np.median(away) / 10 + 1e-9)


def neighbour_table(table: Table, centres: np.ndarray, neighbours: int) -> Table | None:
    """The mean of each feature over the nearest other zones that have it; None where there are none."""
    which, weights = neighbours_of(centres, neighbours)
    if not which.shape[1] or table.kind == SHAPE:
        return None
    seen = table.values[which]
    there = np.isfinite(seen)
    weighed = weights[:, :, None] * there
    with np.errstate(invalid="ignore"):
        mean = (weighed * np.where(there, seen, 0.0)).sum(axis=1) / weighed.sum(axis=1)
    return Table(table.kind, tuple(f"neighbours, {name}" for name in table.names), mean, True)


def relation_table(areas: np.ndarray, centres: np.ndarray, neighbours: int) -> Table | None:
    """How far the nearest other zones are, how large they are beside this one, and on how many sides they lie.

    Parameters
    ----------
    areas : (zones,) m2; centres : (zones, 2) metres.
    """
    which, _ = neighbours_of(centres, neighbours)
    if not which.shape[1]:
        return None
    steps = centres[which] - centres[:, None]
    away = np.hypot(*np.moveaxis(steps, -1, 0))
    units = steps / np.maximum(away, 1e-9)[..., None]
    one_sided = np.hypot(*units.mean(axis=1).T)
    larger = np.log(np.maximum(areas, 1e-6)) - np.log(np.maximum(areas[which], 1e-6)).mean(axis=1)
    names = ("distance to the neighbours", "distance to the nearest zone", "size beside the neighbours",
             "neighbours on one side only")  # fmt: skip
    values = np.stack([np.log1p(away.mean(axis=1)), np.log1p(away[:, 0]), larger, one_sided], axis=1)
    return Table(SHAPE, names, values)
