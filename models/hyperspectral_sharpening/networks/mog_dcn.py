"""MoG-DCN: gradient steps on what both sensors must see, unfolded, with one learned denoiser for all of them.

Dong, Zhou, Wu, Wu, Shi, Li 2021, Model-guided deep hyperspectral image super-resolution, doi:10.1109/TIP.2021.3078058.
In every step x is drawn to the image as its sensor sees x, to the guide as its sensor does, and to what the denoiser
makes of x. Operators and weights of the steps learn. Axis order (N, bands, H, W), float32. Differences: the image comes
interpolated, so its sensor is a blur without decimation, one for all bands; three steps and a smaller denoiser, without
dense connections between the steps.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import LowPass


class Denoiser(nn.Module):
    """A U-Net with one level below."""

    def __init__(self, bands: int, width: int) -> None:
        super().__init__()
        self.first, self.here = nn.Conv2d(bands, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        self.halved, self.below = nn.Conv2d(width, width, 2, stride=2), nn.Conv2d(width, width, 3, padding=1)
        self.doubled = nn.ConvTranspose2d(width, width, 2, stride=2)
        self.last = nn.Conv2d(2 * width, bands, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        here = F.relu(self.here(F.relu(self.first(x))))                    # (N, width, H, W)
        below = F.relu(self.below(F.relu(self.halved(here))))              # (N, width, H/2, W/2)
        return x + self.last(torch.cat((here, F.relu(self.doubled(below))), 1))


class MogDcn(nn.Module):
    """bands, guide_bands: of image and guide. ratio: of the pixel sizes, about. width: filters. steps: unfolded."""

    slug = "mog_dcn"
    multiple_of = 2

    def __init__(self, bands: int, guide_bands: int = 1, ratio: int = 3, width: int = 24, steps: int = 3) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "ratio": ratio, "width": width, "steps": steps}
        self.sees, self.back = LowPass(ratio), LowPass(ratio)
        self.response = nn.Parameter(torch.full((guide_bands, bands, 1, 1), 1.0 / bands))
        self.denoiser = Denoiser(bands, width)
        self.weights = nn.Parameter(torch.tensor([[0.5, 0.5, 0.5]] * steps))

    @property
    def halo(self) -> int:
        return (6 + 2 * self.sees.reach) * self.config["steps"]

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        x, turned = hs, self.response.permute(1, 0, 2, 3)
        for weights in self.weights:
            spatial = self.back(self.sees(x) - hs)                                   # (N, B, H, W)
            spectral = F.conv2d(F.conv2d(x, self.response) - guide, turned)          # (N, B, H, W)
            away = x - self.denoiser(x)                                              # (N, B, H, W)
            x = x - weights[0] * spatial - weights[1] * spectral - weights[2] * away
        return x
