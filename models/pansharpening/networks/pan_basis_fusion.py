"""Pan basis fusion: every detail of the result is pan's, weighted per band by smooth maps.

Axis order: tensors (chips, bands, rows, cols), float32. Units: those of the scaled inputs; the output has ms's.

    fused_b = ms_b + sum over k of A_bk phi_k + C_b (ms_b / level) (pan - low)

phi_k are a few images that a small network makes of pan alone, at its full resolution, once for all bands: phi_0 is
pan's detail above what ms sees, the others are its edges, hinges and finer or coarser parts. The weights A and C come
from a network that works at a quarter of the resolution, on local statistics of band and pan, with the same weights for
every band. So noise of ms can reach the result only through maps as smooth as ms itself, and colour appears only where
pan has detail: no speckle and no blotches by construction, for any number of bands.
The last term is Brovey's, after Lolli, Alparone, Garzelli, Vivone, Haze correction for contrast-based multispectral
pansharpening (BT-H), 2017, doi:10.1109/LGRS.2017.2761021; regression gains in windows are those of Aiazzi, Alparone,
Baronti, Garzelli, Selva, MTF-tailored multiscale fusion, 2006, doi:10.14358/PERS.72.5.591. Coefficients that a network
finds at low resolution and applies at full resolution: Gharbi, Chen, Barron, Hasinoff, Durand, Deep bilateral learning,
2017, doi:10.1145/3072959.3073592. Bands meet as means over bands: Zaheer and others, Deep Sets, 2017, arXiv:1703.06114.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.pansharpening.networks.layers import conv, low_pass, window_mean

FLOOR = 0.02
"""Deviation, in those of the scene, that is added where a deviation divides."""
STEEPEST = 4.0
"""Largest regression gain, in deviations of the band per deviation of pan."""


def block(width: int) -> nn.Sequential:
    """Two convolutions with a step between them, the second zero before training."""
    last = nn.Conv2d(width, width, 3, padding=1)
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    return nn.Sequential(nn.Conv2d(width, width, 3, padding=1), nn.ReLU(), last)


def deviation(square: Tensor, mean: Tensor) -> Tensor:
    return F.relu(square - mean * mean).add(1e-6).sqrt()


class PanBasisFusion(nn.Module):
    """The network; see the module's docstring.

    Parameters
    ----------
    basis : number of images phi. pan : width of the network that makes them.
    trunk, band : widths of the parts that run once and per band.
    window, wide : of the local statistics, in quarter-resolution pixels, odd.
    """

    slug = "pan_basis_fusion"
    multiple_of = 4
    matched_pan = True
    PER_BAND, PER_PAN = 11, 9

    def __init__(
        self, basis: int = 8, pan: int = 16, trunk: int = 32, band: int = 24, window: int = 5, wide: int = 15
    ) -> None:
        super().__init__()
        self.config = {"basis": basis, "pan": pan, "trunk": trunk, "band": band, "window": window, "wide": wide}
        self.window, self.wide, self.basis = window, wide, basis
        self.pan_in, self.pan_mid = conv(8, pan), conv(pan, pan)
        self.pan_out = conv(pan, 4 * (basis - 1))
        self.trunk_in = nn.Conv2d(self.PER_PAN, trunk, 3, padding=1)
        self.trunk_block = block(trunk)
        self.band_in = nn.Conv2d(self.PER_BAND, band, 3, padding=1)
        self.band_block, self.last_block = block(band), block(band)
        self.to_trunk, self.to_band = nn.Conv2d(band, trunk, 1), nn.Conv2d(trunk, band, 1)
        self.exchange = nn.Conv2d(band, band, 1)
        self.head = nn.Conv2d(band, basis + 1, 1)
        self.inject = nn.Parameter(torch.tensor([0.25, 0.25, 0.5]))  # of both regression gains, and of Brovey's term
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    @property
    def halo(self) -> int:
        """Pixels around a tile that matter: the wide windows, eight 3 x 3 convolutions at a quarter of the resolution
        and three at half of it.

        The exact reach is 14 pixels longer; what lies beyond weighs less than 1e-5 of a deviation (measured on the
        trained weights).
        """
        return 4 * (self.wide // 2 + 7)

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        """ms (N, B, H, W) on pan's grid, pan (N, 1, H, W), ratio (1,) -> fused (N, B, H, W); H, W multiples of 4."""
        n, b, h, w = ms.shape
        low = low_pass(pan, ratio)
        detail = pan - low
        coarse = F.avg_pool2d(torch.cat((ms, low), 1), 4)
        finest = pan - F.avg_pool2d(pan, 3, 1, 1, count_include_pad=False)
        energies = F.avg_pool2d(torch.cat((detail * detail, finest * finest), 1), 4)
        mean, spread = self.statistics(coarse, self.window)
        wide_mean, wide_spread = self.statistics(coarse, self.wide)
        gain, explained = self.gains(coarse, mean, self.window)
        wide_gain, wide_explained = self.gains(coarse, wide_mean, self.wide)
        level = F.relu(coarse[:, -1:]) + 0.15 * wide_spread[:, -1:] + 0.1
        around = F.interpolate(mean[:, -1:], scale_factor=2.0, mode="bilinear")
        phi = self.pan_basis(detail, low, around)                                      # (N, 4 K, h, w)
        size = (wide_spread[:, :-1] + FLOOR) / (wide_spread[:, -1:] + FLOOR)            # (N, B, h/2, w/2)
        off = coarse - mean
        misfit = off[:, :-1] - gain * off[:, -1:]
        texture = window_mean((coarse - window_mean(coarse, 3)).abs(), self.window)
        bands = torch.stack((
            coarse[:, :-1], off[:, :-1], misfit, spread[:, :-1], wide_spread[:, :-1], gain / size, wide_gain / size,
            explained, wide_explained, coarse[:, :-1] / level / size, texture[:, :-1],
        ), 2)  # fmt: skip
        fine, finer = energies.add(1e-6).sqrt().split(1, 1)
        octaves = torch.log2(ratio) - 2 + torch.zeros_like(fine)
        scene = torch.cat((
            coarse[:, -1:], off[:, -1:], spread[:, -1:], wide_spread[:, -1:], texture[:, -1:], fine, finer,
            window_mean(finer, self.window), octaves,
        ), 1)  # fmt: skip
        found = self.weights(bands, scene).reshape(n, b, self.basis + 1, h // 4, w // 4)
        start = self.inject[0] * gain + self.inject[1] * wide_gain
        first = (start + size * found[:, :, 0]).unsqueeze(2)
        rest = size.unsqueeze(2) * found[:, :, 1:-1]
        brovey = self.inject[2] + found[:, :, -1:]
        maps = torch.cat((first, rest, brovey), 2).flatten(1, 2)
        maps = F.interpolate(maps, scale_factor=2.0, mode="bilinear").reshape(n, b, self.basis + 1, h // 2, w // 2)
        added = (maps[:, :, :-1].unsqueeze(3) * phi.reshape(n, 1, self.basis, 4, h // 2, w // 2)).sum(2)
        contrast = detail / (F.relu(low) + F.interpolate(0.15 * wide_spread[:, -1:] + 0.1, scale_factor=4.0))
        modulated = F.pixel_unshuffle((ms * contrast.clamp(-2, 2)).reshape(n * b, 1, h, w), 2)
        added = added + maps[:, :, -1:] * modulated.reshape(n, b, 4, h // 2, w // 2)
        return ms + F.pixel_shuffle(added.flatten(0, 1), 2).reshape(n, b, h, w)

    def statistics(self, coarse: Tensor, window: int) -> tuple[Tensor, Tensor]:
        """Means and deviations in windows."""
        n = coarse.shape[1]
        moments = window_mean(torch.cat((coarse, coarse * coarse), 1), window)
        return moments[:, :n], deviation(moments[:, n:], moments[:, :n])

    def gains(self, coarse: Tensor, mean: Tensor, window: int) -> tuple[Tensor, Tensor]:
        """Slope of every band on pan in windows, held back where pan hardly varies; and the correlation."""
        products = window_mean(coarse * coarse[:, -1:], window) - mean * mean[:, -1:]
        squares = F.relu(window_mean(coarse * coarse, window) - mean * mean) + FLOOR * FLOOR
        gain = (products[:, :-1] / squares[:, -1:]).clamp(-STEEPEST, STEEPEST)
        return gain, products[:, :-1] * (squares[:, :-1] * squares[:, -1:]).rsqrt()

    def pan_basis(self, detail: Tensor, low: Tensor, around: Tensor) -> Tensor:
        """(N, 4 K, H/2, W/2): the images phi, four pixels of each; all are 0 where pan is flat."""
        fine = F.pixel_unshuffle(detail, 2)
        entered = F.relu(self.pan_in(torch.cat((fine, F.pixel_unshuffle(low, 2) - around), 1)))
        entered = entered + F.relu(self.pan_mid(entered))
        return torch.cat((fine, self.pan_out(entered)), 1)

    def weights(self, bands: Tensor, scene: Tensor) -> Tensor:
        """(N B, K + 1, H/4, W/4) from (N, B, PER_BAND, H/4, W/4) and (N, PER_PAN, H/4, W/4)."""
        n, b = bands.shape[:2]
        once = F.relu(self.trunk_in(scene))
        each = F.relu(self.band_in(bands.flatten(0, 1)))
        once = F.relu(once + self.to_trunk(self.over_bands(each, n, b)))
        once = F.relu(once + self.trunk_block(once))
        each = self.add_to_each(each, self.to_band(once), n, b)
        each = F.relu(each + self.band_block(each))
        each = self.add_to_each(each, self.exchange(self.over_bands(each, n, b)), n, b)
        each = F.relu(each + self.last_block(each))
        return self.head(each)

    @staticmethod
    def over_bands(each: Tensor, n: int, b: int) -> Tensor:
        return each.reshape(n, b, *each.shape[1:]).mean(1)

    @staticmethod
    def add_to_each(each: Tensor, once: Tensor, n: int, b: int) -> Tensor:
        return (each.reshape(n, b, *each.shape[1:]) + once.unsqueeze(1)).flatten(0, 1)
