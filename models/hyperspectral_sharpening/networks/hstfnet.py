"""TFNet for hyperspectral images: image and guide are encoded by two streams, joined, and decoded with skips.

Liu, Liu, Wang 2020, Remote sensing image fusion based on two-stream fusion network, doi:10.1016/j.inffus.2019.07.010;
as SSR-NET's authors compared it for HS-MS fusion (doi:10.1109/TGRS.2020.3018732). Axis order (N, bands, H, W), float32;
H and W multiples of 4. Differences: `width` is smaller than the paper's 32, so that it trains on small scenes, and no
activation bounds the output.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def layers(inputs: int, outputs: int, count: int) -> nn.Sequential:
    """So many 3 x 3 convolutions, each with its own PReLU."""
    steps: list[nn.Module] = []
    for place in range(count):
        steps += [nn.Conv2d(outputs if place else inputs, outputs, 3, padding=1), nn.PReLU()]
    return nn.Sequential(*steps)


def halved(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 2, stride=2), nn.PReLU())


def doubled(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.ConvTranspose2d(inputs, outputs, 2, stride=2), nn.PReLU())


class HsTFNet(nn.Module):
    """bands, guide_bands: of image and guide. width: filters at full resolution."""

    slug = "hs_tfnet"
    multiple_of = 4
    halo = 28

    def __init__(self, bands: int, guide_bands: int, width: int = 12) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "width": width}
        self.hs_full, self.hs_half = layers(bands, width, 2), halved(width, 2 * width)
        self.guide_full, self.guide_half = layers(guide_bands, width, 2), halved(width, 2 * width)
        self.joined, self.quarter = layers(4 * width, 4 * width, 2), halved(4 * width, 8 * width)
        self.up_half = nn.Sequential(layers(8 * width, 8 * width, 1), doubled(8 * width, 4 * width))
        self.up_full = nn.Sequential(layers(8 * width, 4 * width, 1), doubled(4 * width, 2 * width))
        self.decoded = nn.Sequential(layers(4 * width, 2 * width, 2), nn.Conv2d(2 * width, bands, 3, padding=1))

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        ours, theirs = self.hs_full(hs), self.guide_full(guide)                             # (N, w, H, W) each
        half = self.joined(torch.cat((self.hs_half(ours), self.guide_half(theirs)), 1))     # (N, 4w, H/2, W/2)
        back = torch.cat((self.up_half(self.quarter(half)), half), 1)                       # (N, 8w, H/2, W/2)
        return self.decoded(torch.cat((self.up_full(back), ours, theirs), 1))               # (N, B, H, W)
