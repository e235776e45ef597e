"""Whitened fusion: for fine differences between spectra of many bands, with hundreds of samples a class.

Axis order: (N, bands, H, W), float32, standardised inputs.
What neighbouring bands share hides what tells classes apart, so spectra are first divided by their length and turned
into components of equal spread, learned from the training pixels without labels (`whitening`); strong noise on these
in training keeps a small network from leaning on single ones. A light blur, learned per component, lends each pixel
what its neighbours say. Rasters of few bands (LiDAR) get a spatial context instead. The modalities are fused by any
part of `fusion`; in training each of them decides alone, too, after Hang and others 2020,
doi:10.1109/TGRS.2020.2969024.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.architectures.classification.base import Classifier
from models.architectures.classification.fusion import FusedHead
from models.architectures.classification.parts import ChannelNorm
from models.architectures.classification.pixel_context_fusion import Context
from models.architectures.classification.whitening import SPECTRAL, Whitening

MANY_BANDS = 16
BLUR_REACH = 2
SHIFT_SHARE = 0.5
"""Of the noise: the part that all pixels of a chip share."""
NOISE_OF_FEW = 0.3
"""Deviation of the noise on a raster of few bands, of its own."""


class Blur(nn.Module):
    """Per channel a learned mix of the pixel and two binomial means around it, of what is there only."""

    def __init__(self, channels: int, start: float = 1.0) -> None:
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

    def __init__(self, deviation: float) -> None:
        super().__init__()
        self.deviation = deviation

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        shift = torch.randn_like(x[:, :, :1, :1])
        return x + self.deviation * (torch.randn_like(x) + SHIFT_SHARE * shift)


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
        self.noise = Noise(NOISE_OF_FEW)
        self.project = nn.Sequential(nn.Conv2d(bands, channels, 1), ChannelNorm(channels), nn.GELU(),
                                     nn.Dropout2d(dropout))  # fmt: skip
        self.contexts = nn.Sequential(*(Context(channels, dilation, dropout) for dilation in dilations))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.contexts(self.project(self.noise(x) * mask))


class WhitenedFusion(Classifier):
    """channels : width. components : most of a spectrum. noise : on them. context : dilations for few bands."""

    slug = "whitened_fusion"
    whitens = True

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 64, components: int = 160,
                 noise: float = 1.5, context: tuple[int, ...] = (1, 2), dropout: float = 0.3,
                 fusion: str = "decision") -> None:
        super().__init__(bands, classes, channels=channels, components=components, noise=noise,
                         context=list(context), dropout=dropout, fusion=fusion)  # fmt: skip
        self.branches = nn.ModuleList(
            WhitenedBranch(count, channels, role in SPECTRAL, components, noise, dropout) if count >= MANY_BANDS
            else ContextBranch(count, channels, tuple(context), dropout) for role, count in bands.items()
        )
        self.head = FusedHead(fusion, channels, len(bands), classes, lambda: nn.Conv2d(channels, classes, 1))
        self.own_heads = nn.ModuleList(nn.Conv2d(channels, classes, 1) for _ in bands if len(bands) > 1)
        self.halo = max(branch.reach for branch in self.branches) + self.head.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        return self.head(self.encode(images, masks), masks)

    def encode(self, images: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        return [branch(image, mask) * mask for branch, image, mask in zip(self.branches, images, masks)]

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits of all modalities together, then of each alone; no auxiliary loss."""
        images, masks = self.observed(inputs)
        maps = self.encode(images, masks)
        own = tuple(head(image) for head, image in zip(self.own_heads, maps))
        return (self.head(maps, masks), *own), torch.zeros_like(maps[0][0, 0, 0, 0])

    @torch.no_grad()
    def prepare(self, pixels: list[Tensor], zeros: list[Tensor], deviations: list[Tensor]) -> None:
        for branch, values, zero, deviation in zip(self.branches, pixels, zeros, deviations):
            if isinstance(branch, WhitenedBranch) and len(values) > 1:
                branch.whitening.learn(values, zero, deviation)
