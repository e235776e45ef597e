"""Generated scenes for cloud removal: fields, forest, a lake and a town that SAR and optics tell apart.

Axis order (bands, rows, cols), float32: reflectance of the 12 bands, decibels of VV and VH.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import ndimage

from models.cloud_removal.clouds import Weather, put_clouds
from models.cloud_removal.scenes import Clear, Triplet
from models.common.rasters import ORIGIN, Frame, write_raster

FOREST = (0.12, 0.09, 0.08, 0.05, 0.10, 0.24, 0.29, 0.28, 0.31, 0.09, 0.15, 0.08)
FIELD = (0.14, 0.12, 0.12, 0.13, 0.16, 0.22, 0.25, 0.25, 0.27, 0.08, 0.28, 0.20)
LAKE = (0.13, 0.10, 0.08, 0.06, 0.05, 0.04, 0.04, 0.03, 0.03, 0.02, 0.02, 0.01)
TOWN = (0.17, 0.16, 0.17, 0.18, 0.19, 0.21, 0.22, 0.23, 0.24, 0.09, 0.26, 0.24)
GROUNDS = np.array([FOREST, FIELD, LAKE, TOWN])
DECIBELS = np.array([(-9.0, -14.0), (-12.0, -19.0), (-22.0, -29.0), (-5.0, -12.0)])
CUMULUS = Weather(0.35, 60, 3.5, 4.0, 1.0, 0.1, 900)


def ground(size: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kinds of ground (rows, cols), optical and SAR images."""
    draw = np.random.default_rng(seed)
    noise = ndimage.gaussian_filter(draw.normal(size=(size, size)), 10, mode="wrap")
    kinds = np.digitize(noise, np.quantile(noise, [0.35, 0.7, 0.85]))
    optical = np.moveaxis(GROUNDS[kinds], 2, 0) * (1 + 0.03 * draw.normal(size=(12, size, size)))
    sar = np.moveaxis(DECIBELS[kinds], 2, 0) + 1.2 * draw.normal(size=(2, size, size))
    return kinds, optical.astype(np.float32), sar.astype(np.float32)


def triplet(name: str, size: int = 128, seed: int = 0, weather: Weather = CUMULUS) -> tuple[Triplet, np.ndarray]:
    """A triplet whose cloudy image is of the same day, and the true mask of cloud and shadow."""
    _, optical, sar = ground(size, seed)
    made = put_clouds(optical, np.random.default_rng(seed + 1000), weather)
    return Triplet(name, made.cloudy, optical, sar), made.mask


def clear(name: str, size: int = 128, seed: int = 50, with_sar: bool = True) -> Clear:
    _, optical, sar = ground(size, seed)
    return Clear(name, optical, sar if with_sar else None)


def save(folder: Path, one: Triplet) -> None:
    """Write a triplet as the data folder holds them, with a cirrus band that sees nothing."""
    frame = Frame.square(ORIGIN, 10.0)
    for image, what in ((one.cloudy, "s2_cloudy"), (one.clear, "s2_clear")):
        thirteen = np.insert(image, 10, 0.001, axis=0)
        write_raster(folder / f"{one.name}_{what}.tif", (10000 * thirteen).round().clip(1, 65535), frame)
    write_raster(folder / f"{one.name}_s1.tif", one.sar, frame, data_type="Float32")
