"""Two-branch CNN: a spectral and a spatial tunnel for hyperspectral inputs, a cascade for the others, then fusion.

Axis order: (N, bands, H, W), float32, standardised inputs.
Xu, Li, Ran, Du, Gao, Zhang, Multisource remote sensing data classification based on convolutional neural network,
IEEE TGRS 56(2), 2018, doi:10.1109/TGRS.2017.2756851.
Differences to the paper: fully convolutional, so max pooling of patches is left out and the receptive field grows by
3 x 3 convolutions instead; a 1 x 1 convolution reduces the bands before the spatial tunnel, and the stride along the
spectrum follows the number of bands, which bounds parameters and memory; every input of at least 16 bands gets both
tunnels, every other the cascade; all modalities are trained together; the fusion can be exchanged.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import FusedHead
from models.land_cover.networks.parts import conv_bn

FEWEST_BANDS_OF_A_SPECTRUM = 16
MOST_POSITIONS = 32


class SpectralTunnel(nn.Module):
    """Convolutions along the spectrum of each pixel, then a 1 x 1 convolution: (N, B, H, W) -> (N, C, H, W)."""

    KERNEL, NARROW = 11, 8

    def __init__(self, bands: int, channels: int) -> None:
        super().__init__()
        step = -(-bands // MOST_POSITIONS)
        positions = (bands - 1) // step + 1
        half = (positions - 1) // 2 + 1
        self.along = nn.Sequential(
            nn.Conv2d(1, self.NARROW, (self.KERNEL, 1), (step, 1), (self.KERNEL // 2, 0), bias=False),
            nn.BatchNorm2d(self.NARROW), nn.ReLU(),
            nn.Conv2d(self.NARROW, 2 * self.NARROW, (3, 1), (2, 1), (1, 0), bias=False),
            nn.BatchNorm2d(2 * self.NARROW), nn.ReLU())
        self.flat = 2 * self.NARROW * half
        self.gather = conv_bn(self.flat, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        n, b, h, w = x.shape
        along = self.along(x.reshape(n, 1, b, h * w))                                  # (N, 16, half, H W)
        return self.gather(along.reshape(n, self.flat, h, w))


class SpatialTunnel(nn.Sequential):
    """Bands reduced, then three 3 x 3 convolutions: (N, B, H, W) -> (N, C, H, W)."""

    def __init__(self, bands: int, channels: int) -> None:
        super().__init__(conv_bn(bands, channels // 2, 1), conv_bn(channels // 2, channels // 2),
                         conv_bn(channels // 2, channels), conv_bn(channels, channels))


class SpectralSpatial(nn.Module):
    """Both tunnels side by side, mixed by a 1 x 1 convolution."""

    def __init__(self, bands: int, channels: int) -> None:
        super().__init__()
        self.spectral, self.spatial = SpectralTunnel(bands, channels), SpatialTunnel(bands, channels)
        self.mix = conv_bn(2 * channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.mix(torch.cat((self.spectral(x), self.spatial(x)), 1))


class Cascade(nn.Module):
    """Two pairs of 3 x 3 convolutions, each concatenated with what it was given, as the paper's cascade block."""

    def __init__(self, bands: int, channels: int) -> None:
        super().__init__()
        narrow = channels // 2
        self.first = conv_bn(bands, narrow, 1)
        self.second = conv_bn(narrow, narrow)
        self.third = nn.Sequential(conv_bn(2 * narrow, narrow), conv_bn(narrow, narrow))
        self.mix = conv_bn(3 * narrow, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        first = self.first(x)
        two = torch.cat((first, self.second(first)), 1)
        return self.mix(torch.cat((two, self.third(two)), 1))


class TwoBranchCNN(Classifier):
    """channels : width of each branch. fusion : slug of the strategy. dropout : share before the last layers."""

    slug = "two_branch_cnn"

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 64, fusion: str = "concatenation",
                 dropout: float = 0.5) -> None:
        super().__init__(bands, classes, channels=channels, fusion=fusion, dropout=dropout)
        self.branches = nn.ModuleList(
            (SpectralSpatial if count >= FEWEST_BANDS_OF_A_SPECTRUM else Cascade)(count, channels)
            for count in bands.values())
        self.head = FusedHead(fusion, channels, len(bands), classes, lambda: nn.Sequential(
            nn.ReLU(), nn.Dropout2d(dropout), conv_bn(channels, 2 * channels, 1),
            nn.Dropout2d(dropout), nn.Conv2d(2 * channels, classes, 1)))
        self.halo = 3 + self.head.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        maps = [branch(image) for branch, image in zip(self.branches, images)]         # M x (N, C, H, W)
        return self.head(maps, masks)
