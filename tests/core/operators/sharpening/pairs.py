"""Pairs whose truth is known: a pan of plane waves, and MS bands that are the same waves as a sensor blurs them.

The blur is taken from the formula of the MTF, wave by wave, not from any filter: a wave of frequency f cycles per
metre keeps gain ** ((f / nyquist) ** 2) of its amplitude, Nyquist being that of the MS.

pan, ms = write_waves(tmp_path, rows=60, cols=70, ratio=2.5, offset=(0.3, -0.2), gains=(0.3, 0.4))
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rsfusion_qgis.core.engine.run import Job, Monitor, Result, run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster
from tests.textures import texture

METHODS = ("mtf_glp_fs", "gsa", "bt_h", "exp")
GAINS = (0.34, 0.32, 0.30, 0.22)
LEVEL = 10.0


def waves(rows: int, cols: int, geotransform: Sequence[float], nyquist: float = 0.0, gain: float = 1.0) -> np.ndarray:
    """(rows, cols) at the pixel centres of a grid; waves of 3.3 to 80 pan pixels."""
    rng = np.random.default_rng(5)
    row, col = np.mgrid[0:rows, 0:cols] + 0.5
    x, y = geotransform[0] - 500000.0 + col * geotransform[1], geotransform[3] - 5000000.0 + row * geotransform[5]
    values = np.full((rows, cols), LEVEL)
    for length in np.geomspace(3.3 * PAN_PIXEL_M, 80 * PAN_PIXEL_M, 20):
        angle, phase, amplitude = rng.uniform(0, np.pi), rng.uniform(0, 2 * np.pi), (length / 400) ** 0.5
        seen = gain ** ((1 / length / nyquist) ** 2) if nyquist else 1.0
        values += seen * amplitude * np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / length + phase)
    return values


def write_waves(
    folder: Path, rows: int, cols: int, ratio: float, offset: tuple[float, float] = (0.0, 0.0),
    gains: Sequence[float] = (0.3,), factors: Sequence[float] = (1.0,),
) -> tuple[str, str]:  # fmt: skip
    """Write pan.tif and ms.tif of `rows` x `cols` MS pixels; band b is factors[b] times the waves under gains[b]."""
    pixel = PAN_PIXEL_M * ratio
    fine, coarse = grid_transform(PAN_PIXEL_M), grid_transform(pixel, (offset[0] * pixel, offset[1] * pixel))
    pan = waves(round(rows * ratio), round(cols * ratio), fine)
    bands = [f * waves(rows, cols, coarse, 0.5 / pixel, gain) for f, gain in zip(factors, gains)]
    pan_path = write_raster(folder / "pan.tif", pan[None], fine, dtype="Float32")
    return pan_path, write_raster(folder / "ms.tif", np.stack(bands), coarse, dtype="Float32")


def scene(rows: int, cols: int, ratio: int) -> tuple[np.ndarray, np.ndarray]:
    """Pan (1, rows, cols) and MS of four bands, with structure of their own and in common, about 0 to 2000."""
    common = texture(rows, cols, 9)
    ground = np.stack([0.3 * texture(rows, cols, b) + (0.5 + 0.1 * b) * common for b in range(4)])
    return (ground.mean(axis=0, keepdims=True) + 30).astype("f4"), degrade(ground, ratio, GAINS).astype("f4")


def write_scene(folder: Path, pan: np.ndarray, ms: np.ndarray, ratio: float, **how: object) -> tuple[str, str]:
    """Write them on nested grids as Float32."""
    places = grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * ratio)
    paths = folder / "pan.tif", folder / "ms.tif"
    pan_path, ms_path = (
        write_raster(path, values, place, dtype="Float32", **how)
        for path, values, place in zip(paths, (pan, ms), places)
    )
    return pan_path, ms_path


def method_job(pan: str, ms: str, method: str, output: str, how: MethodOptions, **options: object) -> Job:
    """A job of a classical method."""
    return Job(TASK, {"pan": pan, "ms": ms}, output, method=method, options=how, **options)


def fuse(
    folder: Path, pan: str, ms: str, method: str, name: str = "out.tif", gains: Sequence[float] = (),
    sensor: str = "generic", monitor: Monitor | None = None, **options: object,
) -> Result:  # fmt: skip
    """One run, file to file."""
    return run(method_job(pan, ms, method, str(folder / name), MethodOptions(sensor, tuple(gains)), **options), monitor)


def fused(folder: Path, pan: str, ms: str, method: str, name: str = "out.tif", **options: object) -> np.ndarray:
    """The values of one run, (bands, rows, cols) float64."""
    fuse(folder, pan, ms, method, name, **options)
    return read_raster(folder / name)


def span(values: np.ndarray) -> float:
    """The data range."""
    return float(values.max() - values.min())
