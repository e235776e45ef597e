"""What a pair teaches about a network's result in closed form: the weights of `architectures.scene_mix`.

Two things are asked of the mixture, least squares for both, with a penalty on what it adds: one scale coarser, by
Wald's protocol, to come near to the original MS; and at full resolution, blurred and sampled as the MS sensor does, to
come near to the MS as recorded. The latter is weighed more: it needs no step between scales. Held-out blocks take no
part. Arrays (bands, rows, cols) float32, scaled as in `data`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from models.pansharpening.adaptation.data import Area, Level, Material, blur_matrix
from models.pansharpening.adaptation.losses import chip_at, coarse_mask, fuse
from models.pansharpening.networks.scene_mix import NEIGHBOURS, SceneMix, pan_details
from rsfusion_qgis.core.grid.degradation import mtf_sigma
from rsfusion_qgis.core.operators.gain_survey import CANDIDATES, best_gains, left_by_lines

CONSISTENCY = 300.0
"""Weight of the equations at full resolution over those one scale coarser; chosen on the validation pairs. Learned from
all pixels, ERGAS fell there by 9 % and SAM by 3 %, results made consistent with and without the mixture."""
PENALTY, PENALTY_PX = 1.0, 6400
"""Penalty on the mean square of what is added, with so many pixels to learn from; more with fewer."""
SHARES = (1.0, 0.5, 0.25)
"""Of the mixture, which are tried."""
TILE_PX = 512


def mixtures(network: nn.Module, material: Material) -> Iterator[SceneMix]:
    """The network with the mixture that its pair teaches, and with parts of it; nothing where there is none."""
    weights = _weights(network, material)
    if weights is None:
        return
    full = material.areas[0].full
    for share in SHARES:
        mix = SceneMix(len(weights), network.slug, network.config)
        mix.parent.load_state_dict(network.state_dict())
        mix.matched_pan = network.matched_pan
        yield filled(mix, weights * share, full).eval()


def filled(mix: SceneMix, weights: np.ndarray, level: Level) -> SceneMix:
    """A mixture with weights (bands, features): of the details of the bands, of pan's neighbourhood, of the band."""
    bands = len(weights)
    parts = torch.from_numpy(weights.astype(np.float32)).split((bands, NEIGHBOURS, 1), dim=1)
    with torch.no_grad():
        mix.details.copy_(parts[0][:, :, None, None])
        mix.pan_details.copy_(parts[1].reshape(bands, 1, 3, 3))
        mix.modulated.copy_(parts[2][:, :, None])
        mix.dark.copy_(level.dark)
        mix.pan_dark.fill_(level.pan_dark)
    return mix.to(memory_format=torch.channels_last)


def measured_gains(material: Material) -> tuple[float, ...]:
    """MTF gains of the bands as they show at full resolution, see `core.gain_survey`; () where they do not."""
    squares = np.zeros((len(CANDIDATES), len(material.areas[0].full.ms)))
    for area in material.areas:
        level = area.full
        keep = _inner(coarse_mask(level, level.valid))
        valid = np.broadcast_to(keep, level.coarse.shape)
        for number, gain in enumerate(CANDIDATES):
            [seen] = _seen(level.pan, level, mtf_sigma(gain, level.ratio))
            squares[number] += left_by_lines(level.coarse, seen, valid)[:, keep].sum(1, dtype=np.float64)
    return best_gains(squares)


def whole(network: nn.Module, level: Level) -> np.ndarray:
    """The network's answer on a level, (bands, rows, cols), in tiles."""
    fused, halo = np.empty_like(level.ms), int(network.halo)
    for row in range(0, level.shape[0], TILE_PX):
        for col in range(0, level.shape[1], TILE_PX):
            ends = [min(size, at + TILE_PX) for at, size in zip((row, col), level.shape)]
            around = zip((row, col), ends, level.shape)
            reads = [slice(max(0, at - halo), min(size, end + halo)) for at, end, size in around]
            chip = chip_at(level, *reads, network.multiple_of, level.valid)
            with torch.no_grad():
                answer = fuse(network, chip, level)[0].numpy()
            inner = [slice(at - read.start, end - read.start) for at, end, read in zip((row, col), ends, reads)]
            fused[:, row : ends[0], col : ends[1]] = answer[:, inner[0], inner[1]]
    return fused


def _weights(network: nn.Module, material: Material) -> np.ndarray | None:
    """(bands, features) float64; None where there is too little to learn from."""
    bands = len(material.areas[0].full.ms)
    normal, right = np.zeros((bands, *2 * (bands + NEIGHBOURS + 1,))), np.zeros((bands, bands + NEIGHBOURS + 1))
    size, pixels = np.zeros(bands + NEIGHBOURS + 1), 0
    for area in material.areas:
        one = _equations(network, area)
        if one is None:
            continue
        normal, right, size = normal + one[0], right + one[1], size + one[2]
        pixels += one[3]
    if not pixels:
        return None
    penalty = PENALTY * max(1.0, PENALTY_PX / pixels) * pixels
    held = penalty * np.diag(size / pixels + 1e-9)
    return np.stack([np.linalg.solve(matrix + held, vector) for matrix, vector in zip(normal, right)])


def _equations(network: nn.Module, area: Area) -> tuple[np.ndarray, np.ndarray, np.ndarray, int] | None:
    """Sums over the pixels that may be learned from: normal matrices, right sides, squares of features; the pixels."""
    full, reduced = area.full, area.reduced[0]
    keep, coarse_keep = reduced.learned(), _inner(coarse_mask(full, full.learned()))
    pixels, coarse_pixels = int(keep.sum()), int(coarse_keep.sum())
    if not pixels or not coarse_pixels:
        return None
    fine, coarse = whole(network, full), whole(network, reduced)
    fine_parts, coarse_parts = features(fine, full), features(coarse, reduced)
    bands = len(fine)
    count = bands + NEIGHBOURS + 1
    normal, right, size = np.zeros((bands, count, count)), np.zeros((bands, count)), np.zeros(count)
    for band, sigma in enumerate(full.sigmas):
        one = _of_band(coarse_parts, band)[:, keep].astype(np.float64)
        lacking = (reduced.reference[band] - coarse[band])[keep]
        at_full = _of_band(fine_parts, band)
        seen = _seen(at_full, full, sigma)[:, coarse_keep].astype(np.float64)
        missing = (full.coarse[band] - _seen(fine[band : band + 1], full, sigma)[0])[coarse_keep]
        weight = CONSISTENCY * pixels / coarse_pixels
        normal[band] = one @ one.T + weight * seen @ seen.T
        right[band] = one @ lacking + weight * seen @ missing
        size += np.square(at_full[:, full.learned()], dtype=np.float64).mean(1) * pixels / bands
    return normal, right, size, pixels


def features(fused: np.ndarray, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """What is mixed: for all bands (bands + 9, rows, cols), and for each its own (bands, rows, cols)."""
    ms, pan = (torch.from_numpy(image)[None] for image in (level.ms, level.pan))
    ratio = torch.tensor([level.ratio], dtype=torch.float32)
    detail, by_ratio = pan_details(ms, pan, ratio, level.dark, torch.tensor(level.pan_dark))
    padded = np.pad(detail[0, 0].numpy(), 1, mode="edge")
    rows, cols = level.shape
    around = [padded[down : down + rows, right : right + cols] for down in range(3) for right in range(3)]
    return np.stack([*(fused - level.ms), *around]), by_ratio[0].numpy()


def _of_band(parts: tuple[np.ndarray, np.ndarray], band: int) -> np.ndarray:
    return np.concatenate((parts[0], parts[1][band : band + 1]))


def _seen(fine: np.ndarray, level: Level, sigma: float) -> np.ndarray:
    """Planes (n, rows, cols) as the MS sensor sees them, on the MS's own pixels."""
    down, across = (
        blur_matrix(0, count, level.ratio, offset, sigma, 0, size, size)
        for count, offset, size in zip(level.coarse.shape[1:], level.offset, level.shape)
    )
    return down @ fine @ across.T


def _inner(mask: np.ndarray) -> np.ndarray:
    """Without the outermost pixels, whose blur reaches beyond the image."""
    mask = mask.copy()
    mask[[0, -1]] = False
    mask[:, [0, -1]] = False
    return mask
