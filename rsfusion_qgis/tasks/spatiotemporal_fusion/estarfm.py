"""ESTARFM: two pairs, and how much a similar neighbour's fine value changes per unit of coarse change.

Zhu, Chen, Gao, Chen & Masek (2010), doi:10.1016/j.rse.2010.05.032. The window is visited in steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .neighbours import shifted
from .pair import Model, Pair, coarse_on_fine
from .starfm import CLASSES, reach_px

LARGEST_CONVERSION = 5.0
"""A conversion coefficient beyond this, or below 0, is replaced by 1."""


def predict(pairs: Sequence[Pair], models: Sequence[Model]) -> np.ndarray:
    """The fine image of the wanted date from two pairs, (bands, rows, cols) float32, in the unit of the fine image."""
    coarse = [coarse_on_fine(pair, model) for pair, model in zip(pairs, models)]
    fines, firsts, seconds = [pair.fine for pair in pairs], [one[0] for one in coarse], [one[1] for one in coarse]
    reach = reach_px(models[0].cells.side)
    limits = [2 * model.spread / CLASSES for model in models]
    valid = (pairs[0].valid & pairs[1].valid).astype(np.float32)
    reliable = _correlation(fines, firsts)
    names = [*fines, *firsts, *(b - a for a, b in zip(firsts, seconds)), reliable, valid]
    sums = [np.zeros_like(fines[0]) for _ in range(7)]
    weights, changes = sums[0], sums[1:3]
    for distance, (f1, f2, c1, c2, d1, d2, r, there) in shifted(names, reach):
        similar = (np.abs(f1 - fines[0]) <= limits[0]) & (np.abs(f2 - fines[1]) <= limits[1])
        weight = similar * there / ((1 - r + 1e-3) * (1 + distance / (reach / 2)))
        weights += weight
        changes[0] += weight * d1
        changes[1] += weight * d2
        for total, values in zip(sums[3:], (c1 + c2, f1 + f2, c1 * c1 + c2 * c2, c1 * f1 + c2 * f2)):
            total += weight * values
    most = np.maximum(weights, 1e-30)
    c, f, cc, cf = (one / (2 * most) for one in sums[3:])
    power = cc - c * c
    conversion = np.where(power > 1e-12, (cf - c * f) / np.maximum(power, 1e-12), 1.0)
    conversion = np.where((conversion < 0) | (conversion > LARGEST_CONVERSION), 1.0, conversion)
    told = [np.where(weights > 0, fine + conversion * one / most, fine) for fine, one in zip(fines, changes)]
    near = [1 / (np.abs(_mean(change, reach)) + 1e-6) for change in names[4:6]]
    return ((near[0] * told[0] + near[1] * told[1]) / (near[0] + near[1])).astype(np.float32)


def _correlation(fines: Sequence[np.ndarray], coarse: Sequence[np.ndarray]) -> np.ndarray:
    """(rows, cols) float32: correlation of the fine and the coarse spectra of both dates at each pixel."""
    fine, other = np.concatenate(fines), np.concatenate(coarse)
    fine, other = fine - fine.mean(0), other - other.mean(0)
    power = (fine**2).sum(0) * (other**2).sum(0)
    return np.clip((fine * other).sum(0) / np.sqrt(np.maximum(power, 1e-30)), -1, 1)


def _mean(image: np.ndarray, reach: int) -> np.ndarray:
    total, count = np.zeros_like(image), 0
    for _, (one,) in shifted([image], reach):
        total, count = total + one, count + 1
    return total / count
