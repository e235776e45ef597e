"""Votes of neighbours: each pixel's probabilities become a mean over those around it that are like it.

Axis order: (N, classes, H, W). A local form of the joint bilateral filter (Petschnigg and others 2004,
doi:10.1145/1015706.1015777) on probabilities: weights fall with the distance, and with how much the guides of two
pixels differ. Guides are learned from all modalities, so that a crown or a roof in the LiDAR bounds who votes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

SMALLEST_PROBABILITY = 1e-4


class Votes(nn.Module):
    """reach : pixels to each side that vote; it looks so far, and no further."""

    def __init__(self, reach: int, width_px: float = 1.5) -> None:
        super().__init__()
        self.reach = reach
        self.narrowness = nn.Parameter(torch.tensor(0.5 / width_px**2))
        self.strength = nn.Parameter(torch.tensor(1.0))

    def forward(self, logits: Tensor, guide: Tensor) -> Tensor:
        """Logits (N, K, H, W) and guides (N, G, H, W) -> logits (N, K, H, W)."""
        reach, rows, cols = self.reach, logits.shape[2], logits.shape[3]
        votes = torch.softmax(logits, 1)
        padded = nn.functional.pad(torch.cat((votes, guide, torch.ones_like(votes[:, :1])), 1), (reach,) * 4)
        total, weights = torch.zeros_like(votes), torch.zeros_like(votes[:, :1])
        sizes = [votes.shape[1], guide.shape[1], 1]
        for down in range(-reach, reach + 1):
            for across in range(-reach, reach + 1):
                there = padded[:, :, reach + down:reach + down + rows, reach + across:reach + across + cols]
                vote, other, inside = there.split(sizes, 1)
                unlike = (other - guide).square().sum(1, keepdim=True) * self.strength.square()
                weight = inside * torch.exp(-unlike - (down * down + across * across) * self.narrowness.abs())
                total, weights = total + weight * vote, weights + weight
        return torch.log(total / weights + SMALLEST_PROBABILITY)
