"""Training of one network on one scene: first in closed form, then by three losses, judged on blocks held out.

`wald`: the error against the truth one scale coarser, each band in units of its mean. `sensor`: what the sensor sees of
the result, against what it recorded. `guide`: what the response of the guide makes of the result, against the guide, as
far as it is off by more than what the image leaves unexplained of the guide. The last two need no truth, and hold at
the scale of the result.
"""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.common.child import say
from models.common.fitting import cosine_rate, descend, follow, set_rate
from models.hyperspectral_sharpening.adaptation.data import Full, Material, Reduced
from models.hyperspectral_sharpening.networks.scene_detail import SceneDetail

WIDTH = 32
PEAK_RATE, WARM_UP, FIRST_RATE, AVERAGING = 2e-3, 0.05, 0.1, 0.98
WEIGHTS = {"wald": 1.0, "sensor": 0.5, "guide": 0.25}
CHIP_PX = 128
"""Side of what is fused in one step at full resolution, at most, pixels of the guide."""
RIDGE = 1e-2
CHECKS = 10
LEAST_GAIN = 0.005
_SMALL = 1e-3


@dataclass
class Fitted:
    """A network, its error on held-out blocks in % of the bands' means, that of the start, and the steps."""

    network: SceneDetail
    before: float
    after: float
    steps: int


def started(material: Material) -> SceneDetail:
    """The network in closed form: one coefficient per component and band of the guide, by regression."""
    guide_bands = 2 * len(material.guide_bands)
    network = SceneDetail(len(material.bands), guide_bands, len(material.spread), WIDTH)
    network.vectors.copy_(torch.from_numpy(material.vectors).float()[..., None, None])
    network.spread.copy_(torch.from_numpy(material.spread).float()[None, :, None, None])
    network.guide_offset.copy_(torch.from_numpy(np.tile(material.guide_offset, 2)).float()[None, :, None, None])
    network.guide_scale.copy_(torch.from_numpy(np.tile(material.guide_scale, 2)).float()[None, :, None, None])
    network.coefficients.data[0, :, :, 0, 0] = torch.from_numpy(_regressed(material)).float()
    return network


def _regressed(material: Material) -> np.ndarray:
    """(components, guide bands): of what is lacking one scale coarser on the guide's detail there.

    Without that scale, the components' high pass on the guide's at the image's pixels, by the response turned round.
    """
    size = len(material.guide_bands)
    own, cross = np.zeros((size, size)), np.zeros((size, len(material.spread)))
    for one in material.reduced:
        detail = (one.guide[:size] - one.guide[size:])[:, one.learned].double().numpy()
        lacking = (one.truth - one.planes)[:, one.learned].double().numpy()
        own, cross = own + detail @ detail.T, cross + detail @ lacking.T
    if not material.reduced:
        return material.response.T
    ridge = RIDGE * np.diag(np.diag(own)) + 1e-12 * np.eye(size)
    return np.linalg.solve(own + ridge, cross).T


def held_error(network: SceneDetail, material: Material) -> float:
    """Root mean square error on held-out blocks, % of the bands' means; NaN where there are none."""
    total, count = 0.0, 0
    with torch.inference_mode():
        for one in material.reduced:
            away = _wald_error(network, one, material, one.held)
            total, count = total + float((away**2).sum()), count + away.shape[1]
    return 100 * (total / count) ** 0.5 if count else float("nan")


def _wald_error(network: SceneDetail, one: Reduced, material: Material, where: Tensor) -> Tensor:
    """(components, n): errors of the pixels of a mask, so that their length is the error of the bands."""
    made = one.planes + network.added(one.planes[None], one.guide[None])[0]
    return _metric(material) @ (made - one.truth)[:, where]


def _metric(material: Material) -> Tensor:
    return torch.from_numpy(material.metric.T).float()


def _length(away: Tensor) -> Tensor:
    """Mean length of (planes, n), smooth at 0."""
    return ((away * away).sum(0) + _SMALL**2).sqrt().mean()


class Training:
    """One network on one scene."""

    def __init__(self, network: SceneDetail, material: Material, seed: int) -> None:
        self.network, self.material = network, material
        self.average = deepcopy(network).requires_grad_(False)
        self.optimiser = torch.optim.AdamW(network.parameters(), lr=PEAK_RATE, weight_decay=1e-4)
        self.rng = np.random.default_rng(seed)
        with torch.no_grad():
            found = [self._parts() for _ in range(4)]
        self.sizes = {name: max(float(np.mean([float(one[name]) for one in found])), 1e-6) for name in found[0]}

    def _parts(self) -> dict[str, Tensor]:
        parts = {}
        if self.material.reduced:
            one = self.material.reduced[int(self.rng.integers(len(self.material.reduced)))]
            parts["wald"] = _length(_wald_error(self.network, one, self.material, one.learned))
        return {**parts, **self._full(self.material.full[int(self.rng.integers(len(self.material.full)))])}

    def _full(self, area: Full) -> dict[str, Tensor]:
        chip = self._chip(area)
        made = chip.planes + self.network.added(chip.planes[None], chip.guide[None])[0]
        seen = chip.down @ made @ chip.across.T
        away = (_metric(self.material) @ (seen - chip.recorded)[:, chip.counts]) if chip.counts.any() else made[:, :0]
        response, explained = (torch.from_numpy(one).float() for one in (self.material.response,
                                                                         self.material.explained))  # fmt: skip
        level = torch.einsum("gc,chw->ghw", response, made) - chip.guide[: len(response)]
        level = F.relu(level.abs() - (1 - explained.clamp(0, 1)).sqrt()[:, None, None])
        return {"sensor": _length(away) if away.shape[1] else made.new_zeros(()), "guide": _length(level.flatten(1))}

    def _chip(self, area: Full) -> Full:
        """A part of an area, of whole pixels of the image and all that the sensor sees there."""
        rows, fine_rows = self._cut(area.down)
        cols, fine_cols = self._cut(area.across)
        return Full(
            area.planes[:, fine_rows, fine_cols], area.guide[:, fine_rows, fine_cols], area.recorded[:, rows, cols],
            area.counts[rows, cols], area.down[rows, fine_rows], area.across[cols, fine_cols],
        )  # fmt: skip

    def _cut(self, matrix: Tensor) -> tuple[slice, slice]:
        """Pixels of the image, and the fine ones that they see, along one axis."""
        size = max(2, int(CHIP_PX / max(self.material.ratio, 1.0)))
        first = int(self.rng.integers(max(1, len(matrix) - size + 1)))
        used = matrix[first : first + size].abs().sum(0).nonzero()[:, 0]
        return slice(first, first + size), slice(int(used[0]), int(used[-1]) + 1)

    def step(self, share: float) -> None:
        """One step of the optimiser; `share` of the budget that is used up."""
        set_rate(self.optimiser, cosine_rate(share, PEAK_RATE, WARM_UP, FIRST_RATE))
        loss = sum(WEIGHTS[name] * part / self.sizes[name] for name, part in self._parts().items())
        descend(self.network, self.optimiser, loss)
        follow(self.average, self.network, AVERAGING)


def fit(material: Material, minutes: float, seed: int, most_steps: int = 0) -> Fitted:
    """The best network that was met on held-out blocks, the one in closed form at first.

    Where no block can be held out, the last one counts.
    """
    torch.manual_seed(seed)
    best = started(material)
    before = after = held_error(best, material)
    say(info=f"in closed form: error on held-out blocks {before:.2f} %")
    run = Training(deepcopy(best), material, seed)
    began, steps, checked, share = time.monotonic(), 0, 0, 0.0
    while share < 1:
        run.step(share)
        steps += 1
        share = max((time.monotonic() - began) / (60 * minutes), steps / most_steps if most_steps else 0.0)
        say(progress=round(min(share, 1.0), 4))
        if share * CHECKS >= checked + 1:
            checked = int(share * CHECKS)
            now = held_error(run.average, material)
            if not material.reduced or now < after * (1 - LEAST_GAIN):
                best, after = deepcopy(run.average), now
    say(info=f"after {steps} steps: {after:.2f} %")
    return Fitted(best, before, after, steps)
