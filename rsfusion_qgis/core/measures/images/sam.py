"""SAM, the spectral angle: mean over pixels, in degrees; 0 is perfect, 90 the worst for values above zero.

Blind to a gain per pixel. Yuhas, Goetz & Boardman 1992, Discrimination among semi-arid landscape endmembers
using the spectral angle mapper algorithm, JPL Airborne Geoscience Workshop 1, 147-149.
"""

from __future__ import annotations

import numpy as np

from .metric import Metric
from .scene import Measured, Scene
from .tile import Part


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
    fused, reference = fused.astype(np.float64), reference.astype(np.float64)
    length = np.linalg.norm(fused, axis=0) * np.linalg.norm(reference, axis=0)
    directed = length != 0
    cosine = (fused * reference).sum(axis=0)[directed] / length[directed]
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def sam(fused: np.ndarray, reference: np.ndarray, valid: np.ndarray | None = None) -> float:
    """Mean spectral angle in degrees; pixels without a direction (all bands zero) are left out.

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
    """Sum of the angles of a tile's pixels, and how many have one."""
    angles = spectral_angles(fused[:, mask], reference[:, mask])
    return np.array([angles.sum(), angles.size])


def finish(scene: Scene, total: np.ndarray) -> Measured:
    """The mean over the pixels."""
    return Measured(float(total[0] / total[1]))


SAM = Metric("sam", "SAM", "°", 0.0, ("fused", "reference"), (Part(("fused", "reference"), angle_sum),), finish)
