"""SceneDetail: a small network for one scene; the components of its image get the detail of its guide.

The bands (N, B, H, W), in units of their deviations, become a few principal components by a fixed matrix. What the
guide has beyond a Gaussian low pass is its detail. Two convolutions look at components, guide and detail, and tell how
much of each band of that detail each component gets, and a rest. With the last layer at 0 that is one coefficient per
component and guide band: detail injection as of MTF-GLP. Bands outside the components stay as they are.

Trained on the pair alone, see `models.hyperspectral_sharpening.adaptation`; after Scarpa, Vitale, Cozzolino 2018,
doi:10.1109/TGRS.2018.2817393 (target-adaptive) and Uezato et al. 2020, Guided deep decoder, arXiv:2007.11766
(unsupervised on one pair). Axis order (N, bands, H, W), float32.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

REACH_SIGMAS = 3.0


class SceneDetail(nn.Module):
    """What is fused.

    Parameters
    ----------
    bands, guide_bands, components, width : sizes; `width`: filters.
    sigma : of the low pass, pixels.
    """

    slug = "scene_detail"
    multiple_of = 1

    def __init__(self, bands: int, guide_bands: int, components: int, width: int, sigma: float) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "components": components, "width": width,
                       "sigma": sigma}  # fmt: skip
        self.sigma = sigma
        self.register_buffer("vectors", torch.zeros(bands, components, 1, 1))
        self.register_buffer("spread", torch.ones(1, components, 1, 1))
        self.coefficients = nn.Parameter(torch.zeros(1, components, guide_bands, 1, 1))
        self.first = nn.Conv2d(components + 2 * guide_bands, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.last = nn.Conv2d(width, components * (guide_bands + 1), 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    @property
    def halo(self) -> int:
        return reach_of(self.sigma) + 2

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        planes = F.conv2d(hs, self.vectors.permute(1, 0, 2, 3)) / self.spread       # (N, C, H, W)
        return hs + F.conv2d(self.added(planes, guide) * self.spread, self.vectors)  # (N, B, H, W)

    def added(self, planes: Tensor, guide: Tensor, sigma: float = 0.0) -> Tensor:
        """What is added to the components (N, C, H, W), each in units of its spread; `sigma`: another low pass."""
        detail = guide - low_pass(guide, sigma or self.sigma)                        # (N, G, H, W)
        seen = F.relu(self.first(torch.cat((planes, guide, detail), 1)))             # (N, width, H, W)
        seen = self.last(F.relu(self.second(seen)))                                  # (N, C (G + 1), H, W)
        total = seen[:, : planes.shape[1]]                                           # the rest
        for band in range(detail.shape[1]):
            start = (band + 1) * planes.shape[1]
            gains = seen[:, start : start + planes.shape[1]] + self.coefficients[:, :, band]
            total = total + gains * detail[:, band : band + 1]
        return total


def reach_of(sigma: float) -> int:
    """Pixels to each side that the low pass sees."""
    return math.ceil(REACH_SIGMAS * sigma)


def low_pass(image: Tensor, sigma: float) -> Tensor:
    """Gaussian mean of (1, G, H, W) over the pixels that there are."""
    planes = torch.cat((image.transpose(0, 1), torch.ones_like(image[:, :1])))  # (G + 1, 1, H, W)
    reach = reach_of(sigma)
    taps = torch.tensor(gaussian(sigma, reach), dtype=image.dtype, device=image.device)
    planes = F.conv2d(planes, taps.view(1, 1, -1, 1), padding=(reach, 0))
    planes = F.conv2d(planes, taps.view(1, 1, 1, -1), padding=(0, reach))
    return (planes[:-1] / planes[-1:]).transpose(0, 1)


def gaussian(sigma: float, reach: int) -> Sequence[float]:
    """Its taps, of sum 1."""
    taps = [math.exp(-0.5 * (at / sigma) ** 2) for at in range(-reach, reach + 1)]
    return [tap / sum(taps) for tap in taps]
