"""One fit of any method, and its blocked cross-validation: what each method says where it has not learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.land_cover.batches import Batches
from models.land_cover.networks import ARCHITECTURES
from models.land_cover.samples.scenes import Chip
from models.land_cover.settings import Settings, network_for
from models.regression.estimators.base import Features, Fit, estimated
from models.regression.estimators.bins_network import fit_network
from models.regression.estimators.closed_form import fit_krr, fit_plsr
from models.regression.estimators.forest import fit_forest
from models.regression.material import binned, bins_of, of_folds, targets_of
from rsfusion_qgis.core.basics.errors import InputError

ALL_THERE = ""
FOREST, CLOSED = "forest", {"krr": fit_krr, "plsr": fit_plsr}
METHODS = (FOREST, *CLOSED, *(one.slug for one in ARCHITECTURES))
Watch = Callable[[float], None]


@dataclass(frozen=True)
class Recipe:
    """How to train."""

    method: str
    """One of METHODS."""
    minutes: float = 6.0
    """Of networks, for one fit."""
    optional: tuple[str, ...] = ()
    """Roles that may be absent later."""
    seed: int = 1
    threads: int = 0
    steps: int = 0
    """Of networks at most; 0 = the usual number."""


@dataclass(frozen=True)
class Validated:
    """Estimates of every sample by a fit that has not seen its fold."""

    truth: np.ndarray
    """(pixels,) float64."""
    fold: np.ndarray
    """(pixels,) int."""
    estimates: Mapping[str, np.ndarray]
    """With this role absent, or `ALL_THERE` -> (pixels,) float64."""
    means: np.ndarray
    """(pixels,) the mean of the samples of the other folds."""


def halo_of(method: str, bands: Mapping[str, int]) -> int:
    """Pixels that a method sees around a pixel; `bands` of each role."""
    if method not in {one.slug for one in ARCHITECTURES}:
        return Features.halo
    return network_for(Settings(architecture=method), bands, 2).halo


def fit_estimate(
    training: Sequence[Chip], held_out: Sequence[Chip], recipe: Recipe, watch: Watch | None = None
) -> Fit:
    """Train one estimate.

    Parameters
    ----------
    training, held_out : chips with numbers; what must be chosen is chosen by those that are held out, then both teach.

    Raises
    ------
    InputError
        The method is not known, or there is nothing to learn from.
    """
    bins = bins_of(targets_of([*training, *held_out]))
    optional = tuple(role for role in training[0].inputs if role in recipe.optional)
    training, held_out = binned(training, bins), binned(held_out, bins)
    if recipe.method == FOREST:
        return fit_forest([*training, *held_out], bins, optional, recipe.seed)
    if recipe.method in CLOSED:
        return CLOSED[recipe.method](training, held_out, bins, optional, recipe.seed)
    if recipe.method not in METHODS:
        raise InputError(f"ARCHITECTURE is '{recipe.method}'; expected one of {', '.join(METHODS)}.")
    return fit_network(training, held_out, bins, optional, recipe.seed, recipe.method, recipe.minutes, recipe.threads,
                       recipe.steps, watch)  # fmt: skip


def validate(
    chips: Sequence[Chip], fold_of: Mapping[int, int], recipe: Recipe, watch: Watch | None = None
) -> Validated:
    """Leave out every fold in turn; the next one is held out of the first training, for what must be chosen."""
    folds = max(fold_of.values()) + 1
    parts: list[tuple[np.ndarray, np.ndarray, dict[str, np.ndarray], np.ndarray]] = []
    for fold in range(folds):
        following = (fold + 1) % folds
        rest = [one for one in range(folds) if one not in (fold, following)]
        training, held_out, test = (of_folds(chips, fold_of, which) for which in (rest, [following], [fold]))
        if not test:
            continue

        def told(share: float, fold: int = fold) -> None:
            if watch is not None:
                watch((fold + share) / folds)

        told(0.0)
        fit = fit_estimate(training, held_out, recipe, told)
        truth = targets_of(test).astype(np.float64)
        mean = float(targets_of([*training, *held_out]).mean(dtype=np.float64))
        parts.append((truth, np.full(len(truth), fold), estimates_of(fit, test), np.full(len(truth), mean)))
    truth, fold, estimates, means = zip(*parts)
    joined = {role: np.concatenate([one[role] for one in estimates]) for role in estimates[0]}
    return Validated(np.concatenate(truth), np.concatenate(fold), joined, np.concatenate(means))


def estimates_of(fit: Fit, chips: Sequence[Chip]) -> dict[str, np.ndarray]:
    """Of all labelled pixels: with everything there, and with each role absent that may be."""
    batches = Batches(chips, fit.statistics, fit.roles, 1 + max(int(chip.labels.max()) for chip in chips))
    absent = (ALL_THERE, *(fit.optional if len(fit.roles) > 1 else ()))
    return {role: estimated(fit.network, batches, (role,) if role else ()) for role in absent}
