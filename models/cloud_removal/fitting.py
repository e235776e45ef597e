"""Training of one network: AdamW, a cosine over the steps, averaged weights, checkpoints to go on from.

Axis order (N, bands, H, W). AdamW: Loshchilov, Hutter 2019, arXiv:1711.05101. There are too few scenes to choose a
moment by some of them, so the number of steps is fixed, and what is kept are the averaged weights at the end. The same
seed and steps give the same network, also where the training was interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import ndimage
from scipy.cluster.vq import kmeans2

from models.cloud_removal.examples import Example, Examples
from models.cloud_removal.losses import Truth, loss_of
from models.cloud_removal.networks import ARCHITECTURES, CloudNetwork, build
from models.cloud_removal.scenes import Clear, Triplet
from models.common import checkpoints
from models.common.fitting import cosine_rate, descend, follow, keeping, set_rate

WARM_UP, FIRST_RATE = 0.03, 0.02
QUICKER = 5.0
SAVED_EVERY_S = 60.0


@dataclass(frozen=True)
class Settings:
    """How to train; the defaults are those of the network in the zoo."""

    architecture: str = ARCHITECTURES[0].slug
    steps: int = 1000
    seed: int = 1
    rate: float = 1.5e-3
    """Largest learning rate."""
    decay: float = 0.2
    averaging: float = 0.998
    """Of the weights over the steps."""
    sizes: tuple[int, ...] = (128, 256)
    """Sides of the pieces, in pixels; a batch has one of them."""
    batches: tuple[int, ...] = (4, 1)
    """Pieces in a batch of each size."""
    odds: tuple[float, ...] = (0.65, 0.35)


Progress = Callable[[int, float], None]
"""Number of the step, and the mean loss of the steps since the last call."""


class Run:
    """A training that is under way."""

    def __init__(self, triplets: Sequence[Triplet], clear: Sequence[Clear], settings: Settings) -> None:
        self.settings = settings
        self.rng = np.random.default_rng(settings.seed)
        self.examples = Examples(triplets, clear, self.rng)
        level = np.mean([one.optical.mean((1, 2)) for one in self.examples.clear], axis=0)
        config = {"bands": len(level), "level": [round(float(value), 4) for value in level]}
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            self.network = build(settings.architecture, config)
        typical = typical_ground(self.examples.clear, settings.seed)
        self.network.begin_with(*(torch.from_numpy(one) for one in typical))
        self.average = deepcopy(self.network).requires_grad_(False).eval()
        self.optimiser = torch.optim.AdamW(_groups(self.network, settings), lr=settings.rate)
        self.steps, self.seconds = 0, 0.0

    def go(self, checkpoint: Path | None = None, progress: Progress | None = None, every: int = 50) -> CloudNetwork:
        """Train to the end; returns the averaged network."""
        if checkpoint is not None and checkpoint.is_file():
            self.restore(checkpoints.read(checkpoint))
        before, began, losses = self.seconds, time.monotonic(), []
        keeper = checkpoints.Keeper(checkpoint, SAVED_EVERY_S)
        while self.steps < self.settings.steps:
            losses.append(self.step())
            self.seconds = before + time.monotonic() - began
            if progress is not None and self.steps % every == 0:
                progress(self.steps, float(np.mean(losses)))
                losses.clear()
            keeper.keep(self.state)
        keeper.keep(self.state, now=True)
        return self.average

    def step(self) -> float:
        """One step of the optimiser; returns the loss."""
        share = self.steps / self.settings.steps
        set_rate(self.optimiser, cosine_rate(share, self.settings.rate, WARM_UP, FIRST_RATE))
        kind = self.rng.choice(len(self.settings.sizes), p=self.settings.odds)
        size = self.settings.sizes[kind]
        inputs, truth = batch_of([self.examples.draw(size) for _ in range(self.settings.batches[kind])])
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(self.rng.integers(2**31)))
            loss = loss_of(self.network.outcome(*inputs), truth)
        found = descend(self.network, self.optimiser, loss)
        self.steps += 1
        follow(self.average, self.network, keeping(self.settings.averaging, self.steps))
        return found

    def state(self) -> dict[str, Any]:
        """All that is needed to go on, and to build the network, as tensors and plain values."""
        return {
            "architecture": self.settings.architecture, "config": self.network.config,
            "settings": _plain(asdict(self.settings)), "network": self.network.state_dict(),
            "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
            "steps": self.steps, "seconds": self.seconds, "rng": self.rng.bit_generator.state,
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from there; raises ValueError where it is the state of another training."""
        if state["settings"] != _plain(asdict(self.settings)):
            raise ValueError(f"Found the checkpoint of a training with {state['settings']}, expected "
                             f"{_plain(asdict(self.settings))}; delete it to begin anew.")
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.steps, self.seconds = state["steps"], state["seconds"]
        self.rng.bit_generator.state = state["rng"]


def trained(state: dict[str, Any]) -> CloudNetwork:
    """The averaged network of a checkpoint."""
    network = build(state["architecture"], state["config"])
    network.load_state_dict(state["average"])
    return network.requires_grad_(False).eval()


def batch_of(examples: Sequence[Example]) -> tuple[tuple[torch.Tensor, ...], Truth]:
    """Inputs in the network's order, and what it shall give."""
    stacked = {name: torch.from_numpy(np.stack([getattr(one, name) for one in examples]).astype(np.float32))
               for name in vars(examples[0])}
    inputs = tuple(stacked[name] for name in ("optical", "sar", "clear", "mask"))
    return inputs, Truth(*(stacked[name] for name in ("optical", "target", "known", "clouded", "mask")))


def typical_ground(
    scenes: Sequence[Clear], seed: int, count: int = 12, each: int = 2000
) -> tuple[np.ndarray, np.ndarray]:
    """Kinds of ground by their smoothed backscatter: mean spectra (count, bands) and decibels (count, 2), float32."""
    rng = np.random.default_rng(seed)
    spectra, decibels = [], []
    for scene in (one for one in scenes if one.sar is not None):
        chosen = rng.choice(scene.optical[0].size, each)
        smooth = ndimage.uniform_filter(scene.sar, (0, 9, 9), mode="nearest")
        spectra.append(scene.optical.reshape(len(scene.optical), -1).T[chosen])
        decibels.append(smooth.reshape(len(smooth), -1).T[chosen])
    optical, sar = np.concatenate(spectra), np.concatenate(decibels)
    centres, kinds = kmeans2(sar, count, minit="++", seed=seed)
    found = [kind for kind in range(count) if (kinds == kind).any()]
    means = np.stack([optical[kinds == kind].mean(0) for kind in found])
    return means.astype(np.float32), centres[found].astype(np.float32)


def _groups(network: CloudNetwork, settings: Settings) -> list[dict[str, Any]]:
    """Decay for weights of convolutions only; what is no convolution, such as spectra of classes, learns faster."""
    quick = {id(one) for one in network.quick_parameters()}
    slow = [one for one in network.parameters() if id(one) not in quick]
    kinds = (
        ([one for one in slow if one.ndim > 1], settings.decay, 1.0),
        ([one for one in slow if one.ndim == 1], 0.0, 1.0),
        (network.quick_parameters(), 0.0, QUICKER),
    )
    return [{"params": some, "weight_decay": decay, "factor": factor} for some, decay, factor in kinds if some]


def _plain(values: Any) -> Any:
    """Tuples as lists, as they come back from a file."""
    if isinstance(values, dict):
        return {key: _plain(value) for key, value in values.items()}
    return [_plain(value) for value in values] if isinstance(values, (list, tuple)) else values
