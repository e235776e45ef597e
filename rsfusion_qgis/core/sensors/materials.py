"""Reflectance spectra of urban and rural surfaces, sampled at any wavelengths.

Axis order: (bands,). Units: reflectance 0..1; wavelengths in micrometres, 0.40 to 2.40.
The control points are rounded values drawn by hand after the shapes that every field spectrometer shows (green peak,
red edge, water absorption at 1.4 and 1.9 um, iron slope of soils and tiles); they stand for no particular sample.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

KNOTS_UM = (0.40, 0.45, 0.50, 0.55, 0.60, 0.66, 0.70, 0.74, 0.80, 0.90, 1.00, 1.25, 1.45, 1.65, 1.95, 2.20, 2.40)

_PERCENT: dict[str, tuple[float, ...]] = {
    "lawn": (3, 3.5, 5, 9.5, 6.5, 4.5, 15, 38, 46, 49, 48, 44, 18, 27, 7, 14, 9),
    "tree": (2, 2.5, 3, 6, 4, 3, 9, 26, 34, 37, 37, 33, 12, 17, 4, 8, 5),
    "conifer": (1.5, 2, 2.5, 4, 3, 2.5, 6, 16, 21, 23, 23, 20, 7, 9, 3, 5, 3),
    "dry_grass": (5, 7, 10, 14, 18, 21, 25, 29, 32, 35, 37, 40, 28, 36, 19, 27, 22),
    "crop": (3, 4, 5, 10, 7, 5, 18, 42, 52, 55, 54, 49, 20, 29, 8, 15, 10),
    "soil": (5, 7, 9, 13, 17, 20, 22, 24, 26, 29, 31, 35, 31, 38, 27, 34, 30),
    "dark_soil": (3, 4, 5, 7, 9, 11, 12, 13, 15, 17, 19, 23, 20, 25, 17, 22, 19),
    "sand": (11, 15, 20, 27, 33, 37, 39, 41, 43, 46, 48, 52, 46, 54, 40, 50, 45),
    "asphalt": (7, 8, 9, 10, 11, 12, 12.5, 13, 13.5, 14, 14.5, 16, 16, 18, 17, 18, 17),
    "fresh_asphalt": (4, 4.4, 4.8, 5.2, 5.5, 5.8, 6, 6.2, 6.5, 6.8, 7, 7.6, 7.8, 8.2, 8, 8.4, 8),
    "concrete": (17, 20, 23, 26, 28, 30, 31, 31.5, 32, 33, 34, 36, 33, 37, 30, 34, 30),
    "bright_roof": (42, 50, 55, 58, 60, 61, 61, 61, 61, 60, 60, 58, 50, 54, 42, 48, 42),
    "metal_roof": (28, 31, 33, 34, 35, 35.5, 35, 34, 33, 33, 35, 39, 40, 42, 42, 44, 44),
    "red_tile": (5, 6, 7, 10, 19, 26, 28, 29, 30, 31, 33, 38, 38, 43, 37, 42, 38),
    "brown_roof": (5, 6, 7, 9, 12, 15, 16, 17, 18, 20, 21, 24, 23, 26, 22, 25, 22),
    "dark_roof": (4.5, 5, 5.5, 6, 6.5, 7, 7.2, 7.5, 8, 8.5, 9, 10, 10, 11, 10, 11, 10),
    "blue_roof": (15, 22, 24, 18, 11, 9, 11, 15, 19, 23, 25, 27, 25, 28, 22, 25, 22),
    "green_court": (5, 7, 12, 18, 13, 9, 10, 13, 17, 20, 22, 24, 22, 25, 20, 22, 20),
    "gravel": (14, 16, 18, 21, 23, 25, 26, 26.5, 27, 28, 29, 32, 30, 33, 28, 31, 28),
    "water": (6, 6, 5.5, 5, 3.6, 2.6, 2, 1.4, 1.1, 0.8, 0.5, 0.3, 0.2, 0.2, 0.1, 0.1, 0.1),
    "murky_water": (5, 6, 8, 10, 9.5, 8, 6.5, 4.5, 3.6, 2.4, 1.3, 0.6, 0.3, 0.3, 0.2, 0.2, 0.2),
    "pool": (25, 35, 38, 32, 14, 6, 4, 3, 2.6, 2, 1.4, 0.7, 0.4, 0.4, 0.2, 0.2, 0.2),
    "white_paint": (38, 46, 50, 52, 53, 54, 54, 54, 54, 53, 52, 50, 46, 48, 42, 44, 40),
}
MATERIALS = tuple(_PERCENT)


def spectrum(material: str, wavelengths_um: Sequence[float], rng: np.random.Generator | None = None,
             spread: float = 0.15) -> np.ndarray:
    """Reflectance of one sample of a material.

    Parameters
    ----------
    material : one of `MATERIALS`.
    wavelengths_um : band centres, micrometres.
    rng : draws the sample's own brightness, slope and curvature; None gives the control points themselves.
    spread : standard deviation of the logarithm of the brightness; the spectral shape varies by half of it.

    Returns
    -------
    (bands,) float32, 0.002 to 0.95.
    """
    drawn = np.zeros((1, 3)) if rng is None else rng.normal(0.0, (spread, spread / 2, spread / 2))[None]
    return spectra([material], wavelengths_um, drawn)[0]


def spectra(materials: Sequence[str], wavelengths_um: Sequence[float], drawn: np.ndarray) -> np.ndarray:
    """Reflectance of samples of materials, each with a look of its own that is the same at any wavelengths.

    Parameters
    ----------
    materials : one of `MATERIALS` for each sample.
    drawn : (samples, 3), logarithms of brightness, slope and curvature; 0 gives the control points themselves.

    Returns
    -------
    (samples, bands) float32, 0.002 to 0.95.
    """
    centres = np.asarray(wavelengths_um, np.float64)
    known = {name: np.interp(centres, KNOTS_UM, np.asarray(_PERCENT[name]) / 100) for name in set(materials)}
    axis = np.log(centres / 0.65)
    look = np.exp(drawn @ np.stack([np.ones_like(axis), axis, axis**2 - 0.1]))
    return np.clip(np.stack([known[name] for name in materials]) * look, 0.002, 0.95).astype(np.float32)


def paint_spectrum(wavelengths_um: Sequence[float], rng: np.random.Generator) -> np.ndarray:
    """Reflectance of a painted surface of random colour (cars, coloured roofs), (bands,) float32."""
    centres = np.asarray(wavelengths_um, np.float64)
    values = np.full(centres.shape, np.exp(rng.uniform(np.log(0.04), np.log(0.5))))
    if rng.random() < 0.5:
        centre, width = rng.uniform(0.42, 0.85), rng.uniform(0.04, 0.15)
        values = values + rng.uniform(-0.02, 0.35) * np.exp(-0.5 * ((centres - centre) / width) ** 2)
    if rng.random() < 0.5:
        values = values + rng.uniform(-0.05, 0.25) / (1 + np.exp(-(centres - rng.uniform(0.55, 0.75)) / 0.03))
    return np.clip(values, 0.01, 0.9).astype(np.float32)
