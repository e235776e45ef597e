"""SceneDetail: a small network for one scene; the components of its image get the detail of its guide.

The bands (N, B, H, W), in units of their deviations, become a few principal components by a fixed matrix. The guide,
in stored units, comes twice, as it is and as the sensor of the image sees it, interpolated again; the difference is
its detail. Two convolutions look at components, guide and detail, and tell how much of each band of that detail each
component gets, and a rest. With the last layer at 0 that is one coefficient per component and guide band: detail
injection as of MTF-GLP. Bands outside the components stay as they are.

Trained on the pair alone, see `models.hyperspectral_sharpening.adaptation`; after Scarpa, Vitale, Cozzolino 2018,
doi:10.1109/TGRS.2018.2817393 (target-adaptive) and Uezato et al. 2020, Guided deep decoder, arXiv:2007.11766
(unsupervised on one pair). Axis order (N, bands, H, W), float32.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class SceneDetail(nn.Module):
    """What is fused.

    Parameters
    ----------
    bands : of the image.
    guide_bands : of what is given as guide: twice as many as the guide has.
    components, width : how many; `width`: filters.
    """

    slug = "scene_detail"
    multiple_of = 1
    halo = 2

    def __init__(self, bands: int, guide_bands: int, components: int = 20, width: int = 32) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "components": components, "width": width}
        self.own = guide_bands // 2
        self.register_buffer("vectors", torch.zeros(bands, components, 1, 1))
        self.register_buffer("spread", torch.ones(1, components, 1, 1))
        self.register_buffer("guide_offset", torch.zeros(1, guide_bands, 1, 1))
        self.register_buffer("guide_scale", torch.ones(1, guide_bands, 1, 1))
        self.coefficients = nn.Parameter(torch.zeros(1, components, self.own, 1, 1))
        self.first = nn.Conv2d(components + 2 * self.own, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.last = nn.Conv2d(width, components * (self.own + 1), 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        planes = F.conv2d(hs, self.vectors.permute(1, 0, 2, 3)) / self.spread       # (N, C, H, W)
        guide = (guide - self.guide_offset) / self.guide_scale                       # (N, 2 G, H, W)
        return hs + F.conv2d(self.added(planes, guide) * self.spread, self.vectors)  # (N, B, H, W)

    def added(self, planes: Tensor, guide: Tensor) -> Tensor:
        """What is added to the components (N, C, H, W), each in units of its spread; the guide in deviations."""
        given, seen_low = guide[:, : self.own], guide[:, self.own :]
        detail = given - seen_low                                                    # (N, G, H, W)
        seen = F.relu(self.first(torch.cat((planes, given, detail), 1)))             # (N, width, H, W)
        seen = self.last(F.relu(self.second(seen)))                                  # (N, C (G + 1), H, W)
        total = seen[:, : planes.shape[1]]                                           # the rest
        for band in range(self.own):
            start = (band + 1) * planes.shape[1]
            gains = seen[:, start : start + planes.shape[1]] + self.coefficients[:, :, band]
            total = total + gains * detail[:, band : band + 1]
        return total
