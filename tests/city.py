"""A generated city on disk for tests of classification: HS, LiDAR, and boxes of samples as polygons and as a raster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from models.land_cover.generated_city import CLASSES, city, samples
from tests.rasters import grid_transform, write_raster
from tests.vectors import PIXEL_M, box, write_labels, write_vector

BANDS = 24
CODES = tuple(range(1, len(CLASSES) + 1))


def write_city(folder: Path, size: int = 132, each: int = 8, seed: int = 3) -> dict[str, Any]:
    """Write `hs.tif`, `lidar.tif`, `samples.gpkg` (field "class"), `labels.tif`; returns paths and arrays by name."""
    found = city(seed=seed, rows=size, cols=size, bands=BANDS)
    labelled, place = samples(found, each, 1), grid_transform(PIXEL_M)
    boxes = []
    for region in np.unique(labelled.regions)[1:]:
        rows, cols = np.nonzero(labelled.regions == region)
        name = CLASSES[labelled.labels[rows[0], cols[0]]]
        boxes.append((box(rows.min(), cols.min(), np.ptp(rows) + 1, np.ptp(cols) + 1), name))
    hs = write_raster(folder / "hs.tif", found.hs, place, dtype="Float32")
    note_wavelengths(hs, np.linspace(420, 2380, BANDS))
    return {
        "hs": hs,
        "lidar": write_raster(folder / "lidar.tif", found.lidar, place, dtype="Float32", descriptions=["height"]),
        "samples": write_vector(folder / "samples.gpkg", boxes),
        "labels": write_labels(folder / "labels.tif", labelled.labels + 1, place, names=("", *CLASSES)),
        "found": found,
        "drawn": labelled.labels,
        "boxes": boxes,
        "folder": folder,
    }


def note_wavelengths(path: str, centres_nm: np.ndarray) -> None:
    """Give every band of a raster its wavelength."""
    dataset = gdal.Open(path, gdal.GA_Update)
    for number, centre in enumerate(centres_nm, start=1):
        dataset.GetRasterBand(number).SetMetadata({"wavelength": f"{centre:.1f}", "wavelength_units": "Nanometers"})
    dataset.FlushCache()
