"""Data to try a cloud removal on: a cloudy Sentinel-2 image, radar, a clear image of another date, and the truth."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade
from ...core.sensors.landscape import fractal_noise
from ...core.sensors.sentinel2 import L2A_BANDS, WAVELENGTHS_NM

PIXEL_M, DAY, EARLIER = 10.0, 215, 160
CLOUDED, THIN, SHADOW_PX = 0.76, 0.55, (9, -12)
CLEAR, SHADED, CLOUD = 4, 3, 9
"""Codes of Sentinel-2's SCL."""
BANDS_UM = tuple(WAVELENGTHS_NM[name] / 1000 for name in L2A_BANDS)


def draw(sheet: Sheet) -> None:
    """Two dates between which the fields ripen; a cloud hides a quarter of the later one, and casts a shadow."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size)
    now, before = (degrade(land.reflectance(BANDS_UM, day), 2, (0.3,) * len(BANDS_UM)) for day in (DAY, EARLIER))
    thick, shadow = _clouds(sheet)
    seen = now * np.where(shadow, 0.45, 1.0)
    seen = seen * (1 - thick) + (0.62 - 0.12 * np.array(BANDS_UM)[:, None, None]) * thick
    codes = np.where(thick > 0.03, CLOUD, np.where(shadow, SHADED, CLEAR)).astype(np.uint8)
    told = {"wavelengths_um": BANDS_UM}
    for name, values, noise in (("optical.tif", seen, 0.002), ("clear.tif", before, 0.002), ("truth.tif", now, 0.0)):
        sheet.image(name, values, PIXEL_M, L2A_BANDS, noise, **told)
    power = 10 ** (land.backscatter(sheet.rng, looks=2.0) / 10)
    averaged = power.reshape(2, sheet.size, 2, sheet.size, 2).mean(axis=(2, 4))
    sheet.raster("sar.tif", 10 * np.log10(averaged), PIXEL_M, ("VV", "VH"))
    sheet.raster("cloudmask.tif", codes[None], PIXEL_M, ("SCL",), "Byte", 0.0)


def _clouds(sheet: Sheet) -> tuple[np.ndarray, np.ndarray]:
    """How opaque clouds are, 0 to 1, and where their shadow falls; (rows, cols)."""
    noise = fractal_noise(sheet.size, sheet.size, sheet.rng, 2.0)
    low = np.quantile(noise, CLOUDED)
    thick = np.clip((noise - low) / THIN, 0, 1)
    shadow = np.roll(thick > 0.2, SHADOW_PX, (0, 1))
    return thick, shadow & (thick < 0.03)


EXAMPLE = Example(
    "Cloud removal",
    {"OPTICAL": ("optical.tif",), "SAR": ("sar.tif",), "CLEARREFERENCE": ("clear.tif",),
     "CLOUDMASK": ("cloudmask.tif",), TRUTH: ("truth.tif",)},
    128, draw,
)  # fmt: skip
