"""The network: what lies in and around a pixel, at three scales, and a perceptron that looks at it.

Tensors (N, bands, rows, cols), rows and cols multiples of `STEP`. Bands are reflectance at the bottom of the
atmosphere, ABSENT where a band is not there. What is around: logarithms of reflectance as they are, their means over
3 x 3 and 12 x 12 pixels and their spread there, and over 48 and 112 pixels their means, their darkest and their
brightest values: clouds are told by how they differ from the darkest ground around. All of that is fixed; only the
perceptron learns, so that a few scenes suffice. Its first layer is linear, so it is applied before what is coarse is
interpolated.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BANDS = ("B1", "B2", "B3", "B4", "B8A", "B9", "B10", "B11", "B12")
OPTIONAL = ("B1", "B9", "B10", "B12")
ABSENT = -1.0
CLASSES = ("clear", "thin", "cloud", "shadow")
STEP, HALO = 16, 96
"""Sides are multiples of this; and what a pixel looks at, rounded up to that."""
HIDDEN = (32, 24)
NEAR, MIDDLE, FAR = 22, 13, 30
"""Features at each scale."""
_FINE, _COARSE = 4, 16
_LEAST, _SHIFT = 0.02, 2.2
_LOW = tuple(BANDS.index(name) for name in ("B2", "B4", "B8A", "B11"))
_OPTIONAL = tuple(BANDS.index(name) for name in OPTIONAL)


def features(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """What lies around, at full, fourth and sixteenth resolution."""
    there = (x > ABSENT / 2).to(x.dtype)
    logs = (torch.log(x.clamp(min=0) + _LEAST) + _SHIFT) * there
    low = logs[:, _LOW, :, :]
    smooth = _mean(logs, 3)
    near = torch.cat([logs, smooth, there[:, _OPTIONAL, :, :]], dim=1)
    fourth = F.avg_pool2d(logs, _FINE)
    around, squares = _mean(fourth, 3), _mean(F.avg_pool2d(low * low, _FINE), 3)
    spread = torch.sqrt((squares - around[:, _LOW, :, :] ** 2).clamp(min=1e-4))
    wide = F.avg_pool2d(fourth, _COARSE // _FINE)
    dark, bright = -F.max_pool2d(-smooth[:, _LOW, :, :], _COARSE), F.max_pool2d(smooth[:, _LOW, :, :], _COARSE)
    mean = _mean(wide, 3)
    far = torch.cat([mean, _mean(mean, 7), -_highest(-dark, 3), -_highest(-dark, 7), _highest(bright, 5)], dim=1)
    return near, torch.cat([around, spread], dim=1), far


def flat(x: Tensor) -> Tensor:
    """All features at full resolution: (N, NEAR + MIDDLE + FAR, rows, cols)."""
    near, middle, far = features(x)
    return torch.cat([near, _finer(middle, _FINE), _finer(far, _COARSE)], dim=1)


class Perceptron(nn.Module):
    """(pixels, features) -> (pixels, classes) logits; features are standardised by what it was told of them."""

    def __init__(self, hidden: tuple[int, int] = HIDDEN) -> None:
        super().__init__()
        inputs = NEAR + MIDDLE + FAR
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("spread", torch.ones(inputs))
        self.first, self.second = nn.Linear(inputs, hidden[0]), nn.Linear(*hidden)
        self.last = nn.Linear(hidden[1], len(CLASSES))

    def forward(self, found: Tensor) -> Tensor:
        found = (found - self.mean) / self.spread
        return self.last(F.relu(self.second(F.relu(self.first(found)))))


class Member(nn.Module):
    """A trained perceptron as convolutions of 1 x 1 pixels: features at three scales -> probabilities."""

    def __init__(self, perceptron: Perceptron) -> None:
        super().__init__()
        weight = perceptron.first.weight / perceptron.spread
        bias = perceptron.first.bias - weight @ perceptron.mean
        self.near, self.middle, self.far = (
            _convolution(part, bias if place == 0 else torch.zeros_like(bias))
            for place, part in enumerate(weight.split((NEAR, MIDDLE, FAR), dim=1)))  # fmt: skip
        self.second = _convolution(perceptron.second.weight, perceptron.second.bias)
        self.last = _convolution(perceptron.last.weight, perceptron.last.bias)

    def forward(self, near: Tensor, middle: Tensor, far: Tensor) -> Tensor:
        first = self.near(near) + _finer(self.middle(middle), _FINE) + _finer(self.far(far), _COARSE)
        return torch.softmax(self.last(F.relu(self.second(F.relu(first)))), dim=1)


class MaskNetwork(nn.Module):
    """Trained perceptrons, averaged, over images: (N, bands, rows, cols) -> (N, classes, rows, cols) probabilities."""

    def __init__(self, perceptrons: Sequence[Perceptron]) -> None:
        super().__init__()
        self.members = nn.ModuleList(Member(one) for one in perceptrons)

    def forward(self, optical: Tensor) -> Tensor:
        seen = features(optical)
        return _mean(torch.stack([member(*seen) for member in self.members]).mean(0), 3)


def _convolution(weight: Tensor, bias: Tensor) -> nn.Conv2d:
    made = nn.Conv2d(weight.shape[1], weight.shape[0], 1)
    with torch.no_grad():
        made.weight.copy_(weight[..., None, None])
        made.bias.copy_(bias)
    return made


def _mean(image: Tensor, side: int) -> Tensor:
    return F.avg_pool2d(_repeated(image, side), side, 1)


def _highest(image: Tensor, side: int) -> Tensor:
    return F.max_pool2d(_repeated(image, side), side, 1)


def _repeated(image: Tensor, side: int) -> Tensor:
    return F.pad(image, (side // 2,) * 4, mode="replicate")


def _finer(image: Tensor, factor: int) -> Tensor:
    return F.interpolate(image, scale_factor=factor, mode="bilinear", align_corners=False)
