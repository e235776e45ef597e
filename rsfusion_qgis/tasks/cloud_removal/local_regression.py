"""Local linear regression of the image on a clear one: what the clear pixels around say, nearer ones more.

Sums over small cells are kept, not pixels, so a scene of any size is learned from in one pass. A cell's coefficients
are those of the pixels around it under a Gaussian, held (ridge) to those of wider surroundings as far as there are few
pixels: the weighted local regression of the neighbourhood similar pixel interpolator (Chen et al. 2011,
doi:10.1016/j.rse.2010.12.010; Zhu et al. 2012, doi:10.1016/j.rse.2012.08.029), with all bands of the clear image as
predictors. Without predictors it is a local mean. Values are standardised, about 0 with a spread of about 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.basics.optional import OptionalModule
from ...core.grid.grid import Window

ndimage = OptionalModule("scipy.ndimage")

REACHES_PX = (math.inf, 120.0, 40.0)
"""Standard deviations of the surroundings, from wide to near, for a regression."""
WIDE_PX = (math.inf, 256.0)
"""Those for a mean."""
HELD = 200.0
"""Pixels that are as strong as what wider surroundings say."""
BEYOND = 0.05
"""Predictions end so much of the range of what was learned beyond it: a line goes on, where the ground does not."""
_ROWS_AT_ONCE, _PIXELS_AT_ONCE = 16, 2**15


def cell_px(domain: Window) -> int:
    """Side of a cell: small where the scene is small, so that cells take about as much memory for any scene."""
    side = max(domain.width, domain.height)
    return 16 if side <= 2048 else 32 if side <= 4096 else 64


@dataclass(frozen=True)
class Sums:
    """What a window teaches.

    Attributes
    ----------
    pixels : that are known.
    least, most : (targets,) float32.
    grams, crosses : (cell rows, cell cols, predictors + 1, predictors + 1 or targets) float64.
    """

    window: Window
    pixels: int
    least: np.ndarray
    most: np.ndarray
    grams: np.ndarray
    crosses: np.ndarray


class LocalRegression:
    """Learns from windows, then predicts pixels.

    Parameters
    ----------
    domain : Window
    predictors, targets : int
    reaches : standard deviations of the surroundings, pixels; the first may be infinite.
    """

    def __init__(self, domain: Window, predictors: int, targets: int, reaches: Sequence[float] = REACHES_PX) -> None:
        self.cell, self._reaches = cell_px(domain), reaches
        self._rows, self._cols = -(-domain.height // self.cell), -(-domain.width // self.cell)
        width = predictors + 1
        self._grams = np.zeros((self._rows, self._cols, width, width))
        self._crosses = np.zeros((self._rows, self._cols, width, targets))
        self._least, self._most = np.full(targets, np.inf), np.full(targets, -np.inf)
        self._coefficients = np.zeros((self._rows, self._cols, width, targets), np.float32)
        self.pixels = 0

    def add(self, window: Window, given: np.ndarray, wanted: np.ndarray, known: np.ndarray) -> None:
        """Take in the known pixels of a window that begins at a corner of a cell.

        Parameters
        ----------
        given : (predictors, rows, cols). wanted : (targets, rows, cols). known : (rows, cols) bool.
        """
        self.take(sums_of(window, given, wanted, known, self.cell))

    def take(self, sums: Optional[Sums]) -> None:
        """Take in what `sums_of` found; None = nothing."""
        if sums is None:
            return
        self.pixels += sums.pixels
        self._least, self._most = np.minimum(self._least, sums.least), np.maximum(self._most, sums.most)
        row, col = sums.window.row_off // self.cell, sums.window.col_off // self.cell
        place = slice(row, row + len(sums.grams)), slice(col, col + sums.grams.shape[1])
        self._grams[place] += sums.grams
        self._crosses[place] += sums.crosses

    def solve(self) -> None:
        """End the learning; the sums are given back."""
        whole = self._grams.sum((0, 1))
        count = max(whole[-1, -1], 1.0)
        moments = whole / count
        variances = np.maximum(np.diag(moments) - moments[-1] ** 2, 1e-12)
        held = HELD * (moments + 1e-3 * np.diag(variances))
        held[-1, -1] = HELD
        for reach in self._reaches:
            grams, crosses = _around(self._grams, reach / self.cell), _around(self._crosses, reach / self.cell)
            for row in range(0, self._rows, _ROWS_AT_ONCE):
                part = slice(row, min(row + _ROWS_AT_ONCE, self._rows))
                left = grams[part] + held
                right = crosses[part] + held @ self._coefficients[part]
                self._coefficients[part] = np.linalg.solve(left, right).astype(np.float32)
        self._grams = self._crosses = np.zeros(0)

    def predict(self, given: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
        """(pixels, targets) float32 of pixels by their predictors (pixels, predictors) and place in the domain."""
        parts = [self._predicted(*(one[first : first + _PIXELS_AT_ONCE] for one in (given, rows, cols)))
                 for first in range(0, len(given), _PIXELS_AT_ONCE)]  # fmt: skip
        if not parts:
            return np.zeros((0, self._coefficients.shape[-1]), np.float32)
        if not self.pixels:
            return np.concatenate(parts)
        beyond = BEYOND * (self._most - self._least)
        return np.clip(np.concatenate(parts), self._least - beyond, self._most + beyond).astype(np.float32)

    def _predicted(self, given: np.ndarray, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
        """Coefficients between the middles of cells are interpolated."""
        given = np.concatenate([given, np.ones((len(given), 1), np.float32)], axis=1)
        made: np.ndarray = np.zeros((len(given), self._coefficients.shape[-1]), np.float32)
        (row, down), (col, right) = _between(rows, self.cell, self._rows), _between(cols, self.cell, self._cols)
        for below, of_rows in ((0, 1 - down), (1, down)):
            for beside, of_cols in ((0, 1 - right), (1, right)):
                cell = np.minimum(row + below, self._rows - 1) * self._cols + np.minimum(col + beside, self._cols - 1)
                made += (of_rows * of_cols)[:, None] * self._by_cell(given, cell)
        return made

    def _by_cell(self, given: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """What the coefficients of one cell for each pixel make of its predictors."""
        order = np.argsort(cell, kind="stable")
        found, starts = np.unique(cell[order], return_index=True)
        flat = self._coefficients.reshape(-1, *self._coefficients.shape[2:])
        made = np.empty((len(given), flat.shape[-1]), np.float32)
        for one, first, last in zip(found, starts, [*starts[1:], len(order)]):
            which = order[first:last]
            made[which] = given[which] @ flat[one]
        return made


def sums_of(
    window: Window, given: np.ndarray, wanted: np.ndarray, known: np.ndarray, cell: int
) -> Optional[Sums]:
    """Of the known pixels of a window, parameters as of `LocalRegression.add`; None where there are none."""
    count = int(known.sum())
    if not count:
        return None
    if count < known.size:  # values elsewhere count nothing, whatever they are
        wanted, given = (np.where(known, one, np.float32(0)) for one in (wanted, given))
    least, most = _range(wanted, known, count)
    rows, cols = -(-window.height // cell), -(-window.width // cell)
    more = (0, rows * cell - window.height), (0, cols * cell - window.width)
    weight = known.astype(np.float64)[None]
    if not len(given):
        grams, crosses = (_cell_sums(one, more, cell)[..., None, :] for one in (weight, wanted))
        return Sums(window, count, least, most, grams, crosses)
    first = _celled(np.concatenate([given, weight]), more, cell)
    second = _celled(wanted, more, cell)
    turned = np.swapaxes(first, -1, -2)
    return Sums(window, count, least, most, turned @ first, turned @ second)


def _range(values: np.ndarray, known: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest known value of each band."""
    if count == known.size:
        return values.min((1, 2)), values.max((1, 2))
    least = np.where(known, values, np.float32(np.inf)).min((1, 2))
    return least, np.where(known, values, np.float32(-np.inf)).max((1, 2))


def _cell_sums(image: np.ndarray, more: tuple[tuple[int, int], tuple[int, int]], cell: int) -> np.ndarray:
    """(bands, rows, cols) as (cell rows, cell cols, bands): sums, float64."""
    image = np.pad(image, ((0, 0), *more)) if any(end for _, end in more) else image
    bands, rows, cols = image.shape
    parted = image.reshape(bands, rows // cell, cell, cols // cell, cell)
    return np.ascontiguousarray(parted.sum((2, 4), dtype=np.float64).transpose(1, 2, 0))


def _celled(image: np.ndarray, more: tuple[tuple[int, int], tuple[int, int]], cell: int) -> np.ndarray:
    """(bands, rows, cols) as (cell rows, cell cols, pixels, bands)."""
    image = np.pad(image, ((0, 0), *more))
    bands, rows, cols = image.shape
    parted = image.reshape(bands, rows // cell, cell, cols // cell, cell)
    return np.ascontiguousarray(parted.transpose(1, 3, 2, 4, 0)).reshape(rows // cell, cols // cell, cell * cell, bands)


def _around(sums: np.ndarray, sigma: float) -> np.ndarray:
    """Sums over all, or under a Gaussian of so many cells whose middle weighs 1."""
    if math.isinf(sigma):
        return np.broadcast_to(sums.sum((0, 1)), sums.shape)
    sigma = max(sigma, 0.5)
    wide = (sigma, sigma) + (0,) * (sums.ndim - 2)
    smooth = ndimage.gaussian_filter(sums, wide, mode="constant", truncate=3.0)
    return smooth * (2 * np.pi * sigma**2)


def _between(places: np.ndarray, cell: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Index of the cell whose middle comes before a pixel, and the share (float32) of the next one."""
    at = np.clip((places + 0.5) / cell - 0.5, 0, count - 1)
    before = np.floor(at).astype(np.int64)
    return before, (at - before).astype(np.float32)
