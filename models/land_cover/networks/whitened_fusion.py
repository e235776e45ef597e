"""Whitened fusion: for fine differences between spectra of many bands; experts that held-out regions weigh.

Axis order: (N, bands, H, W), float32, standardised inputs.
What neighbouring bands share hides what tells classes apart, so spectra are first divided by their length and turned
into components of equal spread, learned from the training pixels without labels (`whitening`); strong noise on these
in training keeps a small network from leaning on single ones. A light blur, learned per component, lends each pixel
what its neighbours say. Rasters of few bands (LiDAR) get a spatial context instead.

Each modality decides alone, and all of them together; so do a linear discriminant of each spectrum and a kernel machine
on all values of a pixel, which are computed at once (`closed_form`). The logits are a weighted mean, a product of
experts (Hinton 2002, doi:10.1162/089976602760128018). No expert learns from the others' mistakes, and the weights come
from held-out regions after the training: a raster or a method that only seems to tell classes apart on the training
regions gets no say. Last, neighbours that look alike vote (`votes`).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from models.land_cover.networks.base import Classifier
from models.land_cover.networks.closed_form import Discriminant, Drawn, KernelMachine
from models.land_cover.networks.experts import Labelled, best_weights, weighted_logits
from models.land_cover.networks.fusion import FusedHead
from models.land_cover.networks.parts import ChannelNorm, Pixelwise
from models.land_cover.networks.pixel_context_fusion import Context
from models.land_cover.networks.votes import Votes
from models.land_cover.networks.whitening import SPECTRAL, Whitening

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
        near = self.mean(x, mask)
        return x + self.mix[0] * (near - x) + self.mix[1] * (self.mean(near, mask) - near)

    def mean(self, x: Tensor, mask: Tensor) -> Tensor:
        """Binomial mean of 3 x 3 pixels."""
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
        self.project = nn.Sequential(Pixelwise(outputs, channels), ChannelNorm(channels), nn.GELU(),
                                     nn.Dropout2d(dropout))  # fmt: skip

    def components(self, x: Tensor, mask: Tensor) -> Tensor:
        return self.whitening(x) * mask

    def forward(self, components: Tensor, mask: Tensor) -> Tensor:
        return self.project(self.noise(self.blur(components, mask)))


class ContextBranch(nn.Module):
    """One modality of few bands: a projection, then what surrounds the pixel."""

    def __init__(self, bands: int, channels: int, dilations: tuple[int, ...], dropout: float) -> None:
        super().__init__()
        self.reach = sum(dilations)
        self.noise = Noise(NOISE_OF_FEW, SHIFT_OF_FEW)
        self.project = nn.Sequential(Pixelwise(bands, channels), ChannelNorm(channels), nn.GELU(),
                                     nn.Dropout2d(dropout))  # fmt: skip
        self.contexts = nn.Sequential(*(Context(channels, dilation, dropout) for dilation in dilations))

    def components(self, x: Tensor, mask: Tensor) -> Tensor:
        return x

    def forward(self, components: Tensor, mask: Tensor) -> Tensor:
        return self.contexts(self.project(self.noise(components) * mask))


class WhitenedFusion(Classifier):
    """channels : width. components : most of a spectrum. noise : on them, in training. context : dilations for few
    bands. votes : pixels to each side that vote. centres : most of the kernel machine. fusion : how the expert that
    sees all modalities fuses them.
    """

    slug = "whitened_fusion"
    whitens = True
    quickness = 3.0
    settles = ("weights",)

    def __init__(self, bands: dict[str, int], classes: int, channels: int = 64, components: int = 256,
                 noise: float = 1.0, context: tuple[int, ...] = (1, 2), dropout: float = 0.3, votes: int = 2,
                 centres: int = 256, fusion: str = "concatenation") -> None:
        super().__init__(bands, classes, channels=channels, components=components, noise=noise,
                         context=list(context), dropout=dropout, votes=votes, centres=centres,
                         fusion=fusion)  # fmt: skip
        self.branches = nn.ModuleList(
            WhitenedBranch(count, channels, role in SPECTRAL, components, noise, dropout) if count >= MANY_BANDS
            else ContextBranch(count, channels, tuple(context), dropout) for role, count in bands.items()
        )
        self.heads = nn.ModuleList(Pixelwise(channels, classes) for _ in bands)
        self.together = None
        if len(bands) > 1:
            self.together = FusedHead(fusion, channels, len(bands), classes, lambda: nn.Sequential(
                nn.GELU(), nn.Dropout2d(dropout), Pixelwise(channels, classes)))
        self.whitened = tuple(place for place, one in enumerate(self.branches) if isinstance(one, WhitenedBranch))
        self.discriminants = nn.ModuleList(
            Discriminant(self.branches[place].whitening.outputs, classes) for place in self.whitened)
        self.kernels = KernelMachine(self.bands, classes, centres)
        experts = len(bands) + int(self.together is not None) + len(self.whitened) + 1
        self.register_buffer("weights", torch.full((experts,), 1.0 / experts))
        self.guide = Pixelwise(channels * len(bands), GUIDES)
        self.votes = Votes(votes)
        self.halo = max(branch.reach for branch in self.branches) + votes
        self.halo += 0 if self.together is None else self.together.halo

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        components = self.components(images, masks)
        maps = self.encode(components, masks)
        experts = [*self.learning(maps, masks), *self.computed(images, components, masks)]
        return self.decide(experts, maps, masks)

    def components(self, images: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        return [branch.components(image, mask) for branch, image, mask in zip(self.branches, images, masks)]

    def encode(self, components: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        return [branch(one, mask) * mask for branch, one, mask in zip(self.branches, components, masks)]

    def learning(self, maps: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        """Logits of each modality alone, and of all together, which leaves the branches to the others."""
        alone = [head(image) for head, image in zip(self.heads, maps)]
        return alone if self.together is None else [*alone, self.together([image.detach() for image in maps], masks)]

    def computed(self, images: list[Tensor], components: list[Tensor], masks: list[Tensor]) -> list[Tensor]:
        """Logits of the experts in closed form."""
        softened = (self._softened(place, components, masks) for place in self.whitened)
        return [*(one(values) for one, values in zip(self.discriminants, softened)), self.kernels(images)]

    def decide(self, experts: list[Tensor], maps: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Weighted mean of those whose modalities are there, then votes."""
        several = [] if self.together is None else [(sum(masks) > 1.5).to(masks[0].dtype)]
        computed = [*(masks[place] for place in self.whitened), torch.cat(masks, 1).amin(1, keepdim=True)]
        there = [*masks, *several, *computed][:len(experts)]
        mean = weighted_logits(experts, there, self.weights[:len(experts)])
        return self.votes(mean, self.guide(torch.cat(maps, 1)))

    def training_outputs(self, *inputs: Tensor) -> tuple[tuple[Tensor, ...], Tensor]:
        """Logits of all, which teach guides and votes only, then of each expert that learns; no auxiliary loss.

        What is computed knows the training pixels too well to teach how far neighbours can be trusted, so in training
        it has no say.
        """
        images, masks = self.observed(inputs)
        components = self.components(images, masks)
        maps = self.encode(components, masks)
        learning = self.learning(maps, masks)
        experts = [one.detach() for one in learning]
        experts += [] if self.training else self.computed(images, components, masks)
        all_together = self.decide(experts, [image.detach() for image in maps], masks)
        return (all_together, *learning), torch.zeros_like(maps[0][0, 0, 0, 0])

    @torch.no_grad()
    def prepare(self, pixels: list[Tensor], zeros: list[Tensor], deviations: list[Tensor]) -> None:
        for branch, values, zero, deviation in zip(self.branches, pixels, zeros, deviations):
            if isinstance(branch, WhitenedBranch) and len(values) > 1:
                branch.whitening.learn(values, zero, deviation)

    @torch.no_grad()
    def teach(self, training: Iterable[Labelled], generator: torch.Generator) -> None:
        """Compute what is in closed form; a discriminant needs its modality there, the kernel machine all of them."""
        of_modality, of_all = [Drawn(generator) for _ in self.whitened], Drawn(generator)
        for inputs, labels in training:
            images, masks = self.observed(inputs)
            components = self.components(images, masks)
            for drawn, place in zip(of_modality, self.whitened):
                drawn.add(self._softened(place, components, masks), labels, masks[place])
            of_all.add(torch.cat(images, 1), labels, torch.cat(masks, 1).amin(1, keepdim=True))
        for expert, drawn in zip((*self.discriminants, self.kernels), (*of_modality, of_all)):
            if len(drawn):
                expert.learn(*drawn.samples())

    @torch.no_grad()
    def settle(self, held_out: Iterable[Labelled]) -> None:
        found, known, units, places = [], [], [], 0
        for inputs, labels in held_out:
            images, masks = self.observed(inputs)
            inside = (labels >= 0) & (torch.stack(masks).amin((0, 2)) > 0)
            components = self.components(images, masks)
            maps = self.encode(components, masks)
            experts = [*self.learning(maps, masks), *self.computed(images, components, masks)]
            found.append(torch.stack([one.permute(0, 2, 3, 1)[inside] for one in experts]))
            known.append(labels[inside])
            units.append(places + inside.nonzero()[:, 0])
            places += len(labels)
        if found:
            self.weights.copy_(best_weights(torch.cat(found, 1), torch.cat(known), torch.cat(units)))

    def _softened(self, place: int, components: list[Tensor], masks: list[Tensor]) -> Tensor:
        """Components half way to the mean of the pixels around."""
        return 0.5 * (components[place] + self.branches[place].blur.mean(components[place], masks[place]))
