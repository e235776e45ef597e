"""What adaptation minimises, on chips of a pair's two levels. Tensors (1, bands, rows, cols) float32, scaled.

Reduced: relative error and spectral angle against the original MS, as the training of the network (Wald's protocol), of
the result as it is and, mostly, made consistent with the MS, as a run does by default.
Full: the fused chip, blurred and sampled as the MS sensor does, against the MS; and its local correlation with the pan,
at least as high as that of the MS with the pan at its own scale, after Ciotola, Vitale, Mazza, Poggi, Scarpa 2022,
Pansharpening by convolutional neural networks in the full resolution framework, doi:10.1109/TGRS.2022.3163887. The pan
is compared where the MS shows the same, since the network puts its detail there. A consistency beside a spatial loss
and no reference at all: Ciotola, Poggi, Scarpa 2023, doi:10.1109/TGRS.2023.3299356.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.pansharpening.adaptation.data import Level, blur_matrix
from models.pansharpening.back_projection import consistent
from rsfusion_qgis.core.grid.resampling_weights import weights

CHIP_PX, BORDER_PX = 96, 8
"""Side of a chip, and what of it does not count where the image goes on: the network sees little around that."""
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
    """A window around a random pixel that counts, mirrored where the image is smaller than the network needs."""
    counted = np.flatnonzero(keep)
    at = divmod(int(rng.choice(counted)), keep.shape[1]) if len(counted) else (0, 0)
    first = [int(np.clip(centre - side // 2, 0, max(0, size - side))) for centre, size in zip(at, level.shape)]
    parts = tuple(slice(start, min(start + side, size)) for start, size in zip(first, level.shape))
    counting = tuple(
        slice(part.start + BORDER_PX * (part.start > 0), part.stop - BORDER_PX * (part.stop < size))
        for part, size in zip(parts, level.shape)
    )
    inner = np.zeros_like(keep)
    inner[counting] = keep[counting]
    return chip_at(level, *parts, multiple, inner)


def chip_at(level: Level, rows: slice, cols: slice, multiple: int, keep: np.ndarray) -> Chip:
    """The window of those rows and columns; `keep` (rows, cols) bool says which pixels count."""
    pads = [(0, -(part.stop - part.start) % multiple) for part in (rows, cols)]
    ms, pan = (np.pad(image[:, rows, cols], [(0, 0), *pads], mode="symmetric") for image in (level.ms, level.pan))
    weight = np.pad(keep[rows, cols].astype(np.float32), pads)
    return Chip(*(torch.from_numpy(np.ascontiguousarray(part))[None] for part in (ms, pan, weight[None])), rows, cols)


def fuse(network: nn.Module, chip: Chip, level: Level, flips: tuple[int, ...] = ()) -> Tensor:
    """The network's answer, (1, bands, rows, cols); `flips`: axes along which it sees the chip mirrored."""
    ms, pan = (image.flip(flips) for image in (chip.ms, chip.pan))
    return network(ms, pan, torch.tensor([level.ratio], dtype=torch.float32)).flip(flips)


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


def made_consistent(fused: Tensor, chip: Chip, level: Level) -> Tensor:
    """Brought nearer to the level's MS, as `BackProjector` does, by what of it is blurred from inside the chip."""
    spans = _spans(chip, level)
    if any(end <= first for first, end in spans):
        return fused
    (row, row_end), (col, col_end) = spans
    there = torch.from_numpy(level.coarse_valid[row:row_end, col:col_end])
    known = torch.from_numpy(np.ascontiguousarray(level.coarse[:, row:row_end, col:col_end]))
    down, across = _blurs(fused, chip, level, spans)
    back = [
        torch.from_numpy(weights(part.start, size, 1 / level.ratio, -offset / level.ratio, "cubic", first, end - first,
                                 count))
        for part, size, offset, (first, end), count
        in zip((chip.rows, chip.cols), fused.shape[2:], level.offset, spans, level.coarse.shape[1:])
    ]  # fmt: skip
    return consistent(fused, tuple(part[None] for part in (known, down, across, *back, level.noise)), there)


def full_parts(fused: Tensor, chip: Chip, level: Level, keep: np.ndarray) -> tuple[Tensor, Tensor]:
    """Error against the MS after blurring, relative like `wald_parts`; and what the local correlation lacks.

    `keep` : (rows, cols) bool of the MS's own pixels that count; of the fine ones the chip says it.
    """
    return _consistency(fused, chip, level, keep), _lacking_correlation(fused, chip, level)


def coarse_mask(level: Level, fine: np.ndarray) -> np.ndarray:
    """A mask of the fine pixels on the MS's own: whether the pixel in the middle is in it."""
    at = [
        np.clip(((np.arange(count) + 0.5) * level.ratio + offset).astype(int), 0, size - 1)
        for count, offset, size in zip(level.coarse.shape[1:], level.offset, level.shape)
    ]
    return fine[np.ix_(*at)] & level.coarse_valid


def _consistency(fused: Tensor, chip: Chip, level: Level, keep: np.ndarray) -> Tensor:
    spans = _spans(chip, level)
    (row, row_end), (col, col_end) = spans
    weight = torch.from_numpy(keep[row:row_end, col:col_end].astype(np.float32))
    if row_end <= row or col_end <= col or not weight.any():
        return fused.sum() * 0
    target = torch.from_numpy(np.ascontiguousarray(level.coarse[:, row:row_end, col:col_end]))
    down, across = _blurs(fused, chip, level, spans)
    seen = down @ fused[0] @ across.transpose(1, 2)
    _, dark = _brightness(level)
    mean = ((target + dark[0]) * weight).sum((1, 2), keepdim=True) / weight.sum()
    error = (((seen - target) / mean.abs().clamp_min(0.3)) ** 2 * weight).sum((1, 2)) / weight.sum()
    return error.mean().add(1e-9).sqrt()


def _spans(chip: Chip, level: Level) -> list[tuple[int, int]]:
    """First and one past the last MS pixel that is blurred from inside the chip: rows, columns."""
    return [
        _coarse_inside(part, level.ratio, offset, size, max(level.sigmas))
        for part, offset, size in zip((chip.rows, chip.cols), level.offset, level.coarse.shape[1:])
    ]


def _blurs(fused: Tensor, chip: Chip, level: Level, spans: list[tuple[int, int]]) -> tuple[Tensor, Tensor]:
    """What the sensor sees there of the chip as it was fused: matrices (bands, MS pixels, pixels) of both axes."""
    down, across = (_blur(level, axis, part, span, fused.shape[2 + axis])
                    for axis, (part, span) in enumerate(zip((chip.rows, chip.cols), spans)))  # fmt: skip
    return down, across


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
    """Mean of how far the local correlation with the pan stays below that of the MS with the low-pass pan.

    Only windows count whose every pixel does.
    """
    height, width = chip.rows.stop - chip.rows.start, chip.cols.stop - chip.cols.start
    pan = torch.from_numpy(np.ascontiguousarray(level.recorded_pan[:, chip.rows, chip.cols]))[None]
    side = max(2, round(level.ratio))
    wide = CORRELATION_SPREAD * side | 1
    if min(height, width) <= wide:
        return fused.sum() * 0
    low = window_means(F.pad(pan, (side // 2, (side - 1) // 2) * 2, mode="replicate"), side)
    goal = local_correlation(chip.ms[..., :height, :width], low, wide).clamp_min(0)
    whole = (window_means(chip.weight[..., :height, :width], side) > 1 - 1e-4).float()
    crop = wide // 2 - side // 2
    inner = (..., slice(crop, crop + goal.shape[2]), slice(crop, crop + goal.shape[3]))
    reached = local_correlation(fused[..., :height, :width], pan, side)[inner]
    goal, whole = goal[..., : reached.shape[2], : reached.shape[3]], whole[inner]
    return (F.relu(goal - reached).mean(1, keepdim=True) * whole).sum() / whole.sum().clamp_min(1.0)


def local_correlation(first: Tensor, second: Tensor, side: int) -> Tensor:
    """Correlation in windows of `side` x `side` pixels that fit, (1, bands, rows - side + 1, cols - side + 1)."""
    first = first - first.mean((2, 3), keepdim=True)
    second = second - second.mean((2, 3), keepdim=True)
    one, two = window_means(first, side), window_means(second, side)
    covariance = window_means(first * second, side) - one * two
    variances = [window_means(image * image, side) - mean * mean for image, mean in ((first, one), (second, two))]
    spread = variances[0].clamp_min(0) * variances[1].clamp_min(0)
    return covariance / (spread + 1e-8).sqrt()


def window_means(image: Tensor, side: int) -> Tensor:
    """Means of windows of `side` x `side` pixels that fit, (..., rows - side + 1, cols - side + 1); an axis at a time,
    since that takes 2 `side` sums a pixel and not `side` squared."""
    return F.avg_pool2d(F.avg_pool2d(image, (side, 1), 1), (1, side), 1)
