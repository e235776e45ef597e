"""A generated hyperspectral scene that is known on the fine pixels, so that a sharpening has a truth to meet.

Four materials, each with a smooth spectrum, cover patchy shares of every pixel; the guide's bands are means of
neighbouring bands; the hyperspectral image is the truth, seen with its MTF.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from rsfusion_qgis.core.grid.degradation import degrade
from tests.rasters import write_raster

ORIGIN = (600000.0, 5000040.0)
RATIO, GAIN, MATERIALS = 3, 0.3, 4


def spectra(bands: int, seed: int = 2) -> np.ndarray:
    """(MATERIALS, bands), about 500 to 4000."""
    random = np.random.default_rng(seed)
    knots = random.uniform(500, 4000, (MATERIALS, 6))
    return np.array([np.interp(np.linspace(0, 5, bands), np.arange(6), one) for one in knots])


def wavelengths(bands: int) -> np.ndarray:
    """(bands,) nanometres."""
    return np.linspace(420, 2400, bands)


def truth(rows: int, cols: int, bands: int, seed: int = 1) -> np.ndarray:
    """(bands, rows, cols) on the fine pixels, edges and texture."""
    random = np.random.default_rng(seed)
    patches = random.uniform(0, 1, (MATERIALS, rows // 7 + 1, cols // 7 + 1)).repeat(7, axis=1).repeat(7, axis=2)
    shares = patches[:, :rows, :cols] ** 3 + random.uniform(0, 0.1, (MATERIALS, rows, cols))
    return np.tensordot(spectra(bands).T, shares / shares.sum(axis=0), 1)


def guide_of(fine: np.ndarray, count: int) -> np.ndarray:
    """(count, rows, cols): each a mean of its part of the first three quarters of the bands."""
    parts = np.array_split(np.arange(len(fine) * 3 // 4), count)
    return np.stack([fine[part].mean(axis=0) for part in parts])


def write_scene(
    folder: Path, rows: int = 40, cols: int = 44, bands: int = 24, count: int = 3, noise: float = 0.0,
    dtype: str = "Int16", **more: Any,
) -> dict[str, str]:  # fmt: skip
    """Write hs and guide; returns their paths by role. `rows` and `cols` are those of hs."""
    fine = truth(rows * RATIO, cols * RATIO, bands)
    coarse = degrade(fine, RATIO, (GAIN,) * bands)
    coarse = coarse + noise * np.random.default_rng(5).standard_normal(coarse.shape)
    paths = {}
    for role, values, metres in (("hs", coarse, 30.0), ("guide", guide_of(fine, count), 10.0)):
        place = (ORIGIN[0], metres, 0.0, ORIGIN[1], 0.0, -metres)
        paths[role] = write_raster(folder / f"{role}.tif", values, place, dtype=dtype, **more)
    raster = gdal.Open(paths["hs"], gdal.GA_Update)
    for number, centre in enumerate(wavelengths(bands), start=1):
        band = raster.GetRasterBand(number)
        band.SetDescription(f"{centre:.0f} nm")
        band.SetMetadataItem("wavelength", f"{centre:.2f}")
        band.SetMetadataItem("wavelength_units", "Nanometers")
        band.SetMetadataItem("fwhm", "10.0")
    raster.FlushCache()
    return paths
