"""What networks say of pixels that they have not seen, and the calibration that follows from it.

A vote is a logit of a pixel. States of a sensor: 0 = absent, ONE = one date, BOTH = both. Arrays are (n,).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from models.common import checkpoints
from models.segmentation.chips import FOLDS
from models.segmentation.networks import WaterNetwork, build
from models.segmentation.networks.base import SENSORS, features, paired
from models.segmentation.samples import BOTH, ONE, Pixels

PAIRS = tuple((optical, sar) for optical in range(3) for sar in range(3) if optical or sar)
"""States of optical and SAR of which one is there."""
Table = list[list[list[float]]]
"""See `DecisionFusion`."""
_PER_GROUP, _LEAST = 4000, 0.05


@dataclass
class Votes:
    """What was said of one chip that the networks of its fold had not seen.

    Attributes
    ----------
    pixels : Pixels
    fold : str
    logits : dict
        (sensor, state) -> (n,) float32; what the chip has no images for is not there.
    """

    pixels: Pixels
    fold: str
    logits: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)


def load(path: Path) -> WaterNetwork:
    """A trained network."""
    saved = checkpoints.read(path)
    network = build(saved["architecture"], saved["config"])
    network.load_state_dict(saved["state"])
    return network.eval()


def fold_of(pixels: Pixels) -> str:
    """The fold that holds a chip; "" where it is in every training."""
    return next((fold for fold, groups in FOLDS.items() if pixels.group in groups), "")


def logits(networks: Sequence[WaterNetwork], pixels: Pixels, states: Mapping[str, int]) -> np.ndarray:
    """The mean logit of some networks, (n,), where the sensors have these states."""
    made = []
    for network in networks:
        seen = {sensor: _seen(network, sensor, pixels, states.get(sensor, 0)) for sensor in network.sensors}
        with torch.inference_mode():
            made.append(network.decide(seen)[0, 0, :, 0].numpy())
    return np.mean(made, axis=0)


def _seen(network: WaterNetwork, sensor: str, pixels: Pixels, state: int) -> torch.Tensor:
    mean, spread = getattr(network, f"{sensor}_mean"), getattr(network, f"{sensor}_spread")
    dates, there = [], []
    for number, role in enumerate((sensor, f"{sensor}_before")):
        given = number < state and role in pixels.dates
        values = pixels.dates[role] if given else np.zeros((features(sensor), pixels.water.size), np.float32)
        has = pixels.there[role] if given else np.zeros(pixels.water.size, bool)
        dates.append((torch.from_numpy(values)[None, :, :, None] - mean) / spread)
        there.append(torch.from_numpy(has.astype(np.float32))[None, None, :, None])
    return paired(*dates, *there)


def votes_of(members: Mapping[str, Sequence[WaterNetwork]], pixels: Pixels) -> Votes:
    """What the members of each sensor say in every state that the chip has images for."""
    made = Votes(pixels, fold_of(pixels))
    for sensor, networks in members.items():
        for state in (ONE, BOTH)[: pixels.state(sensor)]:
            made.logits[sensor, state] = logits(networks, pixels, {sensor: state})
    return made


def mean_votes(several: Sequence[Sequence[Votes]]) -> list[Votes]:
    """What several seeds say of the same chips, as one: the mean of their logits."""
    made = []
    for same in zip(*several):
        logit = {key: np.mean([one.logits[key] for one in same], axis=0) for key in same[0].logits}
        made.append(Votes(same[0].pixels, same[0].fold, logit))
    return made


def calibrate(votes: Sequence[Votes]) -> Table:
    """Weights for every pair of states; all groups of events count alike.

    The logits of the sensors that are there are added, and one weight for all makes the sum as sure as it is right (a
    temperature). Weights of their own, and a constant, were tried: they follow the floods that they are learned from,
    and cost more on others than they gain. A pair that nobody voted in keeps plain sums.
    """
    table = [[[float(optical > 0), float(sar > 0), 0.0] for sar in range(3)] for optical in range(3)]
    for optical, sar in PAIRS:
        weight = _temperature(votes, {"optical": optical, "sar": sar})
        table[optical][sar] = [weight * (optical > 0), weight * (sar > 0), 0.0]
    return table


def _temperature(votes: Sequence[Votes], states: Mapping[str, int]) -> float:
    """The weight of the sum, at least a little above 0; 1 where nobody voted."""
    from sklearn.linear_model import LogisticRegression

    used = [sensor for sensor in SENSORS if states[sensor]]
    groups: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for one in votes:
        if one.fold and all((sensor, states[sensor]) in one.logits for sensor in used):
            there = one.pixels.judged(BOTH not in states.values())
            total = np.sum([one.logits[sensor, states[sensor]][there] for sensor in used], axis=0)
            groups.setdefault(one.pixels.group, []).append((total, one.pixels.water[there]))
    if not groups:
        return 1.0
    seen, truth, weights = [], [], []
    for parts in groups.values():
        total, water = (np.concatenate(part) for part in zip(*parts))
        step = max(1, len(water) // _PER_GROUP)
        seen.append(total[::step])
        truth.append(water[::step])
        weights.append(np.full(len(truth[-1]), 1000.0 / len(truth[-1])))
    model = LogisticRegression(C=100.0, fit_intercept=False)
    model.fit(np.concatenate(seen)[:, None], np.concatenate(truth), np.concatenate(weights))
    return round(max(float(model.coef_[0, 0]), _LEAST), 4)


def combined(one: Votes, table: Table, optical: int, sar: int) -> np.ndarray:
    """The fused logit, (n,), in a pair of states."""
    weights = table[optical][sar]
    total = np.full(one.pixels.water.size, weights[2], np.float32)
    for sensor, state, weight in (("optical", optical, weights[0]), ("sar", sar, weights[1])):
        if state:
            total = total + np.float32(weight) * one.logits[sensor, state]
    return total
