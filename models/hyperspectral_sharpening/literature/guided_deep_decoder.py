"""GDD, the guided deep decoder: noise becomes the image of one scene, step by step, gated by features of the guide.

Uezato, Hong, Yokoya, He 2020, Guided deep decoder: unsupervised image pair fusion, arXiv:2007.11766. An encoder and a
decoder make features of the guide at several scales. At each scale a unit that upsamples and a unit that refines are
multiplied by gates made of these features. It is fitted to one pair, whose sensors are known, and no tile can be cut
from it. Axis order (1, bands, H, W), float32; H and W are multiples of 8. Differences: fewer filters and scales.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, SCALES, NOISE = 32, 3, 32


def doubled(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class Gated(nn.Module):
    """A 1 x 1 convolution, its maps standardised, times a gate made of features of the guide."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layer, self.gate = nn.Conv2d(width, width, 1), nn.Conv2d(width, width, 1)
        self.norm = nn.InstanceNorm2d(width, affine=True)

    def forward(self, x: Tensor, features: Tensor) -> Tensor:
        return F.leaky_relu(self.norm(self.layer(x)), 0.2) * torch.sigmoid(self.gate(features))


class GuidedDeepDecoder(nn.Module):
    """bands, guide_bands: of image and guide."""

    slug = "gdd"
    multiple_of = 2**SCALES

    def __init__(self, bands: int, guide_bands: int, width: int = WIDTH) -> None:
        super().__init__()
        self.first = nn.Conv2d(guide_bands, width, 3, padding=1)
        self.down = nn.ModuleList(nn.Conv2d(width, width, 3, 2, padding=1) for _ in range(SCALES))
        self.up = nn.ModuleList(nn.Conv2d(2 * width, width, 3, padding=1) for _ in range(SCALES))
        self.start = nn.Conv2d(NOISE, width, 1)
        self.upsampling = nn.ModuleList(Gated(width) for _ in range(SCALES))
        self.refining = nn.ModuleList(Gated(width) for _ in range(SCALES + 1))
        self.last = nn.Conv2d(width, bands, 1)

    def features(self, guide: Tensor) -> list[Tensor]:
        """Of the guide, from the coarsest scale to its own pixels."""
        seen = [F.leaky_relu(self.first(guide), 0.2)]
        for layer in self.down:
            seen.append(F.leaky_relu(layer(seen[-1]), 0.2))
        found = [seen.pop()]
        for layer in self.up:
            found.append(F.leaky_relu(layer(torch.cat((doubled(found[-1]), seen.pop()), 1)), 0.2))
        return found

    def forward(self, noise: Tensor, guide: Tensor) -> Tensor:
        """noise (1, NOISE, H/8, W/8), guide (1, G, H, W) -> (1, B, H, W) from 0 to 1."""
        features = self.features(guide)
        x = self.refining[0](self.start(noise), features[0])
        for place in range(SCALES):
            x = self.upsampling[place](doubled(x), features[place + 1])     # (1, width, 2H', 2W')
            x = self.refining[place + 1](x, features[place + 1])
        return torch.sigmoid(self.last(x))
