"""Pgnet: the image becomes a few abundances, the detail of pan is injected into these, and they become bands again.

Li, Tian, Xia, Liu 2022, Unmixing-based PAN-guided fusion network for hyperspectral imagery,
doi:10.1109/TGRS.2022.3141765. The detail is injected linearly, with a gain for every abundance and place, and what
is not linear by convolutions of both. Axis order (N, bands, H, W), float32. Differences: the image comes interpolated,
so there is one scale where the paper has several; abundances are not bounded, as bands are in standard deviations.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import LowPass, dense


class Injection(nn.Module):
    """Abundances with the detail of the guide in them."""

    def __init__(self, parts: int, guide_bands: int, width: int) -> None:
        super().__init__()
        self.gain = nn.Sequential(nn.Conv2d(parts + guide_bands, width, 3, padding=1), nn.LeakyReLU(0.1),
                                  nn.Conv2d(width, parts, 3, padding=1))  # fmt: skip
        self.mixed = nn.Conv2d(guide_bands, parts, 1)
        self.rest = nn.Sequential(nn.Conv2d(parts + guide_bands, width, 3, padding=1), nn.LeakyReLU(0.1),
                                  nn.Conv2d(width, parts, 3, padding=1))  # fmt: skip

    def forward(self, shares: Tensor, guide: Tensor, detail: Tensor) -> Tensor:
        linear = self.gain(torch.cat((shares, guide), 1)) * self.mixed(detail)       # (N, parts, H, W)
        return shares + linear + self.rest(torch.cat((shares, detail), 1))


class Pgnet(nn.Module):
    """bands, guide_bands: of image and guide. ratio: of the pixel sizes, about. parts: abundances. width: filters."""

    slug = "pgnet"
    multiple_of = 1

    def __init__(self, bands: int, guide_bands: int = 1, ratio: int = 3, parts: int = 20, width: int = 32) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "ratio": ratio, "parts": parts, "width": width}
        self.low = LowPass(ratio)
        self.encode = dense(bands, 2 * parts, parts)
        self.inject = nn.ModuleList(Injection(parts, guide_bands, width) for _ in range(2))
        self.decode = nn.Conv2d(parts, bands, 1)

    @property
    def halo(self) -> int:
        return self.low.reach + 4

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        shares, detail = self.encode(hs), guide - self.low(guide)   # (N, parts, H, W), (N, G, H, W)
        for inject in self.inject:
            shares = F.leaky_relu(inject(shares, guide, detail), 0.1)
        return self.decode(shares)                                  # (N, B, H, W)
