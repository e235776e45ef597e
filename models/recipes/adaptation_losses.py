"""What adaptation minimises, on chips of a pair's two levels. Tensors (1, bands, rows, cols) float32, scaled.

Reduced: relative error and spectral angle against the original MS, as the training of the network (Wald's protocol).
Full: the fused chip, blurred and sampled as the MS sensor does, against the MS; and its local correlation with the pan,
at least as high as that of the MS with the pan at its own scale, after Ciotola, Vitale, Mazza, Poggi, Scarpa 2022,
Pansharpening by convolutional neural networks in the full resolution framework, doi:10.1109/TGRS.2022.3163887. The pan
is compared where the MS shows the same, since the network puts its detail there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.recipes.adaptation_data import Level, blur_matrix

CHIP_PX = 96
FULL_CHIP_PX = 128
CORRELATION_SPREAD = 3
"""The MS's own correlation with the pan is taken in windows so many times as wide as those of the fused chip."""


@dataclass(frozen=True)
class Chip:
    """A window of a level: ms, pan, and weights (1, 1, rows, cols) of the pixels that count."""

    ms: Tensor
    pan: Tensor
    weight: Tensor
    rows: slice
    cols: slice


def cut(level: Level, side: int, multiple: int, keep: np.ndarray, rng: np.random.Generator) -> Chip:
    """A random window, mirrored where the image is smaller than a multiple of what the network needs."""
    rows, cols = level.shape
    height, width = min(side, rows), min(side, cols)
    row, col = int(rng.integers(0, rows - height + 1)), int(rng.integers(0, cols - width + 1))
    return chip_at(level, slice(row, row + height), slice(col, col + width), multiple, keep)


def chip_at(level: Level, rows: slice, cols: slice, multiple: int, keep: np.ndarray) -> Chip:
    """The window of those rows and columns; `keep` (rows, cols) bool says which pixels count."""
    pads = [(0, -(part.stop - part.start) % multiple) for part in (rows, cols)]
    ms, pan = (np.pad(image[:, rows, cols], [(0, 0), *pads], mode="symmetric") for image in (level.ms, level.pan))
    weight = np.pad(keep[rows, cols].astype(np.float32), pads)
    return Chip(*(torch.from_numpy(np.ascontiguousarray(part))[None] for part in (ms, pan, weight[None])), rows, cols)


def wald_parts(fused: Tensor, chip: Chip, level: Level) -> tuple[Tensor, Tensor]:
    """ERGAS-like relative error, and mean spectral distance, over the pixels that count."""
    height, width = chip.rows.stop - chip.rows.start, chip.cols.stop - chip.cols.start
    target = torch.from_numpy(np.ascontiguousarray(level.reference[:, chip.rows, chip.cols]))[None]
    fused, weight = fused[..., :height, :width], chip.weight[..., :height, :width]
    scale, dark = _brightness(level)
    total = weight.sum().clamp_min(1.0)
    mean = ((target + dark) * weight).sum((2, 3), keepdim=True) / total
    error = (((fused - target) / mean.abs().clamp_min(0.3)) ** 2 * weight).sum((2, 3)) / total
    first, second = ((image + dark) * scale for image in (fused, target))
    unit = [image * (image * image).sum(1, keepdim=True).add(1e-6).rsqrt() for image in (first, second)]
    angle = (((unit[0] - unit[1]) ** 2).sum(1, keepdim=True).add(1e-8).sqrt() * weight).sum() / total
    return error.mean().add(1e-9).sqrt(), angle


def _brightness(level: Level) -> tuple[Tensor, Tensor]:
    """Scale of each band, relative, and what scaled values lack to be proportional to the stored ones."""
    scale = level.ms_scale.scale / level.ms_scale.scale.mean()
    parts = (scale, level.ms_scale.offset / level.ms_scale.scale)
    weight, dark = (torch.from_numpy(part.astype(np.float32))[None] for part in parts)
    return weight, dark


def full_parts(fused: Tensor, chip: Chip, level: Level, keep: np.ndarray) -> tuple[Tensor, Tensor]:
    """Error against the MS after blurring, relative like `wald_parts`; and what the local correlation lacks."""
    return _consistency(fused, chip, level, keep), _lacking_correlation(fused, chip, level)


def _consistency(fused: Tensor, chip: Chip, level: Level, keep: np.ndarray) -> Tensor:
    """`keep`: (rows, cols) of the coarse pixels that count."""
    inside = [
        _coarse_inside(part, level.ratio, offset, size, max(level.sigmas))
        for part, offset, size in zip((chip.rows, chip.cols), level.offset, level.coarse.shape[1:])
    ]
    (row, row_end), (col, col_end) = inside
    weight = torch.from_numpy(keep[row:row_end, col:col_end].astype(np.float32))
    if row_end <= row or col_end <= col or not weight.any():
        return fused.sum() * 0
    target = torch.from_numpy(np.ascontiguousarray(level.coarse[:, row:row_end, col:col_end]))
    down, across = (_blur(level, axis, part, span, fused.shape[2 + axis])
                    for axis, (part, span) in enumerate(zip((chip.rows, chip.cols), inside)))  # fmt: skip
    seen = down @ fused[0] @ across.transpose(1, 2)
    _, dark = _brightness(level)
    mean = (target + dark[0]).mean((1, 2), keepdim=True).abs().clamp_min(0.3)
    error = (((seen - target) / mean) ** 2 * weight).sum((1, 2)) / weight.sum()
    return error.mean().add(1e-9).sqrt()


def _blur(level: Level, axis: int, part: slice, span: tuple[int, int], length: int) -> Tensor:
    """(bands, coarse, fine) matrices of one axis of a chip."""
    size, first = level.shape[axis], span[0]
    rows = [
        blur_matrix(first, span[1] - first, level.ratio, level.offset[axis], sigma, part.start, length, size)
        for sigma in level.sigmas
    ]
    return torch.from_numpy(np.stack(rows))


def _coarse_inside(part: slice, ratio: float, offset: float, count: int, sigma: float) -> tuple[int, int]:
    """First and one past the last coarse pixel whose blur reaches little beyond a chip's rows (or columns)."""
    reach = 2.5 * sigma
    first = int(np.ceil((part.start + reach - offset) / ratio - 0.5))
    end = int(np.floor((part.stop - reach - offset) / ratio + 0.5))
    return max(first, 0), max(max(first, 0), min(end, count))


def _lacking_correlation(fused: Tensor, chip: Chip, level: Level) -> Tensor:
    """Mean of how far the local correlation with the pan stays below that of the MS with the low-pass pan."""
    height, width = chip.rows.stop - chip.rows.start, chip.cols.stop - chip.cols.start
    pan = torch.from_numpy(np.ascontiguousarray(level.pan_there[:, chip.rows, chip.cols]))[None]
    side = max(2, round(level.ratio))
    own, wide = fused[..., :height, :width], CORRELATION_SPREAD * side
    if min(height, width) <= wide:
        return fused.sum() * 0
    with torch.no_grad():
        low = F.avg_pool2d(F.pad(pan, (side // 2, (side - 1) // 2) * 2, mode="replicate"), side, 1)
        goal = local_correlation(chip.ms[..., :height, :width], low, wide | 1).clamp_min(0)
        crop = (wide | 1) // 2 - side // 2
    reached = local_correlation(own, pan, side)[..., crop : crop + goal.shape[2], crop : crop + goal.shape[3]]
    lower = [min(a, b) for a, b in zip(goal.shape[2:], reached.shape[2:])]
    lacking = F.relu(goal[..., : lower[0], : lower[1]] - reached[..., : lower[0], : lower[1]])
    return lacking.mean()


def local_correlation(first: Tensor, second: Tensor, side: int) -> Tensor:
    """Correlation in windows of `side` x `side` pixels that fit, (1, bands, rows - side + 1, cols - side + 1)."""

    def mean(image: Tensor) -> Tensor:
        return F.avg_pool2d(image, side, 1)

    first = first - first.mean((2, 3), keepdim=True)
    second = second - second.mean((2, 3), keepdim=True)
    one, two = mean(first), mean(second)
    covariance = mean(first * second) - one * two
    spread = (mean(first * first) - one * one).clamp_min(0) * (mean(second * second) - two * two).clamp_min(0)
    return covariance / (spread + 1e-8).sqrt()
