"""Pairs in memory, with what a survey of them finds."""

from __future__ import annotations

import numpy as np

from rsfusion_qgis.tasks.spatiotemporal_fusion.agreement import gather, judge
from rsfusion_qgis.tasks.spatiotemporal_fusion.cells import Cells
from rsfusion_qgis.tasks.spatiotemporal_fusion.fsdaf import Classes, fractions, group, nearest, unmix
from rsfusion_qgis.tasks.spatiotemporal_fusion.pair import Model, Pair
from tests.tasks.spatiotemporal_fusion.scenes import RATIO, coarse_image, fine_image

SIDE = 240


def pair_and_truth(noise: float = 0.0, gain: float = 1.0) -> tuple[Pair, np.ndarray]:
    """A pair of day 200 that predicts day 232, and the fine image of that day."""
    first, second = (fine_image(SIDE, SIDE, day).astype(np.float32) for day in (200, 232))
    coarse = [coarse_image(image, noise, seed, gain).astype(np.float32) for seed, image in enumerate((first, second))]
    return Pair(first, np.ones((SIDE, SIDE), bool), *coarse, np.ones(coarse[0].shape[1:], bool)), second


def model_of(pair: Pair, known: np.ndarray | None = None, sigma: float = 0.0) -> Model:
    """What a survey of the whole pair finds, classes among it."""
    cells = Cells(RATIO, RATIO, sigma)
    seen, _ = cells.seen(pair.fine, pair.valid)
    moments = gather(seen, pair.first, pair.second, pair.there.astype(np.float32), (slice(None), slice(None)))
    variances = moments.covariances.sum(axis=0)[:, 0, 0]
    model = Model(cells, judge(moments, known), variances, pair.fine.std(axis=(1, 2)).astype(np.float64))
    pixels = pair.fine.reshape(len(pair.fine), -1).T
    centres, scale = group(pixels[::7])
    labels = nearest(pixels, centres, scale).reshape(pair.valid.shape)
    change = (model.column("slope") * (pair.second - pair.first)).reshape(len(pair.fine), -1)
    changes = unmix(fractions(labels, pair.valid, model).reshape(len(centres), -1), change)
    return Model(cells, model.bands, variances, model.spreads, Classes(centres, changes, scale))


def rmse(image: np.ndarray, truth: np.ndarray) -> float:
    """Root of the mean squared error over all bands."""
    return float(np.sqrt(np.mean((image - truth) ** 2)))
