"""HyperPNN: spectral layers of 1 x 1, spatial layers of 3 x 3 with pan beside them, spectral layers again, with a skip.

He, Zhu, Li, Li, Bioucas-Dias 2019, HyperPNN: hyperspectral pansharpening via spectrally predictive convolutional neural
networks, doi:10.1109/JSTARS.2019.2917584 (HyperPNN2, which has the skip). Axis order (N, bands, H, W), float32.
Difference: no activation bounds the output.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class HyperPNN(nn.Module):
    """bands, guide_bands: of image and guide. width: filters."""

    slug = "hyperpnn"
    multiple_of = 1
    halo = 4

    def __init__(self, bands: int, guide_bands: int = 1, width: int = 64) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "width": width}
        self.before = nn.ModuleList([nn.Conv2d(bands, width, 1), nn.Conv2d(width, width, 1)])
        inputs = (width + guide_bands, width, width, width)
        self.spatial = nn.ModuleList([nn.Conv2d(count, width, 3, padding=1) for count in inputs])
        self.after = nn.ModuleList([nn.Conv2d(width, width, 1), nn.Conv2d(width, bands, 1)])

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        x = F.relu(self.before[1](F.relu(self.before[0](hs))))  # (N, width, H, W)
        x = torch.cat((x, guide), 1)                            # (N, width + G, H, W)
        for layer in self.spatial:
            x = F.relu(layer(x))                                # (N, width, H, W)
        return hs + self.after[1](F.relu(self.after[0](x)))     # (N, B, H, W)
