"""How good maps of water are: IoU of water and of the rest, by group of events, of pixels that were judged.

The mean over the groups is told, so that a flood with many chips counts as much as one with few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.segmentation.chips import FOLDS
from models.segmentation.samples import BOTH, ONE, Pixels
from models.segmentation.votes import Table, Votes, calibrate, combined

GROUPS = tuple(group for groups in FOLDS.values() for group in groups)
NAMES = {0: "", ONE: " of one date", BOTH: ""}


@dataclass(frozen=True)
class Score:
    """IoU of water by group of events, and the means over the groups of it, of both classes, and of F1."""

    groups: tuple[float, ...]
    iou: float
    mean_iou: float
    f1: float


def score(pixels: Sequence[Pixels], maps: Sequence[np.ndarray], one_date: bool = False) -> Score:
    """Of maps (n,) bool, one for each chip."""
    counts = {group: np.zeros(4) for group in GROUPS}  # both water, either, both other, either
    for one, found in zip(pixels, maps):
        if one.group in counts:
            there = one.judged(one_date)
            water, truth = found[there], one.water[there]
            counts[one.group] += [(water & truth).sum(), (water | truth).sum(), (~water & ~truth).sum(),
                                  (~water | ~truth).sum()]  # fmt: skip
    table = np.array([counts[group] for group in GROUPS])
    water, other = table[:, 0] / np.maximum(table[:, 1], 1), table[:, 2] / np.maximum(table[:, 3], 1)
    return Score(tuple(water), float(water.mean()), float((water + other).mean() / 2),
                 float((2 * water / (1 + water)).mean()))  # fmt: skip


def nested(votes: Sequence[Votes]) -> dict[str, Table]:
    """Fold -> the calibration by the other folds alone."""
    return {fold: calibrate([one for one in votes if one.fold != fold]) for fold in FOLDS}


def fused_score(votes: Sequence[Votes], tables: dict[str, Table], optical: int, sar: int) -> Score:
    """Of the calibrated votes in a pair of states."""
    maps = [combined(one, tables[one.fold], optical, sar) > 0 for one in votes]
    return score([one.pixels for one in votes], maps, BOTH not in (optical, sar))


def of_networks(votes: Sequence[Votes], say: Callable[[Votes], np.ndarray], one_date: bool = False) -> Score:
    """Of logits that `say` gives for a chip."""
    return score([one.pixels for one in votes], [say(one) > 0 for one in votes], one_date)


def quality(votes: Sequence[Votes]) -> tuple[tuple[str, float], ...]:
    """What a card says: IoU of water on events that were not seen, with all and with some of the images."""
    tables, told = nested(votes), []
    for name, optical, sar in (("SAR and optical, both dates", BOTH, BOTH), ("optical, both dates", BOTH, 0),
                               ("SAR, both dates", 0, BOTH), ("SAR and optical, one date", ONE, ONE),
                               ("optical, one date", ONE, 0), ("SAR, one date", 0, ONE)):  # fmt: skip
        found = fused_score(votes, tables, optical, sar)
        told.append((f"IoU of water, {name}", round(found.iou, 3)))
        told.append((f"mean IoU, {name}", round(found.mean_iou, 3)))
    return tuple(told)
