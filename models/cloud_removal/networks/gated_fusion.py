"""Gated fusion of what shines through, what lies around and what was there before, with its uncertainty.

The idea of an estimate with its own variance, trained by the likelihood, is that of UnCRtainTS: Ebel, Garnot,
Schmitt, Wegner, Zhu (2023): UnCRtainTS: Uncertainty quantification for cloud removal in optical satellite time series.
arXiv:2304.05464. Like there one diagonal variance per pixel and band; unlike there the input is one date, and the
network is built for a handful of training scenes. Four estimates are made without any deep network:

seen       the optical image with a gain and an offset per pixel and band: what thin clouds and shadows do
beside     spectra of the pixel's classes in the surroundings, see `class_spectra`
around     the mean of all clear pixels in the surroundings
before     the clear reference, changed as the pixel's classes have changed since

A small U-shaped network sees all of them with the masks, weighs them pixel by pixel, adds what it has learned and says
how sure it is. An estimate that is not there gets no weight. What is added fits the training scenes best and others
least, so in training every other image does without, and afterwards it counts half (Huang and others 2016,
doi:10.1007/978-3-319-46493-0_39, do so with layers).
"""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.cloud_removal.networks.base import SAR_BANDS, CloudNetwork, Outcome, ResidualBlock, Seen, sigma_of
from models.cloud_removal.networks.class_spectra import CELL, HALF, ClassSpectra, Filled, window_sum, within

NOT_THERE = -30.0
"""Added to the logit of an estimate that is not there."""
AROUND = 2
"""Cells on each side over which the share of clouds around a pixel is taken."""
LARGEST_GAIN = 1.5
"""Logarithm."""
ADDED = 0.5
"""Share of the training images to which the residual is added; what it counts afterwards."""


def doubled(image: Tensor) -> Tensor:
    return F.interpolate(image, scale_factor=2, mode="bilinear", align_corners=False)


class UShape(nn.Module):
    """Features (N, inputs, H, W) -> (N, widths[0], H, W); sides are multiples of 8."""

    def __init__(self, inputs: int, widths: tuple[int, int, int, int], dilations: tuple[int, ...]) -> None:
        super().__init__()
        full, half, quarter, eighth = widths
        self.mix, self.stem = nn.Conv2d(inputs, full, 1), nn.Conv2d(full, full, 3, padding=1)
        self.down = nn.ModuleList(
            nn.Conv2d(above, below, 3, stride=2, padding=1) for above, below in zip(widths, widths[1:]))
        self.left = nn.ModuleList((ResidualBlock(half), ResidualBlock(quarter)))
        self.bottom = nn.Sequential(*(ResidualBlock(eighth, dilation) for dilation in dilations))
        self.up = nn.ModuleList(nn.Conv2d(below, above, 1) for above, below in zip(widths, widths[1:]))
        self.right = nn.ModuleList((ResidualBlock(full), ResidualBlock(half), ResidualBlock(quarter)))
        deep = 8 * sum(block.reach for block in self.bottom)
        self.reach = 1 + (1 + 2 * 2 * 2) + (2 + 4 * 2 * 2) + 4 + deep + 8 + 4 + 2 + 2 + 7
        """Convolutions left and right at 1, 2 and 4 pixels, the bottom, the strides and what doubling looks at."""

    def forward(self, x: Tensor) -> Tensor:
        kept = [F.relu(self.stem(F.relu(self.mix(x))))]
        for down, block in zip(self.down, (*self.left, self.bottom)):
            kept.append(block(down(kept[-1])))
        x = kept.pop()
        for up, block in zip(reversed(self.up), reversed(self.right)):
            x = block(kept.pop() + doubled(up(x)))
        return x


class GatedFusion(CloudNetwork):
    """Gated fusion; see the module.

    Parameters
    ----------
    classes, class_width, reaches : of `ClassSpectra`. widths : channels at full, half, quarter and eighth resolution.
    dilations : of the blocks at an eighth.
    """

    slug: ClassVar[str] = "gated_fusion"
    multiple_of: ClassVar[int] = CELL

    def __init__(self, bands: int = 12, level: tuple[float, ...] | None = None, classes: int = 12,
                 class_width: int = 24, reaches: tuple[int, ...] = (2, 7, 20),
                 widths: tuple[int, int, int, int] = (16, 32, 48, 48), dilations: tuple[int, ...] = (1, 2)) -> None:
        super().__init__(bands, level, classes=classes, class_width=class_width, reaches=list(reaches),
                         widths=list(widths), dilations=list(dilations))
        self.spectra = ClassSpectra(bands, classes, class_width, tuple(reaches))
        self.clearness = nn.Sequential(nn.Conv2d(bands + 2, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 1, 3, padding=1))
        inputs = 4 * bands + SAR_BANDS + 4 + len(reaches) + 2
        self.shape = UShape(inputs, tuple(widths), tuple(dilations))
        self.gates, self.residual = nn.Conv2d(widths[0], 4, 1), nn.Conv2d(widths[0], bands, 1)
        self.gain, self.spread = nn.Conv2d(widths[0], bands, 1), nn.Conv2d(widths[0], bands, 1)
        for head in (self.gates, self.residual, self.gain, self.spread):
            nn.init.normal_(head.weight, 0, 1e-3)
            nn.init.zeros_(head.bias)
        self.near = self.shape.reach + HALF + CELL
        self.halo = self.spectra.reach + 2 + AROUND * CELL + 2 * CELL + self.shape.reach

    def begin_with(self, spectra: Tensor, decibels: Tensor) -> None:
        count = min(len(spectra), len(self.spectra.prior))
        with torch.no_grad():
            self.spectra.prior[:count] = self.inward(spectra[..., None, None])[:count, :, 0, 0]
            self.spectra.centres[:count] = self.inward_sar(decibels[..., None, None])[:count, :, 0, 0]

    def quick_parameters(self) -> list[nn.Parameter]:
        return [self.spectra.prior, self.spectra.trust, self.spectra.change_trust, self.spectra.width]

    def restore(self, seen: Seen) -> Outcome:
        rows, cols = self.trimmed(seen.cloud.shape[2:])
        filled = self._filled(seen, rows, cols)
        seen = Seen(*(within(one, rows, cols) for one in seen))  # from here on nothing looks farther than `near`
        beside, change, around, about = doubled(torch.cat(filled, dim=1)).split(self._parts(), dim=1)
        before = (seen.clear + change) * seen.has_clear
        features = self.shape(torch.cat((*seen, beside, before, about), dim=1))
        gates = self._gates(self.gates(features), seen)
        estimates = (self._relit(seen.optical, features), beside, around, before)
        fused = sum(gate * one for gate, one in zip(gates.split(1, dim=1), estimates))
        restored = self.outward(fused + self._added(features))
        drafts = (self.outward(beside), torch.where(seen.has_clear > 0, self.outward(before), self.outward(beside)))
        return Outcome(restored, sigma_of(self.spread(features)), drafts)

    def _filled(self, seen: Seen, rows: int | Tensor, cols: int | Tensor) -> Filled:
        """From pixels that the mask and the network's own look at them call clear."""
        cells = window_sum(F.avg_pool2d(seen.cloud, CELL), AROUND)
        around = F.interpolate(cells, scale_factor=CELL, mode="bilinear", align_corners=False)
        doubt = self.clearness(torch.cat((seen.optical, seen.cloud, around), dim=1))
        return self.spectra(seen, (1 - seen.cloud) * torch.sigmoid(2 + doubt), rows, cols)

    def _relit(self, optical: Tensor, features: Tensor) -> Tensor:
        """The optical image as if more or less light had come through; the offset is part of the residual."""
        factor = torch.exp(self.gain(features).clamp(-LARGEST_GAIN, LARGEST_GAIN))
        return self.inward(self.outward(optical) * factor)

    def _added(self, features: Tensor) -> Tensor:
        residual = self.residual(features)
        if not self.training:
            return ADDED * residual
        return residual * (torch.rand_like(residual[:, :1, :1, :1]) < ADDED).to(residual.dtype)

    def _gates(self, logits: Tensor, seen: Seen) -> Tensor:
        """Weights of the four estimates, (N, 4, H, W), sum 1; at first the optical image where it is clear."""
        none, whole = torch.zeros_like(seen.cloud), torch.ones_like(seen.cloud)
        first = torch.cat((4 - 6 * seen.cloud, none, none - 1, whole), dim=1)
        there = torch.cat((seen.has_optical, whole, whole, seen.has_clear), dim=1)
        return torch.softmax(logits + first + NOT_THERE * (1 - there), dim=1)

    def _parts(self) -> list[int]:
        return [self.bands, self.bands, self.bands, len(self.spectra.reaches) + 2]
