"""TFNet: two streams encode MS and pan, their features are fused and decoded with skips.

Axis order: (N, bands, H, W), float32, scaled inputs; H and W multiples of 4.
Liu, Liu, Wang, Remote sensing image fusion based on two-stream fusion network, Information Fusion 55, 2020,
doi:10.1016/j.inffus.2019.07.010.
Difference to the paper: no activation bounds the output, since scaled values are not confined to 0..1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def layers(inputs: int, outputs: int, count: int) -> nn.Sequential:
    """`count` 3 x 3 convolutions, each with its own PReLU."""
    steps = [(nn.Conv2d(inputs if i == 0 else outputs, outputs, 3, padding=1), nn.PReLU()) for i in range(count)]
    return nn.Sequential(*(layer for step in steps for layer in step))


def down(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 2, stride=2), nn.PReLU())


def up(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.ConvTranspose2d(inputs, outputs, 2, stride=2), nn.PReLU())


class TFNet(nn.Module):
    """bands: number of MS bands. width: filters at full resolution."""

    slug = "tfnet"
    multiple_of = 4
    matched_pan = False
    halo = 28

    def __init__(self, bands: int, width: int = 32) -> None:
        super().__init__()
        self.config = {"bands": bands, "width": width}
        self.pan_full, self.pan_half = layers(1, width, 2), down(width, 2 * width)
        self.ms_full, self.ms_half = layers(bands, width, 2), down(width, 2 * width)
        self.fuse_half, self.fuse_quarter = layers(4 * width, 4 * width, 2), down(4 * width, 8 * width)
        self.restore_quarter = nn.Sequential(layers(8 * width, 8 * width, 1), up(8 * width, 4 * width))
        self.restore_half = nn.Sequential(layers(8 * width, 4 * width, 1), up(4 * width, 2 * width))
        self.restore_full = nn.Sequential(layers(4 * width, 2 * width, 2), nn.Conv2d(2 * width, bands, 3, padding=1))

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        pan_full, ms_full = self.pan_full(pan), self.ms_full(ms)                       # (N, w, H, W) each
        half = torch.cat((self.pan_half(pan_full), self.ms_half(ms_full)), 1)          # (N, 4w, H/2, W/2)
        half = self.fuse_half(half)                                                    # (N, 4w, H/2, W/2)
        quarter = self.fuse_quarter(half)                                              # (N, 8w, H/4, W/4)
        back = torch.cat((self.restore_quarter(quarter), half), 1)                     # (N, 8w, H/2, W/2)
        back = torch.cat((self.restore_half(back), pan_full, ms_full), 1)              # (N, 4w, H, W)
        return self.restore_full(back)                                                 # (N, B, H, W)
