"""Pixel-context fusion: a light network for few samples on a CPU that learns nothing from pixels before training.

Axis order: (N, bands, H, W), float32, standardised inputs.
Each modality is projected per pixel, as it is and with its level over the bands taken out (what illumination changes
least), then gets a small spatial context by depthwise convolutions; gates weigh the modalities that are there, after
Arevalo and others, Gated multimodal units for information fusion, 2017, arXiv:1702.01992. In training each modality
also decides alone, so that every branch learns even where another is sharper, after
Hang and others, Classification of hyperspectral and LiDAR data using coupled CNNs, 2020, doi:10.1109/TGRS.2020.2969024.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import build_fusion
from models.land_cover.networks.parts import ChannelNorm, Pixelwise, shape_of

FEWEST_BANDS_OF_A_SHAPE = 8


class Projection(nn.Module):
    """Per pixel: bands, and their shape where there are enough of them, to C channels."""

    def __init__(self, bands: int, channels: int, dropout: float) -> None:
        super().__init__()
        self.has_shape = bands >= FEWEST_BANDS_OF_A_SHAPE
        self.drop = nn.Dropout2d(dropout)
        self.level = Pixelwise(bands, channels)
        self.shape = Pixelwise(bands, channels) if self.has_shape else None
        self.norm = ChannelNorm(channels)

    def forward(self, x: Tensor) -> Tensor:
        projected = self.level(x)
        if self.shape is not None:
            projected = projected + self.shape(shape_of(x))
        return self.drop(nn.functional.gelu(self.norm(projected)))


class Context(nn.Module):
    """x + mix(depthwise 3 x 3): what surrounds the pixel, added to what it is itself."""

    def __init__(self, channels: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.around = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, groups=channels)
        self.norm = ChannelNorm(channels)
        self.mix = Pixelwise(channels, channels)
        self.drop = nn.Dropout2d(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.drop(self.mix(nn.functional.gelu(self.norm(self.around(x)))))


class Branch(nn.Sequential):
    """One modality: projection, then contexts of growing reach."""

    def __init__(self, bands: int, channels: int, dilations: tuple[int, ...], dropout: float) -> None:
        super().__init__(Projection(bands, channels, dropout),
                         *(Context(channels, dilation, dropout) for dilation in dilations))


class PixelContextFusion(Classifier):
    """channels : width. context : dilations of the depthwise convolutions. dropout : share. fusion : slug."""

    slug = "pixel_context_fusion"

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 64, context: tuple[int, ...] = (1, 2),
                 dropout: float = 0.2, fusion: str = "gate") -> None:
        super().__init__(bands, classes, channels=channels, context=list(context), dropout=dropout, fusion=fusion)
        self.branches = nn.ModuleList(Branch(count, channels, tuple(context), dropout) for count in bands.values())
        self.fusion = build_fusion(fusion, channels, len(bands))
        self.halo = sum(context) + self.fusion.halo
        self.last = nn.Sequential(Pixelwise(channels, channels), nn.GELU(), nn.Dropout2d(dropout))
        self.head = Pixelwise(channels, classes)
        self.own_heads = nn.ModuleList(Pixelwise(channels, classes) for _ in bands)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.decide(self.encode(images), masks)

    def encode(self, images: list[Tensor]) -> list[Tensor]:
        return [branch(image) for branch, image in zip(self.branches, images)]         # M x (N, C, H, W)

    def decide(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        fused = self.fusion(maps, masks)                                               # (N, C, H, W)
        return self.head(fused + self.last(fused))

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits of all modalities together, then of each alone; no auxiliary loss."""
        images, masks = self.observed(inputs)
        maps = self.encode(images)
        own = tuple(head(image) for head, image in zip(self.own_heads, maps))
        return (self.decide(maps, masks), *own), torch.zeros_like(maps[0][0, 0, 0, 0])
