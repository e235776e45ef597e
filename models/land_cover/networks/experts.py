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
MOST_ITERATIONS = 30
SURENESS = 1.2
"""Standard errors by which the gain of one more expert must differ from none; what helps in one place only has 1."""
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


def best_weights(logits: Tensor, labels: Tensor, units: Tensor) -> Tensor:
    """Weights (experts,) with a low cross entropy on pixels that the experts have not learned from.

    The best expert is taken first, then whichever helps most, as long as it helps beyond luck: as the pixels of one
    place say nearly the same, its gain must be `SURENESS` times the standard error of the gain, taken over places.

    Parameters
    ----------
    logits : (experts, pixels, classes); labels : (pixels,); units : (pixels,) from 0, the place that each pixel is of.
        From fewer than 20 pixels all weights are equal.
    """
    experts = len(logits)
    if len(labels) < FEWEST_PIXELS:
        return torch.full((experts,), 1.0 / experts)
    count = torch.bincount(labels).clamp(min=1).to(logits.dtype)[labels] ** -BALANCE
    share = count / count.sum()
    taken, losses, weights = [], None, torch.zeros(experts)
    while len(taken) < experts:
        best = None
        for one in sorted(set(range(experts)) - set(taken)):
            tried = _fitted(logits[[*taken, one]], labels, share)
            found = share * _cross_entropy(logits[[*taken, one]], tried, labels)
            if (losses is None or _helps(losses - found, units)) and (best is None or found.sum() < best[1].sum()):
                best = one, found, tried
        if best is None:
            break
        taken, losses = [*taken, best[0]], best[1]
        weights = torch.zeros(experts).index_copy_(0, torch.tensor(taken), best[2])
    return weights.clamp(min=SMALLEST_WEIGHT)


def _helps(gains: Tensor, units: Tensor) -> bool:
    """Whether gains (pixels,) are above chance; of a single place, whether there are any."""
    of_unit = torch.zeros(int(units.max()) + 1).index_add_(0, units, gains)
    of_unit = of_unit[torch.bincount(units, minlength=len(of_unit)) > 0]
    error = of_unit.std() * len(of_unit) ** 0.5 if len(of_unit) > 1 else 0.0
    return bool(of_unit.sum() > SURENESS * error)


def _cross_entropy(logits: Tensor, weights: Tensor, labels: Tensor) -> Tensor:
    """Of each pixel."""
    return nn.functional.cross_entropy((weights[:, None, None] * logits).sum(0), labels, reduction="none")


def _fitted(logits: Tensor, labels: Tensor, share: Tensor) -> Tensor:
    """Weights of these experts, all together."""
    with torch.enable_grad():
        raw = torch.zeros(len(logits), requires_grad=True)
        optimiser = torch.optim.LBFGS([raw], max_iter=MOST_ITERATIONS, line_search_fn="strong_wolfe")

        def loss() -> Tensor:
            optimiser.zero_grad()
            weights = nn.functional.softplus(STEEPNESS * raw)
            value = (share * _cross_entropy(logits, weights, labels)).sum() + RIDGE * weights.square().sum()
            value.backward()
            return value

        optimiser.step(loss)
    return nn.functional.softplus(STEEPNESS * raw.detach())
