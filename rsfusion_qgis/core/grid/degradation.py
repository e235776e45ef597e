"""Bring an image to the resolution of another sensor: Gaussian blur with the sensor's MTF, then decimation.

Arrays are `(bands, rows, cols)`. The one phase convention of the whole project: a coarse pixel covers
exactly `ratio x ratio` fine pixels, so the centre of coarse pixel `i` lies at fine coordinate
`(i + 0.5) * ratio + offset - 0.5` (pixel centres at integers; nested grids have the offset 0). For even ratios
that is halfway between two fine pixels, and the blur is sampled there: there is no detour over an undecimated
image and no half-pixel shift. The ratio need not be a whole number.

The MTF is a Gaussian with gain `G` at the coarse grid's Nyquist frequency, 1 / (2 ratio) cycles per fine
pixel: its spatial standard deviation is `(ratio / pi) * sqrt(-2 ln G)` fine pixels.
Aiazzi et al., MTF-tailored multiscale fusion, doi:10.14358/PERS.72.5.591.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..basics.errors import InputError

Shifts = Sequence[tuple[float, float]]

TRUNCATE_SIGMAS = 4.0
"""The Gaussian ends at this many standard deviations, where 6e-5 of its mass is left."""

EDGE_PX = 1e-6
"""Share of a coarse pixel up to which a grid may end inside it, so that rounding loses no pixel."""

FULL_SUPPORT = 1.0 - 1e-9
"""A degraded pixel is valid when this share of its kernel's weight, all but rounding, fell on valid pixels."""


def mtf_sigma(gain: float, ratio: float) -> float:
    """Standard deviation in fine pixels of the Gaussian whose gain at the coarse Nyquist frequency is `gain`.

    Raises
    ------
    InputError
        When `gain` is not between 0 and 1.
    """
    if not 0.0 < gain < 1.0:
        raise InputError(f"The MTF gain is {gain}, not between 0 and 1; give the sensor's gain at Nyquist.")
    return ratio / np.pi * float(np.sqrt(-2.0 * np.log(gain)))


def reflect(index: np.ndarray, size: int) -> np.ndarray:
    """Fold indices that lie outside `0 .. size - 1` back inside; the mirror stands on the pixel edge."""
    folded = np.mod(index, 2 * size)
    return np.where(folded < size, folded, 2 * size - 1 - folded)


def coarse_size(size: int, ratio: float, offset: float = 0.0) -> int:
    """How many coarse pixels from the first one on lie wholly before the end of `size` fine pixels."""
    return max(0, int(np.floor((size - offset) / ratio + EDGE_PX)))


def whole_pixels(first: int, end: int, ratio: float, offset: float, size: int) -> tuple[int, int]:
    """The part of the coarse pixels `first .. end - 1` that lies wholly inside `size` fine pixels, as first and end."""
    inside = max(first, int(np.ceil(-offset / ratio - EDGE_PX)))
    return inside, max(inside, min(end, coarse_size(size, ratio, offset)))


def sampling_taps(
    first: int, count: int, ratio: float, offset: float, sigma: float, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Which fine pixels some coarse pixels read along one axis, and with which weight.

    Parameters
    ----------
    first, count
        The coarse pixels.
    offset
        Where coarse pixel 0 begins, in fine pixels from the beginning of the fine image.
    sigma
        Standard deviation of the Gaussian in fine pixels.
    size
        Fine pixels along the axis; beyond them stands their mirror image.

    Returns
    -------
    index, weight
        Both `(count, taps)`; indices are those of the whole fine image, each row of weights sums to 1.
    """
    centre = (first + np.arange(count) + 0.5) * ratio - 0.5 + offset
    reach = int(np.ceil(TRUNCATE_SIGMAS * sigma))
    index = np.floor(centre).astype(int)[:, None] + np.arange(-reach, reach + 2)
    distance = np.abs(index - centre[:, None])
    # Counted from the nearest pixel, so that a Gaussian much narrower than a pixel does not vanish between two.
    exponent = 0.5 * (distance**2 - distance.min(axis=1, keepdims=True) ** 2) / sigma**2
    weight = np.where(distance <= reach, np.exp(-exponent), 0.0)
    return reflect(index, size), weight / weight.sum(axis=1, keepdims=True)


def gaussian_taps(size: int, ratio: float, sigma: float, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """`sampling_taps` of all the whole coarse pixels of a nested grid, their centres moved by `shift` fine pixels."""
    return sampling_taps(0, coarse_size(size, ratio), ratio, shift, sigma, size)


def kept_noise(gain: float, ratio: float) -> float:
    """What is left of the standard deviation of white noise after an image is degraded by `ratio`, 0 to 1.

    Parameters
    ----------
    gain
        MTF gain at Nyquist.
    """
    count = 64
    _, weight = sampling_taps(0, count, ratio, 0.0, mtf_sigma(gain, ratio), int(np.ceil(count * ratio)))
    return float((weight**2).sum(axis=1).mean())


def covered_span(first: int, count: int, ratio: float, offset: float, size: int) -> tuple[np.ndarray, np.ndarray]:
    """First and one past the last of the fine pixels that each coarse pixel touches along one axis, `(count,)` each."""
    edge = (first + np.arange(count)) * ratio + offset
    tolerance = EDGE_PX * ratio
    low, high = np.floor(edge + tolerance), np.ceil(edge + ratio - tolerance)
    return np.maximum(low, 0).astype(int), np.minimum(high, size).astype(int)


def covered(valid: np.ndarray, low: np.ndarray, high: np.ndarray, axis: int) -> np.ndarray:
    """Where `valid` is True from `low` to before `high` along `axis`; one output per entry of them."""
    counts = np.insert(np.cumsum(valid, axis=axis), 0, 0, axis=axis)
    wanted = (high - low).reshape([-1 if a == axis else 1 for a in range(valid.ndim)])
    return np.take(counts, high, axis=axis) - np.take(counts, low, axis=axis) == wanted


def apply_taps(values: np.ndarray, index: np.ndarray, weight: np.ndarray, axis: int) -> np.ndarray:
    """Weighted sums of `values` along `axis`: one output per row of `index` and `weight`, float64."""
    values = np.asarray(values, dtype=np.float64)
    axis %= values.ndim
    along = [-1 if other == axis else 1 for other in range(values.ndim)]
    total = np.zeros((*values.shape[:axis], len(index), *values.shape[axis + 1 :]))
    for tap in range(index.shape[1]):
        total += np.take(values, index[:, tap], axis=axis) * weight[:, tap].reshape(along)
    return total


def degrade(values: np.ndarray, ratio: float, gains: Sequence[float], shifts: Shifts | None = None) -> np.ndarray:
    """Blur each band with its own MTF and decimate by `ratio`, in one step: whole images on nested grids.

    Parameters
    ----------
    values
        `(bands, rows, cols)`, any unit; rows and columns beyond the last whole coarse pixel are dropped.
    gains
        MTF gain at Nyquist, one per band.
    shifts
        One `(rows, cols)` per band, in fine pixels: the coarse grid of that band lies so much further down
        and right than the nested one. None is no shift.

    Returns
    -------
    numpy.ndarray
        `(bands, rows // ratio, cols // ratio)` float64, same unit.

    Raises
    ------
    InputError
        When the number of gains or shifts is not the number of bands.
    """
    shifts = [(0.0, 0.0)] * len(values) if shifts is None else shifts
    if len(gains) != len(values) or len(shifts) != len(values):
        raise InputError(
            f"Found {len(gains)} gains and {len(shifts)} shifts for {len(values)} bands; give one per band."
        )
    return np.stack([_degrade_band(band, ratio, gain, shift) for band, gain, shift in zip(values, gains, shifts)])


def degrade_valid(valid: np.ndarray, ratio: float, gains: Sequence[float], shifts: Shifts | None = None) -> np.ndarray:
    """Where `degrade` read valid pixels only: boolean, same shape as its result."""
    return degrade(valid.astype(np.float64), ratio, gains, shifts) >= FULL_SUPPORT


def _degrade_band(band: np.ndarray, ratio: float, gain: float, shift: tuple[float, float]) -> np.ndarray:
    sigma = mtf_sigma(gain, ratio)
    for axis in (0, 1):
        band = apply_taps(band, *gaussian_taps(band.shape[axis], ratio, sigma, shift[axis]), axis)
    return band
