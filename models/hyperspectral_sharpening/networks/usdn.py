"""uSDN: shares by breaking sticks (sparse, of a Dirichlet distribution), one decoder for both images, angles held.

Qu, Qi, Kwan 2018, Unsupervised sparse Dirichlet-net for hyperspectral image super-resolution, arXiv:1804.05042.
The image teaches the decoder. The guide learns shares for this decoder as the guide's sensor sees it, and in turns its
shares are drawn to those of the image by their angle. The response of the guide is given. Axis order (N, bands, H, W),
float32; `hs` and `guide` in units in which 0 stays 0. Differences: the last share takes what is left of the stick, so
that shares sum to one; fewer layers.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.hyperspectral_sharpening.networks.low_pass import spectra

IMAGE, ANGLE_EVERY = 0.4, 10
"""Share of the training that is the image's; every how many steps of the guide the angle is looked at."""
SPARSE = 1e-3


class Sticks(nn.Module):
    """Bands (N, B, H, W) -> shares (N, parts, H, W): dense layers, each of which sees all before it."""

    def __init__(self, bands: int, parts: int, width: int = 16) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv2d(bands + place * width, width, 1) for place in range(3))
        self.broken, self.sharp = nn.Conv2d(bands + 3 * width, parts - 1, 1), nn.Conv2d(bands + 3 * width, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = torch.cat((x, F.leaky_relu(layer(x), 0.1)), 1)
        # v = u^(1 / beta), as a power's logarithm: u in (0, 1), beta above 0.
        broken = torch.exp(F.logsigmoid(self.broken(x)) / (F.softplus(self.sharp(x)) + 0.1))
        left, shares = torch.ones_like(broken[:, :1]), []
        for place in range(broken.shape[1]):
            shares.append(left * broken[:, place : place + 1])
            left = left * (1 - broken[:, place : place + 1])
        return torch.cat((*shares, left), 1)


class Usdn(nn.Module):
    """bands, guide_bands: of image and guide. parts: spectra. hs_scale, guide_scale: stored values that become 1."""

    slug = "usdn"
    multiple_of = 1
    halo = 0

    def __init__(
        self, bands: int, guide_bands: int, parts: int = 16, hs_scale: float = 1.0, guide_scale: float = 1.0
    ) -> None:
        super().__init__()
        self.config = {"bands": bands, "guide_bands": guide_bands, "parts": parts, "hs_scale": hs_scale,
                       "guide_scale": guide_scale}  # fmt: skip
        self.of_image, self.of_guide = Sticks(bands, parts), Sticks(guide_bands, parts)
        self.spectra, self.mixed = spectra(bands, parts), nn.Parameter(torch.eye(parts))

    def decoded(self, shares: Tensor) -> Tensor:
        """(N, B, H, W): the two layers of the decoder, one matrix."""
        return F.conv2d(shares, (self.spectra @ self.mixed).abs()[..., None, None])

    def forward(self, hs: Tensor, guide: Tensor) -> Tensor:
        return self.decoded(self.of_guide(guide))

    def loss(
        self, coarse: Tensor, guide: Tensor, weight: Tensor, share: float, wide: Tensor, response: Tensor, step: int
    ) -> Tensor:
        """Of a pair: wide (1, B, H, W) is the coarse image with its pixels repeated, response (G, B, 1, 1)."""
        if share < IMAGE:
            shares = self.of_image(coarse)
            return ((self.decoded(shares) - coarse) * weight).abs().mean() + SPARSE * entropy(shares)
        self.spectra.requires_grad_(False)
        self.mixed.requires_grad_(False)
        shares = self.of_guide(guide)
        if step % ANGLE_EVERY == 0:
            with torch.no_grad():
                known = self.of_image(wide)
            return torch.acos(F.cosine_similarity(shares, known, 1).clamp(-1 + 1e-6, 1 - 1e-6)).mean()
        seen = F.conv2d(self.decoded(shares), response)
        return (seen - guide).abs().mean() / guide.mean() + SPARSE * entropy(shares)


def entropy(shares: Tensor) -> Tensor:
    """Mean entropy of the shares of a pixel."""
    return -(shares * torch.log(shares + 1e-8)).sum(1).mean()
