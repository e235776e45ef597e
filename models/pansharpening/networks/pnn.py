"""PNN and A-PNN: three convolutions on the interpolated MS and pan.

Axis order: (N, bands, H, W), float32, scaled inputs.
PNN: Masi, Cozzolino, Verdoliva, Scarpa, Pansharpening by convolutional neural networks, Remote Sensing 8(7), 2016,
doi:10.3390/rs8070594. A-PNN: Scarpa, Vitale, Cozzolino, Target-adaptive CNN-based pansharpening, IEEE TGRS 56(9), 2018,
doi:10.1109/TGRS.2018.2817393: fewer filters, and the network predicts the difference to the interpolated MS.
Differences to the papers: layers are padded, so that sizes stay; no spectral indices among the inputs.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class PNN(nn.Module):
    """bands: number of MS bands. width: filters of the first layer."""

    slug = "pnn"
    multiple_of = 1
    matched_pan = False
    halo = 4 + 2 + 2
    residual = False

    def __init__(self, bands: int, width: int = 64) -> None:
        super().__init__()
        self.config = {"bands": bands, "width": width}
        self.first = nn.Conv2d(bands + 1, width, 9, padding=4)
        self.second = nn.Conv2d(width, 32, 5, padding=2)
        self.third = nn.Conv2d(32, bands, 5, padding=2)

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        x = torch.cat((ms, pan), 1)                # (N, B + 1, H, W)
        x = F.relu(self.first(x))                  # (N, width, H, W)
        x = F.relu(self.second(x))                 # (N, 32, H, W)
        x = self.third(x)                          # (N, B, H, W)
        return ms + x if self.residual else x


class APNN(PNN):
    """PNN with 48 filters in front and the interpolated MS added to its output."""

    slug = "apnn"
    residual = True

    def __init__(self, bands: int, width: int = 48) -> None:
        super().__init__(bands, width)
