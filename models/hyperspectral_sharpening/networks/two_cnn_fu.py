"""Two-CNN-Fu: one branch looks along the spectrum of a pixel, one at a patch of the guide, and dense layers join them.

Yang, Zhao, Chan 2018, Hyperspectral and multispectral image fusion via deep two-branches convolutional neural network,
doi:10.3390/rs10050800. Axis order (N, bands, H, W), float32. Differences: the paper makes one pixel from each patch
of 31 x 31; here every pixel of a tile at once, of patches of 13 x 13, with fewer filters, which take every other band.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

ALONG, PATCH = 9, 5
"""Taps of a convolution along the spectrum, and side of one of the guide."""


class TwoCnnFu(nn.Module):
    """bands, guide_bands: of image and guide. filters: along the spectrum. width: of the layers that join."""

    slug = "two_cnn_fu"
    multiple_of = 1
    halo = 3 * (PATCH // 2)

    def __init__(self, bands: int, guide_bands: int, filters: int = 4, width: int = 128) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "filters": filters, "width": width}
        along = (1, filters, filters, filters)
        self.spectral = nn.ModuleList(nn.Conv2d(a, b, (ALONG, 1), (2, 1), (ALONG // 2, 0))
                                      for a, b in zip(along, along[1:]))  # fmt: skip
        across = (guide_bands, 20, 30, 30)
        self.spatial = nn.ModuleList(nn.Conv2d(a, b, PATCH, padding=PATCH // 2) for a, b in zip(across, across[1:]))
        left = filters * -(-bands // 8)
        self.joined = nn.ModuleList([nn.Conv2d(left + across[-1], width, 1), nn.Conv2d(width, width, 1)])
        self.last = nn.Conv2d(width, bands, 1)

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        x = hs.flatten(2)[:, None]                                        # (N, 1, B, H W)
        for layer in self.spectral:
            x = F.relu(layer(x))                                          # (N, filters, B/2, H W)
        x = x.flatten(1, 2).unflatten(2, (hs.shape[2], hs.shape[3]))      # (N, filters B/8, H, W)
        for layer in self.spatial:
            guide = F.relu(layer(guide))                                  # (N, 30, H, W)
        x = torch.cat((x, guide), 1)
        for layer in self.joined:
            x = F.relu(layer(x))                                          # (N, width, H, W)
        return self.last(x)                                               # (N, B, H, W)
