"""STFDCNN-like: a network that makes coarse images finer on both dates, and high-pass modulation between them.

Axis order: (N, 1, H, W), float32, each band on its own, divided by its mean; the coarse images lie on the fine pixels.
Song, Liu, Wang, Hang & Huang, Spatiotemporal satellite image fusion using deep convolutional neural networks, IEEE
TGRS 56(2), 2018, doi:10.1109/TGRS.2017.2752698. As theirs it has two stages, a mapping to an image of middle
resolution and another one to the fine resolution. Smaller than theirs, one pair: 7,106 parameters.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LEAST = 0.05
"""Of a band's mean: values below it count as that in a ratio."""
LARGEST = 3.0
"""Of a ratio of both dates."""


class Stage(nn.Module):
    """Convolutions of 9, 1 and 5 pixels after SRCNN, added to what is given."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.wide = nn.Conv2d(1, width, 9, padding=4, padding_mode="replicate")
        self.middle = nn.Conv2d(width, width // 2, 1)
        self.last = nn.Conv2d(width // 2, 1, 5, padding=2, padding_mode="replicate")

    def forward(self, x: Tensor) -> Tensor:
        """The image, corrected."""
        return x + self.last(F.relu(self.middle(F.relu(self.wide(x)))))


class STFDCNN(nn.Module):
    """width: filters of the first layer of each stage. middle: fine pixels along a pixel of middle resolution."""

    slug = "stfdcnn"

    def __init__(self, width: int = 32, middle: int = 4) -> None:
        super().__init__()
        self.step = middle
        self.mapping, self.finer = Stage(width), Stage(width)

    def transitional(self, coarse: Tensor) -> tuple[Tensor, Tensor]:
        """A coarse image (N, 1, H, W) at middle, and at fine resolution; H and W are multiples of `middle`."""
        mapped = self.mapping(F.avg_pool2d(coarse, self.step))
        large = F.interpolate(mapped, scale_factor=float(self.step), mode="bilinear", align_corners=False)
        return mapped, self.finer(large)

    def forward(self, fine: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """The fine image of the wanted date: detail of the pair in the measure of the wanted date."""
        one, other = self.transitional(first)[1], self.transitional(second)[1]
        gain = (other.clamp(min=LEAST) / one.clamp(min=LEAST)).clamp(max=LARGEST)
        return other + gain * (fine - one)

    def loss(self, fine: Tensor, first: Tensor, second: Tensor, truth: Tensor) -> Tensor:
        """What a training makes small: both stages are to show what the fine sensor sees, on both dates."""
        coarse, wanted = torch.cat((first, second)), torch.cat((fine, truth))
        mapped, finer = self.transitional(coarse)
        blurred = F.avg_pool2d(wanted, self.step)
        return (mapped - blurred).abs().mean() + (finer - wanted).abs().mean()
