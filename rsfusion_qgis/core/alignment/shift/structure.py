"""Comparing two chips by their structure: where edges run, whatever the sensor makes of them.

Axis order (bands, rows, cols). A chip becomes a field of orientations: the gradients of all bands, squared as complex
numbers so that a bright-dark edge and a dark-bright one count alike, smoothed, and divided by their energy so that
gain, contrast and the strength of an edge hardly matter. Optical, SAR and LiDAR images of one place then resemble
each other. Sources: Bigun, Granlund, Optimal orientation detection of linear symmetry, 1987 (ICCV); Di Zenzo, A note on
the gradient of a multi-image, 1986, doi:10.1016/0734-189X(86)90223-9. Chips are compared at every whole shift by
normalised correlation over the pixels that are valid in both: Padfield, Masked object registration in the Fourier
domain, 2012, doi:10.1109/TIP.2011.2181402.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...basics.optional import OptionalModule

fft = OptionalModule("scipy.fft")
ndimage = OptionalModule("scipy.ndimage")

DERIVATIVE_SIGMA_PX = 1.2
"""Of the Gaussian whose derivatives are the gradients: smooths noise and speckle."""
SMOOTHING_SIGMA_PX = 1.2
"""Of the Gaussian that orientations are smoothed with."""
FLOOR = 0.3
"""Share of a chip's mean energy below which structure counts less and less: water, clouds' insides, noise."""
LEAST_OVERLAP = 0.25
"""Share of a chip's valid pixels that must meet valid ones at a shift, or it is not considered."""


@dataclass(frozen=True)
class Field:
    """Orientations of a chip: `values` (channels, rows, cols) complex64, |value| <= 1; `weight` (rows, cols), 0..1."""

    values: np.ndarray
    weight: np.ndarray


def orientation_field(image: np.ndarray, valid: np.ndarray) -> Field:
    """The field of a chip.

    Parameters
    ----------
    image : (bands, rows, cols) float, any unit; each band is brought to its own deviation first.
    valid : (rows, cols) bool.
    """
    squared, energy = np.zeros(image.shape[1:], np.complex64), np.zeros(image.shape[1:], np.float32)
    for band in image:
        gradient = _gradient(_standardised(band, valid), DERIVATIVE_SIGMA_PX)
        squared += gradient * gradient
        energy += (gradient * gradient.conj()).real
    weight = ndimage.binary_erosion(valid, iterations=int(3 * DERIVATIVE_SIGMA_PX)).astype(np.float32)
    if not weight.any():
        return Field(np.zeros((2, *energy.shape), np.complex64), weight)
    strength = np.sqrt(energy)
    floor = FLOOR * strength[weight > 0].mean() + 1e-12
    double = _smooth(squared * weight / (strength + 1e-12))
    fourfold = _smooth(squared * squared * weight / (energy * strength + 1e-12))
    level = _smooth(strength * weight) + floor
    return Field(np.stack([double / level, fourfold / level]).astype(np.complex64), weight)


def _standardised(band: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """The band in deviations about its median, clipped at four, the rest 0."""
    known = band[valid]
    if not known.size:
        return np.zeros(band.shape, np.float32)
    middle, spread = np.median(known), known.std()
    return np.where(valid, np.clip((band - middle) / (spread + 1e-12), -4, 4), 0).astype(np.float32)


def _gradient(band: np.ndarray, sigma: float) -> np.ndarray:
    across, down = (ndimage.gaussian_filter(band, sigma, order, mode="nearest") for order in ((0, 1), (1, 0)))
    return (across + 1j * down).astype(np.complex64)


def _smooth(values: np.ndarray) -> np.ndarray:
    if np.iscomplexobj(values):
        return _smooth(values.real) + 1j * _smooth(values.imag)
    return ndimage.gaussian_filter(values, SMOOTHING_SIGMA_PX, mode="nearest")


def similarity(reference: Field, secondary: Field, reach: int) -> np.ndarray:
    """Normalised correlation at every whole shift up to `reach` pixels.

    Both fields are of one size. Value [reach + r, reach + c] compares the secondary with what the reference shows r
    rows below and c columns to the right: the shift that must be added to the secondary.

    Returns
    -------
    (2 reach + 1, 2 reach + 1) float32, -1..1; NaN where too few valid pixels meet.
    """
    shape = tuple(fft.next_fast_len(size + reach) for size in reference.weight.shape)
    first, second = (_spectra(field, shape) for field in (reference, secondary))
    cross, energy_1, energy_2, both = np.zeros(shape, np.float32), *_overlaps(reference, secondary, shape)
    for a, b in zip(first, second):
        cross += fft.ifft2(a * b.conj(), workers=1).real
    score = cross / np.sqrt(np.maximum(energy_1 * energy_2, 1e-9))
    most = max(float(both.max()), 1e-9)
    score = np.where(both >= LEAST_OVERLAP * most, score, np.nan)
    steps = np.arange(-reach, reach + 1)
    return score[np.ix_(steps, steps)].astype(np.float32)


def _spectra(field: Field, shape: tuple[int, int]) -> list[np.ndarray]:
    return [fft.fft2(channel * field.weight, shape) for channel in field.values]


def _overlaps(first: Field, second: Field, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Energies of both fields over the pixels that meet at each shift, and how many meet."""
    weights = [fft.rfft2(field.weight, shape) for field in (first, second)]
    energies = [fft.rfft2((np.abs(f.values) ** 2).sum(0) * f.weight, shape) for f in (first, second)]

    def correlated(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.maximum(fft.irfft2(a * b.conj(), shape), 0).astype(np.float32)

    return correlated(energies[0], weights[1]), correlated(weights[0], energies[1]), correlated(weights[0], weights[1])


def peak(surface: np.ndarray) -> tuple[float, float, float]:
    """(cols, rows) of the highest value by a quadratic through its neighbours, counted from the middle; and the value.

    At the edge, or beside NaN, it is the whole pixel.
    """
    reach = surface.shape[0] // 2
    filled = np.where(np.isfinite(surface), surface, -np.inf)
    row, col = np.unravel_index(int(filled.argmax()), filled.shape)
    around = filled[max(row - 1, 0) : row + 2, max(col - 1, 0) : col + 2]
    if around.shape != (3, 3) or not np.isfinite(around).all():
        return float(col - reach), float(row - reach), float(filled[row, col])
    dcol, drow = _quadratic_top(around)
    return float(col - reach + dcol), float(row - reach + drow), float(filled[row, col])


def _quadratic_top(v: np.ndarray) -> tuple[float, float]:
    """Offset (cols, rows) of the top of the least-squares quadratic through 3 x 3 values, at most 1 either way."""
    a, b = (v[:, 2] - v[:, 0]).mean() / 2, (v[2] - v[0]).mean() / 2
    aa, bb = (v[:, 2] - 2 * v[:, 1] + v[:, 0]).mean(), (v[2] - 2 * v[1] + v[0]).mean()
    ab = (v[2, 2] - v[2, 0] - v[0, 2] + v[0, 0]) / 4
    determinant = aa * bb - ab * ab
    if aa >= 0 or bb >= 0 or determinant <= 0:
        return 0.0, 0.0
    dcol, drow = (ab * b - bb * a) / determinant, (ab * a - aa * b) / determinant
    return float(np.clip(dcol, -1, 1)), float(np.clip(drow, -1, 1))
