"""Refining a shift by intensities: where do the bands of the one raster explain the other best?

Axis order (bands, rows, cols). The reference is blurred and sampled at the secondary's pixel centres, moved by the
shift that is looked for; then every band of the secondary, a constant and the two derivatives of the reference are
fitted to it by least squares, and the derivatives' shares are the correction of the shift. Bands that see the scene
differently, even inverted, are so weighted into what resembles the reference; nothing is interpolated in the secondary,
whose detail may be aliased. After Lucas, Kanade, An iterative image registration technique, 1981 (IJCAI).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")

MTF_GAIN = 0.3
"""Of the secondary at its Nyquist frequency: how much the reference is blurred before it is compared."""
HIGH_PASS_SIGMA_PX = 4.0
"""Secondary pixels: what is smoother than this says little about the shift and is left out."""
ITERATIONS, CLOSE_ENOUGH_PX, LONGEST_STEP_PX = 8, 0.003, 1.0
LEAST_PIXELS = 200
_REACH_SIGMAS = 3.5


@dataclass(frozen=True)
class Refined:
    """A refined shift.

    Attributes
    ----------
    cols, rows : float
        Reference pixels, to be added to the secondary.
    explained : float
        Share of the reference's fine structure that the secondary's bands explain there, 0..1.
    deviation : float
        Standard error of the shift from the fit's residuals, reference pixels.
    """

    cols: float
    rows: float
    explained: float
    deviation: float


def reach_px(ratio: float) -> int:
    """Reference pixels around a chip that the blur needs."""
    return math.ceil(_REACH_SIGMAS * sigma_px(ratio)) + 1


def sigma_px(ratio: float) -> float:
    """Deviation of that blur, reference pixels."""
    return ratio * math.sqrt(-2 * math.log(MTF_GAIN)) / math.pi


def sampling(first: float, step: float, count: int, size: int, sigma: float) -> tuple[np.ndarray, np.ndarray]:
    """Gaussian weights for samples at `first + i * step`, and their derivative by position.

    Both (count, size) float32; the rows of the first sum to 1, those of the second to 0. Weights beyond the ends of
    the window fall to its outermost pixels.
    """
    centres = first + step * np.arange(count)[:, None]
    reach = math.ceil(_REACH_SIGMAS * sigma)
    taps = np.floor(centres) + np.arange(-reach, reach + 2)[None]
    away = taps - centres
    weight = np.exp(-0.5 * (away / sigma) ** 2)
    weight /= weight.sum(1, keepdims=True)
    slope = weight * away / sigma**2
    slope -= weight * slope.sum(1, keepdims=True)
    matrices = np.zeros((2, count, size), np.float32)
    where = np.arange(count)[:, None], np.clip(taps, 0, size - 1).astype(np.intp)
    for matrix, values in zip(matrices, (weight, slope)):
        np.add.at(matrix, where, values.astype(np.float32))
    return matrices[0], matrices[1]


@dataclass(frozen=True)
class Samples:
    """Where the secondary's pixel centres lie on one axis of a reference window: first + i * step, i < count.

    In reference pixels, the centre of the window's first pixel is 0; `size` is the window's length.
    """

    first: float
    step: float
    count: int
    size: int

    def weights(self, moved: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """Blur and sampling, moved by so many reference pixels, and its derivative; see `sampling`."""
        return sampling(self.first + moved, self.step, self.count, self.size, sigma_px(self.step))

    def inner(self, cut: int) -> Samples:
        """Without `cut` samples at either end."""
        return Samples(self.first + cut * self.step, self.step, self.count - 2 * cut, self.size)

    @property
    def slack(self) -> float:
        """How far the samples can be moved either way before the blur reaches over the window's ends."""
        last = self.first + self.step * (self.count - 1)
        return min(self.first, self.size - 1 - last) - reach_px(self.step)


def refine(
    reference: np.ndarray, reference_valid: np.ndarray, secondary: np.ndarray, secondary_valid: np.ndarray,
    rows: Samples, cols: Samples, start: tuple[float, float],
) -> Refined | None:  # fmt: skip
    """The shift near `start` at which the secondary explains the reference best.

    Parameters
    ----------
    reference : (rows, cols) float, one band; reaches beyond the secondary's chip.
    secondary : (bands, rows, cols) float.
    reference_valid, secondary_valid : (rows, cols) bool.
    rows, cols : where the secondary's pixels lie on the reference.
    start : (cols, rows), reference pixels.

    Returns
    -------
    Refined, or None where too few pixels are valid or the fit runs away.
    """
    shift, ratio = np.array(start, float), max(rows.step, cols.step)
    whole = bool(reference_valid.all())
    filled = _centred(reference, reference_valid)
    bands = _high_pass(secondary, secondary_valid)
    result = None
    for _ in range(ITERATIONS):
        (down, down_slope), (across, across_slope) = rows.weights(shift[1]), cols.weights(shift[0])
        usable = secondary_valid if whole else secondary_valid & (down @ reference_valid @ across.T > 0.99)
        if usable.sum() < max(LEAST_PIXELS, 4 * len(bands)):
            return None
        sharp = filled @ across.T
        images = [down @ sharp, down @ (filled @ across_slope.T), down_slope @ sharp]
        target, *slopes = _high_pass(np.stack(images), usable)[:, usable]
        result = _solve(target, bands[:, usable], slopes, shift)
        if result is None or not np.isfinite([result.cols, result.rows]).all():
            return None
        step = np.array([result.cols, result.rows]) - shift
        shift = shift + np.clip(step, -LONGEST_STEP_PX * ratio, LONGEST_STEP_PX * ratio)
        if np.any(np.abs(shift) > (cols.slack + ratio, rows.slack + ratio)):
            return None
        if np.abs(step).max() < CLOSE_ENOUGH_PX:
            break
    return result


def _centred(reference: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """float32 deviations from the mean, 0 where invalid."""
    level = reference[valid].mean(dtype=float) if valid.any() else 0.0
    return np.where(valid, reference - level, 0).astype(np.float32)


def _solve(target: np.ndarray, bands: np.ndarray, slopes: list[np.ndarray], shift: np.ndarray) -> Refined | None:
    """Least squares of target = bands @ weights - slopes @ step; all (n,), bands (bands, n)."""
    columns = np.stack([*bands, *(-slope for slope in slopes)], 1)
    scale = np.sqrt((columns**2).mean(0)) + 1e-30
    normal = (columns / scale).T @ (columns / scale)
    normal[np.diag_indices_from(normal)] *= 1 + 1e-6
    try:
        inverse = np.linalg.inv(normal)
    except np.linalg.LinAlgError:
        return None
    found = inverse @ ((columns / scale).T @ target)
    left = target - (columns / scale) @ found
    variance = left @ left / max(len(target) - len(found), 1)
    step = found[-2:] / scale[-2:]
    error = np.sqrt(variance * np.diag(inverse)[-2:]) / scale[-2:]
    explained = 1 - left @ left / (target @ target + 1e-30)
    return Refined(float(shift[0] + step[0]), float(shift[1] + step[1]), float(explained), float(np.hypot(*error)))


def _high_pass(images: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Images minus their surroundings over the valid pixels, 0 elsewhere; float64."""
    weight = ndimage.gaussian_filter(valid.astype(float), HIGH_PASS_SIGMA_PX, mode="constant") + 1e-9
    images = np.where(valid, images, 0.0).astype(float)
    smooth = [ndimage.gaussian_filter(image, HIGH_PASS_SIGMA_PX, mode="constant") / weight for image in images]
    return np.where(valid, images - np.stack(smooth), 0.0)
