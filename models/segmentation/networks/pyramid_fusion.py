"""Segmentation of the user's own scene from several sensors that are fused early, late, or in between.

Axis order (N, channels, H, W), float32. Ways to fuse:

decision             every sensor has a network of its own; their logits are averaged with learned weights over those
                     that are there, so that a missing sensor leaves the others' own decision
gate, cross_attention, squeeze_excitation, concatenation, sum, product
                     an encoder for each sensor, fused at all three levels, see `models.land_cover.networks.fusion`
cbam                 concatenation with attention by channel and by place (Woo et al. 2018, CBAM,
                     doi:10.1007/978-3-030-01234-2_1), over windows of fixed size
alignment            the maps of further sensors are moved to where they agree with the first one's, then summed; the
                     displacement is a soft choice among neighbours (as Luo, Schwing, Urtasun 2016, CVPR, for stereo)
early                all images are one
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.fusion import (
    FUSIONS,
    Decision,
    Fusion,
    mean_of_present,
    softmax_of,
    stacked,
    window_mean,
)
from models.land_cover.networks.parts import Pixelwise
from models.segmentation.networks.scene_base import LEVELS, Decoder, Encoder, SceneNetwork, halves, head, shifted

WIDTH = 16
EARLY, DECISION = "early", Decision.slug


class Cbam(Fusion):
    """Concatenation, then attention by channel and by place."""

    slug = "cbam"
    halo = 2

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.mix = Pixelwise(modalities * (channels + 1), channels)
        self.squeeze = nn.Sequential(Pixelwise(channels, max(4, channels // 4)), nn.ReLU(),
                                     Pixelwise(max(4, channels // 4), channels))  # fmt: skip
        self.place = nn.Conv2d(2, 1, 3, padding=1)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        mixed = self.mix(stacked(maps, masks))
        whole = torch.ones_like(masks[0])
        largest = nn.functional.max_pool2d(mixed, 3, 1, 1)
        mixed = mixed * torch.sigmoid(self.squeeze(window_mean(mixed, whole, 3)) + self.squeeze(largest))
        told = torch.cat([mixed.mean(1, keepdim=True), mixed.amax(1, keepdim=True)], 1)
        return mixed * torch.sigmoid(self.place(told))


class Alignment(Fusion):
    """Maps moved by up to a pixel of their level to where they agree with the first one's, then their mean."""

    slug = "alignment"
    halo = 1

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.seen = nn.ModuleList(Pixelwise(channels, 8) for _ in range(modalities))

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        first, moved = self.seen[0](maps[0]) * masks[0], [maps[0]]
        for seen, image, mask in zip(self.seen[1:], maps[1:], masks[1:]):
            agreement = [(first * one).sum(1, keepdim=True) / 8**0.5 for one in shifted(seen(image) * mask, 1)]
            moved.append(sum(share * one for share, one in zip(softmax_of(agreement), shifted(image, 1))))
        return mean_of_present(moved, masks)


BETWEEN: tuple[type[Fusion], ...] = (*(one for one in FUSIONS if one is not Decision), Cbam, Alignment)
WAYS = (DECISION, "gate", "cross_attention", EARLY, *(one.slug for one in BETWEEN if one.slug not in (
    "gate", "cross_attention")))  # fmt: skip
"""Slugs of all ways to fuse, the default first."""


class PyramidFusion(SceneNetwork):
    """width : channels of the finest level. fusion : one of `WAYS`. dropout : before the logits."""

    slug = "pyramid_fusion"

    def __init__(self, bands: dict[str, int], classes: int, width: int = WIDTH, fusion: str = DECISION,
                 dropout: float = 0.1) -> None:
        if fusion not in WAYS:
            raise ValueError(f"Found the fusion '{fusion}', expected one of {', '.join(WAYS)}; check FUSION.")
        kind = next((one for one in BETWEEN if one.slug == fusion), None)
        super().__init__(bands, classes, kind.halo if kind else 0, width=width, fusion=fusion, dropout=dropout)
        inputs = self.widths()
        self.way = fusion if len(inputs) > 1 else EARLY
        if self.way == EARLY:
            inputs = [sum(inputs)]
        self.encoders = nn.ModuleList(Encoder(count, width) for count in inputs)
        branches = len(inputs) if self.way == DECISION else 1
        self.decoders = nn.ModuleList(Decoder(width) for _ in range(branches))
        self.heads = nn.ModuleList(head(width, classes, dropout) for _ in range(branches))
        if self.way == DECISION:
            self.decision = Decision(classes, len(inputs))
        elif self.way != EARLY:
            self.fusions = nn.ModuleList(kind(width * 2**level, len(inputs)) for level in range(LEVELS))

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self._all(images, masks)[0]

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        return self._all(*self.observed(inputs)), inputs[0].new_zeros(())

    def _all(self, images: list[Tensor], masks: list[Tensor]) -> tuple[Tensor, ...]:
        """The logits, and those of each sensor where each decides."""
        seen, there = self.sensors(images, masks)
        if self.way == EARLY:
            return (self.heads[0](self.decoders[0](self.encoders[0](torch.cat(seen, 1)))),)
        pyramids = [encoder(image) for encoder, image in zip(self.encoders, seen)]
        if self.way == DECISION:
            votes = [part(decoder(maps)) for part, decoder, maps in zip(self.heads, self.decoders, pyramids)]
            return (self.decision(votes, there), *votes)
        levels = [halves(mask) for mask in there]
        fused = [fusion([maps[level] for maps in pyramids], [mask[level] for mask in levels])
                 for level, fusion in enumerate(self.fusions)]  # fmt: skip
        return (self.heads[0](self.decoders[0](fused)),)
