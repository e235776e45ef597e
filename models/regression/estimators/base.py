"""What all estimates are: standardised rasters in, one number for each pixel out; and what a fit gives.

Axis order: (N, bands, H, W) float32 standardised, `MISSING` where a raster is absent; estimates (N, 1, H, W).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.batches import Batches
from models.land_cover.networks import MISSING
from models.land_cover.networks.base import LARGEST
from models.land_cover.networks.fusion import window_mean
from models.land_cover.networks.whitening import SPECTRAL, Whitening
from models.land_cover.samples.scenes import Chip
from models.land_cover.scores import CHIPS_AT_ONCE, known_logits
from models.land_cover.statistics import BandStatistics

WINDOW = 5
SMALLEST_VARIANCE = 1e-6
MOST_PIXELS = 20_000


@dataclass(frozen=True)
class Fit:
    """A trained estimate."""

    network: nn.Module
    """With `halo` and `multiple_of`."""
    roles: tuple[str, ...]
    optional: tuple[str, ...]
    statistics: BandStatistics
    told: str
    """How the training went, in words."""
    tolerance: float
    """By how much an exported file may differ, in the units of the number."""
    steps: int = 0


class Features(nn.Module):
    """What the methods that learn pixel by pixel see of each raster: its values and their mean and deviation around.

    Parameters
    ----------
    bands : role -> number of bands.
    components : a raster of more bands than this gives so many components of equal spread, see `Whitening`; 0 = all
        bands stay as they are.
    deviation : whether the deviation around is a feature.
    """

    halo = WINDOW // 2

    def __init__(self, bands: Mapping[str, int], components: int, deviation: bool = True) -> None:
        super().__init__()
        self.deviation = deviation
        self.whitened = [bool(components) and count > components for count in bands.values()]
        self.whitenings = nn.ModuleList(
            Whitening(count, components, role in SPECTRAL) if whole else nn.Identity()
            for whole, (role, count) in zip(self.whitened, bands.items())
        )
        values = [one.outputs if whole else count
                  for whole, one, count in zip(self.whitened, self.whitenings, bands.values())]  # fmt: skip
        self.counts = [count * (2 + deviation) for count in values]

    def forward(self, inputs: Sequence[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Features (N, F_m, H, W) of each raster, 0 where it is absent, and masks (N, 1, H, W), 1 or 0."""
        made, masks = [], []
        for image, whitening in zip(inputs, self.whitenings):
            there = image[:, :1] > MISSING / 2
            mask = there.to(image.dtype)
            values = torch.where(there, image.clamp(-LARGEST, LARGEST), torch.zeros_like(mask))
            values = whitening(values) * mask
            mean = window_mean(values, mask, WINDOW) * mask
            parts = [values, mean]
            if self.deviation:
                squares = window_mean(values * values, mask, WINDOW) * mask - mean * mean
                parts.append(squares.clamp(min=SMALLEST_VARIANCE).sqrt() * mask)
            made.append(torch.cat(parts, 1))
            masks.append(mask)
        return made, masks

    @torch.no_grad()
    def learn(self, chips: Sequence[Chip], statistics: BandStatistics, roles: Sequence[str], seed: int) -> None:
        """Take over the components of the pixels of these chips."""
        rng = np.random.default_rng(seed)
        for role, whole, whitening in zip(roles, self.whitened, self.whitenings):
            if whole:
                pixels = np.concatenate([chip.inputs[role][:, chip.valid[role]].T for chip in chips])
                pixels = pixels[rng.permutation(len(pixels))[:MOST_PIXELS]]
                mean, deviation = statistics.mean[role], statistics.deviation[role]
                scaled = ((pixels - mean) / deviation).clip(-LARGEST, LARGEST).astype(np.float32)
                zero, spread = (torch.from_numpy(one.astype(np.float32)) for one in (-mean / deviation, deviation))
                whitening.learn(torch.from_numpy(scaled), zero, spread)


@torch.no_grad()
def estimated(network: nn.Module, batches: Batches, absent: tuple[str, ...] = ()) -> np.ndarray:
    """(pixels,) float64: estimates of all labelled pixels, in the order of `targets_of`, with some rasters absent."""
    values, _ = known_logits(network, batches, absent)
    return values[:, 0].numpy().astype(np.float64)


@torch.no_grad()
def seen(features: Features, batches: Batches) -> tuple[list[np.ndarray], np.ndarray]:
    """Of all labelled pixels: the features of each raster, (pixels, F_m), and what is there, (pixels, rasters) bool."""
    columns: list[list[Tensor]] = [[] for _ in batches.roles]
    there: list[Tensor] = []
    for inputs, labels in batches.all(CHIPS_AT_ONCE):
        inside = labels >= 0
        made, masks = features(inputs)
        for kept, one in zip(columns, made):
            kept.append(one.permute(0, 2, 3, 1)[inside])
        there.append(torch.cat(masks, 1).permute(0, 2, 3, 1)[inside] > 0)
    return [torch.cat(one).numpy() for one in columns], torch.cat(there).numpy()
