"""Losses on labelled pixels: cross entropy that ignores what is not known, weighted so that small classes count.

Axis order: logits (N, classes, H, W), labels (N, H, W) int64 with `UNLABELLED` (-1).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from models.land_cover.samples.scenes import UNLABELLED

SIDE_WEIGHT = 0.3
"""Of the heads beside the main one, all together."""


def pixel_weights(labels: Tensor, classes: int, balance: float) -> Tensor:
    """Weight of every labelled pixel (pixels,), sum 1: (pixels of its class in the batch) ** -balance.

    balance : 0 = every pixel the same, 1 = every class the same.
    """
    known = labels[labels != UNLABELLED]
    count = torch.bincount(known, minlength=classes).clamp(min=1).float()
    weight = count[known] ** -balance
    return weight / weight.sum()


def masked_cross_entropy(logits: Tensor, labels: Tensor, weights: Tensor, smoothing: float = 0.0) -> Tensor:
    """Weighted mean over the labelled pixels; weights : (pixels,) as from `pixel_weights`, sum 1."""
    known = labels != UNLABELLED
    chosen = logits.permute(0, 2, 3, 1)[known]
    losses = nn.functional.cross_entropy(chosen, labels[known], reduction="none", label_smoothing=smoothing)
    return (weights * losses).sum()


def total_loss(heads: Sequence[Tensor], auxiliary: Tensor, labels: Tensor, balance: float, smoothing: float) -> Tensor:
    """Main head, side heads and auxiliary loss together, as `Classifier.training_outputs` gives them."""
    weights = pixel_weights(labels, heads[0].shape[1], balance)
    main, *sides = (masked_cross_entropy(head, labels, weights, smoothing) for head in heads)
    if sides:
        main = main + SIDE_WEIGHT * torch.stack(sides).mean()
    return main + auxiliary


def ordered_loss(heads: Sequence[Tensor], auxiliary: Tensor, labels: Tensor, centres: Tensor) -> Tensor:
    """As `total_loss`, where the classes are bins of a number: near bins are less wrong than far ones.

    Cross entropy with a Gaussian over the bins around the true one (Imani, White 2018, arXiv:1806.04613), and of the
    main head the squared error of the expected number, in units of the bins' variance.

    Parameters
    ----------
    centres : (classes,), ascending: what each bin stands for.
    """
    known = labels != UNLABELLED
    wanted = neighbouring(centres)[labels[known]]
    chosen = [head.permute(0, 2, 3, 1)[known].log_softmax(1) for head in heads]
    main, *sides = (-(wanted * one).sum(1).mean() for one in chosen)
    errors = chosen[0].exp() @ centres - centres[labels[known]]
    main = main + errors.square().mean() / centres.var().clamp(min=1e-12)
    if sides:
        main = main + SIDE_WEIGHT * torch.stack(sides).mean()
    return main + auxiliary


def neighbouring(centres: Tensor) -> Tensor:
    """(classes, classes): of each bin, a Gaussian over all bins whose deviation is the mean step to its neighbours."""
    steps = centres.diff()
    own = (torch.cat((steps[:1], steps)) + torch.cat((steps, steps[-1:]))) / 2
    return torch.softmax(-0.5 * ((centres - centres[:, None]) / own.clamp(min=1e-9)[:, None]).square(), 1)
