"""GAN-STFM-like: a fine image of any date and the wanted coarse image, and an opponent that tells true from made.

Axis order: (N, 1, H, W), float32, each band on its own, divided by its mean; the coarse image lies on the fine pixels.
Tan, Gao, Li & Jiang, A flexible reference-insensitive spatiotemporal fusion model for remote sensing images using
conditional generative adversarial network, IEEE TGRS 60, 2022, doi:10.1109/TGRS.2021.3050551. As theirs it does not
look at the coarse image of the pair, has two branches of residual blocks with switchable normalisation (Luo 2019,
arXiv:1806.10779), and opponents of several scales with spectral normalisation and a least-squares loss. Smaller than
theirs: one band, a quarter of the filters, two scales instead of three, statistics of an image and a filter but not of
the batch, a mean absolute error instead of a loss of features; what is decoded is added to the fine image, which a
short training needs. 36,489 parameters without the opponent.
"""

from __future__ import annotations

from typing import Optional

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

LEAK = 0.2
ADVERSARIAL, STRUCTURAL = 1e-2, 0.1
"""Weights of the opponent's verdict and of structural similarity, that of the mean absolute error being 1."""
WINDOW = 7
"""Pixels along the window of structural similarity."""


def convolution(given: int, made: int, stride: int = 1) -> nn.Conv2d:
    """3 x 3 pixels, the ends repeated."""
    return nn.Conv2d(given, made, 3, stride=stride, padding=1, padding_mode="replicate")


class Switched(nn.Module):
    """Normalisation by statistics of each filter and of the whole image, mixed as training finds best."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.means, self.spreads = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2))
        self.gain, self.bias = nn.Parameter(torch.ones(width, 1, 1)), nn.Parameter(torch.zeros(width, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W)"""
        mean, square = x.mean((2, 3), keepdim=True), (x * x).mean((2, 3), keepdim=True)
        whole, whole_square = mean.mean(1, keepdim=True), square.mean(1, keepdim=True)
        (a, b), (c, d) = self.means.softmax(0), self.spreads.softmax(0)
        variance = c * (square - mean * mean) + d * (whole_square - whole * whole)
        return (x - (a * mean + b * whole)) / (variance.clamp(min=0) + 1e-5).sqrt() * self.gain + self.bias


class Branches(nn.Module):
    """One block of the encoder: what the coarse branch finds goes into the fine one."""

    def __init__(self, given: int, made: int) -> None:
        super().__init__()
        self.coarse = nn.Sequential(convolution(given, given), nn.Conv2d(given, made, 1), nn.LeakyReLU(LEAK))
        self.fine = nn.Sequential(
            Switched(given), nn.LeakyReLU(LEAK), convolution(given, given),
            Switched(given), nn.LeakyReLU(LEAK), nn.Conv2d(given, made, 1),
        )  # fmt: skip

    def forward(self, coarse: Tensor, fine: Tensor) -> tuple[Tensor, Tensor]:
        """Features of both branches, (N, made, H, W) each."""
        seen = self.coarse(coarse)
        return seen, self.fine(fine) + seen


class Residual(nn.Module):
    """One block of the decoder, or of the opponent where `stride` is 2."""

    def __init__(self, given: int, made: int, stride: int = 1) -> None:
        super().__init__()
        self.trunk = nn.Sequential(convolution(given, made, stride), nn.LeakyReLU(LEAK), nn.Conv2d(made, made, 1))
        self.side = nn.Conv2d(given, made, 1, stride=stride)

    def forward(self, x: Tensor) -> Tensor:
        """(N, made, H / stride, W / stride)"""
        return self.trunk(x) + self.side(x)


class GANSTFM(nn.Module):
    """width: filters of the first block; the others have twice, four and eight times as many."""

    slug = "ganstfm"

    def __init__(self, width: int = 4) -> None:
        super().__init__()
        widths = (1, width, 2 * width, 4 * width, 8 * width)
        self.encode = nn.ModuleList(Branches(given, made) for given, made in zip(widths, widths[1:]))
        down = (16 * width, 8 * width, 4 * width, 2 * width, width)
        self.decode = nn.Sequential(*(Residual(given, made) for given, made in zip(down, down[1:])))
        self.last = nn.Conv2d(width, 1, 1)

    def forward(self, fine: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """The fine image of the wanted date; `first` is not looked at."""
        coarse, seen = second, fine
        for block in self.encode:
            coarse, seen = block(coarse, seen)
        return fine + self.last(self.decode(torch.cat((coarse, seen), 1)))

    def loss(
        self, fine: Tensor, first: Tensor, second: Tensor, truth: Tensor, opponent: Optional[Opponent] = None
    ) -> Tensor:
        """What a training makes small."""
        made = self(fine, first, second)
        content = (made - truth).abs().mean() + STRUCTURAL * (1 - similarity(made, truth))
        return content if opponent is None else content + ADVERSARIAL * opponent.doubt(made, second)

    @staticmethod
    def opponent() -> Opponent:
        """What a training sets against it."""
        return Opponent()


class Opponent(nn.Module):
    """Tells true fine images from made ones, each beside the coarse image of its date, at two scales."""

    def __init__(self, width: int = 8) -> None:
        super().__init__()
        widths = (2, width, 2 * width, 4 * width)
        self.scales = nn.ModuleList(
            nn.Sequential(*(Residual(given, made, 2) for given, made in zip(widths, widths[1:])),
                          nn.Conv2d(widths[-1], 1, 1)) for _ in range(2)
        )  # fmt: skip
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                spectral_norm(part)

    def forward(self, fine: Tensor, coarse: Tensor) -> list[Tensor]:
        """What each scale thinks of every place: 1 = true, 0 = made."""
        both = torch.cat((fine, coarse), 1)
        return [self.scales[0](both), self.scales[1](F.avg_pool2d(both, 2))]

    def doubt(self, made: Tensor, coarse: Tensor) -> Tensor:
        """How far it is from taking made images for true ones."""
        return sum(((1 - one) ** 2).mean() for one in self(made, coarse))

    def loss(self, made: Tensor, truth: Tensor, coarse: Tensor) -> Tensor:
        """What its own training makes small."""
        return self.doubt(truth, coarse) + sum((one**2).mean() for one in self(made, coarse))


def similarity(one: Tensor, other: Tensor) -> Tensor:
    """Mean structural similarity in windows; Wang 2004, doi:10.1109/TIP.2003.819861, for values of about 1."""
    means = [F.avg_pool2d(part, WINDOW, 1) for part in (one, other, one * one, other * other, one * other)]
    a, b, aa, bb, ab = means
    close, alike = (2 * a * b + 1e-4) / (a * a + b * b + 1e-4), (2 * (ab - a * b) + 9e-4)
    return (close * alike / (aa - a * a + bb - b * b + 9e-4)).mean()
