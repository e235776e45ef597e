"""MHF-Net: the image is the guide times a matrix, and a few hidden bands times another, which are found by unfolding.

Xie, Zhou, Zhao, Meng, Zuo, Xu 2022, MHF-Net: an interpretable deep network for multispectral and hyperspectral image
fusion, doi:10.1109/TPAMI.2020.3015691. Every step makes what the sensor of the image sees of x equal to the image, and
hands the hidden bands to a small residual network. Axis order (N, bands, H, W), float32. Differences: the image comes
interpolated, so its sensor is a blur without decimation, one for all bands; four steps instead of twenty, and smaller
residual networks.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import LowPass

STAGE_WEIGHT = 0.1
"""Of what each step makes, in the loss."""


class Nearer(nn.Module):
    """Two residual blocks: what a step takes the hidden bands to."""

    def __init__(self, count: int, width: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Conv2d(count, width, 3, padding=1), nn.ReLU(), nn.Conv2d(width, count, 3, padding=1))
            for _ in range(2)
        )

    def forward(self, x: Tensor) -> Tensor:
        for block in self.blocks:
            x = x + block(x)
        return x


class MhfNet(nn.Module):
    """bands, guide_bands: of image and guide. ratio: of the pixel sizes, about. parts: hidden bands. width: filters."""

    slug = "mhf_net"
    multiple_of = 1

    def __init__(
        self, bands: int, guide_bands: int, ratio: int = 3, parts: int = 12, width: int = 24, steps: int = 4
    ) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "ratio": ratio, "parts": parts, "width": width,
                       "steps": steps}  # fmt: skip
        self.sees, self.back = LowPass(ratio), LowPass(ratio)
        self.of_guide = nn.Parameter(torch.randn(bands, guide_bands, 1, 1) / guide_bands)
        self.of_parts = nn.Parameter(torch.randn(bands, parts, 1, 1) / bands**0.5)
        self.rates = nn.Parameter(torch.full((steps,), 0.5))
        self.nearer = nn.ModuleList(Nearer(parts, width) for _ in range(steps))
        self.last = Nearer(bands, width)

    @property
    def halo(self) -> int:
        return (4 + 2 * self.sees.reach) * self.config["steps"] + 4

    def stages(self, hs: Tensor, guide: Tensor) -> list[Tensor]:
        """What every step makes, and last the result; (N, B, H, W) each."""
        known, turned = F.conv2d(guide, self.of_guide), self.of_parts.permute(1, 0, 2, 3)
        # The blur is the same for all bands, so few bands can be blurred before they become many.
        lacking = F.conv2d(hs - F.conv2d(self.sees(guide), self.of_guide), turned)   # (N, parts, H, W)
        hidden, found = lacking, []
        for place, nearer in enumerate(self.nearer):
            again = F.conv2d(F.conv2d(self.sees(hidden), self.of_parts), turned)
            hidden = nearer(hidden - self.rates[place] * self.back(again - lacking))
            found.append(known + F.conv2d(hidden, self.of_parts))
        return [*found, self.last(found[-1])]

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        return self.stages(hs, guide)[-1]

    def loss(self, hs: Tensor, guide: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
        """Mean absolute error of the result, and a little of every step's."""
        errors = [((made - truth) * weight).abs().mean() for made in self.stages(hs, guide)]
        return errors[-1] + STAGE_WEIGHT * torch.stack(errors[:-1]).sum()
