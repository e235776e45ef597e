"""The deep prior that comes before HyperKite: a network of one image, from noise, fitted to what both sensors recorded.

Bandara, Valanarasu, Patel 2022, doi:10.1109/TGRS.2021.3139292; the prior itself: Ulyanov, Vedaldi, Lempitsky 2018,
arXiv:1711.10925. As in the paper the guide holds the image at its own pixels, beside the image as its sensor sees it.
Differences: fewer filters and levels; the response of the guide is estimated before and does not learn.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.common.fitting import cosine_rate, descend, set_rate
from models.hyperspectral_sharpening.literature.pairs import Pair
from models.hyperspectral_sharpening.literature.whole_scene import SEED, whole_scene

NOISE, WIDTH, LEVELS, RATE = 16, 48, 3, 5e-3
GRAIN = 0.03
"""Deviation of what is added to the noise in every step."""


def block(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """A 3 x 3 convolution, its maps standardised."""
    layer = nn.Conv2d(inputs, outputs, 3, stride, padding=1, padding_mode="reflect")
    return nn.Sequential(layer, nn.InstanceNorm2d(outputs, affine=True), nn.LeakyReLU(0.2))


class Hourglass(nn.Module):
    """Noise (1, NOISE, H, W) -> (1, bands, H, W); H and W are multiples of 8."""

    def __init__(self, bands: int) -> None:
        super().__init__()
        self.down = nn.ModuleList(block(NOISE if place == 0 else WIDTH, WIDTH, 2) for place in range(LEVELS))
        self.skip = nn.ModuleList(nn.Conv2d(NOISE if place == 0 else WIDTH, 8, 1) for place in range(LEVELS))
        self.up = nn.ModuleList(block(WIDTH + 8, WIDTH) for _ in range(LEVELS))
        self.last = nn.Conv2d(WIDTH, bands, 1)

    def forward(self, x: Tensor) -> Tensor:
        kept = []
        for down, skip in zip(self.down, self.skip):
            kept.append(skip(x))
            x = down(x)
        for up in self.up:
            x = up(torch.cat((F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), kept.pop()), 1))
        return self.last(x)


def deep_prior(pair: Pair, steps: int) -> np.ndarray:
    """(bands, rows, cols), stored units: the image that the network ends with."""
    torch.manual_seed(SEED)
    scene = whole_scene(pair)
    rows, cols = scene.guide.shape[2:]
    network = Hourglass(scene.hs.shape[1])
    noise = 0.1 * torch.rand(1, NOISE, -(-rows // 8) * 8, -(-cols // 8) * 8)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    for step in range(steps):
        set_rate(optimiser, cosine_rate(step / steps, RATE, 0.05, 0.1))
        made = network(noise + GRAIN * torch.randn_like(noise))[:, :, :rows, :cols]
        descend(network, optimiser, scene.loss(made))
    with torch.inference_mode():
        return network(noise)[0, :, :rows, :cols].double().numpy() * scene.hs_scale
