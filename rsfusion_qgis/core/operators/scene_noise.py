"""White noise in what a regression leaves of an image, told from scene by its covariances.

What an MTF has blurred is related between neighbouring pixels, noise is not; and noise of one band is unrelated to that
of others, so what bands have in common is none.
"""

from __future__ import annotations

import math

import numpy as np

ROUGHNESS = 1.5
"""The power of the frequency with which the spectral density of a scene is taken to fall."""
LAGS = tuple((row, col) for row in range(3) for col in range(-2, 3) if row > 0 or col >= 0)
"""Offsets (rows, cols) between neighbours whose covariance is gathered; the opposite ones are the same."""
_ORDERS, _FREQUENCIES = 3, 64  # of the folded spectrum: orders of aliasing, and samples along each axis
_LEAST = 1e-12  # share of a variance that is rounding


def noise_share(covariances: np.ndarray, gain: float, high_pass: float) -> tuple[float, float]:
    """White noise in a high-passed remainder, told from what was blurred by the MTF before it was sampled.

    Parameters
    ----------
    covariances : ndarray
        (lags,): of the remainder with itself.
    gain : MTF gain of the band.
    high_pass : standard deviation, in pixels, of the low pass that was taken off.

    Returns
    -------
    variance, left
        Of the noise before the high pass, and of what the high pass leaves of it.
    """
    weight = np.sqrt([1 + (lag != (0, 0)) for lag in LAGS])  # each stands for the opposite one too
    white, scene = (_neighbours(density) for density in _spectra(gain, high_pass))
    columns, wanted = np.stack([white, scene], axis=1) * weight[:, None], covariances * weight
    noise, rest = np.linalg.lstsq(columns, wanted, rcond=None)[0]
    if rest < 0:
        noise = columns[:, 0] @ wanted / (columns[:, 0] @ columns[:, 0])
    noise = max(float(noise), 0.0)
    return noise, noise * float(white[0])


def of_one_band(covariance: np.ndarray) -> np.ndarray:
    """(bands,) of a covariance of remainders: the part of each variance that the other bands do not tell, so all that
    can be noise. Noise of different bands is unrelated; Roger, Arnold 1996, doi:10.1080/01431169608948750."""
    scale = np.sqrt(np.maximum(np.diag(covariance), _LEAST))
    correlation = covariance / np.outer(scale, scale)
    return scale**2 / np.diag(np.linalg.inv(correlation + 1e-6 * np.eye(len(scale))))


def _spectra(gain: float, high_pass: float) -> tuple[np.ndarray, np.ndarray]:
    """Spectral densities at the coarse pixels, high-passed: of white noise, and of a scene that an MTF has blurred.

    Both (`_FREQUENCIES`, `_FREQUENCIES`); before the high pass each has the variance 1.
    """
    own = np.fft.fftfreq(_FREQUENCIES)
    squared = own[:, None] ** 2 + own**2
    passed = (1 - np.exp(-2 * (math.pi * high_pass) ** 2 * squared)) ** 2
    folded = (own[:, None] + np.arange(-_ORDERS, _ORDERS + 1)).reshape(_FREQUENCIES, -1)
    squared = folded[:, None, :, None] ** 2 + folded[None, :, None, :] ** 2
    squared[0, 0, _ORDERS, _ORDERS] = own[1] ** 2
    scene = (squared ** (-ROUGHNESS / 2) * np.exp(8 * math.log(gain) * squared)).sum(axis=(2, 3))
    return passed, passed * scene / scene.mean()


def _neighbours(density: np.ndarray) -> np.ndarray:
    """Covariances (lags,) from a spectral density."""
    covariance = np.fft.ifft2(density).real
    return np.array([covariance[lag] for lag in LAGS])
