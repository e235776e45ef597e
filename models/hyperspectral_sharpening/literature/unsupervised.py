"""Networks that learn from the pair alone, without its truth: all of it, in every step."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from models.common.fitting import cosine_rate, descend, set_rate
from models.hyperspectral_sharpening.literature.guided_deep_decoder import NOISE, GuidedDeepDecoder
from models.hyperspectral_sharpening.literature.pairs import Pair
from models.hyperspectral_sharpening.literature.whole_scene import SEED, whole_scene
from models.hyperspectral_sharpening.networks import FAMILY

RATES = {"hyconet": 5e-3, "miae": 5e-3, "usdn": 5e-3, "gdd": 1e-2}


class Unsupervised:
    """One network on one pair.

    Parameters
    ----------
    slug : its architecture's, or "gdd".
    """

    def __init__(self, slug: str, pair: Pair) -> None:
        torch.manual_seed(SEED)
        self.slug, self.pair, self.scene, self.seconds = slug, pair, whole_scene(pair), 0.0
        counts = {"bands": len(pair.truth), "guide_bands": len(pair.guide)}
        if slug == "gdd":
            self.network: Any = GuidedDeepDecoder(**counts)
        else:
            scales = {"hs_scale": self.scene.hs_scale, "guide_scale": self.scene.guide_scale}
            ratio = {} if slug == "usdn" else {"ratio": pair.ratio}
            self.network = FAMILY.build(slug, {**counts, **scales, **ratio})
        rows, cols = self.scene.guide.shape[2:]
        self._padded = F.pad(self.scene.guide, (0, -cols % 8, 0, -rows % 8), mode="replicate")
        self._noise = torch.rand(1, NOISE, *(size // 8 for size in self._padded.shape[2:]))
        self._wide = self.scene.coarse.repeat_interleave(pair.ratio, 2).repeat_interleave(pair.ratio, 3)

    def train(self, steps: int) -> None:
        """Train; `seconds` of the processor go on."""
        started, rate = time.process_time(), RATES[self.slug]
        optimiser = torch.optim.Adam(self.network.parameters(), lr=rate)
        for step in range(steps):
            set_rate(optimiser, cosine_rate(step / steps, rate, 0.05, 0.1))
            descend(self.network, optimiser, self._loss(step, step / steps))
        self.seconds += time.process_time() - started

    def _loss(self, step: int, share: float) -> Tensor:
        scene = self.scene
        if self.slug == "gdd":
            return scene.loss(self._made() / self._unit())
        known = (scene.coarse, scene.guide, scene.weight, share)
        if self.slug == "usdn":
            return self.network.loss(*known, self._wide, scene.response, step)
        return self.network.loss(*known, scene.hs) if self.slug == "miae" else self.network.loss(*known)

    def _unit(self) -> float:
        """What the brightest value becomes for a network that ends between 0 and 1."""
        return 0.8 / float(self.scene.coarse.max())

    def _made(self) -> Tensor:
        if self.slug != "gdd":
            return self.network(self.scene.hs, self.scene.guide)
        rows, cols = self.scene.guide.shape[2:]
        return self.network(self._noise, self._padded)[:, :, :rows, :cols]

    def fused(self) -> np.ndarray:
        """The whole image, stored units."""
        with torch.inference_mode():
            made = self._made()[0].double().numpy()
        return made * self.scene.hs_scale / (self._unit() if self.slug == "gdd" else 1.0)

    def multiply_adds(self) -> float:
        """Per pixel of the result."""
        with torch.inference_mode(), FlopCounterMode(display=False) as counter:
            self._made()
        return counter.get_total_flops() / 2 / self.pair.truth[0].size
