"""What networks say of chips that they have not seen, and the calibration that follows from it.

A vote is a logit of a pixel; STATES of a sensor: 1 = one date, 2 = both. Axis order (rows, cols).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from models.common import checkpoints
from models.segmentation.chips import FOLDS, UNLABELLED, Chip
from models.segmentation.networks import MISSING, ROLES, WaterNetwork, build

SENSORS = ("optical", "sar")
ONE, BOTH = STATES = (1, 2)
_STEP = 4
"""Of the pixels that calibrate, along both axes."""


@dataclass
class Votes:
    """What was said of one chip.

    Attributes
    ----------
    chip : Chip
    fold : str
    logits : dict
        (sensor, state) -> (rows, cols) float32; what the chip has no images for is not there.
    """

    chip: Chip
    fold: str
    logits: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)

    def truth(self, state: int) -> tuple[np.ndarray, np.ndarray]:
        """(rows, cols) bool: where water is, and where that is known; for one date, what was wet before is not."""
        known = self.chip.label != UNLABELLED
        known &= ~self.chip.always if state == ONE else True
        for role in ("sar", "optical"):  # where neither sensor looked, nobody can tell
            if role in self.chip.images:
                known &= self.chip.images[role][0] > MISSING / 2
        return self.chip.label == 1, known


def load(path: Path) -> WaterNetwork:
    """A trained network."""
    saved = checkpoints.read(path)
    network = build(saved["architecture"], saved["config"])
    network.load_state_dict(saved["state"])
    return network.eval()


def tensors(chip: Chip, roles: Iterable[str]) -> list[torch.Tensor]:
    """The images of a chip as a network takes them; those not among `roles` are absent."""
    made, (rows, cols) = [], chip.label.shape
    for role in ROLES:
        image = chip.images.get(role) if role in roles else None
        if image is None:
            image = np.full((3 if "optical" in role else 1, rows, cols), MISSING, np.float32)
        made.append(torch.from_numpy(image)[None])
    return made


def logits(networks: Sequence[WaterNetwork], chip: Chip, roles: Iterable[str]) -> np.ndarray:
    """The mean logit of some networks, (rows, cols)."""
    given = tensors(chip, set(roles))
    with torch.inference_mode():
        return torch.stack([one.logit(*given)[0, 0] for one in networks]).mean(0).numpy()


def roles_of(sensor: str, state: int) -> tuple[str, ...]:
    """The roles that a sensor has in a state."""
    return (sensor, f"{sensor}_before")[:state]


def votes_of(members: Mapping[str, Sequence[WaterNetwork]], chip: Chip, fold: str) -> Votes:
    """What the members of each sensor say in every state that the chip has images for."""
    made = Votes(chip, fold)
    for sensor, networks in members.items():
        for state in STATES:
            roles = roles_of(sensor, state)
            if set(roles) <= set(chip.images):
                made.logits[sensor, state] = logits(networks, chip, roles)
    return made


def fold_of(chip: Chip) -> str:
    """The fold that holds a chip; "" where it is in every training."""
    return next((fold for fold, groups in FOLDS.items() if chip.group in groups), "")


def calibrate(votes: Sequence[Votes]) -> list[list[list[float]]]:
    """Weights and constant for every pair of states, see `DecisionFusion`; all groups of events count alike.

    A state that nobody voted in keeps plain sums.
    """
    table = [[[0.0, 0.0, 0.0] for _ in range(3)] for _ in range(3)]
    for optical in range(3):
        for sar in range(3):
            if optical or sar:
                table[optical][sar] = _regressed(votes, {"optical": optical, "sar": sar})
    return table


def _regressed(votes: Sequence[Votes], wanted: Mapping[str, int]) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    used = [sensor for sensor in SENSORS if wanted[sensor]]
    samples: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}
    for one in votes:
        if all((sensor, wanted[sensor]) in one.logits for sensor in used):
            truth, known = one.truth(max(wanted.values()) if len(set(wanted.values()) - {0}) == 1 else BOTH)
            cut = np.s_[::_STEP, ::_STEP]
            there = known[cut]
            seen = np.stack([one.logits[sensor, wanted[sensor]][cut][there] for sensor in used])
            samples.setdefault(one.chip.group, []).append((seen, truth[cut][there]))
    if not samples:
        return [float(wanted["optical"] > 0), float(wanted["sar"] > 0), 0.0]
    seen = np.concatenate([part for parts in samples.values() for part, _ in parts], axis=1)
    truth = np.concatenate([part for parts in samples.values() for _, part in parts])
    sizes = [sum(len(part) for _, part in parts) for parts in samples.values()]
    weights = np.concatenate([np.full(size, 1.0 / size) for size in sizes])
    found = _fit(LogisticRegression, seen, truth, weights, np.arange(len(used)))
    numbers = dict(zip(used, found[:-1]))
    return [round(float(numbers.get(sensor, 0.0)), 4) for sensor in SENSORS] + [round(float(found[-1]), 4)]


def _fit(kind: type, seen: np.ndarray, truth: np.ndarray, weights: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Weights of all rows of `seen` and the constant; a row whose weight would be negative has no vote."""
    scale = weights / weights.mean()
    model = kind(C=100.0).fit(seen[used].T, truth, scale)
    found = model.coef_[0]
    if (found < 0).any() and len(used) > 1:
        return _fit(kind, seen, truth, weights, used[found >= 0])
    made = np.zeros(len(seen) + 1)
    made[used], made[-1] = np.maximum(found, 0.0), model.intercept_[0]
    return made


def combined(one: Votes, table: Sequence[Sequence[Sequence[float]]], optical: int, sar: int) -> np.ndarray:
    """The fused logit of a chip in a pair of states, (rows, cols)."""
    weights = table[optical][sar]
    total = np.full(one.chip.label.shape, weights[2], np.float32)
    for sensor, state, weight in (("optical", optical, weights[0]), ("sar", sar, weights[1])):
        if state:
            total = total + np.float32(weight) * one.logits[sensor, state]
    return total
