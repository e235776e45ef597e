"""Training of one network on chips: AdamW, a cosine over the budget, averaged weights, and an end in good time.

Axis order: (N, bands, H, W). AdamW: Loshchilov, Hutter 2019, arXiv:1711.05101. What is kept are the averaged weights
of the last moment at which the validation regions were as good as ever; a training that nothing improves ends early.
With the same seed, steps and threads it gives the same network.

    fitted = fit(split.of(TRAINING), split.of(VALIDATION), classes, Settings(minutes=2))
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.common import checkpoints
from models.common.fitting import cosine_rate, descend, follow, keeping, set_rate, threads
from models.land_cover.augmentation import Augmenter, without_noise_of_bands
from models.land_cover.batches import Batches
from models.land_cover.losses import ordered_loss, total_loss
from models.land_cover.networks.base import Classifier
from models.land_cover.preparing import decay_groups, prepare
from models.land_cover.samples.scenes import Chip
from models.land_cover.scores import AS_GOOD, CHIPS_AT_ONCE, Check, score_of, validated
from models.land_cover.settings import Settings, may_be_absent, network_for, refuse_other
from models.land_cover.statistics import BandStatistics, band_statistics
from rsfusion_qgis.core.basics.errors import InputError

WARM_UP, FIRST_RATE = 0.05, 0.05
SAVED_EVERY_S = 20.0
REFITTED = ".all"
"""Ending of the checkpoint of the training on all samples, beside the first one's."""
FEWEST_STEPS = 4
"""Between two looks at the validation regions."""

Progress = Callable[[float, "Check | None"], None]
"""Share of the budget that is used up, and the check that was just made, if one was. It may raise to end it all."""


@dataclass(frozen=True)
class Fitted:
    """A trained network with all that is needed to use it."""

    network: Classifier
    roles: tuple[str, ...]
    """Order of the network's inputs."""
    classes: tuple[str, ...]
    statistics: BandStatistics
    optional: tuple[str, ...]
    """Roles that it can do without."""
    settings: Settings
    history: tuple[Check, ...]
    steps: int
    seconds: float
    """Of all runs that went into it."""
    ending: str
    """Why it ended, as words for a report."""
    temperatures: dict[str, float]
    """What divides the logits: "" with everything there, a role where that one is absent; {} = not calibrated."""
    rehearsal: Classifier | None = None
    """The network before it was trained anew on all samples, which has not seen the validation; None = it was not."""


def fit(
    training: Sequence[Chip],
    validation: Sequence[Chip],
    classes: Sequence[str],
    settings: Settings | None = None,
    progress: Progress | None = None,
    checkpoint: Path | None = None,
) -> Fitted:
    """Train a network.

    Parameters
    ----------
    training, validation : chips of one size with a halo of at least the network's; without validation the training
        goes on to its end and keeps the last weights.
    classes : names, in the order of the indices.
    progress : called after every step.
    checkpoint : file in which the state is kept meanwhile; where it is there already, the training goes on from it.

    Raises
    ------
    InputError
        There is nothing to learn from, or the checkpoint is of another training.
    """
    settings = settings or Settings()
    progress = progress or (lambda share, check: None)
    _check(training, classes)
    with threads(settings.threads):
        if not (settings.refit and validation):
            return _trained(Run(training, validation, classes, settings), progress, checkpoint)
        half = replace(settings, minutes=settings.minutes / 2)
        first = _trained(Run(training, validation, classes, half), lambda s, c: progress(s / 2, c), checkpoint)
        whole = Run([*training, *validation], (), classes, _as_long_as(first, settings))
        place = checkpoint and checkpoint.with_name(checkpoint.name + REFITTED)
        second = _trained(whole, lambda s, c: progress(0.5 + s / 2, None), place)
    return _taking_over(first, second, settings)


def _trained(run: Run, progress: Progress, checkpoint: Path | None) -> Fitted:
    """To the end, from where the checkpoint stands."""
    if checkpoint is not None and checkpoint.is_file():
        run.restore(checkpoints.read(checkpoint))
    run.go(progress, checkpoint)
    return run.fitted()


def _as_long_as(first: Fitted, settings: Settings) -> Settings:
    """For as many steps as were best."""
    steps = max((check.steps for check in first.history if check.best), default=first.steps)
    return replace(settings, minutes=settings.minutes / 2, most_steps=steps, patience=0)


def _taking_over(first: Fitted, second: Fitted, settings: Settings) -> Fitted:
    """The network that saw all samples, with what only held-out ones could tell the one before."""
    for name in first.network.settles:
        getattr(second.network, name).copy_(getattr(first.network, name))
    return replace(second, settings=settings, history=first.history, steps=first.steps + second.steps,
                   seconds=first.seconds + second.seconds, rehearsal=first.network,
                   ending=f"{first.ending}; then trained anew on all samples, for {second.steps} steps")


class Run:
    """A training that is under way."""

    def __init__(self, training: Sequence[Chip], validation: Sequence[Chip], classes: Sequence[str],
                 settings: Settings) -> None:
        self.settings, self.classes = settings, tuple(classes)
        self.roles = tuple(training[0].inputs)
        self.statistics = band_statistics(training)
        self.optional = may_be_absent(settings, self.roles)
        bands = {role: len(values) for role, values in training[0].inputs.items()}
        self.network = network_for(settings, bands, len(classes))
        prepare(self.network, training, self.statistics, self.roles, settings.seed)
        balanced = not settings.centres
        self.batches = Batches(training, self.statistics, self.roles, len(classes), balanced)
        self.network.eval().teach(self.batches.all(CHIPS_AT_ONCE), torch.Generator().manual_seed(settings.seed))
        self.average = deepcopy(self.network).requires_grad_(False).eval()
        self.best, self.best_score = deepcopy(self.average.state_dict()), -math.inf
        self.held_out = Batches(validation, self.statistics, self.roles, len(classes)) if len(validation) else None
        self.optimiser = torch.optim.AdamW(decay_groups(self.network, settings.decay), lr=settings.rate)
        self.rng, self.generator = np.random.default_rng(settings.seed), torch.Generator().manual_seed(settings.seed)
        how = without_noise_of_bands(settings.augmentation) if self.network.whitens else settings.augmentation
        self.augment = Augmenter(how, self.roles, self.optional, self.statistics, self.generator)
        self.history: list[Check] = []
        self.steps, self.seconds, self.ending = 0, 0.0, ""

    @property
    def share(self) -> float:
        """Of the budget that is used up, 0..1."""
        by_steps = self.steps / self.settings.most_steps if self.settings.most_steps else 0.0
        return min(max(self.seconds / (60 * self.settings.minutes), by_steps), 1.0)

    def go(self, progress: Progress, checkpoint: Path | None) -> None:
        """Train to the end."""
        began, before, keeper = time.monotonic(), self.seconds, checkpoints.Keeper(checkpoint, SAVED_EVERY_S)
        losses: list[float] = []
        while not self.ending:
            losses.append(self.step())
            self.seconds = before + time.monotonic() - began
            check = None
            if self.due():
                check = self.check(float(np.mean(losses)))
                losses.clear()
            self.ending = self.why_end()
            progress(self.share, check)
            keeper.keep(self.state, now=bool(self.ending))
        self.seconds = before + time.monotonic() - began

    def due(self) -> bool:
        """Whether to look at the validation regions now: evenly over the budget, but not after every slow step."""
        since = self.steps - (self.history[-1].steps if self.history else 0)
        return self.share * self.settings.checks >= len(self.history) + 1 and (since >= FEWEST_STEPS or self.share >= 1)

    def step(self) -> float:
        """One step of the optimiser; returns the loss."""
        share, largest = self.share, self.settings.rate * self.network.quickness
        set_rate(self.optimiser, cosine_rate(share, largest, WARM_UP, FIRST_RATE))
        self.network.train()
        inputs, labels = self.augment(*self.batches.drawn(self.settings.batch, self.rng))
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(int(self.rng.integers(2**31)))
            heads, auxiliary = self.network.training_outputs(*inputs)
        if self.settings.centres:
            loss = ordered_loss(heads, auxiliary, labels, torch.tensor(self.settings.centres))
        else:
            loss = total_loss(heads, auxiliary, labels, self.settings.balance, self.settings.smoothing)
        found = descend(self.network, self.optimiser, loss)
        self.steps += 1
        follow(self.average, self.network, keeping(self.settings.averaging, self.steps))
        return found

    def check(self, training_loss: float) -> Check:
        """Look at the validation regions, and keep the averaged weights where they are as good as the best so far."""
        found = Check(self.steps, self.seconds, training_loss)
        if self.held_out is not None:
            self._settle(self.average)
            told = validated(self.average, self.held_out, len(self.classes), self.settings.centres)
            found = replace(found, **told)
        score, best = score_of(found), self.best_score
        if self.held_out is None or score > best - AS_GOOD:
            self.best, self.best_score = deepcopy(self.average.state_dict()), max(best, score)
            found = replace(found, best=True, record=self.held_out is None or score > best)
        self.history.append(found)
        return found

    def _settle(self, network: Classifier) -> None:
        if network.settles:
            network.settle(self.held_out.all(CHIPS_AT_ONCE))

    def why_end(self) -> str:
        """Words for the reason to end now; "" = go on."""
        since_record = next((i for i, check in enumerate(reversed(self.history)) if check.record), 0)
        if self.settings.patience and since_record >= self.settings.patience:
            return "nothing improved any more"
        if self.share < 1:
            return ""
        return "all steps were made" if self.steps == self.settings.most_steps else "the time was used up"

    def state(self) -> dict[str, Any]:
        """All that is needed to go on, as tensors and plain values."""
        return {
            "classes": list(self.classes), "roles": list(self.roles), "settings": self.settings.to_json(),
            "network": self.network.state_dict(), "average": self.average.state_dict(), "best": self.best,
            "best_score": self.best_score, "optimiser": self.optimiser.state_dict(),
            "rng": self.rng.bit_generator.state, "generator": self.generator.get_state(),
            "history": [check.to_json() for check in self.history],
            "steps": self.steps, "seconds": self.seconds, "ending": self.ending,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from there.

        Raises
        ------
        InputError
            It is the state of another training.
        """
        refuse_other(state, self.classes, self.roles, self.settings)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.best, self.best_score = state["best"], state["best_score"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.rng.bit_generator.state = state["rng"]
        self.generator.set_state(state["generator"])
        self.history = [Check(**values) for values in state["history"]]
        self.steps, self.seconds = state["steps"], state["seconds"]
        self.ending = self.why_end()

    def fitted(self) -> Fitted:
        """The best network that was met."""
        network = deepcopy(self.average)
        network.load_state_dict(self.best)
        return Fitted(network.eval(), self.roles, self.classes, self.statistics, self.optional, self.settings,
                      tuple(self.history), self.steps, self.seconds, self.ending, {})


def _check(training: Sequence[Chip], classes: Sequence[str]) -> None:
    if len(classes) < 2:
        raise InputError(f"SAMPLES: found {len(classes)} class, expected at least 2; add samples of another class.")
    if not training:
        raise InputError("SAMPLES: found no labelled pixels to learn from; add samples inside the rasters.")
