"""EDCSTFN-like: features of the fine image, and features of what changed, are added and decoded.

Axis order: (N, 1, H, W), float32, each band on its own, divided by its mean; the coarse images lie on the fine pixels.
Tan, Di, Zhang, Guo & Gao, An enhanced deep convolutional model for spatiotemporal image fusion, Remote Sensing 11(24),
2019, doi:10.3390/rs11242898. Smaller than theirs: one band, a quarter of the filters; what is decoded is added to
the fine image, which a short training needs. 17,713 parameters.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def convolutions(*widths: int) -> nn.Sequential:
    """3 x 3 convolutions from one width to the next, with a ReLU between and behind them."""
    layers: list[nn.Module] = []
    for given, made in zip(widths, widths[1:]):
        layers += [nn.Conv2d(given, made, 3, padding=1, padding_mode="replicate"), nn.ReLU()]
    return nn.Sequential(*layers)


class EDCSTFN(nn.Module):
    """width: filters of the first layer; the others have twice and four times as many."""

    slug = "edcstfn"

    def __init__(self, width: int = 8) -> None:
        super().__init__()
        self.fine = convolutions(1, width, 2 * width, 4 * width)
        self.change = convolutions(3, width, 2 * width, 4 * width)
        self.decode = convolutions(4 * width, 2 * width, width)
        self.last = nn.Conv2d(width, 1, 1)

    def forward(self, fine: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """The fine image of the wanted date."""
        features = self.fine(fine)                                          # (N, 4 width, H, W)
        features = features + self.change(torch.cat((first, fine, second), 1))
        return fine + self.last(self.decode(features))                      # (N, 1, H, W)

    def loss(self, fine: Tensor, first: Tensor, second: Tensor, truth: Tensor) -> Tensor:
        """What a training makes small."""
        return (self(fine, first, second) - truth).abs().mean()
