"""Partial least squares and kernel ridge regression, for all rasters together and for each alone.

PLSR: Wold, Sjöström, Eriksson 2001, doi:10.1016/S0169-7439(01)00155-1, by the NIPALS algorithm for one number. Kernel
ridge: Saunders, Gammerman, Vovk 1998, with a Gaussian kernel around a part of the samples (Rudi, Camoriano, Rosasco
2015, arXiv:1507.04717). What must be chosen is chosen on chips that were held out; then all chips teach. Where a raster
is absent, each of the others estimates alone, and their mean counts, weighed by their errors on the held-out chips.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.batches import Batches
from models.land_cover.networks.parts import product
from models.land_cover.samples.scenes import Chip
from models.land_cover.statistics import band_statistics
from models.regression.estimators.base import MOST_PIXELS, Features, Fit, seen
from models.regression.material import Bins, targets_of

MOST_COMPONENTS = 30
CENTRES, MOST_CENTRE_VALUES = 500, 60_000
RIDGES, WIDTHS = (1e-4, 1e-3, 1e-2, 1e-1), (0.5, 1.0, 2.0, 4.0)
KRR_COMPONENTS = 16
SMALLEST = 1e-9


@dataclass(frozen=True)
class Rows:
    """Pixels as rows: features (pixels, features), and the number of each, (pixels,)."""

    x: np.ndarray
    y: np.ndarray


class Linear(nn.Module):
    """(N, F, H, W) -> (N, 1, H, W)."""

    def __init__(self, weights: np.ndarray, offset: float) -> None:
        super().__init__()
        self.register_buffer("weights", torch.from_numpy(weights.astype(np.float32))[None, :, None, None])
        self.register_buffer("offset", torch.tensor([offset], dtype=torch.float32))

    def forward(self, x: Tensor) -> Tensor:
        return product(x, self.weights, self.offset)


class Kernels(nn.Module):
    """A weighted sum of Gaussians around centres: (N, F, H, W) -> (N, 1, H, W)."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray, centres: np.ndarray, width: float, weights: np.ndarray,
                 offset: float) -> None:
        super().__init__()
        column = np.float32(spread[:, None, None]), np.float32(mean[:, None, None])
        self.register_buffer("spread", torch.from_numpy(column[0]))
        self.register_buffer("mean", torch.from_numpy(column[1]))
        self.register_buffer("centres", torch.from_numpy(np.float32(centres))[:, :, None, None])
        self.register_buffer("weights", torch.from_numpy(np.float32(weights))[None, :, None, None])
        self.register_buffer("offset", torch.tensor([offset], dtype=torch.float32))
        self.narrowness = 0.5 / width**2

    def forward(self, x: Tensor) -> Tensor:
        x = (x - self.mean) / self.spread
        squares = (x * x).sum(1, keepdim=True) + self.centres.square().sum(1)[:, 0, 0][:, None, None]
        near = torch.exp(-self.narrowness * (squares - 2 * product(x, self.centres)).clamp(min=0))
        return product(near, self.weights, self.offset)


class Together(nn.Module):
    """The estimate of all rasters where all are there, else the weighted mean of those that are."""

    multiple_of = 1

    def __init__(self, features: Features, joint: nn.Module, alone: Sequence[nn.Module], weights: Sequence[float],
                 ends: tuple[float, float]) -> None:
        super().__init__()
        self.features, self.joint, self.alone = features, joint, nn.ModuleList(alone)
        self.weights, self.ends, self.halo = [float(one) for one in weights], ends, features.halo

    def forward(self, *inputs: Tensor) -> Tensor:
        made, masks = self.features(inputs)
        found = self.joint(torch.cat(made, 1))
        if len(masks) > 1:
            total = sum(one(x) * mask * weight
                        for one, x, mask, weight in zip(self.alone, made, masks, self.weights))  # fmt: skip
            mean = total / sum(mask * weight for mask, weight in zip(masks, self.weights)).clamp(min=SMALLEST)
            found = torch.where(torch.cat(masks, 1).amin(1, keepdim=True) > 0, found, mean)
        return found.clamp(*self.ends)


def fit_plsr(training: Sequence[Chip], held_out: Sequence[Chip], bins: Bins, optional: Sequence[str], seed: int) -> Fit:
    """PLSR on all bands and their means around; see `fitting.fit_estimate`."""
    return _fit(training, held_out, bins, optional, seed, 0, _plsr)


def fit_krr(training: Sequence[Chip], held_out: Sequence[Chip], bins: Bins, optional: Sequence[str], seed: int) -> Fit:
    """Kernel ridge regression; see `fitting.fit_estimate`."""
    return _fit(training, held_out, bins, optional, seed, KRR_COMPONENTS, _krr)


Fitting = Callable[[Rows, Rows, np.random.Generator], tuple[nn.Module, float, str]]
"""(training, held out) -> what was made of both, the error of the training's on the held out, and what was chosen."""


def _fit(training: Sequence[Chip], held_out: Sequence[Chip], bins: Bins, optional: Sequence[str], seed: int,
         components: int, method: Fitting) -> Fit:
    whole = [*training, *held_out]
    roles, rng = tuple(training[0].inputs), np.random.default_rng(seed)
    statistics = band_statistics(whole)
    bands = {role: len(values) for role, values in training[0].inputs.items()}
    features = Features(bands, components, deviation=bool(components))
    features.learn(whole, statistics, roles, seed)
    sides = []
    for chips in (training, held_out):
        columns, there = seen(features, Batches(chips, statistics, roles, len(bins.centres)))
        kept = rng.permutation(len(there))[:MOST_PIXELS]
        sides.append(([one[kept].astype(np.float64) for one in columns], there[kept], targets_of(chips)[kept]))
    every = (Rows(np.concatenate(c, 1)[t.all(1)], y[t.all(1)].astype(float)) for c, t, y in sides)
    joint, _, told = method(*every, rng)
    alone, weights = [], []
    for place in range(len(roles) if len(roles) > 1 else 0):
        made, error, _ = method(*(Rows(c[place][t[:, place]], y[t[:, place]].astype(float)) for c, t, y in sides), rng)
        alone.append(made)
        weights.append(1 / max(error, SMALLEST))
    scale = sum(weights) or 1.0
    network = Together(features, joint, alone, [one / scale for one in weights], (bins.low, bins.high)).eval()
    return Fit(network, roles, tuple(optional), statistics, told, 1e-3 * (bins.high - bins.low))


def _plsr(training: Rows, held_out: Rows, rng: np.random.Generator) -> tuple[nn.Module, float, str]:
    paths = plsr_path(training, MOST_COMPONENTS)
    errors = [float(((held_out.x @ weights + offset - held_out.y) ** 2).mean()) for weights, offset in paths]
    best = int(np.argmin(errors))
    both = Rows(np.concatenate([training.x, held_out.x]), np.concatenate([training.y, held_out.y]))
    path = plsr_path(both, best + 1)
    return Linear(*path[-1]), errors[best], f"{len(path)} components"


def plsr_path(rows: Rows, most: int) -> list[tuple[np.ndarray, float]]:
    """Weights and offset of partial least squares with 1, 2, … components.

    Parameters
    ----------
    most : components; there are fewer where nothing is left to explain.
    """
    mean, spread = rows.x.mean(0), np.maximum(rows.x.std(0), 1e-6)
    x, y = (rows.x - mean) / spread, rows.y - rows.y.mean()
    cross = x.T @ y
    weights, loadings, scores, found = [], [], [], []
    gram = x.T @ x
    for _ in range(min(most, x.shape[1], len(x) - 1)):
        length = np.linalg.norm(cross)
        if length < 1e-9 * max(len(y), 1):
            break
        w = cross / length
        r = w.copy()
        for p, earlier in zip(loadings, weights):
            r -= (p @ w) * earlier
        t2 = float(r @ gram @ r)
        if t2 < 1e-12:
            break
        p, q = gram @ r / t2, float(r @ (x.T @ y)) / t2
        cross = cross - t2 * p * q
        weights.append(r)
        loadings.append(p)
        scores.append(q)
        beta = np.stack(weights, 1) @ np.array(scores) / spread
        found.append((beta, float(rows.y.mean() - beta @ mean)))
    return found or [(np.zeros(rows.x.shape[1]), float(rows.y.mean()))]


def _krr(training: Rows, held_out: Rows, rng: np.random.Generator) -> tuple[nn.Module, float, str]:
    mean, spread = training.x.mean(0), np.maximum(training.x.std(0), 1e-3)
    count = max(10, min(CENTRES, MOST_CENTRE_VALUES // training.x.shape[1], len(training.x)))
    centres = ((training.x - mean) / spread)[rng.permutation(len(training.x))[:count]]
    typical = float(np.sqrt(np.median(_squares(centres, centres)[np.triu_indices(len(centres), 1)])))
    best = None
    sides = [((one.x - mean) / spread, one.y) for one in (training, held_out)]
    level = training.y.mean()
    for width in WIDTHS:
        near = [np.exp(-_squares(x, centres) / (2 * (width * typical) ** 2)) for x, _ in sides]
        among = np.exp(-_squares(centres, centres) / (2 * (width * typical) ** 2))
        for ridge in RIDGES:
            made = _solved(near[0], among, training.y - level, ridge)
            error = float(((near[1] @ made + level - held_out.y) ** 2).mean())
            if best is None or error < best[0]:
                best = error, width, ridge
    error, width, ridge = best
    x = np.concatenate([one for one, _ in sides])
    y = np.concatenate([one for _, one in sides])
    near, among = (np.exp(-_squares(one, centres) / (2 * (width * typical) ** 2)) for one in (x, centres))
    made = _solved(near, among, y - y.mean(), ridge)
    kernels = Kernels(mean, spread, centres, width * typical, made, float(y.mean()))
    return kernels, error, f"{count} centres, width {width:g} of the typical distance, ridge {ridge:g}"


def _solved(near: np.ndarray, among: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    system = near.T @ near + ridge * len(y) * (among + 1e-6 * np.eye(len(among)))
    return np.linalg.solve(system, near.T @ y)


def _squares(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.maximum((a * a).sum(1)[:, None] + (b * b).sum(1) - 2 * a @ b.T, 0.0)
