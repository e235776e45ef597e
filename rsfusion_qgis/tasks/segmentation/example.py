"""Data to try a segmentation on: radar and optical images before and during a flood, heights, and the flooded land."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade
from ...core.sensors.sentinel2 import WAVELENGTHS_NM
from .roles import CLASSES

PIXEL_M, FLOODED, BEFORE, DURING, LOOKS = 10.0, 0.16, 180, 200, 1.1
BANDS = ("B2", "B3", "B4", "B8", "B11", "B12")


def draw(sheet: Sheet) -> None:
    """The lowest land beside the river is under water on the second date."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size)
    flood = land.low_land(FLOODED)
    centres = tuple(WAVELENGTHS_NM[name] / 1000 for name in BANDS)
    for ending, day, wet in (("_before", BEFORE, None), ("", DURING, flood)):
        seen = degrade(land.reflectance(centres, day, wet), 2, (0.3,) * len(BANDS))
        sheet.image(f"optical{ending}.tif", seen, PIXEL_M, BANDS, wavelengths_um=centres)
        power = _joined(10 ** (land.backscatter(sheet.rng, LOOKS, wet) / 10))
        sheet.raster(f"sar{ending}.tif", 10 * np.log10(power), PIXEL_M, ("VV", "VH"))
    sheet.raster("dem.tif", _joined(land.ground[None]), PIXEL_M, ("ground",))
    sheet.raster("lidar.tif", _joined(land.height[None]), PIXEL_M, ("height",))
    names, codes, colours = zip(*((one.name, one.code, one.colour) for one in CLASSES))
    sheet.codes("truth.tif", np.where(_joined(flood[None])[0] > 0.5, codes[1], codes[0]), PIXEL_M, names, colours)


def _joined(values: np.ndarray) -> np.ndarray:
    """Means of 2 x 2 pixels."""
    bands, rows, cols = values.shape
    return values.reshape(bands, rows // 2, 2, cols // 2, 2).mean(axis=(2, 4))


EXAMPLE = Example(
    "Segmentation: a flood",
    {"OPTICAL": ("optical.tif",), "OPTICAL_BEFORE": ("optical_before.tif",), "SAR": ("sar.tif",),
     "SAR_BEFORE": ("sar_before.tif",), "DEM": ("dem.tif",), "LIDAR": ("lidar.tif",), TRUTH: ("truth.tif",)},
    240, draw,
)  # fmt: skip
