"""Sigma calibrated on scenes that a network has not seen: sigma' = factor * sigma^power.

Arrays in reflectance. The factor is such that 68.3 % of the errors lie within one sigma, as in a normal distribution;
the power, such that the likelihood is largest: below 1 where a network is too sure of its differences. Every scene
counts the same. There are four networks, each with scenes of its own that it has not seen: the calibration of one is
made from the scenes of the others, so that its own remain a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from models.cloud_removal.networks import CloudNetwork

WITHIN_ONE = 0.6827
POWERS = tuple(np.round(np.arange(0.2, 1.21, 0.1), 2).tolist())
MOST_VALUES = 20_000
"""Of each scene that are looked at."""


@dataclass(frozen=True)
class SigmaScale:
    """sigma' = factor * sigma^power, reflectance; 1 and 1 are neutral."""

    factor: float = 1.0
    power: float = 1.0

    def __call__(self, sigma: np.ndarray) -> np.ndarray:
        return (self.factor * sigma**self.power).astype(np.float32)


@dataclass(frozen=True)
class Errors:
    """Of one unseen scene, where the network's result is used: absolute errors and stated sigmas, (values,) each."""

    error: np.ndarray
    sigma: np.ndarray


def errors_of(estimate: np.ndarray, sigma: np.ndarray, truth: np.ndarray, used: np.ndarray, seed: int = 0) -> Errors:
    """Errors of an image (bands, rows, cols) where `used` (rows, cols) is True, at most `MOST_VALUES`."""
    error, stated = np.abs(estimate - truth)[:, used].ravel(), sigma[:, used].ravel()
    chosen = np.random.default_rng(seed).permutation(error.size)[:MOST_VALUES]
    return Errors(error[chosen], stated[chosen])


def fitted_scale(scenes: Sequence[Errors]) -> SigmaScale:
    """The scale that suits the scenes; neutral without any."""
    scenes = [scene for scene in scenes if scene.error.size]
    if not scenes:
        return SigmaScale()
    error, sigma = (np.concatenate([getattr(scene, name) for scene in scenes]) for name in ("error", "sigma"))
    weight = np.concatenate([np.full(scene.error.size, 1 / scene.error.size) for scene in scenes])
    found = [_of_power(power, error, sigma, weight) for power in POWERS]
    return min(found, key=lambda one: one[0])[1]


def _of_power(power: float, error: np.ndarray, sigma: np.ndarray, weight: np.ndarray) -> tuple[float, SigmaScale]:
    """Mean negative logarithm of Laplace's density, and the scale."""
    shaped = sigma**power
    ratio = error / shaped
    order = np.argsort(ratio)
    reached = np.cumsum(weight[order]) / weight.sum()
    factor = max(float(ratio[order][np.searchsorted(reached, WITHIN_ONE)]), 1e-6)
    stated = factor * shaped
    loss = np.average(np.sqrt(2) * error / stated + np.log(stated), weights=weight)
    return float(loss), SigmaScale(factor, power)


class Calibrated(nn.Module):
    """The network with calibrated sigma; same inputs and outputs, 0 where a network that trims computed nothing."""

    def __init__(self, network: CloudNetwork, scale: SigmaScale) -> None:
        super().__init__()
        self.network, self.scale = network, scale

    def forward(self, optical: Tensor, sar: Tensor, clear: Tensor, cloudmask: Tensor) -> tuple[Tensor, Tensor]:
        restored, sigma = self.network(optical, sar, clear, cloudmask)
        sigma = self.scale.factor * torch.pow(sigma, self.scale.power)
        rows, cols = self.network.trimmed(optical.shape[2:])
        if not self.network.trims:
            return restored, sigma
        return functional.pad(restored, (cols, cols, rows, rows)), functional.pad(sigma, (cols, cols, rows, rows))
