"""How good a network is on held-out chips while it trains.

The score that chooses between moments of a training is the mean of the classes' accuracies, and, since few pixels make
it coarse, a little of the mean of the classes' losses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.batches import Batches
from models.land_cover.losses import masked_cross_entropy, pixel_weights
from models.land_cover.networks import MISSING
from models.land_cover.samples.scenes import UNLABELLED

LOSS_SHARE = 0.1
AS_GOOD = 0.005
"""Differences of the score below this are luck; then the network that has learned longer is taken."""
CHIPS_AT_ONCE = 32


@dataclass(frozen=True)
class Check:
    """One look at the validation regions."""

    steps: int
    seconds: float
    """Of training so far."""
    training_loss: float
    """Mean since the last check, augmented chips."""
    loss: float = math.nan
    """Cross entropy, mean over the classes; NaN without validation."""
    accuracy: float = math.nan
    """Mean over the classes that are there, 0..1, of a number R²; NaN without validation."""
    best: bool = False
    """Whether it was as good as the best so far, see `AS_GOOD`; the last of these is kept."""
    record: bool = False
    """Whether it was better than all before."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def score_of(check: Check) -> float:
    """Higher is better."""
    return check.accuracy - LOSS_SHARE * check.loss


@torch.no_grad()
def known_logits(network: nn.Module, batches: Batches, absent: tuple[str, ...] = ()) -> tuple[Tensor, Tensor]:
    """Logits (pixels, classes) and labels (pixels,) of all labelled pixels, with some roles taken away."""
    network.eval()
    found, known = [], []
    for inputs, labels in batches.all(CHIPS_AT_ONCE):
        given = [torch.full_like(image, MISSING) if role in absent else image
                 for role, image in zip(batches.roles, inputs)]
        inside = labels != UNLABELLED
        found.append(network(*given).permute(0, 2, 3, 1)[inside])
        known.append(labels[inside])
    return torch.cat(found), torch.cat(known)


def validated(
    network: nn.Module, batches: Batches, classes: int, centres: Sequence[float] = ()
) -> dict[str, float]:
    """Loss and accuracy as in `Check`; `centres` as in `Settings`."""
    logits, labels = known_logits(network, batches)
    if centres:
        middle = torch.tensor(centres)
        errors, spread = torch.softmax(logits, 1) @ middle - middle[labels], middle[labels].var(correction=0)
        return {"loss": float(nn.functional.cross_entropy(logits, labels)),
                "accuracy": float(1 - errors.square().mean() / spread.clamp(min=1e-12))}  # fmt: skip
    weights = pixel_weights(labels, classes, 1.0)
    loss = masked_cross_entropy(logits.T[None, :, :, None], labels[None, :, None], weights)
    right = np.bincount(labels[logits.argmax(1) == labels], minlength=classes)
    total = np.bincount(labels, minlength=classes)
    return {"loss": float(loss), "accuracy": float((right[total > 0] / total[total > 0]).mean())}
