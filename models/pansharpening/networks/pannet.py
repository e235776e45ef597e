"""PanNet: a residual network that sees high-pass filtered inputs only, added to the interpolated MS.

Axis order: (N, bands, H, W), float32, scaled inputs.
Yang, Fu, Hu, Huang, Ding, Paisley, PanNet: a deep network architecture for pan-sharpening, ICCV 2017,
doi:10.1109/ICCV.2017.193.
Differences to the paper: the high-pass MS comes from the interpolated MS, so there is no transposed convolution and
any ratio works; no batch normalisation, as in later reimplementations.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def high_pass(image: Tensor) -> Tensor:
    """The image less its 5 x 5 mean."""
    return image - F.avg_pool2d(image, 5, 1, 2, count_include_pad=False)


class Block(nn.Module):
    """Two 3 x 3 convolutions with a skip."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.second(F.relu(self.first(x))))


class PanNet(nn.Module):
    """bands: number of MS bands. width: filters. blocks: residual blocks."""

    slug = "pannet"
    multiple_of = 1
    matched_pan = False

    def __init__(self, bands: int, width: int = 32, blocks: int = 4) -> None:
        super().__init__()
        self.config = {"bands": bands, "width": width, "blocks": blocks}
        self.first = nn.Conv2d(bands + 1, width, 3, padding=1)
        self.blocks = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.last = nn.Conv2d(width, bands, 3, padding=1)

    @property
    def halo(self) -> int:
        return 2 + 2 + 2 * self.config["blocks"]

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        x = torch.cat((high_pass(ms), high_pass(pan)), 1)  # (N, B + 1, H, W)
        x = F.relu(self.first(x))                          # (N, width, H, W)
        x = self.blocks(x)                                 # (N, width, H, W)
        return ms + self.last(x)                           # (N, B, H, W)
