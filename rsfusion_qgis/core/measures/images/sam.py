"""SAM, the spectral angle: mean over pixels, in degrees; 0 is perfect, 90 the worst for values above zero.

Blind to a gain per pixel. Of hyperspectral images, dark pixels are left out as well as zero ones: in a border of near
zeros, a shadow or deep clear water the direction of a spectrum is its noise. Such angles reach 60° and hide those that
count. The limit is a share of the root mean square length of the reference's spectra, so it needs no unit.
Yuhas, Goetz & Boardman 1992, Discrimination among semi-arid landscape endmembers using the spectral angle mapper
algorithm, JPL Airborne Geoscience Workshop 1, 147-149.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric
from .scene import Measured, Scene
from .tile import Part

HYPERSPECTRAL = 25
"""Bands from which on dark pixels are left out. Tables of pansharpening count them."""
DARK = 0.05
"""Pixels whose spectrum is shorter than this share of the root mean square are dark. Turbid water has 0.1 to 0.2."""
BINS, PER_OCTAVE = 1024, 8
"""Lengths are counted in bins, so that tiles need not know the scene: 9 % wide, from 2^-64 to 2^64."""


def spectral_angles(fused: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Angles between spectra, in degrees.

    Parameters
    ----------
    fused, reference
        `(bands, pixels)`, spectra in columns.

    Returns
    -------
    numpy.ndarray
        `(pixels,)` float64, without those where either spectrum is all zero.
    """
    return _angles_and_lengths(fused, reference)[0]


def _angles_and_lengths(fused: np.ndarray, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    fused, reference = fused.astype(np.float64), reference.astype(np.float64)
    lengths = np.linalg.norm(reference, axis=0)
    product = np.linalg.norm(fused, axis=0) * lengths
    directed = product != 0
    cosine = (fused * reference).sum(axis=0)[directed] / product[directed]
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))), lengths[directed]


def sam(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Mean spectral angle in degrees; pixels that are zero in all bands, and dark ones of many bands, are left out.

    Parameters
    ----------
    fused, reference
        `(bands, rows, cols)`, any unit.
    valid
        See `metric.Metric.compute`.

    Returns
    -------
    float
        NaN when no pixel has a direction.
    """
    return SAM.compute(fused=fused, reference=reference, valid=valid)


def angle_sum(scene: Scene, mask: np.ndarray, fused: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Of a tile's pixels with an angle, by bins of the reference's length: sums of angles, counts, squared lengths.

    Returns
    -------
    numpy.ndarray
        `(3, BINS)` float64.
    """
    angles, lengths = _angles_and_lengths(fused[:, mask], reference[:, mask])
    bins = _bin(lengths)
    return np.stack([np.bincount(bins, weight, BINS) for weight in (angles, np.ones_like(angles), lengths**2)])


def _bin(lengths: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(np.log2(lengths) * PER_OCTAVE) + BINS // 2, 0, BINS - 1).astype(np.intp)


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The mean over the pixels, from the bin of the limit on."""
    first = 0
    if scene.sources["fused"].bands >= HYPERSPECTRAL and total[2].any():
        first = int(_bin(DARK * np.sqrt(total[2].sum() / total[1].sum())))
    angles, count, _ = total[:, first:].sum(axis=1)
    return Measured(float(angles / count))


SAM = Metric("sam", "SAM", "°", 0.0, ("fused", "reference"), (Part(("fused", "reference"), angle_sum),), finish)
