"""Experts that are computed and not trained: a linear discriminant, and a kernel machine on all modalities.

Axis order: (N, bands, H, W), float32; samples are (samples, bands) with labels (samples,). Each is the solution of one
system of linear equations, found within a second: no steps, no luck, and at its best where so few samples would lead
the steps of a gradient astray. Before `learn` both are random and small.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from models.land_cover.networks.parts import product

SHRINKAGE = 0.05
"""Of the covariance within classes, towards equal spread in all directions."""
PRIOR = 0.25
"""A class is as likely as its number of samples to this power."""
STEEPNESS = 4.0
"""From the values of the kernel machine, about 1 for its class and 0 for others, to logits."""
SMOOTHNESS = 1e-6
BALANCE = 0.75
"""In the kernel machine samples count by their class's number to the power of minus this."""
SMALLEST_VARIANCE = 1e-3
"""Of standardised samples; from less, the rounding of a distance would show in a kernel."""
MOST_SAMPLES = 20_000
MOST_CENTRE_VALUES = 96_000
"""Centres times bands, so that many bands do not make a large network."""


class Discriminant(nn.Module):
    """Linear discriminant: (N, channels, H, W) -> logits (N, classes, H, W).

    Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x; the covariance drawn towards a multiple of the identity as by
    Friedman 1989, doi:10.1080/01621459.1989.10478752. The logit of a class without samples is the least constant of
    the others.
    """

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.register_buffer("matrix", 0.1 * torch.randn(classes, channels, 1, 1))
        self.register_buffer("bias", torch.zeros(classes))

    def forward(self, x: Tensor) -> Tensor:
        return product(x, self.matrix, self.bias)

    @torch.no_grad()
    def learn(self, samples: Tensor, labels: Tensor) -> None:
        """Samples (samples, channels), labels (samples,) from 0."""
        values, counts = samples.double(), torch.bincount(labels, minlength=len(self.bias))
        there = counts > 0
        means = torch.zeros(len(counts), values.shape[1], dtype=torch.float64).index_add_(0, labels, values)
        means /= counts.clamp(min=1)[:, None]
        within = values - means[labels]
        covariance = within.T @ within / len(values)
        level = covariance.diagonal().mean().clamp(min=1e-12)
        covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * level * torch.eye(len(covariance)).double()
        directions = torch.linalg.solve(covariance, means.T).T
        bias = PRIOR * counts.clamp(min=1).double().log() - 0.5 * (directions * means).sum(1)
        self.matrix.copy_(torch.where(there[:, None], directions, 0.0)[:, :, None, None])
        self.bias.copy_(torch.where(there, bias, bias[there].min()))


class KernelMachine(nn.Module):
    """Kernel ridge regression on the classes, with all modalities: images (N, B_m, H, W) -> (N, classes, H, W).

    Saunders, Gammerman, Vovk 1998: Ridge regression learning algorithm in dual variables, ICML, with a Gaussian kernel;
    the solution is sought among kernels around a part of the samples (Rudi, Camoriano, Rosasco 2015, arXiv:1507.04717).
    Every modality counts as one, however many bands it has.

    bands : B_m of each modality. classes : their number. centres : at most.
    """

    def __init__(self, bands: Sequence[int], classes: int, centres: int) -> None:
        super().__init__()
        centres = max(min(centres, MOST_CENTRE_VALUES // sum(bands)), classes)
        scale = torch.cat([torch.full((count,), count**-0.5) for count in bands])
        self.register_buffer("scale", scale[:, None, None], persistent=False)
        self.register_buffer("centres", scale[:, None, None] * torch.randn(centres, sum(bands), 1, 1))
        self.register_buffer("narrowness", torch.tensor(1.0 / len(bands)))
        self.register_buffer("matrix", 0.1 * torch.randn(classes, centres, 1, 1))

    def forward(self, images: Sequence[Tensor]) -> Tensor:
        return product(self._kernels(torch.cat(list(images), 1)), self.matrix)

    def _kernels(self, x: Tensor) -> Tensor:
        """(N, centres, H, W), 1 at a centre: squares of both, and their product, in one product of matrices."""
        x, centres = x * self.scale, self.centres
        beside = torch.cat((x, (x * x).sum(1, keepdim=True), torch.ones_like(x[:, :1])), 1)
        squares = centres.square().sum(1, keepdim=True)
        near = product(beside, self.narrowness * torch.cat((2 * centres, -torch.ones_like(squares), -squares), 1))
        return torch.exp(near)

    @torch.no_grad()
    def learn(self, samples: Tensor, labels: Tensor) -> None:
        """Samples (samples, bands of all modalities) standardised, in any order, the first ones become centres; labels
        (samples,) from 0.
        """
        scaled = samples * self.scale[:, 0, 0]
        first = torch.arange(len(self.centres)) % len(samples)
        self.centres.copy_(scaled[first][:, :, None, None])
        self.narrowness.copy_(1 / scaled.var(0, correction=0).sum().clamp(min=SMALLEST_VARIANCE))
        kernels, smooth = self._columns(samples), SMOOTHNESS * len(samples) * self._columns(samples[first])
        classes = len(self.matrix)
        counts = torch.bincount(labels, minlength=classes).clamp(min=1).double()
        weight = (counts**-BALANCE)[labels, None]
        weighted = kernels * (weight / weight.mean())
        target = nn.functional.one_hot(labels, classes).double() - 1 / classes
        system = weighted.T @ kernels + smooth + 1e-9 * len(samples) * torch.eye(len(smooth)).double()
        found = torch.linalg.solve(system, weighted.T @ target)
        self.matrix.copy_(STEEPNESS * found.T[:, :, None, None])

    def _columns(self, samples: Tensor) -> Tensor:
        """(samples, centres), double."""
        return self._kernels(samples[:, :, None, None])[:, :, 0, 0].double()


class Drawn:
    """At most `MOST_SAMPLES` labelled pixels of any number of images, each with the same chance, in random order."""

    def __init__(self, generator: torch.Generator) -> None:
        self.generator = generator
        self.kept: list[tuple[Tensor, Tensor, Tensor]] = []

    def __len__(self) -> int:
        return sum(len(lots) for lots, _, _ in self.kept)

    def add(self, images: Tensor, labels: Tensor, mask: Tensor) -> None:
        """Images (N, B, H, W), labels (N, H, W), below 0 where not known, mask (N, 1, H, W), 1 where to take."""
        inside = (labels >= 0) & (mask[:, 0] > 0)
        lots = torch.rand(int(inside.sum()), generator=self.generator)
        self.kept.append((lots, images.permute(0, 2, 3, 1)[inside], labels[inside]))
        if len(self) > 2 * MOST_SAMPLES:
            self.kept = [self._first()]

    def samples(self) -> tuple[Tensor, Tensor]:
        """(samples, B) and (samples,)."""
        return self._first()[1:]

    def _first(self) -> tuple[Tensor, Tensor, Tensor]:
        lots, samples, labels = (torch.cat(parts) for parts in zip(*self.kept))
        order = lots.argsort()[:MOST_SAMPLES]
        return lots[order], samples[order], labels[order]
