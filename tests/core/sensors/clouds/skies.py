"""Generated ground, clouds and shadows in Sentinel-2's bands, bottom of the atmosphere, reflectance 0..1."""

from __future__ import annotations

import numpy as np

from rsfusion_qgis.core.sensors.clouds.scene import Scene
from rsfusion_qgis.core.sensors.sentinel2 import L1C_BANDS

# Typical spectra as spectral libraries have them, B1 to B12 with B8A and B10.
SPECTRA: dict[str, tuple[float, ...]] = {
    "forest": (0.02, 0.02, 0.04, 0.03, 0.07, 0.20, 0.25, 0.27, 0.28, 0.27, 0.001, 0.13, 0.06),
    "meadow": (0.03, 0.04, 0.07, 0.05, 0.11, 0.30, 0.37, 0.40, 0.41, 0.40, 0.001, 0.22, 0.12),
    "red soil": (0.05, 0.07, 0.11, 0.19, 0.23, 0.26, 0.28, 0.30, 0.32, 0.32, 0.001, 0.42, 0.36),
    "dry field": (0.07, 0.09, 0.13, 0.18, 0.21, 0.24, 0.26, 0.28, 0.30, 0.30, 0.001, 0.38, 0.32),
    "desert": (0.15, 0.20, 0.30, 0.40, 0.43, 0.45, 0.47, 0.48, 0.50, 0.50, 0.001, 0.60, 0.55),
    "water": (0.04, 0.04, 0.04, 0.02, 0.015, 0.01, 0.01, 0.01, 0.01, 0.01, 0.001, 0.003, 0.002),
    "snow": (0.85, 0.87, 0.88, 0.86, 0.85, 0.84, 0.83, 0.82, 0.80, 0.75, 0.001, 0.12, 0.10),
    "foam": (0.22, 0.24, 0.25, 0.22, 0.19, 0.15, 0.13, 0.11, 0.09, 0.06, 0.001, 0.03, 0.02),
    "cloud": (0.58, 0.60, 0.60, 0.61, 0.62, 0.63, 0.64, 0.65, 0.66, 0.55, 0.003, 0.48, 0.36),
}  # fmt: skip
GROUNDS = ("forest", "meadow", "red soil", "dry field", "water")
LEVEL_2A, LEVEL_1C = Scene("L2A"), Scene("L1C")

Bands = dict[str, np.ndarray]


def ground(kind: str, rows: int = 40, cols: int = 40, cirrus: bool = False) -> Bands:
    """An even surface."""
    spectrum = dict(zip(L1C_BANDS, SPECTRA[kind]))
    names = [name for name in L1C_BANDS if cirrus or name != "B10"]
    return {name: np.full((rows, cols), spectrum[name], np.float32) for name in names}


def clouded(bands: Bands, thickness: np.ndarray | float) -> Bands:
    """Under a cloud that hides this share of the ground."""
    cloud = dict(zip(L1C_BANDS, SPECTRA["cloud"]))
    return {name: ((1 - thickness) * band + thickness * cloud[name]).astype(np.float32) for name, band in bands.items()}


def at_top(bands: Bands) -> Bands:
    """With the air's own light."""
    return {name: band + np.float32(LEVEL_1C.path(name)) for name, band in bands.items()}


def patchy(rows: int, cols: int, seed: int = 5) -> tuple[Bands, np.ndarray]:
    """Fields of forest and meadow with clouds and their shadows; the bands with B10, and the clouds' thickness."""
    rng = np.random.default_rng(seed)
    fields = np.kron(rng.random((-(-rows // 24), -(-cols // 24))), np.ones((24, 24)))[:rows, :cols]
    forest, meadow = ground("forest", rows, cols, True), ground("meadow", rows, cols, True)
    noise = rng.normal(1, 0.03, (rows, cols))
    bands = {name: ((1 - fields) * forest[name] + fields * meadow[name]) * noise for name in forest}
    row, col = np.mgrid[0:rows, 0:cols]
    thickness = np.zeros((rows, cols))
    for _ in range(max(6, rows * cols // 8000)):
        at, size = rng.uniform((0, 0), (rows, cols)), rng.uniform(6, 16)
        thickness = np.maximum(thickness, 1 / (1 + np.exp(np.hypot(row - at[0], col - at[1]) - size)))
    dark = 1 - 0.6 * np.roll(thickness, (20, -25), (0, 1))
    return clouded({name: band * dark for name, band in bands.items()}, thickness), thickness
