"""Pairs whose truth is known, and runs on them that are made consistent with MS, its MTF gain being told."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rsfusion_qgis.core.engine.job import Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.operators.consistency import ON
from tests.jobs import fusion_job, wishes
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, scene, write_raster

GAIN = 0.3
KNOWN = wishes(consistency=ON, gains=(GAIN,))


def fuse(folder: Path, model: str, pan: str, ms: str, name: str = "out.tif", **options: object) -> Result:
    """One run, file to file."""
    return run(fusion_job(pan, ms, model, str(folder / name), **{"options": KNOWN, **options}))


def fused(folder: Path, model: str, pan: str, ms: str, name: str = "out.tif", **options: object) -> np.ndarray:
    """The values of one run, (bands, rows, cols) float64."""
    fuse(folder, model, pan, ms, name, **options)
    return read_raster(folder / name)


def true_pair(
    folder: Path, ratio: int = 4, side: int = 24, gain: float = GAIN, bands: int = 3
) -> tuple[str, str, np.ndarray, np.ndarray]:
    """A pair whose MS is the sharp scene as a sensor of that gain sees it: its names, the scene, and MS."""
    truth = scene(bands, ratio * side, ratio * side, grid_transform(PAN_PIXEL_M), PAN_PIXEL_M, seed=2)
    pan = write_raster(folder / "pan.tif", truth.mean(0, keepdims=True), grid_transform(PAN_PIXEL_M), dtype="Float32")
    ms = degrade(truth, ratio, [gain] * bands)
    ms_path = write_raster(folder / "ms.tif", ms, grid_transform(PAN_PIXEL_M * ratio), dtype="Float32")
    return pan, ms_path, truth, ms


def rms(values: np.ndarray) -> float:
    """The root of the mean square."""
    return float(np.sqrt((values**2).mean()))
