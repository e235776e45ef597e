"""Memory and time of one run of rsfusion:sharpenhyperspectral at full size, on a generated scene.

    python -m models.hyperspectral_sharpening.full_size [--pixels 1000] [--bands 240] [--ratio 6] [--guide 4]

The scene is the sum of a few smooth spectra, each times a patchy share with fine texture; the image is that scene as
its sensor sees it, the guide has means of neighbouring bands. Both are written band by band and strip by strip, 16 bit.
The run stands in a process of its own, with one thread; its memory is the peak of that process, Python included.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import ORIGIN, Frame
from models.engine.run_alone import run_alone
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.tasks.hyperspectral_sharpening.operators import METHODS
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import GAIN, HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK

MATERIALS, PATCH_PX, TEXTURE = 6, 17, 0.1
FINE_M = 5.0


def shares(pixels: int) -> np.ndarray:
    """(MATERIALS, pixels, pixels) float32, sum 1: what part of each fine pixel each material has."""
    draw = np.random.default_rng(1)
    count = math.ceil(pixels / PATCH_PX)
    patches = draw.random((MATERIALS, count, count), np.float32) ** 3
    found = patches.repeat(PATCH_PX, axis=1).repeat(PATCH_PX, axis=2)[:, :pixels, :pixels]
    found = found + TEXTURE * draw.random(found.shape, np.float32)
    return found / found.sum(axis=0)


def spectra(bands: int) -> np.ndarray:
    """(MATERIALS, bands), 500 to 4000."""
    knots = np.random.default_rng(2).uniform(500, 4000, (MATERIALS, 9))
    at = np.linspace(0, 8, bands)
    return np.array([np.interp(at, np.arange(9), one) for one in knots])


def write_scene(folder: Path, pixels: int, bands: int, ratio: int, guide_bands: int) -> dict[str, str]:
    """Paths by role; the image has `pixels // ratio` pixels along each axis."""
    fine, pure = shares(pixels), spectra(bands)
    coarse = degrade(fine, ratio, (GAIN,) * MATERIALS).astype(np.float32)
    parts = np.array_split(pure[:, : bands * 3 // 4], guide_bands, axis=1)
    guide = [np.tensordot(part.mean(axis=1), fine, 1) for part in parts]
    image = (np.tensordot(one, coarse, 1) for one in pure.T)
    hs, pan = folder / "hs.tif", folder / "guide.tif"
    _write(hs, image, bands, coarse.shape[1:], FINE_M * ratio, np.linspace(420, 2400, bands))
    _write(pan, guide, guide_bands, fine.shape[1:], FINE_M)
    return {"hs": str(hs), "guide": str(pan)}


def _write(
    path: Path, planes: Sequence[np.ndarray], count: int, shape: tuple[int, int], metres: float,
    centres: Sequence[float] = (),
) -> None:  # fmt: skip
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), shape[1], shape[0], count, gdal.GDT_Int16)
    frame = Frame.square(ORIGIN, metres)
    dataset.SetProjection(frame.crs_wkt)
    dataset.SetGeoTransform(frame.geotransform)
    for number, plane in enumerate(planes, start=1):
        band = dataset.GetRasterBand(number)
        stored = np.ascontiguousarray(plane.round(), np.int16)
        band.WriteRaster(0, 0, shape[1], shape[0], stored)
        if len(centres):
            band.SetMetadataItem("wavelength", f"{centres[number - 1]:.1f}")
            band.SetMetadataItem("wavelength_units", "Nanometers")


def main(arguments: Sequence[str]) -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pixels", type=int, default=1000)
    parser.add_argument("--bands", type=int, default=240)
    parser.add_argument("--ratio", type=int, default=6)
    parser.add_argument("--guide", type=int, default=4)
    parser.add_argument("--methods", nargs="+", default=["hp1"], choices=METHODS)
    asked = parser.parse_args(arguments)
    side = asked.pixels // asked.ratio * asked.ratio + (asked.ratio if asked.pixels % asked.ratio else 0)
    with tempfile.TemporaryDirectory() as folder:
        paths = write_scene(Path(folder), side, asked.bands, asked.ratio, asked.guide)
        for method in asked.methods:
            job = Job(TASK, paths, output=str(Path(folder) / "out.tif"), method=method, options=HyperspectralOptions(),
                      data_type="Int16", policy="correct")  # fmt: skip
            got = run_alone(job, cores=1)
            print(f"{method}: {side} x {side} pixels, {asked.bands} bands, ratio {asked.ratio}: peak "
                  f"{got.peak_mib:.0f} MiB, {got.seconds:.0f} s, {got.tiles} tiles", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
