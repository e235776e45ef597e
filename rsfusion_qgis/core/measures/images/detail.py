"""Detail finer than a coarse pixel, and its colours: the sums that CHF, CFLAT, CMF and SLOPE share.

Every band is divided by the standard deviation of its coarse band, as a display stretches it; a constant that is taken
off a band, such as its haze, has no influence. G_s is the Gaussian mean with the standard deviation s, R the ratio of
the pixel sizes, in fine pixels. Detail is D = z - G_s(z) of a band z, and P = fine - G_s(fine) of the fine image, with
s = 0.45 R. Chroma is a band minus the mean of all bands. *Local* is in windows of 8 R + 1 pixels (rounded to an odd
number), which begin at every fourth pixel either way. "expanded" is the coarse image, cubically interpolated.

A window counts when it and all that is read around it are valid, and the fine image varies in it. Bands that are flat
in the coarse image are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...grid.degradation import TRUNCATE_SIGMAS, sampling_taps
from ...grid.moving import whole_windows
from .metric import FLAT
from .scene import Contrast, Scene
from .tile import Part

DETAIL, FINER, COARSER = 0.45, 0.35, 0.9
"""Standard deviations in coarse pixels: of the mean that detail is taken from, and the two that chroma lies between."""
STEP_PX = 4
"""Windows begin at multiples of it; so do tiles."""
SLOPES = np.arange(-1000, 3001) * 0.002
"""Middles of the bins of slopes; what lies beyond falls into the outermost."""
PER_OCTAVE, OCTAVES = 16, 32
"""Bins of the fine image's local rms; half of the octaves lie below its standard deviation."""
PART = 64
"""Rows of a matrix that are multiplied together."""
NEEDS = ("fused", "fine", "expanded", "ratio", "contrast")


@dataclass(frozen=True)
class DetailSums:
    """Sums over windows."""

    power: np.ndarray
    """`(2, bands)`: local mean square of D, and of what is left of D when its regression on P is taken off."""
    slopes: np.ndarray
    """`(bins,)` windows by the local slope of the intensity's detail on P, see `SLOPES`."""
    chroma: np.ndarray
    """`(3, bins)` by the fine image's local rms: windows; local mean squares of the chroma of D of the fused and of the
    expanded image, all bands together."""
    middle: np.ndarray
    """`(2,)` squares of the chroma between G_0.35R and G_0.9R at the windows' centres: fused, expanded."""

    def __add__(self, other: DetailSums) -> DetailSums:
        return DetailSums(
            self.power + other.power,
            self.slopes + other.slopes,
            self.chroma + other.chroma,
            self.middle + other.middle,
        )


def window(scene: Scene) -> int:
    """Side of a window with all that is read around it, in fine pixels, odd."""
    return _local(scene) + 2 * _reach(scene)


def detail_sums(
    scene: Scene, mask: np.ndarray, fused: np.ndarray, fine: np.ndarray, expanded: np.ndarray
) -> DetailSums:
    """The sums over the windows that begin in a tile."""
    windows, contrast = _Windows(scene, mask.shape), scene.contrast or Contrast((), (), 0.0)
    pan = windows.detail(fine[0])
    level, pan_power = windows.mean(windows.inner(fine[0]) ** 2), windows.mean(pan**2)
    counted = whole_windows(mask, window(scene))[::STEP_PX, ::STEP_PX] & (pan_power > FLAT * level)
    pan_power = pan_power[counted]
    power, steep = np.zeros((2, len(fused))), np.zeros(len(pan_power))
    chroma, middle = np.zeros((2, len(pan_power))), np.zeros(2)
    for row, image in enumerate((fused, expanded)):
        mean = _mean(image, contrast)
        mean_detail = windows.detail(mean)
        for band in contrast.live:
            colour = image[band] / contrast.spreads[band] - mean
            colour_detail = windows.detail(colour)
            chroma[row] += windows.mean(colour_detail**2)[counted]
            middle[row] += (windows.between(colour)[counted] ** 2).sum()
            if row == 0:
                detail = colour_detail + mean_detail
                along, square = windows.mean(detail * pan)[counted], windows.mean(detail**2)[counted]
                power[:, band] = square.sum(), np.maximum(square - along**2 / pan_power, 0.0).sum()
                steep += contrast.weights[band] * contrast.spreads[band] * along / pan_power
    return DetailSums(power, _slope_counts(steep), _by_level(pan_power, contrast.fine_spread, chroma), middle)


def _mean(image: np.ndarray, contrast: Contrast) -> np.ndarray:
    """Mean of the bands in units of their spread, `(rows, cols)`."""
    total = np.zeros(image.shape[1:])
    for band in contrast.live:
        total += image[band] / contrast.spreads[band]
    return total / max(1, len(contrast.live))


def _slope_counts(slopes: np.ndarray) -> np.ndarray:
    width = SLOPES[1] - SLOPES[0]
    index = np.rint((slopes - SLOPES[0]) / width).clip(0, len(SLOPES) - 1).astype(int)
    return np.bincount(index, minlength=len(SLOPES)).astype(np.float64)


def _by_level(power: np.ndarray, spread: float, chroma: np.ndarray) -> np.ndarray:
    octaves = 0.5 * np.log2(power / (spread**2 or 1.0)) + OCTAVES // 2
    index = np.rint(PER_OCTAVE * octaves).clip(0, PER_OCTAVE * OCTAVES - 1).astype(int)
    weights = (np.ones(len(index)), *chroma)
    return np.stack([np.bincount(index, weight, PER_OCTAVE * OCTAVES) for weight in weights])


class _Windows:
    """Means of a tile's pixels, as products with one matrix for the rows and one for the columns.

    Parameters
    ----------
    shape : (rows, cols) of the images of the tile.
    """

    def __init__(self, scene: Scene, shape: tuple[int, ...]) -> None:
        self._reach = _reach(scene)
        self._smooth = [_gaussian(scene, DETAIL, size, range(self._reach, size - self._reach)) for size in shape]
        firsts = [range(0, size - window(scene) + 1, STEP_PX) for size in shape]
        self._mean = [_box(_local(scene), size - 2 * self._reach, places) for size, places in zip(shape, firsts)]
        half = window(scene) // 2
        self._finer, self._coarser = (
            [
                _gaussian(scene, sigma, size, range(half, half + places.stop, STEP_PX))
                for size, places in zip(shape, firsts)
            ]
            for sigma in (FINER, COARSER)
        )

    def inner(self, values: np.ndarray) -> np.ndarray:
        """The pixels that have a `detail`."""
        reach = self._reach
        return values[reach : values.shape[0] - reach, reach : values.shape[1] - reach]

    def detail(self, values: np.ndarray) -> np.ndarray:
        """Values minus their Gaussian mean, where all that it reads is there."""
        return self.inner(values) - _apply(values, *self._smooth)

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Of what lies on the pixels of `inner`: the mean of every window."""
        return _apply(values, *self._mean)

    def between(self, values: np.ndarray) -> np.ndarray:
        """The difference of the two Gaussian means at the centre of every window."""
        return _apply(values, *self._finer) - _apply(values, *self._coarser)


def _local(scene: Scene) -> int:
    """Side of a window, 8 R + 1, odd."""
    return 2 * round(4.0 * scene.ratio) + 1


def _reach(scene: Scene) -> int:
    """Of the Gaussian mean that detail is taken from."""
    return int(np.ceil(TRUNCATE_SIGMAS * DETAIL * scene.ratio))


Band = list[tuple[int, int, np.ndarray]]
"""A matrix that is zero far from its diagonal, in parts: for some rows, the columns from .. to that are not zero."""


def _apply(values: np.ndarray, rows: Band, cols: Band) -> np.ndarray:
    """Both products: `(rows, cols)` of a tile to one value for each place."""
    values = np.concatenate([part @ values[first:end] for first, end, part in rows])
    return np.concatenate([values[:, first:end] @ part.T for first, end, part in cols], axis=1)


def _parts(matrix: np.ndarray) -> Band:
    """The rows of a matrix by `PART` of them."""
    parts = []
    for start in range(0, len(matrix), PART):
        used = np.flatnonzero(matrix[start : start + PART].any(axis=0))
        first, end = int(used[0]), int(used[-1]) + 1
        parts.append((first, end, np.ascontiguousarray(matrix[start : start + PART, first:end])))
    return parts


def _gaussian(scene: Scene, sigma: float, size: int, places: range) -> Band:
    """What of `size` pixels makes Gaussian means at some places, one row for each; sigma in coarse pixels."""
    index, weight = sampling_taps(0, size, 1.0, 0.0, sigma * scene.ratio, size)
    matrix = np.zeros((len(places), size))
    np.add.at(matrix, (np.arange(len(places))[:, None], index[places]), weight[places])
    return _parts(matrix)


def _box(side: int, size: int, firsts: range) -> Band:
    """What of `size` pixels makes the mean of windows, one row for each."""
    offset = np.arange(size) - np.array(firsts)[:, None]
    return _parts(((offset >= 0) & (offset < side)) / side)


DETAIL_SUMS = Part(("fused", "fine", "expanded"), detail_sums, window)
