"""A network before its training: shown pixels of the training chips; its parameters in groups for the optimiser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from models.land_cover.networks.base import LARGEST, Classifier
from models.land_cover.samples.scenes import Chip
from models.land_cover.statistics import BandStatistics

PREPARING_PIXELS = 20_000


def prepare(network: Classifier, chips: Sequence[Chip], statistics: BandStatistics, roles: Sequence[str],
            seed: int) -> None:
    """Show the network pixels of the training chips, without labels, and what their units are."""
    rng = np.random.default_rng(seed)
    pixels, zeros, deviations = [], [], []
    for role in roles:
        values = np.concatenate([chip.inputs[role][:, chip.valid[role]].T for chip in chips])
        values = values[rng.permutation(len(values))[:PREPARING_PIXELS]]
        mean, deviation = statistics.mean[role], statistics.deviation[role]
        scaled = ((values - mean) / deviation).clip(-LARGEST, LARGEST)
        found = (scaled, -mean / deviation, deviation)
        for kept, one in zip((pixels, zeros, deviations), found):
            kept.append(torch.from_numpy(np.ascontiguousarray(one, np.float32)))
    network.prepare(pixels, zeros, deviations)


def decay_groups(network: nn.Module, decay: float) -> list[dict[str, Any]]:
    """Weight decay for matrices and kernels only."""
    wide = [p for p in network.parameters() if p.ndim > 1 and p.shape[0] > 1]
    narrow = [p for p in network.parameters() if not (p.ndim > 1 and p.shape[0] > 1)]
    return [{"params": wide, "weight_decay": decay}, {"params": narrow, "weight_decay": 0.0}]
