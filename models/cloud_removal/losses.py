"""Losses: the cloud-adaptive one, the spectral angle, and the likelihood that teaches sigma.

Tensors (N, bands, H, W) in reflectance; inside, errors are in units of `SPREAD`.
Cloud-adaptive regularised loss: Meraner et al. 2020, doi:10.1016/j.isprsjprs.2020.05.013. It asks for the target
under clouds and for the unchanged input elsewhere; here each of the two is a mean over its own pixels, so that a
small cloud counts as much as a large one. The likelihood is Laplace's with the stated standard deviation (Ebel et al.
2023, arXiv:2304.05464, take a normal distribution, which errors of land cover with their long tails do not have).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.cloud_removal.networks.base import SPREAD, Outcome

TINY = 1e-6


@dataclass(frozen=True)
class Weights:
    """Of the parts of the loss, the error under clouds being 1."""

    unchanged: float = 0.2
    """Clear pixels that shall stay as they are."""
    whole: float = 0.05
    """All pixels against the target."""
    angle: float = 1.5
    """Spectral angle under clouds, radians."""
    drafts: float = 0.4
    """The estimates on the way."""
    likelihood: float = 0.1


@dataclass(frozen=True)
class Truth:
    """optical: the input. target, known, clouded, mask: see `examples.Example`; all float tensors (N, ., H, W)."""

    optical: Tensor
    target: Tensor
    known: Tensor
    clouded: Tensor
    mask: Tensor


def loss_of(outcome: Outcome, truth: Truth, weights: Weights | None = None) -> Tensor:
    """Scalar loss of a batch."""
    weights = weights or Weights()
    under = (truth.mask > 0.02).to(truth.mask.dtype) * truth.known
    beside = (1 - truth.mask) * (1 - truth.clouded)
    error = ((outcome.restored - truth.target) / SPREAD).abs()
    change = ((outcome.restored - truth.optical) / SPREAD).abs()
    total = mean_over(error, under) + weights.unchanged * mean_over(change, beside)
    total = total + weights.whole * mean_over(error, truth.known)
    total = total + weights.angle * mean_over(angle(outcome.restored, truth.target), under)
    for draft in outcome.drafts:
        total = total + weights.drafts * mean_over(((draft - truth.target) / SPREAD).abs(), under)
    return total + weights.likelihood * mean_over(likelihood(error, outcome.sigma / SPREAD), under)


def mean_over(values: Tensor, weight: Tensor) -> Tensor:
    """Mean of (N, B, H, W) over the pixels of weight (N, 1, H, W) in each image, then over the images that have any."""
    total = weight.sum((1, 2, 3))
    each = (values.mean(1, keepdim=True) * weight).sum((1, 2, 3)) / (total + TINY)
    some = (total > 0).to(values.dtype)
    return (each * some).sum() / (some.sum() + TINY)


def angle(first: Tensor, second: Tensor) -> Tensor:
    """Chord between the directions of spectra, (N, 1, H, W), for small angles their angle in radians."""
    directions = [image / (image.square().sum(1, keepdim=True) + 1e-4).sqrt() for image in (first, second)]
    return ((directions[0] - directions[1]).square().sum(1, keepdim=True) + 1e-5).sqrt()


def likelihood(error: Tensor, sigma: Tensor) -> Tensor:
    """Negative logarithm of Laplace's density with standard deviation sigma, without its constant."""
    scale = sigma / 2**0.5
    return error / scale + torch.log(scale)
