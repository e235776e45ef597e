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
        numbers = self.scale.shape[:1], self.scale.flatten(), self.shift.flatten()
        return channels_first(nn.functional.layer_norm(channels_last(x), *numbers, self.epsilon))


class Pixelwise(nn.Conv2d):
    """A 1 x 1 convolution, computed as a product of matrices: ONNX Runtime takes half the time for it.

    What works pixel by pixel stands in a row in most networks here, with the channels last; the exporter and ONNX
    Runtime leave out the turns between.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        return product(x, self.weight, self.bias)


def product(x: Tensor, matrix: Tensor, bias: Tensor | None = None) -> Tensor:
    """(N, inputs, H, W) by a matrix (outputs, inputs, 1, 1) -> (N, outputs, H, W)."""
    return channels_first(nn.functional.linear(channels_last(x), matrix.flatten(1), bias))


def channels_last(x: Tensor) -> Tensor:
    """(N, channels, H, W) -> (N, H, W, channels)."""
    return x.permute(0, 2, 3, 1)


def channels_first(x: Tensor) -> Tensor:
    """(N, H, W, channels) -> (N, channels, H, W)."""
    return x.permute(0, 3, 1, 2)


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
