"""Intervals that hold the truth as often as they say: from errors in blocks that were left out.

Split conformal prediction (Lei et al. 2018, doi:10.1080/01621459.2017.1307116) with the errors of a cross-validation
(Barber et al. 2021, doi:10.1214/20-AOS1965), taken in groups of similar estimates, so that large numbers may have wide
intervals and small ones narrow ones; between the groups' middles the ends are interpolated. Coverage holds as far as
other blocks are like those that were left out; it is measured by setting the intervals without one fold at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.networks import MISSING
from models.regression.estimators.base import Fit
from models.regression.fitting import ALL_THERE, Validated

GROUPS, FEWEST_OF_A_GROUP = 6, 100


@dataclass(frozen=True)
class Offsets:
    """What is added to an estimate for each end of its interval."""

    at: tuple[float, ...]
    """Estimates, ascending, between which the offsets are interpolated."""
    low: tuple[float, ...]
    high: tuple[float, ...]

    def ends(self, estimates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Low and high ends, each as `estimates`."""
        return estimates + np.interp(estimates, self.at, self.low), estimates + np.interp(estimates, self.at, self.high)


@dataclass(frozen=True)
class Measured:
    """How good estimates are, against the truth."""

    r2: float
    rmse: float
    bias: float
    """Mean of estimate minus truth."""
    rmse_of_mean: float
    """Of the mean of the samples of the other folds."""
    coverage: float
    """Share of the truth within intervals that were set without its fold."""
    width: float
    """Mean of these intervals."""
    pixels: int


def offsets_of(estimates: np.ndarray, truth: np.ndarray, coverage: float) -> Offsets:
    """The offsets for this coverage, from samples that the estimates have not learned from.

    Parameters
    ----------
    estimates, truth : (pixels,).
    """
    errors = truth - estimates
    groups = int(np.clip(len(errors) // FEWEST_OF_A_GROUP, 1, GROUPS))
    order = np.argsort(estimates, kind="stable")
    at, low, high = [], [], []
    for part in np.array_split(order, groups):
        tail, count = (1 - coverage) / 2, len(part)
        reach = min((1 - tail) * (count + 1) / count, 1.0)
        at.append(float(estimates[part].mean()))
        low.append(float(np.quantile(errors[part], 1 - reach)))
        high.append(float(np.quantile(errors[part], reach)))
    distinct = [n for n in range(len(at)) if n == 0 or at[n] > at[n - 1] + 1e-9]
    return Offsets(*(tuple(one[n] for n in distinct) for one in (at, low, high)))


def measured(found: Validated, role: str, coverage: float) -> Measured:
    """Everything about estimates with one role absent, or with all there (`ALL_THERE`)."""
    estimates, truth = found.estimates[role], found.truth
    errors = estimates - truth
    inside, widths = np.zeros(len(truth), bool), np.zeros(len(truth))
    for fold in np.unique(found.fold):
        own = found.fold == fold
        low, high = offsets_of(estimates[~own], truth[~own], coverage).ends(estimates[own])
        inside[own], widths[own] = (truth[own] >= low) & (truth[own] <= high), high - low
    spread = ((truth - truth.mean()) ** 2).sum()
    root = lambda values: float(np.sqrt((values**2).mean()))  # noqa: E731
    return Measured(float(1 - (errors**2).sum() / spread), root(errors), float(errors.mean()),
                    root(found.means - truth), float(inside.mean()), float(widths.mean()), len(truth))  # fmt: skip


class WithInterval(nn.Module):
    """An estimate and both ends of its interval: inputs (N, B_m, H, W) -> (N, 1, H, W) and (N, 2, H, W).

    Where several rasters are absent, the widest of the intervals counts that hold where one of them is.

    Parameters
    ----------
    offsets : role that is absent, or `ALL_THERE` -> Offsets.
    ends : beyond these no interval goes; of a number that all samples have on one side of them, nothing is lost.
    """

    def __init__(self, fit: Fit, offsets: Mapping[str, Offsets], ends: tuple[float, float]) -> None:
        super().__init__()
        self.network, self.ends = fit.network, ends
        self.halo, self.multiple_of = fit.network.halo, fit.network.multiple_of
        self.all_there = offsets[ALL_THERE]
        self.absent = [offsets.get(role) for role in fit.roles]

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        value = self.network(*inputs)
        low, high = (_interpolated(value, self.all_there.at, one) for one in (self.all_there.low, self.all_there.high))
        for image, own in zip(inputs, self.absent):
            if own is not None:
                gone = image[:, :1] <= MISSING / 2
                low = torch.where(gone, torch.minimum(low, _interpolated(value, own.at, own.low)), low)
                high = torch.where(gone, torch.maximum(high, _interpolated(value, own.at, own.high)), high)
        return value, torch.cat((value + low, value + high), 1).clamp(*self.ends)


def _interpolated(value: Tensor, at: Sequence[float], of: Sequence[float]) -> Tensor:
    """As `numpy.interp`, by the sum of what each piece adds."""
    found = torch.full_like(value, of[0])
    for begin, end, low, high in zip(at[:-1], at[1:], of[:-1], of[1:]):
        found = found + (value.clamp(begin, end) - begin) * ((high - low) / (end - begin))
    return found
