"""The networks of land cover, which here learn how a number is distributed over bins; its mean is the estimate.

Regression as classification of ordered bins: Imani, White 2018, arXiv:1806.04613. Estimates never leave the range of
the samples.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from models.land_cover.fitting import fit
from models.land_cover.networks.base import Classifier
from models.land_cover.samples.scenes import Chip
from models.land_cover.settings import Settings
from models.regression.estimators.base import Fit
from models.regression.material import Bins, binned
from rsfusion_qgis.core.basics.errors import InputError

MOST_STEPS = 800


class Expected(nn.Module):
    """The mean of the distribution that a classifier of bins gives; inputs (N, B_m, H, W) -> (N, 1, H, W)."""

    def __init__(self, network: Classifier, centres: Sequence[float]) -> None:
        super().__init__()
        self.network, self.halo, self.multiple_of = network, network.halo, network.multiple_of
        self.register_buffer("centres", torch.tensor(centres, dtype=torch.float32)[None, :, None, None])

    def forward(self, *inputs: Tensor) -> Tensor:
        return (torch.softmax(self.network(*inputs), 1) * self.centres).sum(1, keepdim=True)


def fit_network(
    training: Sequence[Chip], held_out: Sequence[Chip], bins: Bins, optional: Sequence[str], seed: int,
    architecture: str, minutes: float, threads: int, most_steps: int = 0, watch: Callable[[float], None] | None = None,
) -> Fit:  # fmt: skip
    """A network; see `fitting.fit_estimate`."""
    if len(bins.centres) < 2:
        raise InputError("The samples hold almost one number only; expected different ones, so add samples.")
    settings = Settings(
        architecture=architecture, minutes=minutes, seed=seed, threads=threads, optional=tuple(optional),
        most_steps=most_steps or MOST_STEPS, centres=tuple(float(one) for one in bins.centres),
    )  # fmt: skip
    names = [f"bin {number}" for number in range(1, len(bins.centres) + 1)]
    sides = (binned(chips, bins) for chips in (training, held_out))
    found = fit(*sides, names, settings, lambda share, check: watch(share) if watch else None)
    tolerance = 1e-3 * (bins.high - bins.low)
    told = f"{found.steps} steps, {found.ending}"
    return Fit(Expected(found.network, settings.centres).eval(), found.roles, found.optional, found.statistics, told,
               tolerance, found.steps)  # fmt: skip
