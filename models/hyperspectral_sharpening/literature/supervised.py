"""Networks that learn with a truth: from chips of the left part of a pair."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.common.fitting import cosine_rate, descend, set_rate
from models.hyperspectral_sharpening.literature.deep_prior import deep_prior
from models.hyperspectral_sharpening.literature.pairs import Pair, level_of
from models.hyperspectral_sharpening.networks import FAMILY
from models.hyperspectral_sharpening.networks.ssrnet import edge_losses

CHIP_PX, BATCH, RATE, SEED = 32, 4, 2e-3, 1


class Supervised:
    """One network of the literature on one pair.

    Parameters
    ----------
    slug : its architecture's.
    prior_steps : of the deep prior that `hyperkite` takes as its image.
    """

    def __init__(self, slug: str, pair: Pair, prior_steps: int = 400) -> None:
        torch.manual_seed(SEED)
        started = time.process_time()
        base = deep_prior(pair, prior_steps) if slug == "hyperkite" else pair.base
        self.seconds = time.process_time() - started
        self.pair, self.rng, left = pair, np.random.default_rng(SEED), np.s_[:, :, : pair.split]
        self.mean, self.spread = _standard(pair.base[left])
        guide_mean, guide_spread = _standard(pair.guide[left])
        self.hs = torch.from_numpy(((base - self.mean) / self.spread).astype(np.float32))
        self.guide = torch.from_numpy(((pair.guide - guide_mean) / guide_spread).astype(np.float32))
        self.truth = torch.from_numpy(((pair.truth - self.mean) / self.spread).astype(np.float32))
        config: dict[str, Any] = {"bands": len(pair.truth), "guide_bands": len(pair.guide)}
        if slug == "ssrnet":
            config["nearest"] = _nearest(self.hs, self.guide, pair.split)
        self.slug, self.network = slug, FAMILY.build(slug, config)
        self.weight = torch.from_numpy((self.spread / level_of(self.mean)).astype(np.float32))[None]

    def train(self, steps: int) -> None:
        """Train; `seconds` of the processor go on."""
        started = time.process_time()
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=RATE)
        for step in range(steps):
            set_rate(optimiser, cosine_rate(step / steps, RATE, 0.05, 0.1))
            descend(self.network, optimiser, self._loss(*self._chips()))
        self.seconds += time.process_time() - started

    def _loss(self, hs: Tensor, guide: Tensor, truth: Tensor) -> Tensor:
        if hasattr(self.network, "loss"):
            return self.network.loss(hs, guide, truth, self.weight)
        fused = self.network(hs, guide)
        loss = F.l1_loss(fused * self.weight, truth * self.weight)
        return loss + edge_losses(fused * self.weight, truth * self.weight) if self.slug == "ssrnet" else loss

    def _chips(self) -> tuple[Tensor, ...]:
        rows, found = self.truth.shape[1], []
        side = min(CHIP_PX, rows // 4 * 4, self.pair.split // 4 * 4)
        for _ in range(BATCH):
            row, col = (int(self.rng.integers(size - side + 1)) for size in (rows, self.pair.split))
            axes = [axis for axis in (1, 2) if self.rng.random() < 0.5]
            found.append([one[:, row : row + side, col : col + side].flip(axes)
                          for one in (self.hs, self.guide, self.truth)])  # fmt: skip
        return tuple(torch.stack(one) for one in zip(*found))

    def fused(self) -> np.ndarray:
        """The whole image, stored units."""
        rows, cols = self.truth.shape[1:]
        more = [-size % self.network.multiple_of for size in (rows, cols)]
        around = [F.pad(one[None], (0, more[1], 0, more[0]), mode="replicate") for one in (self.hs, self.guide)]
        with torch.inference_mode():
            made = self.network(*around)[0, :, :rows, :cols].numpy()
        return made * self.spread + self.mean


def _standard(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, spread = values.mean(axis=(1, 2), keepdims=True), values.std(axis=(1, 2), keepdims=True)
    return mean, np.maximum(spread, 1e-6 * max(float(spread.max()), 1e-12))


def _nearest(hs: Tensor, guide: Tensor, split: int) -> list[int]:
    """For each band of the guide the band that resembles it most."""
    ours, theirs = hs[:, :, :split].flatten(1), guide[:, :, :split].flatten(1)
    return [int(place) for place in (theirs @ ours.T).argmax(1)]
