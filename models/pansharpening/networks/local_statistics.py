"""What band-shared fusion measures in local windows before its first convolution.

Axis order: tensors (chips, bands, rows, cols), float32. Everything is homogeneous: moments have the units of the image
or their square, and numbers without a unit (shift, blur, correlation) do not change with the gain of the inputs.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TINY = 1e-12


def window_mean(image: Tensor, window: int) -> Tensor:
    """Mean over square windows, each side apart; windows are cut off at the edges."""
    across = F.avg_pool2d(image, (1, window), 1, (0, window // 2), count_include_pad=False)
    return F.avg_pool2d(across, (window, 1), 1, (window // 2, 0), count_include_pad=False)


class Local(NamedTuple):
    """Statistics in windows, at a quarter of the resolution; (N, B, h, w), those of pan (N, 1, h, w).

    mean, pan_mean: window means. gain: slope of the band on pan. deviation, pan_deviation: standard deviations.
    explained: gain times pan_deviation, the part of the deviation that pan explains.
    weight: of each band in the sum of bands that fits pan best. share: slope of the band on that sum.
    fitted: deviation of that sum, (N, 1, h, w).
    """

    mean: Tensor
    gain: Tensor
    deviation: Tensor
    explained: Tensor
    weight: Tensor
    share: Tensor
    fitted: Tensor
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
    """Window moments as average pools, and the regression of pan on the bands.

    The regression has as many unknowns as there are bands, so its windows are wide: in narrow ones it would fit, and
    hide, the shift that `LocalRegistration` looks for.
    """

    def __init__(self, window: int, wide: int, steps: int, groups: int = 8) -> None:
        super().__init__()
        self.window, self.wide, self.steps, self.groups = window, wide, steps, groups

    def mean(self, image: Tensor) -> Tensor:
        return window_mean(image, self.window)

    def wide_mean(self, image: Tensor) -> Tensor:
        return window_mean(image, self.wide)

    def forward(self, ms: Tensor, pan_low: Tensor, groups: Tensor) -> tuple[Local, Tensor]:
        """ms (N, B, h, w) and the low pass of pan (N, 1, h, w), both at a quarter of the resolution; groups of bands.

        Returns the statistics, and the weights of the groups in the sum that fits pan, (N, groups, h, w).
        """
        n, b, h, w = ms.shape
        mixed = (groups @ ms.flatten(2)).reshape(n, self.groups, h, w)
        mean, pan_mean = self.mean(ms), self.mean(pan_low)
        floor = 1e-4 * self.mean(pan_low * pan_low) + TINY
        pan_variance = F.relu(self.mean(pan_low * pan_low) - pan_mean * pan_mean) + floor
        variance = F.relu(self.mean(ms * ms) - mean * mean) + floor
        gain = (self.mean(ms * pan_low) - mean * pan_mean) / pan_variance
        found, share, fitted = self.fit(ms, mixed, groups, pan_low)
        weight = (groups.t() @ found.flatten(2)).reshape(n, b, h, w)
        pan_deviation = pan_variance.sqrt()
        local = Local(mean, gain, variance.sqrt(), gain * pan_deviation, weight, share, fitted, pan_mean, pan_deviation)
        return local, found

    def fit(self, ms: Tensor, mixed: Tensor, groups: Tensor, pan_low: Tensor) -> tuple[Tensor, ...]:
        """Weights of the groups whose sum fits pan, the slope of each band on that sum, and its deviation."""
        n, b, h, w = ms.shape
        mean, mixed_mean, pan_mean = self.wide_mean(ms), self.wide_mean(mixed), self.wide_mean(pan_low)
        cross = self.wide_mean((ms.unsqueeze(2) * mixed.unsqueeze(1)).reshape(n * b, self.groups, h, w))
        cross = cross.reshape(n, b, self.groups, h, w) - mean.unsqueeze(2) * mixed_mean.unsqueeze(1)
        matrix = (groups @ cross.flatten(2)).reshape(n, self.groups, self.groups, h, w)
        right = self.wide_mean(mixed * pan_low) - mixed_mean * pan_mean
        floor = 1e-4 * self.wide_mean(pan_low * pan_low) + TINY
        variance = F.relu(self.wide_mean(ms * ms) - mean * mean) + floor
        trace = (groups @ variance.flatten(2)).reshape(n, self.groups, h, w).sum(1, keepdim=True)
        found = conjugate_gradients(matrix / trace.unsqueeze(1), right / trace, self.steps)
        with_sum = (cross * found.unsqueeze(1)).sum(2)
        fitted = F.relu((found * right).sum(1, keepdim=True)) + floor
        return found, with_sum / fitted, fitted.sqrt()


class Drift(NamedTuple):
    """How pan must be moved and blurred to look like what the bands saw; (N, 1, h, w), at a quarter of the resolution.

    cols, rows: pixels; the bands show at a pixel what pan shows so far to the right and below.
    blur: half the variance of the Gaussian that the low pass lacks, in squares of MS's pixel; may be negative.
    gained: what that explains, share of the low pass's variance.
    """

    cols: Tensor
    rows: Tensor
    blur: Tensor
    gained: Tensor


class LocalRegistration(nn.Module):
    """Shift and blur between pan and the bands, by least squares on the first terms of Taylor's series, after
    Lucas and Kanade, An iterative image registration technique, 1981 (IJCAI).
    """

    LARGEST_PX, LARGEST_BLUR, RIDGE = 1.5, 0.1, 0.02
    # value, d/dcol, d/drow and the second derivatives across, down and mixed; and a binomial blur
    STENCILS = (
        ((0, 0, 0), (-0.5, 0, 0.5), (0, 0, 0)),
        ((0, -0.5, 0), (0, 0, 0), (0, 0.5, 0)),
        ((0, 0, 0), (1, -2, 1), (0, 0, 0)),
        ((0, 1, 0), (0, -2, 0), (0, 1, 0)),
        ((0.25, 0, -0.25), (0, 0, 0), (-0.25, 0, 0.25)),
        ((0.0625, 0.125, 0.0625), (0.125, 0.25, 0.125), (0.0625, 0.125, 0.0625)),
    )

    def __init__(self, window: int) -> None:
        super().__init__()
        self.window = window
        self.register_buffer("stencils", torch.tensor(self.STENCILS, dtype=torch.float32)[:, None], persistent=False)

    def derivatives(self, image: Tensor) -> Tensor:
        """(N, 1, h, w) -> (N, 6, h, w), per pixel of the image: see `STENCILS`."""
        return F.conv2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), self.stencils.to(image.dtype))

    def forward(self, mixed: Tensor, found: Tensor, low: Tensor, ratio: Tensor) -> Drift:
        """What fits best within windows.

        mixed: (N, groups, h, w), the groups of bands at half the resolution. found: (N, groups, h/2, w/2), their
        weights in the sum that fits pan, one set per window. low: (N, 1, h, w), the low pass of pan.
        """
        n, groups, h, w = mixed.shape
        slopes = self.derivatives(low)
        across, down = 0.5 * slopes[:, :1], 0.5 * slopes[:, 1:2]
        curve = (0.25 * ratio * ratio) * (slopes[:, 2:3] + slopes[:, 3:4])
        terms, images = torch.cat((across, down, curve), 1), torch.cat((mixed, low), 1)
        products = (terms.unsqueeze(2) * images.unsqueeze(1)).flatten(1, 2)
        squares = (across * across, across * down, across * curve, down * down, down * curve, curve * curve)
        pooled = F.avg_pool2d(torch.cat((*squares, low * low, terms, images, products), 1), 2)
        moments = window_mean(pooled, self.window)
        squares, means = moments[:, :7].split(1, 1), moments[:, 7:10]
        products = moments[:, 11 + groups:].reshape(n, 3, groups + 1, h // 2, w // 2)
        centred = products - means.unsqueeze(2) * moments[:, 10:11 + groups].unsqueeze(1)
        rest = (centred[:, :, :-1] * found.unsqueeze(1)).sum(2) - centred[:, :, -1]
        return self.solved(squares, rest.split(1, 1), moments[:, 10 + groups:11 + groups])

    def solved(self, squares: tuple[Tensor, ...], rest: tuple[Tensor, ...], mean: Tensor) -> Drift:
        """The three equations of least squares, by L D L'."""
        (aa, ab, ac, bb, bc, cc, square), (ra, rb, rc) = squares, rest
        floor = 1e-4 * square + TINY
        aa, bb, cc = ((1 + self.RIDGE) * diagonal + floor for diagonal in (aa, bb, cc))
        ab_aa, ac_aa = ab / aa, ac / aa
        second, mixed = bb - ab_aa * ab, bc - ac_aa * ab
        mixed_second = mixed / second
        third = cc - ac_aa * ac - mixed_second * mixed
        right = rb - ab_aa * ra
        blur = (rc - ac_aa * ra - mixed_second * right) / third
        rows = right / second - mixed_second * blur
        cols = ra / aa - ab_aa * rows - ac_aa * blur
        gained = F.relu(cols * ra + rows * rb + blur * rc) / (F.relu(square - mean * mean) + floor)
        cols, rows = (shift.clamp(-self.LARGEST_PX, self.LARGEST_PX) for shift in (cols, rows))
        return Drift(cols, rows, blur.clamp(-self.LARGEST_BLUR, self.LARGEST_BLUR), gained.clamp(max=4.0))

    def moved(self, image: Tensor, cols: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 1, H, W) read `cols` to the right and `rows` below, to second order; and its Laplacian."""
        across, down, across_2, down_2, mixed, _ = self.derivatives(image).split(1, 1)
        first = image + cols * across + rows * down
        return first + 0.5 * (cols * cols * across_2 + rows * rows * down_2) + cols * rows * mixed, across_2 + down_2

    def sharpness(self, pan: Tensor) -> tuple[Tensor, Tensor]:
        """How fast pan's detail fades from octave to octave: logarithms of energies' ratios, (N, 1, h, w) at a quarter
        of the resolution.
        """
        energies = []
        for level in range(3):
            image = F.avg_pool2d(pan, 2**level) if level else pan
            detail = image - self.derivatives(image)[:, 5:]
            energy = detail * detail
            energies.append(F.avg_pool2d(energy, 4 // 2**level) if level < 2 else energy)
        quarter = F.avg_pool2d(pan, 4)
        moments = window_mean(torch.cat((*energies, quarter, quarter * quarter), 1), self.window).split(1, 1)
        floor = 1e-5 * moments[4] + TINY
        first, second, third = (energy + floor for energy in moments[:3])
        return torch.log(first / second), torch.log(second / third)
