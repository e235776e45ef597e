"""FusAtNet: spectral attention of the first modality by itself, spatial attention of it by the others, then by all.

Axis order: (N, bands, H, W), float32, standardised inputs.
Mohla, Pande, Banerjee, Chaudhuri, FusAtNet: dual attention based spectrospatial multimodal fusion network for
hyperspectral and LiDAR classification, CVPR Workshops 2020, doi:10.1109/CVPRW50498.2020.00054.
Differences to the paper: widths of 16 to 64 channels instead of 256 to 1024 and two convolutions a module instead of
six; fully convolutional, so the global mean of the spectral attention becomes that of a window of 5 x 5 pixels; a 1 x 1
convolution reduces the bands first; an absent modality's attention is 1. With several further modalities each gives a
spatial attention; with none the first gives its own.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import window_mean
from models.land_cover.networks.parts import conv_bn


class SpectralAttention(nn.Module):
    """Residual convolutions, then the mean of a window: factors 0..1 per channel, (N, C, H, W) -> (N, C, H, W)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.features = conv_bn(channels, channels)
        self.weigh = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        features = x + self.features(x)
        return torch.sigmoid(self.weigh(window_mean(features, torch.ones_like(features[:, :1]))))


class SpatialAttention(nn.Sequential):
    """Two convolutions: factors 0..1 per pixel and channel, (N, C, H, W) -> (N, C, H, W)."""

    def __init__(self, channels: int) -> None:
        super().__init__(conv_bn(channels, channels), nn.Conv2d(channels, channels, 3, padding=1), nn.Sigmoid())


class FusAtNet(Classifier):
    """channels : width of the features; modules on all modalities have twice that. dropout : share in the head."""

    slug = "fusatnet"
    halo = 3 + 1 + 1

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 32, dropout: float = 0.3) -> None:
        super().__init__(bands, classes, channels=channels, dropout=dropout)
        modalities, wide = len(bands), 2 * channels
        guides = max(1, modalities - 1)
        self.entries = nn.ModuleList(conv_bn(count, channels, 1) for count in bands.values())
        self.features = nn.Sequential(conv_bn(channels, channels), conv_bn(channels, channels))
        self.spectral = SpectralAttention(channels)
        self.spatial = nn.ModuleList(SpatialAttention(channels) for _ in range(guides))
        self.everything = conv_bn((modalities + 1 + guides) * channels, wide, 1)
        self.joint = conv_bn(wide, wide)
        self.joint_attention = nn.Sequential(conv_bn(wide, channels), nn.Conv2d(channels, wide, 1), nn.Sigmoid())
        self.head = nn.Sequential(conv_bn(wide, wide), nn.Dropout2d(dropout), nn.Conv2d(wide, classes, 1))

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        entered = [entry(image) * mask for entry, image, mask in zip(self.entries, images, masks)]
        first = self.features(entered[0]) * masks[0]                                   # (N, C, H, W)
        attended = [first * self.spectral(entered[0])]
        guides = list(zip(self.spatial, entered[1:] or entered, masks[1:] or masks))
        attended += [first * (attend(guide) * mask + 1 - mask) for attend, guide, mask in guides]
        everything = self.everything(torch.cat(entered + attended, 1))                 # (N, 2C, H, W)
        return self.head(self.joint(everything) * self.joint_attention(everything))
