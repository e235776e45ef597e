"""What the unfolding networks and the autoencoders have in common: how a sensor sees an image, as layers that learn.

Axis order (N, bands, H, W), float32.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def bell(size: int, deviation: float) -> Tensor:
    """(size,) weights of a Gaussian about the middle; their sum is 1."""
    place = torch.arange(size, dtype=torch.float32) - (size - 1) / 2
    weights = torch.exp(-0.5 * (place / deviation) ** 2)
    return weights / weights.sum()


class LowPass(nn.Module):
    """The blur of one sensor, the same for all bands, on the pixels of the guide: a column, then a row, that learn.

    Parameters
    ----------
    ratio : of the pixel sizes; the blur begins as a Gaussian of half a coarse pixel.
    """

    def __init__(self, ratio: int) -> None:
        super().__init__()
        self.reach = 2 * ratio
        first = bell(2 * self.reach + 1, 0.5 * ratio)
        self.down, self.across = nn.Parameter(first.clone()), nn.Parameter(first.clone())

    def forward(self, x: Tensor) -> Tensor:
        bands = int(x.shape[1])  # a number, so that the kernel's shape is known to the exporter
        down = self.down.view(1, 1, -1, 1).expand(bands, 1, -1, 1)
        across = self.across.view(1, 1, 1, -1).expand(bands, 1, 1, -1)
        x = F.conv2d(F.pad(x, (0, 0, self.reach, self.reach), mode="replicate"), down, groups=bands)
        return F.conv2d(F.pad(x, (self.reach, self.reach, 0, 0), mode="replicate"), across, groups=bands)


class Responses(nn.Module):
    """How both sensors see an image in units of its own: `spatial` blurs and reduces, `spectral` makes the guide.

    Both learn from the two images alone, as what each sensor would see of the other's image is the same.

    Parameters
    ----------
    bands, guide_bands, ratio
    """

    def __init__(self, bands: int, guide_bands: int, ratio: int) -> None:
        super().__init__()
        self.ratio = ratio
        line = bell(3 * ratio, 0.5 * ratio)
        self.kernel = nn.Parameter(torch.log(torch.outer(line, line)))
        self.shares = nn.Parameter(torch.zeros(guide_bands, bands))
        self.gain = nn.Parameter(torch.ones(guide_bands))

    def spatial(self, x: Tensor) -> Tensor:
        """(N, B, h, w): pixels `ratio` times as large; weights that are not negative and sum to 1."""
        kernel = torch.softmax(self.kernel.flatten(), 0).view(1, 1, *self.kernel.shape)
        around = F.pad(x, (self.ratio,) * 4, mode="reflect")
        return F.conv2d(around, kernel.expand(x.shape[1], 1, -1, -1), stride=self.ratio, groups=x.shape[1])

    def spectral(self, x: Tensor) -> Tensor:
        """(N, G, H, W)."""
        weights = torch.softmax(self.shares, 1) * self.gain[:, None]
        return F.conv2d(x, weights[..., None, None])

    def disagreement(self, coarse: Tensor, guide: Tensor) -> Tensor:
        """Mean absolute difference of what each sensor sees of the other's image."""
        return (self.spectral(coarse) - self.spatial(guide)).abs().mean()


def dense(*counts: int) -> nn.Sequential:
    """1 x 1 convolutions with leaky rectifiers between them."""
    steps: list[nn.Module] = []
    for place, (inputs, outputs) in enumerate(zip(counts, counts[1:])):
        steps += [*([nn.LeakyReLU(0.1)] if place else []), nn.Conv2d(inputs, outputs, 1)]
    return nn.Sequential(*steps)


def spectra(bands: int, parts: int) -> nn.Parameter:
    """(bands, parts) weights of a decoder that begin between 0 and 1; the decoder takes their absolute value."""
    return nn.Parameter(torch.rand(bands, parts) * math.sqrt(1 / 3))
