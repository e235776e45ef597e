"""A fine scene and its pan, and how far a fused image lies from the true one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.pansharpening import classical
from models.pansharpening.benchmark import wald
from rsfusion_qgis.core.grid.degradation import degrade
from tests.core.alignment.checks.textures import texture
from tests.rasters import PAN_PIXEL_M, grid_transform, write_raster

GAINS = (0.3, 0.3, 0.3)


def make_scene(seed: int = 1, size: int = 256, bands: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """A fine scene `(bands, size, size)`, smooth patches plus shared texture, and the pan that sums it up."""
    rng = np.random.default_rng(seed)
    texture = classical.interpolate(rng.normal(size=(1, size // 2, size // 2)), 2, (size, size))
    patches = classical.interpolate(
        rng.uniform(300, 900, size=(bands, size // 32, size // 32)), 32, (size, size)
    )
    fine = patches + np.linspace(40, 80, bands)[:, None, None] * texture
    return fine, fine.mean(axis=0, keepdims=True)


def write_textured_pair(folder: Path, side: int, ratio: int, gain: float) -> tuple[str, str]:
    """Write PAN and MS, three bands, of a scene whose bands share pan's texture in part; returns their paths."""
    fine, own = texture(side, seed=4), texture(side, seed=5)
    truth = np.stack([500 + 60 * fine + 30 * own, 900 + 100 * fine, 700 + 50 * fine - 40 * own])
    sharp, ms = truth[:2].mean(0, keepdims=True), degrade(truth, ratio, [gain] * 3)
    pan = write_raster(folder / "pan.tif", sharp, grid_transform(PAN_PIXEL_M), dtype="Float32")
    return pan, write_raster(folder / "ms.tif", ms, grid_transform(PAN_PIXEL_M * ratio), dtype="Float32")


def rms(fused: np.ndarray, reference: np.ndarray) -> float:
    return float(np.sqrt(((wald.inner(fused) - wald.inner(reference)) ** 2).mean()))
