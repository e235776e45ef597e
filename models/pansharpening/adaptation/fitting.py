"""Training of one network on one pair: losses at two scales, held to what its parent gives, checked on held-out blocks.

Scarpa, Vitale, Cozzolino 2018, Target-adaptive CNN-based pansharpening, doi:10.1109/TGRS.2018.2817393; the losses at
full resolution: see `losses`. What the pair teaches one scale coarser holds only in part at its own. So the
network is also held, at full resolution, to what its parent gives there (distillation: Li, Hoiem 2016, Learning without
forgetting, arXiv:1606.09282); the weights are averaged over steps, and taken from the moment at which held-out blocks
were best.
"""

from __future__ import annotations

import time
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor, nn

from models.common.child import say
from models.common.fitting import cosine_rate, descend, follow, set_rate
from models.pansharpening.adaptation.data import Area, Material
from models.pansharpening.adaptation.losses import (
    CHIP_PX,
    coarse_mask,
    cut,
    full_parts,
    fuse,
    made_consistent,
    wald_parts,
)
from models.pansharpening.adaptation.mix import mixtures
from models.pansharpening.adaptation.scores import scores
from models.pansharpening.back_projection import CONSISTENT_SHARE

PEAK_RATE, WARM_UP, FIRST_RATE = 5e-4, 0.05, 0.05
AVERAGING = 0.97
WEIGHTS = {"error": 1.0, "angle": 0.7, "consistency": 0.5, "correlation": 0.2, "distance": 0.5}
DISTANCE_UNIT = 0.1
"""Standard deviations from the parent that count as one."""
LEAST_SIZE = 1e-4
CHECKS = 8
"""How often held-out blocks are looked at."""
LEAST_GAIN = 0.01
"""By how much the logarithm of the held-out score must fall for the network to count as better."""


class Adaptation:
    """One network on one pair."""

    def __init__(self, network: nn.Module, material: Material, seed: int) -> None:
        self.network, self.material = network, material
        self.parent = deepcopy(network).requires_grad_(False)
        self.average = deepcopy(network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=0.0)
        self.rng = np.random.default_rng(seed)
        self.learned = [[level.learned() for level in (area.full, *area.reduced)] for area in material.areas]
        self.coarse = [coarse_mask(area.full, masks[0]) for area, masks in zip(material.areas, self.learned)]
        self.sizes = self._typical()

    def _flips(self) -> tuple[int, ...]:
        return tuple(axis for axis in (2, 3) if self.rng.random() < 0.5)

    def _parts(self) -> dict[str, Tensor]:
        """Every loss on one chip of each level, somewhere."""
        at = int(self.rng.integers(len(self.material.areas)))
        area = self.material.areas[at]
        return {**self._wald(area, at), **self._full(area, at)}

    def _wald(self, area: Area, at: int) -> dict[str, Tensor]:
        draw = int(self.rng.integers(len(area.reduced)))
        level = area.reduced[draw]
        chip = cut(level, CHIP_PX, self.network.multiple_of, self.learned[at][1 + draw], self.rng)
        fused = fuse(self.network, chip, level, self._flips())
        images = (fused, 1 - CONSISTENT_SHARE), (made_consistent(fused, chip, level), CONSISTENT_SHARE)
        parts = [[share * part for part in wald_parts(image, chip, level)] for image, share in images]
        return {"error": parts[0][0] + parts[1][0], "angle": parts[0][1] + parts[1][1]}

    def _full(self, area: Area, at: int) -> dict[str, Tensor]:
        level, flips = area.full, self._flips()
        chip = cut(level, CHIP_PX, self.network.multiple_of, self.learned[at][0], self.rng)
        fused = fuse(self.network, chip, level, flips)
        with torch.no_grad():
            before = fuse(self.parent, chip, level, flips)
        consistency, lacking = full_parts(fused, chip, level, self.coarse[at])
        distance = (((fused - before) ** 2) * chip.weight).mean().add(1e-6).sqrt()
        return {"consistency": consistency, "correlation": lacking, "distance": distance}

    def _typical(self) -> dict[str, float]:
        """Size of every loss before the first step, so that their weights mean the same on every scene."""
        with torch.no_grad():
            found = [self._parts() for _ in range(4)]
        sizes = {name: max(float(np.mean([float(one[name]) for one in found])), LEAST_SIZE) for name in found[0]}
        return {**sizes, "distance": DISTANCE_UNIT}

    def step(self, share: float) -> None:
        """One step of the optimiser; `share` of the budget that is used up."""
        set_rate(self.optimiser, cosine_rate(share, PEAK_RATE, WARM_UP, FIRST_RATE))
        loss = sum(WEIGHTS[name] * value / self.sizes[name] for name, value in self._parts().items())
        descend(self.network, self.optimiser, loss)
        follow(self.average, self.network, AVERAGING)


class Best:
    """The best network that was met on held-out blocks, the parent at first."""

    def __init__(self, network: nn.Module, material: Material) -> None:
        self.network, self.material = deepcopy(network), material
        self.parent = self.scores = scores(network, material)

    def look_at(self, network: nn.Module) -> None:
        """Take a network over where it is better, and in no measure of the reduced pair worse than the parent."""
        now = scores(network, self.material)
        worse = now.ergas > self.parent.ergas or now.sam > 1.01 * self.parent.sam
        if not worse and now.over(self.parent) < self.scores.over(self.parent):
            self.network, self.scores = deepcopy(network), now

    @property
    def improved(self) -> bool:
        return self.scores.over(self.parent) < -LEAST_GAIN


def adapt(network: nn.Module, material: Material, minutes: float, seed: int, most_steps: int = 0) -> tuple[Best, int]:
    """The best network that was met, and how many steps were made.

    `most_steps` : where the training ends, if the minutes do not end it before; 0 = only the minutes count.
    """
    torch.manual_seed(seed)
    best = Best(network, material)
    say(info=f"before: {best.parent.told()}")
    say(info="Looking for a mixture of details in closed form.")
    for mixture in mixtures(network, material):
        best.look_at(mixture)
    if best.improved:
        say(info=f"with a mixture found in closed form: {best.scores.told()}")
    run = Adaptation(deepcopy(best.network), material, seed)
    began, steps, checked, share = time.monotonic(), 0, 0, 0.0
    while share < 1:
        run.step(share)
        steps += 1
        share = max((time.monotonic() - began) / (60 * minutes), steps / most_steps if most_steps else 0.0)
        say(progress=round(min(share, 1.0), 4))
        if share * CHECKS >= checked + 1:
            checked = int(share * CHECKS)
            best.look_at(run.average)
    say(info=f"after: {best.scores.told()}")
    return best, steps
