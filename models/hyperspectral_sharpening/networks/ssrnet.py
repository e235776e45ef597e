"""SSR-NET: fuse by replacing bands, then a spatial and a spectral reconstruction, each with a skip.

Zhang, Huang, Wang, Li 2021, SSR-NET: spatial-spectral reconstruction network for hyperspectral and multispectral image
fusion, doi:10.1109/TGRS.2020.3018732. Axis order (N, bands, H, W), float32. As in the paper, `width` is the number of
bands throughout, and there are edge losses in training, see `edge_losses`. Difference: the interpolation of the image
is the engine's, and `nearest` tells which band each band of the guide replaces, since real guides are not bands of the
image.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class SSRNet(nn.Module):
    """bands, guide_bands: of image and guide. nearest: for each guide band the place of the band that it replaces."""

    slug = "ssrnet"
    multiple_of = 1
    halo = 3

    def __init__(self, bands: int, guide_bands: int, nearest: Sequence[int] = ()) -> None:
        super().__init__()
        places = list(nearest) or [round(k * (bands - 1) / max(guide_bands - 1, 1)) for k in range(guide_bands)]
        self.config = {"bands": bands, "guide_bands": guide_bands, "nearest": [int(place) for place in places]}
        put = torch.zeros(bands, guide_bands, 1, 1)
        for band, place in reversed(list(enumerate(places))):  # of two on one place the first stays
            put[place] = 0
            put[place, band] = 1
        self.register_buffer("put", put)
        self.register_buffer("kept", 1 - put.sum(1)[None])
        self.fuse, self.spatial, self.spectral = (nn.Conv2d(bands, bands, 3, padding=1) for _ in range(3))

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        mixed = hs * self.kept + F.conv2d(guide, self.put)     # (N, B, H, W)
        mixed = F.relu(self.fuse(mixed))                       # (N, B, H, W)
        spatial = mixed + F.relu(self.spatial(mixed))          # (N, B, H, W)
        return spatial + self.spectral(spatial)                # (N, B, H, W)


def edge_losses(fused: Tensor, truth: Tensor) -> Tensor:
    """The paper's spatial and spectral edge losses: differences of neighbouring rows, columns and bands."""
    total = fused.new_zeros(())
    for axis, share in ((2, 0.5), (3, 0.5), (1, 1.0)):
        total = total + share * F.mse_loss(fused.diff(dim=axis), truth.diff(dim=axis))
    return total
