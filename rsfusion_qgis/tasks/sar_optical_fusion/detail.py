"""SAR detail in an optical image, as far as both agree. Axis order (bands, rows, cols); decibels, stored optical units.

Both images are taken apart into scales: by the à trous wavelet transform (B3 spline; Núñez et al. 1999, IEEE TGRS
37(3), 1204-1211, doi:10.1109/36.763274) or by means of squares (high-pass). At a scale that both hold, each optical
band is regressed on SAR in a window around the pixel. Detail of SAR that is finer than the optical image's pixels, or
of one pixel where both have the same, is put in with that slope times the squared correlation: the share that SAR
explains. So where both have nothing to do with each other, nothing happens. Local injection gains: Aiazzi et al. 2006,
PERS 72(5), 591-596, doi:10.14358/PERS.72.5.591.
"""

from __future__ import annotations

import math

import numpy as np

from ...core.engine.chain import Block, Operator
from ...core.grid.moving import counts_around, sums_along
from ...core.sensors.speckle import filter_decibel, halo_px

OPTICAL, SAR, FUSED = "optical", "sar", "fused"
ATROUS, HIGHPASS = METHODS = ("atrous", "highpass")
MISSING = -1e6
REACH = 8
"""Of the window of the regression, in pixels of the scale at which both are compared."""
MOST = 2.0
"""Local deviations of the optical image at that scale, beyond which no detail goes."""
LARGEST_LEVEL = 4
_B3 = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_LEAST = 1e-12


def level_of(ratio: float) -> int:
    """How many scales are finer than optical pixels that are `ratio` pixels of the grid wide; 1 at least."""
    return min(LARGEST_LEVEL, max(1, math.ceil(math.log2(max(ratio, 1.0)) - 1e-6)))


def smoothed(image: np.ndarray, method: str, level: int) -> np.ndarray:
    """The image without the `level` finest scales; float64, `reach_of` pixels smaller on every side.

    Parameters
    ----------
    image : (..., rows, cols)
    """
    if method == HIGHPASS:
        side = 2 * reach_of(method, level) + 1
        return sums_along(sums_along(image.astype(np.float64), side, -1), side, -2) / side**2
    for step in (2**one for one in range(level)):
        weights = [0.0] * (4 * step + 1)
        for place, weight in enumerate(_B3):
            weights[place * step] = weight
        image = sums_along(sums_along(image, len(weights), -1, weights), len(weights), -2, weights)
    return image


def reach_of(method: str, level: int) -> int:
    """Pixels on every side that smoothing by so many scales looks at."""
    return 2 * (2**level - 1) if method == ATROUS else 2 ** (level - 1)


class DetailInjection(Operator):
    """The optical image with detail.

    Parameters
    ----------
    method : one of METHODS.
    level : as of `level_of`.
    strength, looks : as the options; looks 0 = speckle stays.
    """

    def __init__(self, method: str, level: int, strength: float, looks: float) -> None:
        self._method, self._level, self._strength, self._looks = method, level, strength, looks
        self._reach = REACH * 2 ** (level - 1)
        self._wide = reach_of(method, level + 1)
        self.sees = self._wide + self._reach + (halo_px() if looks else 0)

    def apply(self, block: Block) -> None:
        """See `Operator`."""
        block.arrays[FUSED] = self.fused(block.arrays[OPTICAL][0], block.arrays[SAR][0])[None].astype(np.float32)

    def fused(self, optical: np.ndarray, sar: np.ndarray) -> np.ndarray:
        """(bands, rows, cols) float64; `sar` (bands, rows, cols) decibels, MISSING where there is none."""
        there = sar.min(axis=0) > MISSING / 2
        known = np.where(there, sar, 0.0).astype(np.float32)
        if self._looks:
            known = filter_decibel(known, there, looks=self._looks)
        mean = known.mean(axis=0, dtype=np.float64)
        mean = np.where(there, mean, mean[there].mean() if there.any() else 0.0)
        fine, middle = self._scales(mean)
        moments = _window_mean(np.stack([middle, middle * middle]), self._reach)
        usable = counts_around(~there, self.sees) == 0
        made = np.empty(optical.shape)
        for place, band in enumerate(optical.astype(np.float64)):
            made[place] = band + np.where(usable, self._injected(band, fine, middle, moments), 0.0)
        return made

    def _injected(self, band: np.ndarray, fine: np.ndarray, middle: np.ndarray, moments: np.ndarray) -> np.ndarray:
        _, own = self._scales(band)
        mean, square, product = _window_mean(np.stack([own, own * own, own * middle]), self._reach)
        variance = np.maximum(moments[1] - moments[0] ** 2, _LEAST)
        spread = np.maximum(square - mean**2, 0.0)
        covariance = product - mean * moments[0]
        explained = np.clip(covariance**2 / (variance * np.maximum(spread, _LEAST)), 0.0, 1.0)
        detail = self._strength * explained * covariance / variance * fine
        most = MOST * np.sqrt(spread)
        return np.clip(detail, -most, most)

    def _scales(self, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Detail of the finest scales, and that of the next one, (rows, cols) each."""
        padded = np.pad(image, self._wide, mode="symmetric")
        cut = self._wide - reach_of(self._method, self._level)
        inner = slice(cut, cut + image.shape[0]), slice(cut, cut + image.shape[1])
        near, far = (smoothed(padded, self._method, level) for level in (self._level, self._level + 1))
        near = near[inner]
        return image - near, near - far


def _window_mean(images: np.ndarray, reach: int) -> np.ndarray:
    """Mean over the square around every pixel; beyond the ends images go on as mirrors."""
    side = 2 * reach + 1
    padded = np.pad(images, ((0, 0), (reach, reach), (reach, reach)), mode="symmetric")
    return sums_along(sums_along(padded, side, -1), side, -2) / side**2
