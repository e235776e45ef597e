"""Temperatures that make probabilities mean what they say, and how far they are from that.

Axis order: logits (pixels, classes) or (N, classes, H, W). One temperature for pixels with everything there, one for
each role that is absent. Guo, Pleiss, Sun, Weinberger 2017, On calibration of modern neural networks, arXiv:1706.04599.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.batches import Batches
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING, Classifier
from models.land_cover.samples.scenes import Chip
from models.land_cover.scores import known_logits

ALL_THERE = ""
COLDEST, HOTTEST = 0.5, 5.0
BINS = 10
FEWEST_PIXELS = 20
"""From fewer no temperature is taken; it is then 1."""


@dataclass(frozen=True)
class Calibration:
    """What calibrating gave, with one role absent or with everything there."""

    absent: str
    """Role; `ALL_THERE` = none."""
    temperature: float
    accuracy: float
    """Share of the pixels that are right, 0..1."""
    error_before: float
    """Expected calibration error, 0..1."""
    error_after: float
    pixels: int


def calibrated(fitted: Fitted, held_out: Sequence[Chip]) -> tuple[Fitted, tuple[Calibration, ...]]:
    """The same network with temperatures from chips that it, or its rehearsal, has not learned from; without any, 1."""
    if not held_out:
        return replace(fitted, temperatures=dict.fromkeys((ALL_THERE, *fitted.optional), 1.0)), ()
    batches = Batches(held_out, fitted.statistics, fitted.roles, len(fitted.classes))
    found = tuple(_calibration(fitted, batches, role) for role in (ALL_THERE, *fitted.optional))
    return replace(fitted, temperatures={one.absent: one.temperature for one in found}), found


def _calibration(fitted: Fitted, batches: Batches, absent: str) -> Calibration:
    logits, labels = known_logits(fitted.rehearsal or fitted.network, batches, (absent,) if absent else ())
    heat = best_temperature(logits, labels) if len(labels) >= FEWEST_PIXELS else 1.0
    before, after = (calibration_error(torch.softmax(logits / t, 1).numpy(), labels.numpy()) for t in (1.0, heat))
    right = float((logits.argmax(1) == labels).float().mean())
    return Calibration(absent, heat, right, before, after, len(labels))


def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the smallest cross entropy, by golden section on its logarithm, within 0.5 to 5.

    Parameters
    ----------
    logits : (pixels, classes); labels : (pixels,).
    """
    low, high = np.log(COLDEST), np.log(HOTTEST)
    golden = (np.sqrt(5) - 1) / 2
    while high - low > 1e-3:
        left, right = high - golden * (high - low), low + golden * (high - low)
        losses = [float(nn.functional.cross_entropy(logits / np.exp(t), labels)) for t in (left, right)]
        low, high = (low, right) if losses[0] < losses[1] else (left, high)
    return float(np.exp((low + high) / 2))


def calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error: mean distance of confidence from accuracy over bins of confidence, 0..1.

    Parameters
    ----------
    probabilities : (pixels, classes), sum 1; labels : (pixels,).
    """
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    count = np.bincount(number, minlength=bins)
    distance = np.bincount(number, confidence, bins) - np.bincount(number, right, bins)
    return float(np.abs(distance[count > 0]).sum() / max(len(labels), 1))


class Calibrated(nn.Module):
    """A network whose logits are divided by the temperature of each pixel; its softmax are the probabilities.

    Where several modalities are absent at a pixel the largest of their temperatures counts.
    """

    def __init__(self, network: Classifier, roles: Sequence[str], temperatures: Mapping[str, float]) -> None:
        super().__init__()
        self.network, self.halo, self.multiple_of = network, network.halo, network.multiple_of
        self.all_there = float(temperatures.get(ALL_THERE, 1.0))
        self.absent = [float(temperatures.get(role, self.all_there)) for role in roles]

    def forward(self, *inputs: Tensor) -> Tensor:
        """(N, B_m, H, W) of each modality -> logits (N, classes, H, W)."""
        return self.network(*inputs) / self.heat(inputs)

    def heat(self, inputs: Sequence[Tensor]) -> Tensor:
        """The temperature of each pixel, (N, 1, H, W)."""
        heat = torch.full_like(inputs[0][:, :1], self.all_there)
        several = torch.zeros_like(heat)
        for image, absent in zip(inputs, self.absent):
            gone = image[:, :1] <= MISSING / 2
            several = torch.where(gone, several.clamp(min=absent), several)
        return torch.where(several > 0, several, heat)
