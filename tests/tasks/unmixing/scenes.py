"""Scenes of known shares: three materials on pixels of 30 m, an image of four bands and heights on pixels of 7.5 m."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal
from scipy.ndimage import gaussian_filter

from tests.rasters import grid_transform, write_raster
from tests.vectors import write_labels

NAMES = ("roof", "tree", "water")
COLOURS = ((200, 0, 0), (0, 120, 0), (0, 0, 200))
ROWS, COLS, RATIO, BANDS = 72, 60, 4, 40
WAVELENGTHS_NM = np.linspace(420.0, 2400.0, BANDS)
_FINE = np.array([[0.30, 0.04, 0.06], [0.32, 0.09, 0.05], [0.36, 0.05, 0.03], [0.38, 0.42, 0.01]])
_HEIGHTS = (8.0, 12.0, 0.0)


def spectra(wavelengths_nm: np.ndarray = WAVELENGTHS_NM) -> np.ndarray:
    """(bands, 3) reflectance of roof, tree and water."""
    x = wavelengths_nm / 1000.0
    roof = 0.22 + 0.10 * np.tanh(3 * (x - 0.7)) - 0.03 * np.exp(-(((x - 2.2) / 0.12) ** 2))
    tree = 0.05 + 0.42 / (1 + np.exp(-45 * (x - 0.72))) * np.exp(-0.9 * np.maximum(x - 1.1, 0))
    water = 0.07 * np.exp(-3.0 * (x - 0.4))
    return np.stack([roof, tree, water], axis=1)


@dataclass(frozen=True)
class Scene:
    """What is written, and the truth: `labels` are (rows, cols) 1 to 3 on fine pixels, `shares` (3, rows, cols)."""

    hs: str
    ms: str
    heights: str
    labels_file: str
    labels: np.ndarray
    shares: np.ndarray


def make_labels(seed: int, rows: int = ROWS, cols: int = COLS) -> np.ndarray:
    """Patches of the three materials, some of them larger than a pixel of HS."""
    rng = np.random.default_rng(seed)
    fields = rng.standard_normal((3, rows * RATIO, cols * RATIO))
    return gaussian_filter(fields, (0, 2.2 * RATIO, 2.2 * RATIO)).argmax(axis=0) + 1


def write_scene(folder: Path, noise: float = 0.002, factor: float = 10000.0, seed: int = 3) -> Scene:
    """HS as whole numbers times `factor` (1.0 = as they are), MS times 10000, heights in metres, labels."""
    labels = make_labels(seed)
    fine = np.stack([labels == k for k in (1, 2, 3)]).astype(float)
    shares = fine.reshape(3, ROWS, RATIO, COLS, RATIO).mean(axis=(2, 4))
    rng = np.random.default_rng(seed + 1)
    hs = np.tensordot(spectra(), shares, 1) + noise * rng.standard_normal((BANDS, ROWS, COLS))
    ms = np.tensordot(_FINE, fine, 1) * (1 + 0.06 * rng.standard_normal((1, *labels.shape)))
    heights = np.tensordot(_HEIGHTS, fine, 1)[None] + 0.8 * rng.standard_normal((1, *labels.shape))
    coarse, sharp = grid_transform(30.0), grid_transform(7.5)
    paths = [
        write_raster(folder / "hs.tif", hs * factor, coarse, dtype="Int16" if factor > 1 else "Float32", nodata=-9999),
        write_raster(folder / "ms.tif", ms * 10000, sharp, dtype="Int16", nodata=-9999),
        write_raster(folder / "heights.tif", heights, sharp, dtype="Float32", nodata=-9999),
    ]
    add_wavelengths(paths[0])
    colours = [(0, 0, 0), *COLOURS]
    marked = write_labels(folder / "labels.tif", labels, sharp, names=["", *NAMES], colours=colours)
    return Scene(*paths, marked, labels, shares)


def add_wavelengths(path: str, wavelengths_nm: np.ndarray = WAVELENGTHS_NM) -> None:
    """Give the bands of a raster their wavelengths, as ENVI's driver does."""
    dataset = gdal.Open(path, gdal.GA_Update)
    for number, centre in enumerate(wavelengths_nm, start=1):
        band = dataset.GetRasterBand(number)
        band.SetMetadata({"wavelength": f"{centre:.3f}", "wavelength_units": "Nanometers", "fwhm": "10"})
    dataset.FlushCache()


def write_csv(path: Path, values: np.ndarray, names: tuple[str, ...], wavelengths_nm: np.ndarray) -> str:
    """A library of spectra."""
    lines = [",".join(["wavelength (nm)", *names])]
    lines += [",".join(f"{value:.6f}" for value in (at, *row)) for at, row in zip(wavelengths_nm, values)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)
