"""Pieces of a training that several tasks share: rates over its length, one step, averaged weights, threads.

Each training keeps its own loop: when one ends, and what it looks at meanwhile, differs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

LARGEST_GRADIENT = 1.0
"""Norm that the gradients of a step are cut to."""


def cosine_rate(share: float, peak: float, warm_up: float, first: float) -> float:
    """Learning rate after a share 0..1 of a training: rising to the half cosine that falls from `peak` to 0.

    warm_up : share after which it would have risen by `peak`. first : share of `peak` that it begins with.
    Cosine: Loshchilov, Hutter 2017, arXiv:1608.03983.
    """
    return peak * min(share / warm_up + first, 0.5 + 0.5 * math.cos(math.pi * share))


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Give all parameters this learning rate, times the `factor` of their group where it has one."""
    for group in optimiser.param_groups:
        group["lr"] = group.get("factor", 1.0) * rate


def descend(network: nn.Module, optimiser: torch.optim.Optimizer, loss: Tensor) -> float:
    """One step down a loss; returns its value."""
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    optimiser.step()
    return float(loss.detach())


def keeping(averaging: float, steps: int) -> float:
    """Share of the average that a step leaves: `averaging`, less at first, when the weights still change fast."""
    return min(averaging, (1 + steps) / (10 + steps))


def follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    """Draw averaged weights nearer to the network's: `keep` of them stays. Whole numbers are copied."""
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), network.state_dict().values()):
            if kept.is_floating_point():
                kept.lerp_(new, 1 - keep)
            else:
                kept.copy_(new)


@contextmanager
def threads(count: int) -> Iterator[None]:
    """As many threads as that meanwhile; 0 = as it is."""
    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)
