"""DHP-like: an upsampled image is refined by a residual network with channel and spatial attention.

Zheng, Li, Li, Guo, Wu, Chanussot 2020, Hyperspectral pansharpening using deep prior and dual attention residual network
(DHP-DARN), doi:10.1109/TGRS.2020.2986313. The paper upsamples each image by a deep prior that is fitted for minutes;
here the engine's interpolation stands in its place, so this is the second half of the paper: dual attention residual
blocks on image and pan. Axis order (N, bands, H, W), float32. Further difference: channel attention looks at means in
windows and not at that of the whole image, so that tiles do not matter.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WINDOW = 9
"""Pixels along each side of the window that channel attention looks at."""


class DualAttention(nn.Module):
    """Two convolutions, weighed by channel and by place, with a skip."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = (nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        self.squeeze, self.excite = nn.Conv2d(width, width // 4, 1), nn.Conv2d(width // 4, width, 1)
        self.place = nn.Conv2d(width, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        made = self.second(F.relu(self.first(x)))                                              # (N, width, H, W)
        mean = F.avg_pool2d(made, WINDOW, 1, WINDOW // 2, count_include_pad=False)             # (N, width, H, W)
        channel = torch.sigmoid(self.excite(F.relu(self.squeeze(mean))))                       # (N, width, H, W)
        return x + made * channel + made * torch.sigmoid(self.place(made))                     # (N, width, H, W)


class DhpLike(nn.Module):
    """bands, guide_bands: of image and guide. width: filters. blocks: of dual attention."""

    slug = "dhp_like"
    multiple_of = 1

    def __init__(self, bands: int, guide_bands: int = 1, width: int = 48, blocks: int = 3) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "width": width, "blocks": blocks}
        self.first = nn.Conv2d(bands + guide_bands, width, 3, padding=1)
        self.blocks = nn.Sequential(*(DualAttention(width) for _ in range(blocks)))
        self.last = nn.Conv2d(width, bands, 3, padding=1)

    @property
    def halo(self) -> int:
        return 2 + (2 + WINDOW // 2) * self.config["blocks"]

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        x = self.first(torch.cat((hs, guide), 1))      # (N, width, H, W)
        return hs + self.last(self.blocks(x))          # (N, B, H, W)
