"""DiCNN (variant 1): three convolutions predict the detail that is added to the interpolated MS.

Axis order: (N, bands, H, W), float32, scaled inputs.
He, Rao, Li, Chanussot, Plaza, Zhu, Li, Pansharpening via detail injection based convolutional neural networks,
IEEE JSTARS 12(4), 2019, doi:10.1109/JSTARS.2019.2898574.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class DiCNN(nn.Module):
    """bands: number of MS bands. width: filters."""

    slug = "dicnn"
    multiple_of = 1
    matched_pan = False
    halo = 3

    def __init__(self, bands: int, width: int = 64) -> None:
        super().__init__()
        self.config = {"bands": bands, "width": width}
        self.first = nn.Conv2d(bands + 1, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.third = nn.Conv2d(width, bands, 3, padding=1)

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        x = torch.cat((ms, pan), 1)                # (N, B + 1, H, W)
        x = F.relu(self.first(x))                  # (N, width, H, W)
        x = F.relu(self.second(x))                 # (N, width, H, W)
        return ms + self.third(x)                  # (N, B, H, W)
