"""The default: local regression and residual, trusted as far as the pair tells.

The change that the coarse sensor saw is divided into (1) the mean over the scene, (2) a change of the scene's contrast,
(3) what a regression on the fine image of the pair tells in a window of cells around every pixel, and (4) what is left,
spread over the fine pixels. (2) to (4) are weighed by `agreement`. On (1) and on the regression see Wang & Atkinson
(2018), Fit-FC, doi:10.1016/j.rse.2017.10.046; here the regression is on what the fine image of the pair looks like to
the coarse sensor, whose noise is not that of the change, and on all bands.
"""

from __future__ import annotations

import numpy as np

from .agreement import LEVEL_SIGMAS, levels
from .cells import SIGMAS, Cells, along, down, smooth
from .pair import LEAST_SHARE, Model, Pair

WINDOW_SIGMA = 1.5
"""Cells: the window of the local regression."""
RIDGE = 0.1
"""Of the variance of a band over the scene, drawn towards no relation."""

STRIP = 2
"""Rows of cells that are computed together, so that little memory is used at a time."""
REACH_CELLS = int(np.ceil(SIGMAS * LEVEL_SIGMAS[-1]) + 2 * np.ceil(SIGMAS * WINDOW_SIGMA)) + 2
"""Cells beyond a pixel on which its prediction depends, apart from the sensor's blur, which comes twice."""


def predict(pair: Pair, model: Model) -> np.ndarray:
    """The fine image of the wanted date, (bands, rows, cols) float32, in the unit of the fine image."""
    cells, fine, valid = model.cells, pair.fine, pair.valid
    seen, share = cells.seen(fine, valid)
    weight = (pair.there & (share > LEAST_SHARE)).astype(np.float32)
    mean, shift, contrast = _columns(model)
    change = _change(seen, pair, weight, model)
    around = smooth(seen, weight, WINDOW_SIGMA)
    slopes = _local(seen - around, change, weight, model)
    level = np.einsum("bkij,kij->bij", slopes, around)
    left = _filled(change - np.einsum("bkij,kij->bij", slopes, seen) + level, weight)
    added = _added(fine, slopes, left - level, cells)
    told = cells.seen(added, valid)[0]
    added += cells.spread((change - told) * weight)
    added += (1 + contrast) * fine + (shift - contrast * mean)
    return added


def _added(fine: np.ndarray, slopes: np.ndarray, level: np.ndarray, cells: Cells) -> np.ndarray:
    """(bands, rows, cols) float32: slopes x fine image + level, both spread over the fine pixels, strip by strip."""
    side, rows = cells.side, level.shape[-2]
    slopes, level = along(slopes, side), along(level, side)
    told = np.flatnonzero(slopes.any(axis=(1, 2, 3)))
    made = np.empty_like(fine)
    for top in range(0, rows, STRIP):
        around = slice(max(0, top - 1), min(rows, top + STRIP + 1))
        inner = slice((top - around.start) * side, (min(rows, top + STRIP) - around.start) * side)
        strip = slice(top * side, min(rows, top + STRIP) * side)
        made[:, strip] = down(level[:, around], side)[:, inner]
        for band in told:
            for other, one in enumerate(slopes[band, :, around]):
                part = down(one, side)[inner]
                part *= fine[other, strip]
                made[band, strip] += part
    return made


def _filled(field: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The field where it is known, and the mean of what is known around it elsewhere."""
    return np.where(weight > 0, field, smooth(field, weight, WINDOW_SIGMA))


def _columns(model: Model) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean, mean change and trusted change of contrast of each band, (bands, 1, 1) float32."""
    return model.column("mean"), model.column("shift"), model.column("contrast") * model.column("contrast_trust")


def _change(seen: np.ndarray, pair: Pair, weight: np.ndarray, model: Model) -> np.ndarray:
    """(bands, rows, cols): the change beyond mean and contrast, each level as far as it is trusted."""
    told = model.column("slope") * (pair.second - pair.first)
    left = told - model.column("shift") - model.column("contrast") * (seen - model.column("mean"))
    trust = np.array([one.trust for one in model.bands], np.float32).T[:, :, None, None]
    return (trust * levels(left, weight)).sum(0) * weight


def _local(seen: np.ndarray, change: np.ndarray, weight: np.ndarray, model: Model) -> np.ndarray:
    """(bands, bands, rows, cols): change of each band per unit of every band of the fine image, around each cell."""
    bands = len(seen)
    centred = change - smooth(change, weight, WINDOW_SIGMA)
    rows, cols = weight.shape
    own = np.empty((rows, cols, bands, bands), np.float32)
    cross = np.empty((rows, cols, bands, bands), np.float32)
    for one in range(bands):
        for other in range(one + 1):
            own[..., one, other] = own[..., other, one] = smooth(seen[one] * seen[other], weight, WINDOW_SIGMA)
        for other in range(bands):
            cross[..., one, other] = smooth(seen[one] * centred[other], weight, WINDOW_SIGMA)
    ridge = RIDGE * np.maximum(model.variances, 1e-12)
    slopes = np.linalg.solve(own.astype(np.float64) + np.diag(ridge), cross.astype(np.float64))
    return np.ascontiguousarray(slopes.transpose(3, 2, 0, 1), np.float32)
