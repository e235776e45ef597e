"""Scenes to learn from: real triplets (SAR, cloudy, clear) and clear images with or without SAR.

Axis order (bands, rows, cols), float32: reflectance of the 12 `BANDS`, decibels of VV and VH. Twelve bands, because
Level-1C and Level-2A share them: the cirrus band B10 of Level-1C sees no ground, so there is nothing in it to restore;
it helps to find clouds, and `Triplet.cirrus` keeps it for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.cloud_removal.split import CLEAR
from models.common.rasters import open_raster, read_values
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.reflectance import SCALE
from rsfusion_qgis.core.sensors.sentinel2 import L1C_BANDS, L2A_BANDS

BANDS = L2A_BANDS
TRIPLETS = "s1s2_cloud"
SMALLEST_PX = 128
"""Scenes are extended by mirrors to at least this size, to cut pieces from."""
_AT = {10: ("B2", "B3", "B4", "B8"), 20: ("B5", "B6", "B7", "B8A", "B11", "B12"), 60: ("B1", "B9")}
_STEMS = (("_s1.tif", "_s2.tif"), ("/s1_10m.tif", "/s2_10m.tif"))


@dataclass(frozen=True)
class Clear:
    """A clear image: `optical` (12, rows, cols) and `sar` (2, rows, cols), None where there is none."""

    name: str
    optical: np.ndarray
    sar: np.ndarray | None


@dataclass(frozen=True)
class Triplet:
    """A cloudy and a clear image of one place with its SAR image; all three from different days.

    cirrus: (rows, cols) reflectance of B10 in the cloudy image; None where it is not known.
    """

    name: str
    cloudy: np.ndarray
    clear: np.ndarray
    sar: np.ndarray
    cirrus: np.ndarray | None = None


def read_triplets(data: Path, names: Sequence[str]) -> list[Triplet]:
    """Read triplets of the data folder.

    Raises
    ------
    InputError
        The folder has no such triplets.
    """
    return [_triplet(Path(data) / TRIPLETS, name) for name in names]


def read_clear(data: Path, names: Sequence[str] = CLEAR) -> list[Clear]:
    """Read scenes without clouds, by their paths in the data folder."""
    return [_clear(Path(data) / name, name) for name in names]


def _triplet(folder: Path, name: str) -> Triplet:
    cloudy, clear, sar = (folder / f"{name}_{what}.tif" for what in ("s2_cloudy", "s2_clear", "s1"))
    if not cloudy.is_file():
        raise InputError(f"--data: '{folder.parent}' has no {TRIPLETS}/{cloudy.name}; give the folder that holds it.")
    bands = _reflectance(cloudy)
    return Triplet(name, _twelve(bands), _twelve(_reflectance(clear)), _decibels(sar), bands.get("B10"))


def _clear(path: Path, name: str) -> Clear:
    """A scene that lies in one file, or at three resolutions in a folder of its own."""
    for sar_end, optical_end in _STEMS:
        optical = Path(f"{path}{optical_end}")
        if not optical.is_file():
            continue
        bands = _three_resolutions(path) if path.is_dir() else _reflectance(optical)
        sar = Path(f"{path}{sar_end}")
        return Clear(name, extended(_twelve(bands)), extended(_decibels(sar)) if sar.is_file() else None)
    raise InputError(f"--data: there is no scene '{name}' in it; give the folder that holds it.")


def _reflectance(path: Path) -> dict[str, np.ndarray]:
    """Bands by name, told by their number: 13 of Level-1C or 12 of Level-2A."""
    values = (read_values(open_raster(path)) / SCALE).astype(np.float32)
    names = {13: L1C_BANDS, 12: L2A_BANDS}.get(len(values))
    if names is None:
        raise InputError(f"'{path}' has {len(values)} bands; expected the 13 of Level-1C or the 12 of Level-2A.")
    return dict(zip(names, values))


def _three_resolutions(folder: Path) -> dict[str, np.ndarray]:
    """All bands at 10 m; the coarser ones are interpolated."""
    found = {}
    for metres, names in _AT.items():
        values = read_values(open_raster(folder / f"s2_{metres}m.tif")) / SCALE
        factor = metres // 10
        for name, band in zip(names, values):
            fine = ndimage.zoom(band, factor, order=1, mode="nearest", grid_mode=True) if factor > 1 else band
            found[name] = fine.astype(np.float32)
    return found


def _twelve(bands: dict[str, np.ndarray]) -> np.ndarray:
    return np.stack([bands[name] for name in BANDS])


def _decibels(path: Path) -> np.ndarray:
    return read_values(open_raster(path)).astype(np.float32)


def extended(image: np.ndarray, least: int = SMALLEST_PX) -> np.ndarray:
    """Mirror an image (bands, rows, cols) at its ends where it is smaller than `least`."""
    rows, cols = (max(0, least - size) for size in image.shape[1:])
    return np.pad(image, ((0, 0), (0, rows), (0, cols)), mode="reflect")
