"""Fusion strategies as parts that can be exchanged: feature maps of several modalities in, one map out.

Each takes a list of maps (N, C, H, W) and a list of masks (N, 1, H, W), 1 where the modality is there, and returns
(N, C, H, W). An absent modality has no say: its map is left out by the strategy's neutral element, whatever it holds.
Where no modality is there the result is finite. None looks further than its `halo` in pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.land_cover.networks.parts import Pixelwise

ABSENT_SCORE = -1e4
HEADS = 4
WINDOW = 5


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


class Concatenation(Fusion):
    """A 1 x 1 convolution mixes the maps and the masks of all modalities; neutral: 0, and the mask says so."""

    slug = "concatenation"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.mix = Pixelwise(modalities * (channels + 1), channels)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.mix(stacked(maps, masks))


class Sum(Fusion):
    """The sum, in which an absent modality counts as the mean of those that are there, so that its level stays."""

    slug = "sum"

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        total = sum(image * mask for image, mask in zip(maps, masks))
        return total * (self.modalities / sum(masks).clamp(min=1))


class Product(Fusion):
    """The product, element by element; neutral: 1."""

    slug = "product"

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        product = torch.ones_like(maps[0])
        for image, mask in zip(maps, masks):
            product = product * torch.where(mask > 0, image, torch.ones_like(mask))
        return product


class SqueezeExcitation(Fusion):
    """Concatenation whose channels are weighed by what the modalities hold around the pixel; neutral: 0.

    After Hu, Shen, Sun, Squeeze-and-excitation networks, CVPR 2018, doi:10.1109/CVPR.2018.00745; the squeeze is the
    mean over a window of fixed size, of what is there in it, not over the image, which would depend on the tile.
    """

    slug = "squeeze_excitation"
    halo = WINDOW // 2

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        stack = modalities * (channels + 1)
        self.excite = nn.Sequential(Pixelwise(stack, max(8, stack // 8)), nn.ReLU(),
                                    Pixelwise(max(8, stack // 8), stack), nn.Sigmoid())
        self.mix = Pixelwise(stack, channels)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        squeezed = stacked([window_mean(image, mask) for image, mask in zip(maps, masks)], masks)
        return self.mix(stacked(maps, masks) * self.excite(squeezed))


class CrossAttention(Fusion):
    """The modalities of a pixel are tokens that attend to each other; the result is the mean of those that are there.

    After Vaswani and others, Attention is all you need, 2017, arXiv:1706.03762. Projections are shared by the
    modalities, which are told apart by a learned offset; absent ones are neither attended to nor counted.
    """

    slug = "cross_attention"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.heads = HEADS if channels % HEADS == 0 else 1
        self.which = nn.Parameter(0.02 * torch.randn(modalities, channels, 1, 1))
        self.project = Pixelwise(channels, 3 * channels)
        self.out = Pixelwise(channels, channels)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        n, _, h, w = maps[0].shape
        tokens = [image * mask + which for image, mask, which in zip(maps, masks, self.which.unbind(0))]
        split = [self.project(token).reshape(n, 3, self.heads, -1, h, w).unbind(1) for token in tokens]
        keys, values = [part[1] for part in split], [part[2] for part in split]
        masks_5d = [mask.unsqueeze(1) for mask in masks]                               # (N, 1, 1, H, W)
        attended = []
        for token, (query, _, _) in zip(tokens, split):
            scale = query.shape[2] ** -0.5
            scores = [(query * key).sum(2, keepdim=True) * scale for key in keys]      # (N, heads, 1, H, W)
            attended.append(token + self.out(weighted_mean(values, scores, masks_5d).reshape(n, -1, h, w)))
        return mean_of_present(attended, masks)


class Gate(Fusion):
    """Each channel is a mean of the modalities, with weights that every pixel finds from all maps and masks.

    After Arevalo and others, Gated multimodal units for information fusion, 2017, arXiv:1702.01992; the weights are a
    softmax over those that are there, so that they sum to 1 for any number of modalities.
    """

    slug = "gate"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.score = Pixelwise(modalities * (channels + 1), modalities * channels)

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        scores = self.score(stacked(maps, masks)).split(self.channels, 1)
        return weighted_mean(maps, list(scores), masks)


class Decision(Fusion):
    """Mean of the modalities' logits with one learned weight per class and modality, over those that are there.

    `maps` are logits here and `channels` classes: see `FusedHead`.
    """

    slug = "decision"

    def __init__(self, channels: int, modalities: int) -> None:
        super().__init__(channels, modalities)
        self.score = nn.Parameter(torch.zeros(modalities, channels, 1, 1))

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        return weighted_mean(maps, list(self.score.unbind(0)), masks)


FUSIONS: tuple[type[Fusion], ...] = (
    Concatenation, Sum, Product, SqueezeExcitation, CrossAttention, Gate, Decision)


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


class FusedHead(nn.Module):
    """Feature maps to logits by any strategy: fusion, then one head; or one head per modality, then the decision.

    slug : of the strategy. channels : of the maps. classes : number of them. make_head : builds a module that makes
    (N, classes, H, W) of (N, channels, H, W) without looking at neighbours.
    """

    def __init__(self, slug: str, channels: int, modalities: int, classes: int,
                 make_head: Callable[[], nn.Module]) -> None:
        super().__init__()
        self.decides = slug == Decision.slug
        self.fusion = build_fusion(slug, classes if self.decides else channels, modalities)
        self.heads = nn.ModuleList(make_head() for _ in range(modalities if self.decides else 1))
        self.halo = self.fusion.halo

    def forward(self, maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        if self.decides:
            return self.fusion([head(image) for head, image in zip(self.heads, maps)], masks)
        return self.heads[0](self.fusion(maps, masks))


def stacked(maps: list[Tensor], masks: list[Tensor]) -> Tensor:
    """Maps, 0 where absent, and masks along the channels: (N, M C + M, H, W)."""
    return torch.cat([image * mask for image, mask in zip(maps, masks)] + masks, 1)


def weighted_mean(maps: list[Tensor], scores: list[Tensor], masks: list[Tensor]) -> Tensor:
    """Mean of the maps weighted by the softmax of their scores over those that are there; 0 where none is."""
    there = [score + ABSENT_SCORE * (1 - mask) for score, mask in zip(scores, masks)]
    weights = softmax_of(there)
    return sum(weight * mask * image for weight, mask, image in zip(weights, masks, maps))


def softmax_of(scores: list[Tensor]) -> list[Tensor]:
    """Softmax over the tensors of a list; a softmax of their stack takes ONNX Runtime many times longer."""
    largest = scores[0]
    for score in scores[1:]:
        largest = torch.maximum(largest, score)
    shares = [torch.exp(score - largest) for score in scores]
    whole = sum(shares)
    return [share / whole for share in shares]


def mean_of_present(maps: list[Tensor], masks: list[Tensor]) -> Tensor:
    """Mean of the maps over those that are there; 0 where none is."""
    return sum(image * mask for image, mask in zip(maps, masks)) / sum(masks).clamp(min=1)


def window_mean(image: Tensor, mask: Tensor, window: int = WINDOW) -> Tensor:
    """Mean over the window around each pixel of what is there in it; 0 where nothing is."""
    total = F.avg_pool2d(image * mask, window, 1, window // 2)
    return total / F.avg_pool2d(mask, window, 1, window // 2).clamp(min=0.5 / window**2)
