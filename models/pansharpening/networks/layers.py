"""What the networks of pansharpening share: a convolution without a constant, the low pass of pan, means in windows.

Axis order: tensors (chips, bands, rows, cols), float32.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LOW_PASS_GAIN = 0.3
REACH_SIGMAS = 4.0


def conv(inputs: int, outputs: int, size: int = 3) -> nn.Conv2d:
    """A convolution without a constant, so that nothing comes of nothing."""
    return nn.Conv2d(inputs, outputs, size, padding=size // 2, bias=False)


def low_pass_matrix(length: Tensor, ratio: Tensor) -> Tensor:
    """Rows of a truncated Gaussian that sum to 1, (length, length); sigma follows the ratio (MTF gain 0.3)."""
    at = torch.arange(length, device=ratio.device).to(ratio.dtype)
    sigma = ratio * (math.sqrt(-2 * math.log(LOW_PASS_GAIN)) / math.pi)
    away = (at[:, None] - at[None]) / sigma
    weight = torch.exp(-0.5 * away * away) * (away.abs() <= REACH_SIGMAS).to(ratio.dtype)
    return weight / weight.sum(1, keepdim=True)


def low_pass(image: Tensor, ratio: Tensor) -> Tensor:
    """Gaussian blur of (N, 1, H, W) to about the resolution of MS, as two matrix products."""
    down = low_pass_matrix(image.shape[-2], ratio)
    across = low_pass_matrix(image.shape[-1], ratio)
    return down @ image @ across.t()


def window_mean(image: Tensor, window: int) -> Tensor:
    """Mean over square windows, each side apart; windows are cut off at the edges."""
    across = F.avg_pool2d(image, (1, window), 1, (0, window // 2), count_include_pad=False)
    return F.avg_pool2d(across, (window, 1), 1, (window // 2, 0), count_include_pad=False)
