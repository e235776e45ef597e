"""Batches of chips for training: drawn so that every class is seen as often, standardised, as tensors.

Axis order: inputs (N, bands, size, size) float32 standardised, `MISSING` where absent; labels (N, size, size) int64,
`UNLABELLED` where not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from models.land_cover.samples.scenes import Chip
from models.land_cover.statistics import BandStatistics

Batch = tuple[tuple[Tensor, ...], Tensor]


class Batches:
    """Chips of one size, to draw from.

    roles : order of the inputs. classes : their number. balanced : whether every class is drawn as often; else every
    labelled pixel.
    """

    def __init__(self, chips: Sequence[Chip], statistics: BandStatistics, roles: Sequence[str], classes: int,
                 balanced: bool = True) -> None:
        self.chips, self.statistics, self.roles = list(chips), statistics, tuple(roles)
        held = np.stack([np.bincount(chip.labels[chip.labelled], minlength=classes) for chip in chips])
        share = np.sqrt(held) if balanced else held.sum(axis=1, keepdims=True).astype(float)
        there = share.sum(axis=0) > 0
        self.chance = (share[:, there] / share[:, there].sum(axis=0)).mean(axis=1)

    def drawn(self, count: int, rng: np.random.Generator) -> Batch:
        """As many chips by chance: every class as often, within a class by the root of its pixels in the chip."""
        return self.batch(rng.choice(len(self.chips), count, p=self.chance))

    def batch(self, numbers: Sequence[int]) -> Batch:
        """The chips of these numbers."""
        chips = [self.chips[number] for number in numbers]
        labels = torch.from_numpy(np.stack([chip.labels for chip in chips]).astype(np.int64))
        return tuple(self._stacked(chips, role) for role in self.roles), labels

    def all(self, count: int) -> Iterator[Batch]:
        """Every chip once, at most `count` at a time."""
        for first in range(0, len(self.chips), count):
            yield self.batch(range(first, min(first + count, len(self.chips))))

    def _stacked(self, chips: Sequence[Chip], role: str) -> Tensor:
        values = np.stack([chip.inputs[role] for chip in chips])
        valid = np.stack([chip.valid[role] for chip in chips])
        return torch.from_numpy(self.statistics.standardised(role, values, valid))
