"""Small blocks that several classification networks share; axis order (N, channels, H, W), float32."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class ChannelNorm(nn.Module):
    """Layer normalisation over the channels of each pixel, so that no pixel depends on the tile around it."""

    def __init__(self, channels: int, epsilon: float = 1e-3) -> None:
        super().__init__()
        self.epsilon = epsilon
        self.scale = nn.Parameter(torch.ones(channels, 1, 1))
        self.shift = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        return self.scale * shape_of(x, self.epsilon) + self.shift


def shape_of(x: Tensor, epsilon: float = 1e-3) -> Tensor:
    """Return x minus its mean over the channels of each pixel, over its deviation there: x without its level."""
    x = x - x.mean(1, keepdim=True)
    return x * torch.rsqrt((x * x).mean(1, keepdim=True) + epsilon)


def conv_bn(inputs: int, outputs: int, size: int = 3, dilation: int = 1) -> nn.Sequential:
    """Convolution, batch norm (folded into the convolution at inference) and ReLU; the size stays."""
    reach = dilation * (size // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, padding=reach, dilation=dilation, bias=False),
        nn.BatchNorm2d(outputs), nn.ReLU())
