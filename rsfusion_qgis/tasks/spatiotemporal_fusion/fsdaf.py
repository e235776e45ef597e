"""FSDAF: change of each land-cover class by unmixing, and the residual given to where it fits.

Zhu, Helmer, Gao, Liu, Chen & Lefsky (2016), doi:10.1016/j.rse.2015.11.016. The coarse image of the wanted date is
spread linearly instead of by thin plate splines, so that a part of the scene gives the same values as the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .neighbours import shifted
from .pair import Model, Pair, coarse_on_fine
from .starfm import CLASSES, reach_px

COUNT, ROUNDS, RIDGE = 5, 20, 1e-3


@dataclass(frozen=True)
class Classes:
    """Classes of the fine image and how they change.

    Attributes
    ----------
    centres : (classes, bands) float32. changes : (classes, bands) float32, unit of the fine image.
    scale : (bands,) float32, by which bands are divided before distances are taken.
    """

    centres: np.ndarray
    changes: np.ndarray
    scale: np.ndarray

    def of(self, fine: np.ndarray) -> np.ndarray:
        """(rows, cols) int: the nearest class of every pixel."""
        return nearest(fine.reshape(len(fine), -1).T, self.centres, self.scale).reshape(fine.shape[1:])


def nearest(pixels: np.ndarray, centres: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """(n,) int: the nearest centre of pixels (n, bands)."""
    away = [(((pixels - centre) / scale) ** 2).sum(axis=1) for centre in centres]
    return np.argmin(away, axis=0)


def group(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centres (classes, bands) and scale (bands,) by k-means of pixels (n, bands), begun along the first band sum."""
    scale = np.maximum(pixels.std(axis=0), 1e-6).astype(np.float32)
    order = np.argsort((pixels / scale).sum(axis=1))
    centres = np.stack([pixels[part].mean(axis=0) for part in np.array_split(order, COUNT)])
    for _ in range(ROUNDS):
        labels = nearest(pixels, centres, scale)
        centres = np.stack([pixels[labels == n].mean(axis=0) if (labels == n).any() else centres[n]
                            for n in range(COUNT)])  # fmt: skip
    return centres.astype(np.float32), scale


def fractions(labels: np.ndarray, valid: np.ndarray, model: Model) -> np.ndarray:
    """(classes, cell rows, cell cols) float32: shares of the classes as the coarse sensor sees them."""
    return model.cells.seen(np.stack([labels == n for n in range(COUNT)]).astype(np.float32), valid)[0]


def unmix(shares: np.ndarray, change: np.ndarray) -> np.ndarray:
    """Change of each class (classes, bands) from the shares (classes, n) and the change of cells (bands, n)."""
    mean = change.mean(axis=1)
    own = shares @ shares.T + RIDGE * np.eye(len(shares)) * max(shares.shape[1], 1)
    return (np.linalg.solve(own, shares @ (change - mean[:, None]).T) + mean).astype(np.float32)


def predict(pair: Pair, model: Model) -> np.ndarray:
    """The fine image of the wanted date, (bands, rows, cols) float32, in the unit of the fine image."""
    cells, classes = model.cells, model.classes
    labels = classes.of(pair.fine)
    temporal = classes.changes[labels].transpose(2, 0, 1)
    told = cells.seen(temporal, pair.valid)[0]
    left = (model.column("slope") * (pair.second - pair.first) - told) * pair.there
    _, spatial = coarse_on_fine(pair, model)
    error_there = spatial - (pair.fine + temporal)
    alike = _homogeneity(labels, model)
    share = np.abs(error_there) * alike + np.abs(cells.spread(left)) * (1 - alike)
    shares = cells.spread(cells.seen(share, pair.valid)[0])
    residual = cells.spread(left) * share / np.maximum(shares, 1e-6 * model.spread)
    change = temporal + np.clip(residual, -5 * model.spread, 5 * model.spread)
    return _filtered(pair, change, model)


def _homogeneity(labels: np.ndarray, model: Model) -> np.ndarray:
    total, count = np.zeros(labels.shape, np.float32), 0
    for _, (one,) in shifted([labels], max(1, model.cells.side // 2)):
        total, count = total + (one == labels), count + 1
    return total / count


def _filtered(pair: Pair, change: np.ndarray, model: Model) -> np.ndarray:
    """The fine image and the mean change of similar neighbours."""
    limit, reach = 2 * model.spread / CLASSES, reach_px(model.cells.side)
    total, weights = np.zeros_like(change), np.zeros_like(change[0])
    for distance, (fine, one, there) in shifted([pair.fine, change, pair.valid.astype(np.float32)], reach):
        similar = (np.abs(fine - pair.fine) <= limit).all(axis=0)
        weight = similar * there / (1 + distance / (reach / 2))
        total += weight * one
        weights += weight
    return np.where(weights > 0, pair.fine + total / np.maximum(weights, 1e-30), pair.fine + change).astype(np.float32)
