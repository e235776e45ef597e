"""Spectral-group transformer: groups of bands of all modalities are the tokens of a pixel and attend to each other.

Axis order: (N, bands, H, W), float32, standardised inputs.
Groups of neighbouring bands as tokens after Hong and others, SpectralFormer: rethinking hyperspectral image
classification with transformers, IEEE TGRS 60, 2022, doi:10.1109/TGRS.2021.3130716; separable convolutions that give
tokens their surroundings, and attention across modalities, after Yao, Zhang, Li, Hong, Chanussot, Extended vision
transformer (ExViT) for land use and land cover classification, IEEE TGRS 61, 2023, doi:10.1109/TGRS.2023.3284671.
Differences to the papers: tokens are groups of one pixel's bands, not patches, so that cost does not grow with a
patch's size and every pixel is classified at once; at most six groups a modality, which overlap by half; one encoder
for the tokens of all modalities instead of one each and an exchange; no class token (each modality's tokens are
averaged, and any fusion joins them) and, with two layers, no skips across layers. Tokens of an absent modality are not
attended to.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import ABSENT_SCORE, FusedHead

BANDS_OF_A_GROUP = 8
MOST_GROUPS = 6


def groups_of(bands: int) -> list[slice]:
    """Return slices that cover the bands, of equal length; neighbours overlap by half a step."""
    count = max(1, min(MOST_GROUPS, bands // BANDS_OF_A_GROUP))
    length = -(-bands * 3 // (count * 2)) if count > 1 else bands
    starts = [round(i * (bands - length) / max(1, count - 1)) for i in range(count)]
    return [slice(start, start + length) for start in starts]


class Tokens(nn.Module):
    """Bands to tokens: (N, B, H, W) -> (N, T width, H, W), each group projected and given its surroundings."""

    def __init__(self, bands: int, width: int) -> None:
        super().__init__()
        self.groups = groups_of(bands)
        self.project = nn.ModuleList(nn.Conv2d(len(range(bands)[group]), width, 1) for group in self.groups)
        total = width * len(self.groups)
        self.around = nn.Sequential(
            nn.GELU(), nn.Conv2d(total, total, 3, padding=1, groups=total),
            nn.GELU(), nn.Conv2d(total, total, 3, padding=1, groups=total))
        self.position = nn.Parameter(0.02 * torch.randn(total, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        tokens = torch.cat([project(x[:, group]) for project, group in zip(self.project, self.groups)], 1)
        return tokens + self.around(tokens) + self.position


class Layer(nn.Module):
    """Attention among the tokens of each pixel, then a perceptron on each token: (P, T, width) -> the same."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.first_norm, self.second_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.project, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.perceptron = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        """absent : (P, 1, 1, T), added to the scores."""
        x = x + self.drop(self.attend(self.first_norm(x), absent))
        return x + self.drop(self.perceptron(self.second_norm(x)))

    def attend(self, x: Tensor, absent: Tensor) -> Tensor:
        tokens, width = x.shape[1:]
        split = self.project(x).reshape(-1, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = split.unbind(0)                                            # (P, heads, T, width / heads)
        scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
        attended = torch.softmax(scores + absent, -1) @ value
        return self.out(attended.transpose(1, 2).reshape(-1, tokens, width))


class SpectralGroupTransformer(Classifier):
    """width : of a token. heads, layers : of the encoder. fusion : slug of the strategy after it. dropout : share."""

    slug = "spectral_group_transformer"

    def __init__(self, bands: dict[str, int], classes: int, width: int = 32, heads: int = 4, layers: int = 2,
                 fusion: str = "sum", dropout: float = 0.1) -> None:
        super().__init__(bands, classes, width=width, heads=heads, layers=layers, fusion=fusion, dropout=dropout)
        self.width = width
        self.tokens = nn.ModuleList(Tokens(count, width) for count in bands.values())
        self.counts = [len(tokens.groups) for tokens in self.tokens]
        self.layers = nn.ModuleList(Layer(width, heads, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = FusedHead(fusion, width, len(bands), classes, lambda: nn.Sequential(
            nn.Conv2d(width, 2 * width, 1), nn.GELU(), nn.Dropout2d(dropout), nn.Conv2d(2 * width, classes, 1)))
        self.halo = 2 + self.head.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        n, _, h, w = images[0].shape
        tokens = torch.cat([embed(image) for embed, image in zip(self.tokens, images)], 1)
        tokens = tokens.reshape(n, sum(self.counts), self.width, h, w).permute(0, 3, 4, 1, 2)
        tokens = tokens.reshape(-1, sum(self.counts), self.width)                      # (N H W, T, width)
        there = torch.cat([mask.expand(-1, count, -1, -1) for mask, count in zip(masks, self.counts)], 1)
        absent = ABSENT_SCORE * (1 - there.permute(0, 2, 3, 1).reshape(-1, 1, 1, sum(self.counts)))
        for layer in self.layers:
            tokens = layer(tokens, absent)
        means = [part.mean(1) for part in self.norm(tokens).split(self.counts, 1)]     # M x (N H W, width)
        maps = [mean.reshape(n, h, w, self.width).permute(0, 3, 1, 2) for mean in means]
        return self.head(maps, masks)
