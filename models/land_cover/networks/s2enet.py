"""S2ENet: before they are fused, LiDAR sharpens the hyperspectral features in space, and these LiDAR's in spectrum.

Axis order: (N, bands, H, W), float32, standardised inputs.
Fang, Li, Li, S2ENet: spatial-spectral cross-modal enhancement network for classification of hyperspectral and LiDAR
data, IEEE GRSL 19, 2022, doi:10.1109/LGRS.2021.3121028.
Differences to the paper: fully convolutional, so the affinities are those of a window around each pixel instead of a
patch. The affinity of pixels, which the paper multiplies out (all by all) and then sums with learned weights, is one
product with a depthwise convolution, which is the same sum in another order. Affinities have fewer channels than the
features; factors start around 1. With several further modalities each gives and gets its enhancement; an absent one
leaves the others as they are; with one modality only its convolutions and the head remain.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import FusedHead, window_mean
from models.land_cover.networks.parts import conv_bn

WINDOW = 5
NARROW = 8


def projection(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels, NARROW, 1), nn.BatchNorm2d(NARROW), nn.Sigmoid())


class SpatialEnhancement(nn.Module):
    """A factor per pixel for `x`, from the affinity of x at the pixel with `other` in the window around it."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.of_x, self.of_other = projection(channels), projection(channels)
        self.around = nn.Parameter(0.1 * torch.randn(1, 1, WINDOW, WINDOW) / WINDOW)

    def forward(self, x: Tensor, other: Tensor, mask: Tensor) -> Tensor:
        weights = self.around.expand(NARROW, 1, WINDOW, WINDOW)
        around = nn.functional.conv2d(self.of_other(other) * mask, weights, padding=WINDOW // 2, groups=NARROW)
        return x * (1 + (self.of_x(x) * around).sum(1, keepdim=True) * mask)


class SpectralEnhancement(nn.Module):
    """A factor per channel for `x`, from the affinity of its channels with those of `other` over the window."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.of_x, self.of_other = projection(channels), projection(channels)
        self.reduce = nn.Conv2d(NARROW**2, channels, 1, bias=False)
        nn.init.normal_(self.reduce.weight, 0, 0.1 / NARROW)

    def forward(self, x: Tensor, other: Tensor, mask: Tensor) -> Tensor:
        one, two = self.of_x(x).split(1, 1), self.of_other(other)
        affinity = torch.cat([part * two for part in one], 1)                          # (N, 64, H, W)
        return x * (1 + self.reduce(window_mean(affinity, mask, WINDOW)) * mask)


class S2ENet(Classifier):
    """channels : width of the features that are enhanced. fusion : slug of the last fusion. dropout : share."""

    slug = "s2enet"

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 32, fusion: str = "concatenation",
                 dropout: float = 0.3) -> None:
        super().__init__(bands, classes, channels=channels, fusion=fusion, dropout=dropout)
        self.branches = nn.ModuleList(
            nn.Sequential(conv_bn(count, channels, 1), conv_bn(channels, channels), conv_bn(channels, channels))
            for count in bands.values())
        others = range(len(bands) - 1)
        self.spatial = nn.ModuleList(SpatialEnhancement(channels) for _ in others)
        self.spectral = nn.ModuleList(SpectralEnhancement(channels) for _ in others)
        self.head = FusedHead(fusion, channels, len(bands), classes, lambda: nn.Sequential(
            nn.ReLU(), conv_bn(channels, 2 * channels, 1), nn.Dropout2d(dropout), nn.Conv2d(2 * channels, classes, 1)))
        self.halo = 2 + (WINDOW // 2 if len(bands) > 1 else 0) + self.head.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        first, *others = (branch(image) for branch, image in zip(self.branches, images))
        sharpened = first
        for enhance, other, mask in zip(self.spatial, others, masks[1:]):
            sharpened = enhance(sharpened, other, mask)
        richer = [enhance(other, first, masks[0]) for enhance, other in zip(self.spectral, others)]
        return self.head([sharpened, *richer], masks)
