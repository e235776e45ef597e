"""Band-shared fusion: one pansharpening network for any sensor, any number of bands and any ratio.

Axis order: tensors (chips, bands, rows, cols), float32. Units: those of the scaled inputs; the output has ms's.
Every step is positively homogeneous (no biases, every product of two signals is divided by a third), so that
f(a ms, a pan) = a f(ms, pan), and permuting the bands permutes the output.

What classical pansharpening knows goes in as features, all of it computed in local windows:
- the detail of pan above what MS sees, injected with the local regression gain of the band on pan, after
  Aiazzi, Alparone, Baronti, Garzelli, Selva, MTF-tailored multiscale fusion, 2006, doi:10.14358/PERS.72.5.591;
- the detail of pan above the best local combination of the bands, after
  Aiazzi, Baronti, Selva, Improving component substitution pansharpening (GSA), 2007, doi:10.1109/TGRS.2007.901007;
- the band modulated by pan over pan's low pass, after Lolli, Alparone, Garzelli, Vivone, Haze correction for
  contrast-based multispectral pansharpening (BT-H), 2017, doi:10.1109/LGRS.2017.2761021.
Convolutions then predict what is still missing, at half resolution: a trunk for what pan and all bands share, run
once, and a light part run per band with shared weights. Bands meet as means over bands, after
Zaheer and others, Deep Sets, 2017, arXiv:1703.06114.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TINY = 1e-12
LOW_PASS_GAIN = 0.3
REACH_SIGMAS = 4.0


def conv(inputs: int, outputs: int, size: int = 3) -> nn.Conv2d:
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


class Local(NamedTuple):
    """Statistics in windows, at a quarter of the resolution; (N, B, h, w), those of pan (N, 1, h, w).

    mean, pan_mean: window means. gain: slope of the band on pan. deviation, pan_deviation: standard deviations.
    explained: gain times pan_deviation, the part of the deviation that pan explains.
    weight: of each band in the sum of bands that fits pan best. share: slope of the band on that sum.
    """

    mean: Tensor
    gain: Tensor
    deviation: Tensor
    explained: Tensor
    weight: Tensor
    share: Tensor
    pan_mean: Tensor
    pan_deviation: Tensor


def grouping(bands: Tensor, groups: int, like: Tensor) -> Tensor:
    """Means of neighbouring bands, (groups, bands), rows sum to 1; the identity where there are as many bands.

    With fewer bands than groups the groups repeat them and still span the same combinations.
    """
    group = torch.arange(groups, device=like.device).to(like.dtype)[:, None] / groups
    band = torch.arange(bands, device=like.device).to(like.dtype)[None] / bands
    width = 1.0 / (bands if isinstance(bands, int) else bands.to(like.dtype))
    shared = torch.minimum(group + 1.0 / groups, band + width) - torch.maximum(group, band)
    shared = F.relu(shared - 1e-4)
    return shared / shared.sum(1, keepdim=True)


def conjugate_gradients(matrix: Tensor, right: Tensor, steps: int) -> Tensor:
    """Approximate solution of matrix @ x = right at every pixel; (N, K, K, h, w), (N, K, h, w) -> (N, K, h, w).

    Few steps regularise: directions in which the bands hardly vary are left alone. `matrix` has a trace of about 1.
    """
    solution, rest, search = torch.zeros_like(right), right, right
    power = (rest * rest).sum(1, keepdim=True)
    for _ in range(steps):
        moved = (matrix * search.unsqueeze(1)).sum(2)
        size = power / ((search * moved).sum(1, keepdim=True) + 1e-3 * power + 1e-9)
        solution, rest = solution + size * search, rest - size * moved
        previous, power = power, (rest * rest).sum(1, keepdim=True)
        search = rest + power / (previous + 1e-9) * search
    return solution


class LocalStatistics(nn.Module):
    """Window moments as average pools, and the regression of pan on the bands in every window."""

    def __init__(self, window: int, steps: int, groups: int = 8) -> None:
        super().__init__()
        self.window, self.steps, self.groups = window, steps, groups

    def mean(self, image: Tensor) -> Tensor:
        return F.avg_pool2d(image, self.window, 1, self.window // 2, count_include_pad=False)

    def forward(self, ms: Tensor, pan_low: Tensor) -> Local:
        """ms (N, B, h, w) and the low pass of pan (N, 1, h, w), both at a quarter of the resolution."""
        n, b, h, w = ms.shape
        groups = grouping(b, self.groups, ms)
        mixed = (groups @ ms.flatten(2)).reshape(n, self.groups, h, w)
        mean, pan_mean, mixed_mean = self.mean(ms), self.mean(pan_low), self.mean(mixed)
        floor = 1e-4 * self.mean(pan_low * pan_low) + TINY
        pan_variance = F.relu(self.mean(pan_low * pan_low) - pan_mean * pan_mean) + floor
        variance = F.relu(self.mean(ms * ms) - mean * mean) + floor
        gain = (self.mean(ms * pan_low) - mean * pan_mean) / pan_variance
        cross = self.mean((ms.unsqueeze(2) * mixed.unsqueeze(1)).reshape(n * b, self.groups, h, w))
        cross = cross.reshape(n, b, self.groups, h, w) - mean.unsqueeze(2) * mixed_mean.unsqueeze(1)
        matrix = (groups @ cross.flatten(2)).reshape(n, self.groups, self.groups, h, w)
        right = self.mean(mixed * pan_low) - mixed_mean * pan_mean
        trace = (groups @ variance.flatten(2)).reshape(n, self.groups, h, w).sum(1, keepdim=True)
        found = conjugate_gradients(matrix / trace.unsqueeze(1), right / trace, self.steps)
        with_sum = (cross * found.unsqueeze(1)).sum(2)
        share = with_sum / (F.relu((found * right).sum(1, keepdim=True)) + floor)
        weight = (groups.t() @ found.flatten(2)).reshape(n, b, h, w)
        pan_deviation = pan_variance.sqrt()
        return Local(mean, gain, variance.sqrt(), gain * pan_deviation, weight, share, pan_mean, pan_deviation)


class Residual(nn.Module):
    """x + conv(relu(conv(x)))."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = conv(width, width), conv(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class BandSharedFusion(nn.Module):
    """The network; see the module's docstring.

    Parameters
    ----------
    trunk : width of the part that runs once. band : width of the part that runs per band.
    window : local statistics' window in quarter-resolution pixels, odd. steps : descent steps for the intensity.
    """

    slug = "band_shared_fusion"
    multiple_of = 4
    PER_BAND = 4 * 5 + 3
    PER_PAN = 4 * 3 + 1

    def __init__(self, trunk: int = 48, band: int = 32, window: int = 5, steps: int = 4) -> None:
        super().__init__()
        self.config = {"trunk": trunk, "band": band, "window": window, "steps": steps}
        self.statistics = LocalStatistics(window, steps)
        self.pan_in = conv(self.PER_PAN, trunk)
        self.pan_block = Residual(trunk)
        self.band_in = conv(self.PER_BAND, band)
        self.band_encode = conv(band, band)
        self.to_trunk = conv(band, trunk, 1)
        self.trunk_block = Residual(trunk)
        self.to_band = conv(trunk, band, 1)
        self.decode = nn.ModuleList(Residual(band) for _ in range(2))
        self.exchange = conv(band, band, 1)
        self.head = conv(band, 4)
        self.inject = nn.Parameter(torch.tensor([0.4, 0.3, 0.2]))
        nn.init.zeros_(self.head.weight)

    @property
    def halo(self) -> int:
        """Pixels around a tile that matter: window means and their interpolation, then nine 3 x 3 convolutions.

        The exact reach is a little longer; what lies beyond 32 pixels weighs less than 1e-4 of a deviation (measured
        on the trained weights: 7e-5 at ratio 8, 1e-6 at ratio 4).
        """
        return 4 * (self.config["window"] // 2 + 2) + 2 * 8

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        """ms (N, B, H, W) on pan's grid, pan (N, 1, H, W), ratio (1,) -> fused (N, B, H, W); H, W multiples of 4."""
        n, b, h, w = ms.shape
        with torch.autocast(ms.device.type, enabled=False):
            pan_features, band_features, details = self.features(ms, pan, ratio)
        once = self.pan_block(F.relu(self.pan_in(pan_features)))                       # (N, T, H/2, W/2)
        each = self.band_encode(F.relu(self.band_in(band_features.flatten(0, 1))))     # (N B, C, H/2, W/2)
        once = F.relu(once + self.to_trunk(self.over_bands(each, n, b)))
        once = self.to_band(self.trunk_block(once))                                    # (N, C, H/2, W/2)
        each = self.add_to_each(each, once, n, b)
        each = self.decode[0](F.relu(each))
        each = self.add_to_each(each, self.exchange(self.over_bands(F.relu(each), n, b)), n, b)
        each = self.head(F.relu(self.decode[1](each)))                                 # (N B, 4, H/2, W/2)
        return ms + F.pixel_shuffle(each.float() + details.flatten(0, 1), 2).reshape(n, b, h, w)

    @staticmethod
    def over_bands(each: Tensor, n: int, b: int) -> Tensor:
        return each.reshape(n, b, *each.shape[1:]).mean(1)

    @staticmethod
    def add_to_each(each: Tensor, once: Tensor, n: int, b: int) -> Tensor:
        return (each.reshape(n, b, *each.shape[1:]) + once.unsqueeze(1)).flatten(0, 1)

    def features(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs of the two parts, and the classical detail that the output starts from, at half resolution.

        Returns (N, PER_PAN, H/2, W/2), (N, B, PER_BAND, H/2, W/2), (N, B, 4, H/2, W/2).
        """
        n, b, h, w = ms.shape
        low = low_pass(pan, ratio)
        local = self.statistics(F.avg_pool2d(ms, 4), F.avg_pool2d(low, 4))
        band = F.pixel_unshuffle(ms.reshape(n * b, 1, h, w), 2).reshape(n, b, 4, h // 2, w // 2)
        pan, low = F.pixel_unshuffle(pan, 2), F.pixel_unshuffle(low, 2)
        local = Local(*(F.interpolate(image, scale_factor=2.0, mode="bilinear") for image in local))
        per_band = (local.gain, local.share, local.weight, local.mean)
        gain, share, weight, mean = (image.unsqueeze(2) for image in per_band)
        detail = pan - low
        intensity = (weight * (band - mean)).sum(1) + local.pan_mean
        beyond = pan - intensity                                                        # (N, 4, h, w)
        by_gain = gain * detail.unsqueeze(1)
        by_share = share * beyond.unsqueeze(1)
        level = torch.maximum(intensity, 0.25 * local.pan_mean.abs()) + 0.1 * local.pan_deviation + TINY
        by_ratio = band * (beyond / level).clamp(-2, 2).unsqueeze(1)
        misfit = band - mean - gain * (low - local.pan_mean).unsqueeze(1)
        scalars = torch.stack((local.deviation, local.explained, local.mean), 2)        # (N, B, 3, h, w)
        band_features = torch.cat((band, by_gain, by_share, by_ratio, misfit, scalars), 2)
        pan_features = torch.cat((pan, detail, beyond, local.pan_deviation), 1)
        start = self.inject[0] * by_gain + self.inject[1] * by_share + self.inject[2] * by_ratio
        return pan_features, band_features, start
