"""MCANet, small, for any number of sensors: what two sensors both attend to.

Axis order (N, channels, H, W), float32. Li, Zhang, Cui, Hou, Wang, Zhang, Chen, Hou, Huang 2022, MCANet: A joint
semantic segmentation framework of optical and SAR images for land use classification, Int. J. Applied Earth
Observation 106, 102638, doi:10.1016/j.jag.2021.102638: a pseudo-siamese encoder; the multimodal cross-attention module
multiplies the attention maps of both sensors; low and high level maps are fused separately. Differences to the paper:
attention looks at a window of 3 x 3 places two pixels apart instead of the whole image, two dilated convolutions stand
for the spatial pyramid pooling, and few channels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.fusion import softmax_of, stacked
from models.land_cover.networks.parts import Pixelwise, conv_bn
from models.segmentation.networks.scene_base import LEVELS, Decoder, Encoder, SceneNetwork, halves, head, shifted

WIDTH, KEY, APART = 16, 8, 2
AROUND = 6
"""Pixels of the level of quarter size that attention and dilation look around, beyond the encoder and the decoder."""


class CrossModalAttention(nn.Module):
    """Where all sensors agree that a neighbour is like the pixel, it lends its values, of each sensor."""

    def __init__(self, channels: int, sensors: int) -> None:
        super().__init__()
        self.queries = nn.ModuleList(Pixelwise(channels, KEY) for _ in range(sensors))
        self.keys = nn.ModuleList(Pixelwise(channels, KEY) for _ in range(sensors))
        self.mix = Pixelwise(sensors * (channels + 1), channels)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        together: list[Tensor] = []
        for query, key, image, mask in zip(self.queries, self.keys, maps, masks):
            asked = query(image) * mask
            scores = [(asked * one).sum(1, keepdim=True) / KEY**0.5 for one in shifted(key(image) * mask, 1, APART)]
            together = [a + b for a, b in zip(together, scores)] if together else scores
        shares = softmax_of(together)  # a product of attention maps is a sum of their logarithms
        lent = [image + sum(share * one for share, one in zip(shares, shifted(image, 1, APART))) for image in maps]
        return self.mix(stacked(lent, masks))


class MCANet(SceneNetwork):
    """width : channels of the finest level."""

    slug = "mcanet"

    def __init__(self, bands: dict[str, int], classes: int, width: int = WIDTH) -> None:
        super().__init__(bands, classes, width=width)
        inputs, sizes = self.widths(), [width * 2**level for level in range(LEVELS)]
        self.encoders = nn.ModuleList(Encoder(count, width) for count in inputs)
        self.finest = Pixelwise(len(inputs) * (width + 1), width)
        self.attention = nn.ModuleList(CrossModalAttention(size, len(inputs)) for size in sizes[1:])
        self.pooled = nn.ModuleList(conv_bn(sizes[-1], sizes[-1] // 2, 3, dilation) for dilation in (1, 2))
        self.decoder, self.head = Decoder(width), head(width, classes)
        self.halo += AROUND * 2 ** (LEVELS - 1)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        seen, there = self.sensors(images, masks)
        pyramids, levels = [one(image) for one, image in zip(self.encoders, seen)], [halves(mask) for mask in there]
        fused = [self.finest(stacked([maps[0] for maps in pyramids], [mask[0] for mask in levels]))]
        for level, attend in enumerate(self.attention, start=1):
            fused.append(attend([maps[level] for maps in pyramids], [mask[level] for mask in levels]))
        fused[-1] = torch.cat([part(fused[-1]) for part in self.pooled], 1)
        return self.head(self.decoder(fused))
