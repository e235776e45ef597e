"""Fusion strategies as parts that can be exchanged: feature maps of several modalities in, one map out.

Each takes a list of maps (N, C, H, W) and a list of masks (N, 1, H, W), 1 where the modality is there, and returns
(N, C, H, W). An absent modality has no say: its map is left out by the strategy's neutral element, whatever it holds.
Where no modality is there the result is finite. None looks further than its `halo` in pixels.
"""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn

ABSENT_SCORE = -1e4


class Fusion(nn.Module):
    """Base of the strategies. channels : of each map and of the result. modalities : number of maps."""

    slug: ClassVar[str] = ""
    halo: ClassVar[int] = 0

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__()
        self.channels, self.modalities = channels, modalities

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Maps (N, C, H, W) and masks (N, 1, H, W) -> (N, C, H, W)."""
        raise NotImplementedError

    @staticmethod
    def stacked(maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Maps, 0 where absent, and masks along the channels: (N, M C + M, H, W)."""
        return torch.cat([image * mask for image, mask in zip(maps, masks)] + masks, 1)


class Concatenation(Fusion):
    """A 1 x 1 convolution mixes the maps and the masks of all modalities."""

    slug = "concatenation"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.mix = nn.Conv2d(modalities * (channels + 1), channels, 1)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.mix(self.stacked(maps, masks))


class Gate(Fusion):
    """Each channel is a mean of the modalities, with weights that every pixel finds from all maps and masks.

    After Arevalo and others, Gated multimodal units for information fusion, 2017, arXiv:1702.01992; the weights are a
    softmax over those that are there, so that they sum to 1 for any number of modalities.
    """

    slug = "gate"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.score = nn.Conv2d(modalities * (channels + 1), modalities * channels, 1)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        scores = self.score(self.stacked(maps, masks)).split(self.channels, 1)
        return weighted_mean(maps, list(scores), masks)


def weighted_mean(maps: list[Tensor], scores: list[Tensor], masks: list[Tensor]) -> Tensor:
    """Mean of the maps weighted by the softmax of their scores over those that are there."""
    there = [score + ABSENT_SCORE * (1 - mask) for score, mask in zip(scores, masks)]
    weights = torch.softmax(torch.stack(there), 0).unbind(0)
    return sum(weight * mask * image for weight, mask, image in zip(weights, masks, maps))


FUSIONS: tuple[type[Fusion], ...] = (Concatenation, Gate)


def build_fusion(slug: str, channels: int, modalities: int) -> Fusion:
    """The strategy of that slug for maps of that many channels and modalities.

    Raises
    ------
    ValueError
        If no strategy has that slug.
    """
    for fusion in FUSIONS:
        if fusion.slug == slug:
            return fusion(channels, modalities)
    known = ", ".join(fusion.slug for fusion in FUSIONS)
    raise ValueError(f"Found the fusion '{slug}', expected one of {known}; check the network's configuration.")
