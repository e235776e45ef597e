"""What the ways are measured on: real triplets, and pairs of dates with the shapes of real clouds put on.

A case is a folder of rasters for the plugin: `optical`, `cloudmask`, and `sar` or `clear`; the truth stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.cloud_removal.masks import reference_mask
from models.cloud_removal.scenes import TRIPLETS, read_triplets
from models.cloud_removal.split import FOLDS
from models.common.rasters import open_raster, read_values
from rsfusion_qgis.core.basics.errors import InputError

PAIRS = {
    "Corumbá, fire": ("landsat8_corumba_fire", "ms_20190809.tif", "ms_20190825.tif"),
    "Brumadinho, dam break": ("landsat8_brumadinho", "ms_20190114.tif", "ms_20190130.tif"),
    "fields, 16 days": ("landsat_modis_2016", "landsat_2016220.tif", "landsat_2016236.tif"),
}
"""Folders and files of `spatiotemporal`: the clear image of another date, and the one on which clouds are put."""
SHAPES = ("patch_2729", "patch_6553", "patch_4287")
"""Triplets that lend the shapes of their clouds."""
LEAST_PIXELS, LEAST_CLEAR = 200, 200
WHITE = (0.6, 0.95)
"""Darkest and brightest cloud, of the largest value."""


@dataclass(frozen=True)
class Case:
    """One scene.

    Attributes
    ----------
    inputs : role -> path.
    truth, cloudy : (bands, rows, cols), stored units of the files.
    mask : (rows, cols) bool, what is to be replaced and scored.
    scored : places of the bands that are scored.
    unit : stored units per unit in which errors are told.
    """

    name: str
    inputs: dict[str, str]
    truth: np.ndarray
    cloudy: np.ndarray
    mask: np.ndarray
    scored: tuple[int, ...]
    unit: float


def triplets(data: Path, folder: Path) -> Iterator[Case]:
    """Real clouds: the truth is another day's clear image."""
    source = Path(data) / TRIPLETS
    for name in (name for names in FOLDS.values() for name in names):
        triplet = read_triplets(data, [name])[0]
        mask = reference_mask(triplet)
        if mask.sum() < LEAST_PIXELS or (~mask).sum() < LEAST_CLEAR:
            continue
        files = {what: source / f"{name}_{what}.tif" for what in ("s2_cloudy", "s2_clear", "s1")}
        cloudy, truth = (read_values(open_raster(files[what])) for what in ("s2_cloudy", "s2_clear"))
        scored = tuple(place for place in range(len(truth)) if len(truth) == 12 or place != 10)
        inputs = {"optical": str(files["s2_cloudy"]), "sar": str(files["s1"]),
                  "cloudmask": write_like(folder / f"{name}_mask.tif", files["s2_cloudy"], mask[None])}  # fmt: skip
        yield Case(name, inputs, truth, cloudy, mask, scored, 10000.0)


def pairs(data: Path, folder: Path) -> Iterator[Case]:
    """Real change between two dates; clouds are opaque, their shapes are those of real ones."""
    for title, (where, first, second) in PAIRS.items():
        paths = [Path(data) / "spatiotemporal" / where / name for name in (first, second)]
        if not all(path.is_file() for path in paths):
            raise InputError(f"--data: there is no '{paths[0]}'; give the folder that holds spatiotemporal.")
        truth = read_values(open_raster(paths[1]))
        there = (truth != 0).all(axis=0) & (read_values(open_raster(paths[0])) != 0).all(axis=0)
        for shape in SHAPES:
            mask = _shape(data, shape, truth.shape[1:]) & there
            cloudy = truth.copy()
            light = np.random.default_rng(0).uniform(*WHITE, (len(cloudy), int(mask.sum())))
            cloudy[:, mask] = light * np.iinfo(np.uint16).max
            stem = f"{where}_{shape}"
            inputs = {"optical": write_like(folder / f"{stem}.tif", paths[1], cloudy),
                      "clear": str(paths[0]),
                      "cloudmask": write_like(folder / f"{stem}_mask.tif", paths[1], mask[None])}  # fmt: skip
            spread = float(np.mean(truth[:, there].std(axis=1)))
            yield Case(f"{title}, {100 * mask.mean():.0f} %", inputs, truth, cloudy, mask,
                       tuple(range(len(truth))), spread)  # fmt: skip


def _shape(data: Path, name: str, size: tuple[int, int]) -> np.ndarray:
    mask = reference_mask(read_triplets(data, [name])[0]).astype(float)
    return ndimage.zoom(mask, [new / old for new, old in zip(size, mask.shape)], order=1) > 0.5


def write_like(path: Path, like: Path, values: np.ndarray) -> str:
    """Write (bands, rows, cols) as whole numbers, on the grid of another raster; return the path."""
    from osgeo import gdal

    source = open_raster(like)
    kind, dtype = (gdal.GDT_Byte, np.uint8) if len(values) == 1 else (gdal.GDT_UInt16, np.uint16)
    made = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[2], values.shape[1], len(values), kind)
    made.SetGeoTransform(source.GetGeoTransform(can_return_null=True) or (0, 1, 0, 0, 0, 1))
    made.SetProjection(source.GetProjection())
    made.WriteRaster(0, 0, values.shape[2], values.shape[1], np.ascontiguousarray(values.astype(dtype)).tobytes())
    made.FlushCache()
    return str(path)
