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
Before that pan is moved and its low pass blurred to where the bands show the same (`LocalRegistration`), since real
sensors do not look at exactly the same place. How sharp pan is, how far it was moved and how much of it the bands
explain then sets gates on the features: numbers without a unit, so that gains still come through. Pan is expected
to be matched to the bands before, see `core.pan_matching`: what is left of shift and blur is found here.
Convolutions then predict what is still missing, at half resolution: a trunk for what pan and all bands share, run
once, and a light part run per band with shared weights. Bands meet as means over bands, after
Zaheer and others, Deep Sets, 2017, arXiv:1703.06114.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.pansharpening.networks.local_statistics import (
    TINY,
    Drift,
    Local,
    LocalRegistration,
    LocalStatistics,
    grouping,
)

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


class Residual(nn.Module):
    """x + conv(relu(conv(x)))."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = conv(width, width), conv(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class Gates(nn.Module):
    """Factors 0..2 for features, from numbers without a unit; all 1 before training."""

    HIDDEN = 16

    def __init__(self, numbers: int, features: int) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(numbers, self.HIDDEN, 1), nn.Conv2d(self.HIDDEN, features, 1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, numbers: Tensor) -> Tensor:
        """(N, numbers, h, w) -> (N, features, 2 h, 2 w)."""
        return F.interpolate(1 + torch.tanh(self.second(F.relu(self.first(numbers)))), scale_factor=2.0, mode="nearest")


class BandSharedFusion(nn.Module):
    """The network; see the module's docstring.

    Parameters
    ----------
    trunk : width of the part that runs once. band : width of the part that runs per band.
    window : of means, deviations and gains, in quarter-resolution pixels, odd. steps : descent steps for the intensity.
    wide : window of the intensity's weights, of shift, blur and sharpness, likewise.
    entry : side of the convolutions that the features enter by, 1 or 3; they have so many inputs that in a small
        network 1 saves an eighth of its time.
    """

    slug = "band_shared_fusion"
    multiple_of = 4
    matched_pan = True
    PER_BAND = 4 * 5 + 3
    PER_PAN = 4 * 4 + 1
    SCENE_NUMBERS, BAND_NUMBERS = 7, 9

    def __init__(
        self, trunk: int = 48, band: int = 32, window: int = 5, steps: int = 4, wide: int = 9, entry: int = 3
    ) -> None:
        super().__init__()
        self.config = {
            "trunk": trunk, "band": band, "window": window, "steps": steps, "wide": wide, "entry": entry
        }  # fmt: skip
        self.statistics = LocalStatistics(window, wide, steps)
        self.registration = LocalRegistration(wide)
        self.pan_gates, self.trunk_gates = Gates(self.SCENE_NUMBERS, trunk), Gates(self.SCENE_NUMBERS, trunk)
        self.band_gates = Gates(self.BAND_NUMBERS, band)
        self.pan_in = conv(self.PER_PAN, trunk, entry)
        self.pan_block = Residual(trunk)
        self.band_in = conv(self.PER_BAND, band, entry)
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

        The exact reach is longer; what lies beyond these 46 pixels weighs less than rounding (measured on the trained
        weights: 5e-6 of a deviation at ratio 8).
        """
        return 4 * (self.config["wide"] // 2 + 3) + 2 * 9

    def forward(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> Tensor:
        """ms (N, B, H, W) on pan's grid, pan (N, 1, H, W), ratio (1,) -> fused (N, B, H, W); H, W multiples of 4."""
        n, b, h, w = ms.shape
        with torch.autocast(ms.device.type, enabled=False):
            pan_features, band_features, details, scene, bands = self.features(ms, pan, ratio)
        once = self.pan_block(F.relu(self.pan_in(pan_features)) * self.pan_gates(scene))   # (N, T, H/2, W/2)
        each = F.relu(self.band_in(band_features.flatten(0, 1))) * self.band_gates(bands.flatten(0, 1))
        each = self.band_encode(each)                                                  # (N B, C, H/2, W/2)
        once = F.relu(once + self.to_trunk(self.over_bands(each, n, b)))
        once = self.to_band(self.trunk_block(once) * self.trunk_gates(scene))          # (N, C, H/2, W/2)
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

    def features(self, ms: Tensor, pan: Tensor, ratio: Tensor) -> tuple[Tensor, ...]:
        """Inputs of the two parts, the classical detail that the output starts from, and the numbers for the gates.

        Returns (N, PER_PAN, H/2, W/2), (N, B, PER_BAND, H/2, W/2), (N, B, 4, H/2, W/2); at a quarter of the resolution
        (N, SCENE_NUMBERS, H/4, W/4) and (N, B, BAND_NUMBERS, H/4, W/4).
        """
        n, b, h, w = ms.shape
        low = low_pass(pan, ratio)
        groups = grouping(b, self.statistics.groups, ms)
        narrow, found = self.statistics(F.avg_pool2d(ms, 4), F.avg_pool2d(low, 4), groups)
        band = F.pixel_unshuffle(ms.reshape(n * b, 1, h, w), 2).reshape(n, b, 4, h // 2, w // 2)
        local = Local(*(F.interpolate(image, scale_factor=2.0, mode="bilinear") for image in narrow))
        per_band = (local.gain, local.share, local.weight, local.mean)
        gain, share, weight, mean = (image.unsqueeze(2) for image in per_band)
        intensity = (weight * (band - mean)).sum(1) + local.pan_mean
        mixed = (groups @ F.avg_pool2d(ms, 2).flatten(2)).reshape(n, -1, h // 2, w // 2)
        drift = self.registration(mixed, found, F.avg_pool2d(low, 2), ratio)
        there, low = self.registered(pan, low, drift, ratio)
        pan_4, there, low = (F.pixel_unshuffle(image, 2) for image in (pan, there, low))
        detail, beyond = there - low, there - intensity                                 # (N, 4, h, w)
        by_gain = gain * detail.unsqueeze(1)
        by_share = share * beyond.unsqueeze(1)
        level = torch.maximum(intensity, 0.25 * local.pan_mean.abs()) + 0.1 * local.pan_deviation + TINY
        by_ratio = band * (beyond / level).clamp(-2, 2).unsqueeze(1)
        misfit = band - mean - gain * (low - local.pan_mean).unsqueeze(1)
        scalars = torch.stack((local.deviation, local.explained, local.mean), 2)        # (N, B, 3, h, w)
        band_features = torch.cat((band, by_gain, by_share, by_ratio, misfit, scalars), 2)
        pan_features = torch.cat((pan_4, detail, beyond, local.pan_deviation, there - pan_4), 1)
        start = self.inject[0] * by_gain + self.inject[1] * by_share + self.inject[2] * by_ratio
        return pan_features, band_features, start, *self.numbers(pan, ratio, drift, narrow)

    def registered(self, pan: Tensor, low: Tensor, drift: Drift, ratio: Tensor) -> tuple[Tensor, Tensor]:
        """Pan where the bands show the same, and its low pass as blurred as the bands are; (N, 1, H, W) both."""
        cols, rows, blur = (F.interpolate(part, scale_factor=4.0, mode="bilinear") for part in drift[:3])
        moved, curve = self.registration.moved(low, cols, rows)
        return self.registration.moved(pan, cols, rows)[0], moved + ratio * ratio * blur * curve

    def numbers(self, pan: Tensor, ratio: Tensor, drift: Drift, local: Local) -> tuple[Tensor, Tensor]:
        """What the gates see, about 0 to 1 each: of the scene, and of every band."""
        fine, coarse = self.registration.sharpness(pan)
        distance = drift.cols * drift.cols + drift.rows * drift.rows
        octaves = torch.log2(ratio) - 2 + torch.zeros_like(fine)
        fits = local.fitted / local.pan_deviation
        scene = torch.cat((distance, 10 * drift.blur, drift.gained, fits, fine / 2, coarse / 2, octaves), 1)
        own = torch.stack((local.explained, local.share * local.fitted), 2) / local.deviation.unsqueeze(2)
        shared = scene.unsqueeze(1) + torch.zeros_like(own[:, :, :1])
        return scene, torch.cat((own, shared), 2)
