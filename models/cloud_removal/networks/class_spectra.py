"""What lies under a cloud, from what lies beside it: spectra of the classes that SAR and an earlier image tell apart.

Axis order (N, channels, H, W). Pixels get soft classes from SAR and the clear reference alone, so that a pixel has the
same class whether a cloud is above it or not. Before any training a class is a kind of backscatter: the nearer the
smoothed decibels are to its own, the more a pixel belongs to it; convolutions learn to correct that. Each class gets
its mean over the *clear* pixels of windows of several sizes. Small windows follow the surroundings, large ones are sure
to hold clear pixels: each window's mean begins from the next larger one's as if that had been seen on a few pixels
more, the largest one's from a spectrum that is learned. All of it is sums in windows, so the result does not depend on
the tile.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.cloud_removal.networks.base import SAR_BANDS, Seen

FEW = 1e-4
SMOOTH = 2
"""Decibels are averaged over 5 x 5 pixels at half the resolution before they are compared with those of the classes."""
HALF, CELL = 2, 8
"""Classes are told at half the resolution, and counted on cells of 8 x 8 pixels."""


class Filled(NamedTuple):
    """Estimates at half the resolution, in the network's units.

    spectrum: means of the pixel's classes, (N, bands, h, w). change: of them, how much later they differ from the
    clear reference. around: mean of all clear pixels in the largest window, whatever their class, 0 where there are
    none, (N, bands, h, w). about: logarithm of the pixels that image and reference share in the largest window,
    deviation of the bands within the classes, logarithms of the clear pixels of these classes in every window from
    large to small; (N, windows + 2, h, w).
    """

    spectrum: Tensor
    change: Tensor
    around: Tensor
    about: Tensor


def window_sum(image: Tensor, reach: int) -> Tensor:
    """Mean over square windows of (2 reach + 1)^2 cells; beyond the edges there is nothing, which counts as 0."""
    side = 2 * reach + 1
    across = F.avg_pool2d(image, (1, side), 1, (0, reach))
    return F.avg_pool2d(across, (side, 1), 1, (reach, 0))


def _halved(*images: Tensor) -> Tensor:
    """At half the resolution, one after the other, so that they are never together at the whole one."""
    return torch.cat([F.avg_pool2d(image, HALF) for image in images], dim=1)


def inner_sum(image: Tensor, reach: int, rows: int | Tensor, cols: int | Tensor) -> Tensor:
    """As `window_sum`, without so many rows and columns at each end; products with banded matrices, which are faster
    than wide means on a CPU."""
    down, across = _band(image.shape[2], reach, rows, image), _band(image.shape[3], reach, cols, image)
    return down @ (image @ across.transpose(0, 1))


def _band(size: int | Tensor, reach: int, trim: int | Tensor, like: Tensor) -> Tensor:
    """(size - 2 trim, size): what each cell weighs in the mean around another one."""
    here = torch.arange(size, device=like.device)
    around = torch.arange(trim, size - trim, device=like.device)
    return ((around[:, None] - here).abs() <= reach).to(like.dtype) / (2 * reach + 1)


def within(image: Tensor, rows: int | Tensor, cols: int | Tensor) -> Tensor:
    """Without so many rows and columns at each end."""
    return image[:, :, rows : image.shape[2] - rows, cols : image.shape[3] - cols]


class ClassSpectra(nn.Module):
    """Fill from the surroundings; see the module.

    Parameters
    ----------
    bands : optical bands. classes : soft classes. width : channels of what tells them apart.
    reaches : half sides of the windows in cells, small to large.
    """

    def __init__(self, bands: int, classes: int, width: int, reaches: tuple[int, ...]) -> None:
        super().__init__()
        self.bands, self.classes, self.reaches = bands, classes, reaches
        self.first = nn.Conv2d(SAR_BANDS + bands + 2, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=2, dilation=2)
        self.third = nn.Conv2d(width, width, 3, padding=1)
        self.tell = nn.Conv2d(2 * width, classes, 1)
        nn.init.normal_(self.tell.weight, 0, 0.02)
        self.centres = nn.Parameter(torch.randn(classes, SAR_BANDS))
        self.width = nn.Parameter(torch.tensor(0.0))
        self.prior = nn.Parameter(torch.randn(classes, bands) * 0.3)
        self.trust = nn.Parameter(torch.linspace(-3.0, -7.0, len(reaches)))
        self.change_trust = nn.Parameter(torch.linspace(-3.0, -5.0, len(reaches)))
        reach_of_classes = HALF * max(1 + 2 + 1, SMOOTH)
        self.reach = reach_of_classes + CELL * max(reaches) + 2 * CELL + HALF
        """Pixels: the classes, the windows, and cells of which any pixel may be the other end."""

    def soft_classes(self, seen: Seen) -> Tensor:
        """(N, classes, h, w) at half the resolution, sums to 1."""
        known = _halved(seen.sar, seen.clear, seen.has_sar, seen.has_clear)
        first = F.relu(self.first(known))
        wider = F.relu(self.third(F.relu(self.second(first))))
        return torch.softmax(self._nearness(seen) + self.tell(torch.cat((first, wider), dim=1)), dim=1)

    def _nearness(self, seen: Seen) -> Tensor:
        """Logits of the classes by their decibels, (N, classes, h, w), 0 where there is no SAR."""
        sums = window_sum(_halved(seen.sar, seen.has_sar), SMOOTH)
        there = sums[:, SAR_BANDS:]
        smooth = (sums[:, :SAR_BANDS] / there.clamp(min=FEW)).unsqueeze(1)
        away = ((smooth - self.centres.reshape(1, self.classes, SAR_BANDS, 1, 1)) ** 2).sum(2)
        return -away * torch.exp(self.width) * (there > FEW).to(away.dtype)

    def forward(
        self, seen: Seen, clear_weight: Tensor, rows: int | Tensor = 0, cols: int | Tensor = 0
    ) -> Filled:
        """Fill at half the resolution; `clear_weight` (N, 1, H, W) says 0..1 how well the surface is seen.

        rows, cols : pixels at each end, multiples of `CELL`, that teach but are not filled; a cell beside them is
        not exact.
        """
        classes = self.soft_classes(seen)
        known, both = clear_weight * seen.has_optical, clear_weight * seen.has_optical * seen.has_clear
        counted = _halved(known, known * (seen.optical**2).mean(1, keepdim=True), both, known * seen.optical,
                          both * (seen.optical - seen.clear))  # fmt: skip
        in_cells = self._in_cells(classes, counted)
        prior = self.prior.reshape(1, self.classes, self.bands, 1, 1)
        means, changes, about = prior, torch.zeros_like(prior), []
        for place in reversed(range(len(self.reaches))):
            sums = inner_sum(in_cells.flatten(1, 2), self.reaches[place], rows // CELL, cols // CELL)
            sums = sums.reshape(*in_cells.shape[:3], *sums.shape[2:])
            count, square, pairs, total, change = sums.split((1, 1, 1, self.bands, self.bands), dim=2)
            if not about:
                about = [torch.log(pairs + FEW), self._spread(count, square, total)]
                around = total.sum(1) / (count.sum(1) + FEW)
            about.append(torch.log(count + FEW))
            means = drawn(total, count, means, self.trust[place])
            changes = drawn(change, pairs, changes, self.change_trust[place])
        classes = within(classes, rows // HALF, cols // HALF)
        of_pixel = self._of_pixels(classes, torch.cat((means, changes, *about), dim=2))
        spectrum, change, about = of_pixel.split((self.bands, self.bands, len(about)), dim=1)
        around = F.interpolate(around, scale_factor=CELL // HALF, mode="bilinear", align_corners=False)
        return Filled(spectrum, change, around, about)

    def _in_cells(self, classes: Tensor, values: Tensor) -> Tensor:
        """Mean over each cell of class x value: (N, C, h, w), (N, B, h, w) -> (N, C, B, cells, cells)."""
        found = blocks(classes, CELL // HALF) @ blocks(values, CELL // HALF).transpose(3, 4)
        return found.permute(0, 3, 4, 1, 2) * (HALF / CELL) ** 2

    def _spread(self, count: Tensor, square: Tensor, total: Tensor) -> Tensor:
        """Deviation of the bands within a class, mean over the bands, (N, C, 1, cells, cells)."""
        mean = total / (count + FEW)
        return torch.sqrt(F.relu(square / (count + FEW) - (mean**2).mean(2, keepdim=True)) + FEW)

    def _of_pixels(self, classes: Tensor, of_class: Tensor) -> Tensor:
        """What the classes of the cells say about a pixel: (N, C, B, cells, cells) -> (N, B, h, w)."""
        n, count, values, rows, cols = of_class.shape
        near = F.interpolate(of_class.flatten(1, 2), scale_factor=2, mode="bilinear", align_corners=False)
        side = CELL // HALF // 2
        pairs = near.reshape(n, count, values, 2 * rows, 2 * cols).permute(0, 3, 4, 2, 1)
        found = pairs @ blocks(classes, side)
        found = found.reshape(n, 2 * rows, 2 * cols, values, side, side).permute(0, 3, 1, 4, 2, 5)
        return found.reshape(n, values, 2 * rows * side, 2 * cols * side)


def blocks(image: Tensor, side: int) -> Tensor:
    """Pixels of each block side by side: (N, B, h, w) -> (N, h / side, w / side, B, side * side)."""
    n, bands, rows, cols = image.shape
    cut = image.reshape(n, bands, rows // side, side, cols // side, side)
    return cut.permute(0, 2, 4, 1, 3, 5).reshape(n, rows // side, cols // side, bands, side * side)


def drawn(total: Tensor, count: Tensor, towards: Tensor, trust: Tensor) -> Tensor:
    """Mean of what was counted together with exp(trust) of what it is drawn towards."""
    trusted = torch.exp(trust)
    return (total + trusted * towards) / (count + trusted)
