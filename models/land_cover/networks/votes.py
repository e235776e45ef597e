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
        self.steps = [(down, across) for down in range(reach + 1) for across in range(-reach, reach + 1)
                      if (down, across) > (0, 0)]
        self.narrowness = nn.Parameter(torch.tensor(0.5 / width_px**2))
        self.strength = nn.Parameter(torch.tensor(1.0))

    def forward(self, logits: Tensor, guide: Tensor) -> Tensor:
        """Logits (N, K, H, W) and guides (N, G, H, W) -> logits (N, K, H, W)."""
        reach, rows, cols = self.reach, logits.shape[2], logits.shape[3]
        votes = torch.softmax(logits, 1)
        own = torch.cat((votes, torch.ones_like(votes[:, :1])), 1)
        votes, guide = (nn.functional.pad(one, (reach,) * 4) for one in (own, guide * self.strength))

        def inner(image: Tensor, down: int, across: int) -> Tensor:
            return image[:, :, reach + down:reach + down + rows, reach + across:reach + across + cols]

        total = own
        for down, across in self.steps:
            # Of the pixels with a neighbour there; a pixel means as much to the neighbour as that to it.
            left, right = max(-across, 0), max(across, 0)
            first = guide[:, :, :rows + 2 * reach - down, left:cols + 2 * reach - right]
            second = guide[:, :, down:, right:cols + 2 * reach - left]
            unlike = (first - second).square().sum(1, keepdim=True)
            weight = torch.exp(-unlike - (down * down + across * across) * self.narrowness.abs())
            total = total + inner(weight, 0, -left) * inner(votes, down, across)
            total = total + inner(weight, -down, -across - left) * inner(votes, -down, -across)
        return torch.log(total[:, :-1] / total[:, -1:] + SMALLEST_PROBABILITY)
