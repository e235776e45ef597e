"""A real city in blocks: HS of 30 m and MS of 3.6 m, whose grids do not nest, with mapped land cover.

Axis order (bands, rows, cols), reflectance 0..1, all on the grid of the MS. No network was designed on this scene.
Blocks are dealt out to folds by their labels alone; a strip beside their edges has no labels, so that no pixel of a
test block lies within one HS pixel of a training sample.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import open_raster, read_values
from models.land_cover.benchmark.hs_lidar_data import patches
from models.land_cover.samples.balance import fold_groups
from models.land_cover.samples.scenes import UNLABELLED, LabelledScene
from rsfusion_qgis.core.basics.errors import InputError

FOLDER = "hs/berlin_urban_gradient"
BLOCK_PX, STRIP_PX = 50, 5
FOLDS, SEED = 5, 0
FEWEST = 100
"""Labelled pixels of a class that counts, and half as many of a block that does."""
REFLECTANCE, NODATA = 1e-4, -99


def read_blocks(data: Path) -> tuple[list[LabelledScene], list[int], tuple[str, ...]]:
    """Blocks with roles `ms` and `hs`, the fold of each, and the names of the classes.

    Raises
    ------
    InputError
        The folder has no such data.
    """
    folder = Path(data) / FOLDER
    if not (folder / "landcover.json").is_file():
        raise InputError(f"--data: '{data}' has no {FOLDER}; give the folder that holds it.")
    names = {int(code): name for code, name in json.loads((folder / "landcover.json").read_text()).items()}
    ms = open_raster(folder / "ms_3m6.tif")
    layers = {"ms": read_values(ms), "hs": read_values(_on_grid_of(ms, folder / "hs_30m.tif"))}
    codes = read_values(open_raster(folder / "landcover_3m6.tif"))[0].astype(int)
    counted = [code for code in sorted(names) if code and (codes == code).sum() >= FEWEST]
    labels = np.full(codes.shape, UNLABELLED, np.int16)
    for label, code in enumerate(counted):
        labels[codes == code] = label
    blocks = _blocks(layers, labels)
    counts = np.stack([np.bincount(one.labels[one.labels != UNLABELLED], minlength=len(counted)) for one in blocks])
    return blocks, fold_groups(counts, FOLDS, SEED).tolist(), tuple(names[code] for code in counted)


def _on_grid_of(target: gdal.Dataset, path: Path) -> gdal.Dataset:
    """A raster interpolated on the pixels of another one."""
    x, size, _, y, _, _ = target.GetGeoTransform()
    cols, rows = target.RasterXSize, target.RasterYSize
    bounds = x, y - rows * size, x + cols * size, y
    return gdal.Warp("", open_raster(path), format="MEM", width=cols, height=rows, resampleAlg="bilinear",
                     srcNodata=NODATA, dstNodata=NODATA, outputBounds=bounds)  # fmt: skip


def _blocks(layers: dict[str, np.ndarray], labels: np.ndarray) -> list[LabelledScene]:
    found, used = [], 0
    rows, cols = labels.shape
    for row in range(0, rows - BLOCK_PX + 1, BLOCK_PX):
        for col in range(0, cols - BLOCK_PX + 1, BLOCK_PX):
            at = np.s_[row : row + BLOCK_PX, col : col + BLOCK_PX]
            inside = np.full((BLOCK_PX, BLOCK_PX), UNLABELLED, np.int16)
            inner = np.s_[STRIP_PX:-STRIP_PX, STRIP_PX:-STRIP_PX]
            inside[inner] = labels[at][inner]
            if (inside != UNLABELLED).sum() < FEWEST // 2:
                continue
            pieces = {role: values[(slice(None), *at)] for role, values in layers.items()}
            there = {role: (values != NODATA).all(axis=0) for role, values in pieces.items()}
            reflectance = {role: (np.where(there[role], values, 0) * REFLECTANCE).astype(np.float32)
                           for role, values in pieces.items()}  # fmt: skip
            regions = patches(inside, used)
            used = max(used, int(regions.max()))
            found.append(LabelledScene(reflectance, there, inside, regions, f"row {row}, column {col}"))
    return found
