"""HyperKite: a residual network whose encoder makes the image finer, so that it looks at small detail alone.

Bandara, Valanarasu, Patel 2022, Hyperspectral pansharpening based on improved deep image prior and residual
reconstruction, doi:10.1109/TGRS.2021.3139292. Features are made twice as fine and again, then maximal values bring them
back, with skips. What it is given as the image is the deep prior's, see `literature.deep_prior`; in a card it is what
the engine interpolates. Axis order (N, bands, H, W), float32. Difference: two levels and few filters.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def finer(x: Tensor) -> Tensor:
    """Twice as many rows and columns."""
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class HyperKite(nn.Module):
    """bands, guide_bands: of image and guide. width: filters."""

    slug = "hyperkite"
    multiple_of = 1
    halo = 7

    def __init__(self, bands: int, guide_bands: int = 1, width: int = 16) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "width": width}
        self.first = nn.Conv2d(bands + guide_bands, width, 3, padding=1)
        self.up = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        self.down = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        self.last = nn.Conv2d(width, bands, 3, padding=1)

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        x = F.relu(self.first(torch.cat((hs, guide), 1)))      # (N, width, H, W)
        twice = F.relu(self.up[0](finer(x)))                   # (N, width, 2H, 2W)
        most = F.relu(self.up[1](finer(twice)))                # (N, width, 4H, 4W)
        twice = twice + F.max_pool2d(F.relu(self.down[0](most)), 2)
        x = x + F.max_pool2d(F.relu(self.down[1](twice)), 2)   # (N, width, H, W)
        return hs + self.last(x)                               # (N, B, H, W)
