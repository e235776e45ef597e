"""Data to try a fusion of SAR and optical images on, and the optical image as it would be with SAR's pixels."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

PIXEL_M, RATIO, LOOKS, TOWN = 10.0, 4, 8.0, 0.1
BANDS_UM = {"green": 0.56, "red": 0.66, "nir": 0.86, "swir": 1.61}


def draw(sheet: Sheet) -> None:
    """An optical image of 40 m, radar of 10 m."""
    side = sheet.size // RATIO * RATIO
    land = sheet.land(PIXEL_M, side, TOWN)
    scene = land.reflectance(tuple(BANDS_UM.values()))
    gains, told = (0.3,) * len(BANDS_UM), {"wavelengths_um": tuple(BANDS_UM.values())}
    sheet.image("optical.tif", degrade(scene, RATIO, gains), PIXEL_M * RATIO, tuple(BANDS_UM), **told)
    sheet.image("truth.tif", degrade(scene, 1, gains), PIXEL_M, tuple(BANDS_UM), 0.0, **told)
    sheet.raster("sar.tif", np.asarray(land.backscatter(sheet.rng, LOOKS)), PIXEL_M, ("VV", "VH"))


EXAMPLE = Example(
    "SAR detail in an optical image",
    {"OPTICAL": ("optical.tif",), "SAR": ("sar.tif",), TRUTH: ("truth.tif",)}, 320, draw,
)  # fmt: skip
