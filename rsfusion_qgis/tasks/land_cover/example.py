"""Data to try a classification on: a hyperspectral image, LiDAR, further rasters, samples, and the true map."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet, samples
from ...core.grid.degradation import degrade

PIXEL_M, BANDS, EACH, SIDE_PX = 2.0, 32, 15, 3
HS_UM = tuple(np.linspace(0.43, 2.35, BANDS))
MS_UM = {"blue": 0.48, "green": 0.55, "red": 0.66, "nir": 0.83}


def draw(sheet: Sheet) -> None:
    """Roofs and roads have spectra in common, trees and grass too: only with the heights they can be told."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size)
    hs = np.concatenate([degrade(land.reflectance((centre,)), 2, (0.3,)) for centre in HS_UM])
    ms = degrade(land.reflectance(tuple(MS_UM.values())), 2, (0.3,) * len(MS_UM))
    height = land.height.reshape(sheet.size, 2, sheet.size, 2).max(axis=(1, 3))
    echo = degrade(land.reflectance((1.06,)), 2, (0.3,))[0]
    told = [f"{1000 * centre:.0f} nm" for centre in HS_UM]
    sheet.image("hs.tif", hs, PIXEL_M, told, noise=0.01, wavelengths_um=HS_UM)
    sheet.image("ms.tif", ms, PIXEL_M, tuple(MS_UM), wavelengths_um=tuple(MS_UM.values()))
    sheet.raster("lidar.tif", (height + sheet.rng.normal(0, 0.1, height.shape))[None], PIXEL_M, ("height",))
    sheet.raster("intensity.tif", 400 * echo[None], PIXEL_M, ("intensity",))
    power = 10 ** (land.backscatter(sheet.rng, looks=1.0) / 10)
    averaged = power.reshape(2, sheet.size, 2, sheet.size, 2).mean(axis=(2, 4))
    sheet.raster("sar.tif", 10 * np.log10(averaged), PIXEL_M, ("VV", "VH"))
    covers = land.covers[::2, ::2]
    sheet.codes("truth.tif", covers + 1, PIXEL_M)
    sheet.shapes("samples.gpkg", samples(covers, EACH, SIDE_PX, PIXEL_M, sheet.rng))


EXAMPLE = Example(
    "Land cover",
    {"HS": ("hs.tif",), "LIDAR": ("lidar.tif",), "INTENSITY": ("intensity.tif",), "MS": ("ms.tif",),
     "SAR": ("sar.tif",), "SAMPLES": ("samples.gpkg",), TRUTH: ("truth.tif",)},
    144, draw,
)  # fmt: skip
