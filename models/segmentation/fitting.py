"""Training of one network for water on pixels: AdamW, a cosine over the steps, dates and sensors taken away.

AdamW: Loshchilov, Hutter 2019, arXiv:1711.05101. The number of steps is fixed, as there are too few floods to choose a
moment by some of them. The same seed and steps give the same network, also where the training was interrupted.
Tensors: (1, features, n, 1), as a network's `decide` takes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.common import checkpoints
from models.common.fitting import cosine_rate, descend, set_rate
from models.segmentation.networks import WaterNetwork, build
from models.segmentation.networks.base import BANDS, MEANS_PX, SENSORS, features, paired
from models.segmentation.samples import Pixels, levels_of

BATCH = 2048
RATE, DECAY, WARM_UP, FIRST_RATE = 3e-3, 0.05, 0.03, 0.1
SAVED_EVERY_S = 20.0
ALONE = 0.3
"""How often the date before is taken away."""
ABSENT = 0.25
"""How often a sensor is, of a network that takes both."""
OFFSET, BAND_OFFSET, GAIN = 0.2, 0.05, 0.1
"""Standard deviations of what scenes differ by: an offset of all bands, one of each, the logarithm of SAR's gain."""


@dataclass(frozen=True)
class Settings:
    """What to train: an architecture with its arguments, for so many steps."""

    architecture: str
    config: dict[str, Any]
    steps: int = 300
    seed: int = 1


class Table:
    """Pixels of many chips as one table; a group of events weighs by the root of its pixels."""

    def __init__(self, pixels: Sequence[Pixels], levels: Mapping[str, Any], sensors: Sequence[str]) -> None:
        used = [one for one in pixels if any(one.state(sensor) for sensor in sensors)]
        here = [one.known & np.logical_or.reduce([one.there[s] for s in sensors if s in one.there]) for one in used]
        self.sensors = tuple(sensors)
        self.dates = {role: _joined(used, here, role, levels) for s in sensors for role in (s, f"{s}_before")}
        self.water = torch.from_numpy(np.concatenate([one.water[h] for one, h in zip(used, here)]))
        self.always = torch.from_numpy(np.concatenate([one.always[h] for one, h in zip(used, here)]))
        names = sorted({one.group for one in used})
        place = np.concatenate([np.full(h.sum(), names.index(one.group)) for one, h in zip(used, here)])
        weights = (1 / np.sqrt(np.maximum(np.bincount(place), 1)))[place]
        self.weights = torch.from_numpy((weights / weights.mean()).astype(np.float32))

    def __len__(self) -> int:
        return len(self.water)


def _joined(
    used: Sequence[Pixels], here: Sequence[np.ndarray], role: str, levels: Mapping[str, Any]
) -> tuple[Tensor, Tensor]:
    """Levelled features (n, features) of a role, and where it is there, (n,) of 1 and 0."""
    sensor = next(one for one in SENSORS if role.startswith(one))
    mean, spread = (np.array(part, np.float32)[:, None] for part in levels[sensor])
    values, there = [], []
    for one, where in zip(used, here):
        has = one.there[role][where] if role in one.dates else np.zeros(where.sum(), bool)
        seen = (one.dates[role][:, where] - mean) / spread if role in one.dates else np.zeros((len(mean), has.size))
        values.append(np.where(has, seen, 0.0).T.astype(np.float32))
        there.append(has)
    return torch.from_numpy(np.concatenate(values)), torch.from_numpy(np.concatenate(there).astype(np.float32))


def batch_of(table: Table, draw: np.random.Generator) -> tuple[dict[str, Tensor], Tensor, Tensor]:
    """Features by sensor, labels (n,) and weights (n,) of pixels at random, as other scenes would show them."""
    places = torch.from_numpy(draw.integers(0, len(table), BATCH))
    alone = torch.from_numpy((draw.random(BATCH) < ALONE).astype(np.float32))
    gone = draw.random(BATCH)
    made = {}
    both = torch.stack([table.dates[s][1][places] for s in table.sensors]).prod(0) if len(table.sensors) > 1 else None
    for number, sensor in enumerate(table.sensors):
        (now, has), (before, had) = (tuple(part[places] for part in table.dates[role])
                                     for role in (sensor, f"{sensor}_before"))  # fmt: skip
        had = had * (1 - alone)
        if both is not None:
            taken = torch.from_numpy(((gone >= number * ABSENT) & (gone < (number + 1) * ABSENT)).astype(np.float32))
            has, had = has * (1 - taken * both), had * (1 - taken * both)
        now, before = (_as_elsewhere(sensor, one, draw) for one in (now, before))
        made[sensor] = paired(_column(now), _column(before), _column(has[:, None]), _column(had[:, None]))
    dates = torch.stack([one[0, -1, :, 0] for one in made.values()]).amax(0)
    doubtful = table.always[places] & (dates == 0)
    return made, table.water[places].float(), table.weights[places] * (~doubtful).float()


def _as_elsewhere(sensor: str, values: Tensor, draw: np.random.Generator) -> Tensor:
    """Features (n, features) of scenes with other offsets; only means move with an offset."""
    size, bands = len(values), BANDS[sensor]
    offset = draw.normal(0, OFFSET, (size, 1)) + draw.normal(0, BAND_OFFSET, (size, bands)) * (bands > 1)
    moved = np.zeros((size, features(sensor)), np.float32)
    moved[:, : bands * len(MEANS_PX)] = np.tile(offset, (1, len(MEANS_PX)))
    gain = np.exp(draw.normal(0, GAIN, (size, 1))).astype(np.float32) if sensor == "sar" else np.float32(1)
    return values * torch.as_tensor(gain) + torch.from_numpy(moved)


def _column(values: Tensor) -> Tensor:
    """(n, features) as (1, features, n, 1)."""
    return values.T[None, :, :, None]


def train(
    pixels: Sequence[Pixels], settings: Settings, path: Path, told: Callable[[int, float], None] = lambda *_: None
) -> WaterNetwork:
    """Train, or go on with what `path` holds.

    pixels : without those of chips that shall not be seen.
    """
    torch.manual_seed(settings.seed)
    saved = checkpoints.read(path) if path.exists() else None
    levels = saved["config"]["levels"] if saved else levels_of(pixels)
    network = build(settings.architecture, {**settings.config, "levels": levels}).train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    begun = 0
    if saved:
        network.load_state_dict(saved["state"])
        optimiser.load_state_dict(saved["optimiser"])
        begun = int(saved["steps"])
    if begun >= settings.steps:
        return network.eval()
    table, keeper = Table(pixels, levels, network.sensors), checkpoints.Keeper(path, SAVED_EVERY_S)
    losses: list[float] = []
    for step in range(begun, settings.steps):
        torch.manual_seed(100_000 * settings.seed + step)
        seen, water, weights = batch_of(table, np.random.default_rng([settings.seed, step]))
        set_rate(optimiser, cosine_rate(step / settings.steps, RATE, WARM_UP, FIRST_RATE))
        logit = network.learn(seen)[0, 0, :, 0]
        losses.append(descend(network, optimiser, F.binary_cross_entropy_with_logits(logit, water, weights)))

        def state(done: int = step + 1) -> dict[str, Any]:
            return {"architecture": settings.architecture, "config": network.config, "task": "segmentation",
                    "state": network.state_dict(), "optimiser": optimiser.state_dict(), "steps": done}  # fmt: skip

        keeper.keep(state, now=step + 1 == settings.steps)
        if (step + 1) % 100 == 0:
            told(step + 1, float(np.mean(losses[-100:])))
    return network.eval()
