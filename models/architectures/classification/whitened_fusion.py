"""Whitened fusion: for fine differences between spectra of many bands; experts that held-out regions weigh.

Axis order: (N, bands, H, W), float32, standardised inputs.
What neighbouring bands share hides what tells classes apart, so spectra are first divided by their length and turned
into components of equal spread, learned from the training pixels without labels (`whitening`); strong noise on these
in training keeps a small network from leaning on single ones. A light blur, learned per component, lends each pixel
what its neighbours say. Rasters of few bands (LiDAR) get a spatial context instead.

Each modality decides alone, and all of them together; the logits are a weighted mean, a product of experts (Hinton
2002, doi:10.1162/089976602760128018). No expert learns from the others' mistakes, and the weights come from held-out
regions after the training: a raster that only seems to tell classes apart on the training regions gets no say. Last,
neighbours that look alike vote (`votes`).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from models.architectures.classification.base import Classifier
from models.architectures.classification.experts import Labelled, best_weights, weighted_logits
from models.architectures.classification.fusion import FusedHead
from models.architectures.classification.parts import ChannelNorm
from models.architectures.classification.pixel_context_fusion import Context
from models.architectures.classification.votes import Votes
from models.architectures.classification.whitening import SPECTRAL, Whitening

MANY_BANDS = 16
BLUR_REACH = 2
NOISE_OF_FEW, SHIFT_OF_FEW = 0.3, 0.15
"""Deviations of the noise on a raster of few bands, of each pixel and of a whole chip."""
GUIDES = 4


class Blur(nn.Module):
    """Per channel a learned mix of the pixel and two binomial means around it, of what is there only."""

    def __init__(self, channels: int, start: float = 0.5) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.full((2, channels, 1, 1), start))
        line = torch.tensor([1.0, 2.0, 1.0])
        self.register_buffer("kernel", (line[:, None] * line / 16).repeat(channels, 1, 1, 1))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        near = self._mean(x, mask)
        return x + self.mix[0] * (near - x) + self.mix[1] * (self._mean(near, mask) - near)

    def _mean(self, x: Tensor, mask: Tensor) -> Tensor:
        total = nn.functional.conv2d(x * mask, self.kernel, padding=1, groups=len(self.kernel))
        return total / nn.functional.conv2d(mask, self.kernel[:1], padding=1).clamp(min=1e-3)


class Noise(nn.Module):
    """In training: noise of every value, and a shift that all pixels of a chip share."""

    def __init__(self, deviation: float, shift: float = 0.0) -> None:
        super().__init__()
        self.deviation, self.shift = deviation, shift

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        shift = self.shift * torch.randn_like(x[:, :, :1, :1])
        return x + self.deviation * torch.randn_like(x) + shift


class WhitenedBranch(nn.Module):
    """One modality of many bands: components, blur, then pixel by pixel."""

    reach = BLUR_REACH

    def __init__(
        self, bands: int, channels: int, spectral: bool, components: int, noise: float, dropout: float
    ) -> None:
        super().__init__()
        self.whitening = Whitening(bands, components, spectral)
        outputs = self.whitening.outputs
        self.blur, self.noise = Blur(outputs), Noise(noise)
        self.project = nn.Sequential(nn.Conv2d(outputs, channels, 1), ChannelNorm(channels), nn.GELU(),
                                     nn.Dropout2d(dropout))  # fmt: skip

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.project(self.noise(self.blur(self.whitening(x) * mask, mask)))


class ContextBranch(nn.Module):
    """One modality of few bands: a projection, then what surrounds the pixel."""

    def __init__(self, bands: int, channels: int, dilations: tuple[int, ...], dropout: float) -> None:
        super().__init__()
        self.reach = sum(dilations)
        self.noise = Noise(NOISE_OF_FEW, SHIFT_OF_FEW)
        self.project = nn.Sequential(nn.Conv2d(bands, channels, 1), ChannelNorm(channels), nn.GELU(),
                                     nn.Dropout2d(dropout))  # fmt: skip
        self.contexts = nn.Sequential(*(Context(channels, dilation, dropout) for dilation in dilations))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.contexts(self.project(self.noise(x) * mask))


class WhitenedFusion(Classifier):
    """channels : width. components : most of a spectrum. noise : on them, in training. context : dilations for few
    bands. votes : pixels to each side that vote. fusion : how the expert that sees all modalities fuses them.
    """

    slug = "whitened_fusion"
    whitens = True
    quickness = 3.0
    settles = ("weights",)

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 64, components: int = 256,
                 noise: float = 1.0, context: tuple[int, ...] = (1, 2), dropout: float = 0.3, votes: int = 2,
                 fusion: str = "concatenation") -> None:
        super().__init__(bands, classes, channels=channels, components=components, noise=noise,
                         context=list(context), dropout=dropout, votes=votes, fusion=fusion)  # fmt: skip
        self.branches = nn.ModuleList(
            WhitenedBranch(count, channels, role in SPECTRAL, components, noise, dropout) if count >= MANY_BANDS
            else ContextBranch(count, channels, tuple(context), dropout) for role, count in bands.items()
        )
        self.heads = nn.ModuleList(nn.Conv2d(channels, classes, 1) for _ in bands)
        self.together = None
        if len(bands) > 1:
            self.together = FusedHead(fusion, channels, len(bands), classes, lambda: nn.Sequential(
                nn.GELU(), nn.Dropout2d(dropout), nn.Conv2d(channels, classes, 1)))
        experts = len(bands) + int(self.together is not None)
        self.register_buffer("weights", torch.full((experts,), 1.0 / experts))
        self.guide = nn.Conv2d(channels * len(bands), GUIDES, 1)
        self.votes = Votes(votes)
        self.halo = max(branch.reach for branch in self.branches) + votes
        self.halo += 0 if self.together is None else self.together.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        maps = self.encode(images, masks)
        return self.decide(self.experts(maps, masks), maps, masks)

    def encode(self, images: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        return [branch(image, mask) * mask for branch, image, mask in zip(self.branches, images, masks)]

    def experts(self, maps: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        """Logits of each modality alone, and of all together, which leaves the branches to the others."""
        alone = [head(image) for head, image in zip(self.heads, maps)]
        return alone if self.together is None else [*alone, self.together([image.detach() for image in maps], masks)]

    def decide(self, experts: list[Tensor], maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Weighted mean of those whose modality is there, then votes."""
        several = [] if self.together is None else [(sum(masks) > 1.5).to(masks[0].dtype)]
        return self.votes(weighted_logits(experts, [*masks, *several], self.weights), self.guide(torch.cat(maps, 1)))

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits of all, which teach guides and votes only, then of each expert; no auxiliary loss."""
        images, masks = self.observed(inputs)
        maps = self.encode(images, masks)
        experts = self.experts(maps, masks)
        all_together = self.decide([one.detach() for one in experts], [image.detach() for image in maps], masks)
        return (all_together, *experts), torch.zeros_like(maps[0][0, 0, 0, 0])

    @torch.no_grad()
    def prepare(self, pixels: list[Tensor], zeros: list[Tensor], deviations: list[Tensor]) -> None:
        for branch, values, zero, deviation in zip(self.branches, pixels, zeros, deviations):
            if isinstance(branch, WhitenedBranch) and len(values) > 1:
                branch.whitening.learn(values, zero, deviation)

    @torch.no_grad()
    def settle(self, held_out: Iterable[Labelled]) -> None:
        found, known = [], []
        for inputs, labels in held_out:
            images, masks = self.observed(inputs)
            inside = (labels >= 0) & (torch.stack(masks).amin((0, 2)) > 0)
            experts = self.experts(self.encode(images, masks), masks)
            found.append(torch.stack([one.permute(0, 2, 3, 1)[inside] for one in experts]))
            known.append(labels[inside])
        if found:
            self.weights.copy_(best_weights(torch.cat(found, 1), torch.cat(known)))
