"""A generated SAR-optical pair: fields and houses with one pattern in both, and its truth. (bands, rows, cols)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.rasters import grid_transform, write_raster

PIXEL_M = 10.0


def pattern(rows: int, cols: int, seed: int) -> np.ndarray:
    """(rows, cols), 0 to 1: boxes upon boxes."""
    draw = np.random.default_rng(seed)
    made = np.full((rows, cols), 0.4)
    for _ in range(rows * cols // 40):
        row, col, height, width = draw.integers(0, rows), draw.integers(0, cols), *draw.integers(2, 12, 2)
        made[row : row + height, col : col + width] = draw.random()
    return made


def write(folder: Path, ratio: int = 2, unlike: bool = False, rows: int = 96, cols: int = 104) -> dict[str, str]:
    """Files by role, and `truth`: the optical image with pixels as fine as those of SAR; speckle of 10 looks."""
    draw, shared = np.random.default_rng(9), pattern(rows, cols, 4)
    truth = np.stack([400 + 1500 * shared, 600 + 2500 * shared, 3000 - 1200 * shared])
    coarse = truth.reshape(3, rows // ratio, ratio, cols // ratio, ratio).mean(axis=(2, 4))
    seen = pattern(rows, cols, 77) if unlike else shared
    power = 10 ** ((-16 + 12 * seen) / 10) * draw.gamma(10, 0.1, (2, rows, cols))
    decibel = 10 * np.log10(power)
    fine, wide = grid_transform(PIXEL_M), grid_transform(PIXEL_M * ratio)
    optical = {"dtype": "UInt16", "nodata": 65535.0, "descriptions": ("a", "b", "c")}
    return {
        "optical": write_raster(folder / "optical.tif", coarse, wide, **optical),
        "sar": write_raster(folder / "sar.tif", decibel, fine, dtype="Float32", descriptions=("VV", "VH")),
        "truth": write_raster(folder / "truth.tif", truth, fine, dtype="Float32"),
    }
