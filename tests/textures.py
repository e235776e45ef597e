"""Rasters with structure everywhere and a known place: filtered noise, written where it lies, or where it does not.

reference, secondary = write_pair(tmp_path, add_m=(6.5, 3.5))   # what must be added to the secondary, metres
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy import ndimage

from tests.rasters import grid_transform, write_raster

PIXEL_M = 5.0


def texture(rows: int, cols: int, seed: int = 0) -> np.ndarray:
    """Structure of several sizes, (rows, cols) float64 in about 0 to 2000."""
    noise = np.random.default_rng(seed).normal(size=(rows, cols))
    layers = [ndimage.gaussian_filter(noise, sigma, mode="wrap") * sigma for sigma in (1.0, 2.5, 6.0)]
    return np.clip(1000 + 700 * np.sum(layers, axis=0), 1, 2000)


def write_pair(
    folder: Path, add_m: tuple[float, float] = (0.0, 0.0), size: tuple[int, int] = (300, 360), ratio: int = 1,
    seed: int = 0, secondary_seed: int | None = None, name: str = "", **how: Any,
) -> tuple[str, str]:  # fmt: skip
    """Write `<name>reference.tif` and `<name>secondary.tif` and return their paths.

    Parameters
    ----------
    add_m : (east, north) metres by which the secondary's header is wrong: what must be added to its coordinates.
    size : (rows, cols) of the reference.
    ratio : pixel size of the secondary over the reference's; its pixels are means.
    secondary_seed : another number shows another place.
    how : of `rasters.write_raster`, for the secondary.
    """
    ground = texture(*size, seed)
    other = ground if secondary_seed is None else texture(*size, secondary_seed)
    rows, cols = size[0] // ratio, size[1] // ratio
    other = other[: rows * ratio, : cols * ratio].reshape(rows, ratio, cols, ratio).mean((1, 3))
    noise = np.random.default_rng(seed + 1000).normal(size=other.shape)
    reference = write_raster(folder / f"{name}reference.tif", ground[None], grid_transform(PIXEL_M))
    false_place = grid_transform(PIXEL_M * ratio, (-add_m[0], add_m[1]))
    values = np.clip(0.6 * other + 300 + 5 * noise, 1, None)
    return reference, write_raster(folder / f"{name}secondary.tif", values[None], false_place, **how)
