"""Several experts on the same classes: their weighted mean where they are there, and weights from held-out pixels.

Axis order: logits (N, classes, H, W), or (experts, pixels, classes). A weighted mean of logits times the weights' sum
is a product of experts, after Hinton 2002, doi:10.1162/089976602760128018.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

Labelled = tuple[tuple[Tensor, ...], Tensor]
"""Inputs (N, B_m, H, W) of each modality, and labels (N, H, W), below 0 where not known."""
SMALLEST_WEIGHT = 0.02
FEWEST_PIXELS = 20
RIDGE = 0.003
"""On the squares of the weights: of two that do as well, the milder."""
STEEPNESS = 3.0
BALANCE = 0.5
"""Pixels count by their class's number to the power of minus this."""


def weighted_logits(experts: Sequence[Tensor], there: Sequence[Tensor], weights: Tensor) -> Tensor:
    """Sum of the weights times the weighted mean of the experts that are there, (N, classes, H, W).

    Parameters
    ----------
    experts : (N, classes, H, W) each; there : (N, 1, H, W) each, 1 or 0; weights : (experts,), above 0.
    """
    parts = [weights[place] * here for place, here in enumerate(there)]
    total = sum(part * logits for part, logits in zip(parts, experts))
    present = sum(parts)
    return total * weights.sum() / present.clamp(min=SMALLEST_WEIGHT / 2)


def best_weights(logits: Tensor, labels: Tensor) -> Tensor:
    """Weights (experts,) with the least cross entropy on pixels that the experts have not learned from.

    Parameters
    ----------
    logits : (experts, pixels, classes); labels : (pixels,). From fewer than 20 pixels all weights are equal.
    """
    experts = len(logits)
    if len(labels) < FEWEST_PIXELS:
        return torch.full((experts,), 1.0 / experts)
    count = torch.bincount(labels).clamp(min=1).to(logits.dtype)[labels] ** -BALANCE
    share = count / count.sum()
    with torch.enable_grad():
        raw = torch.zeros(experts, requires_grad=True)
        optimiser = torch.optim.LBFGS([raw], max_iter=60, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimiser.zero_grad()
            weights = nn.functional.softplus(STEEPNESS * raw)
            mixed = (weights[:, None, None] * logits).sum(0)
            value = (share * nn.functional.cross_entropy(mixed, labels, reduction="none")).sum()
            value = value + RIDGE * weights.square().sum()
            value.backward()
            return value

        optimiser.step(loss)
    return nn.functional.softplus(STEEPNESS * raw.detach()).clamp(min=SMALLEST_WEIGHT)
