"""Data to try a pansharpening on: a panchromatic and a multispectral image, and what the latter's sensor would see."""

from __future__ import annotations

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

BANDS_UM = {"blue": 0.48, "green": 0.55, "red": 0.66, "nir": 0.83}
PAN_UM = (0.45, 0.52, 0.59, 0.66, 0.73, 0.80)
PIXEL_M, RATIO, GAIN, PAN_GAIN = 1.0, 4, 0.3, 0.15


def draw(sheet: Sheet) -> None:
    """The scene is drawn twice as fine as PAN."""
    side = sheet.size // RATIO * RATIO
    land = sheet.land(PIXEL_M / 2, 2 * side)
    told = {"wavelengths_um": tuple(BANDS_UM.values())}
    scene = land.reflectance(tuple(BANDS_UM.values()))
    pan = land.reflectance(PAN_UM).mean(axis=0, keepdims=True)
    gains = (GAIN,) * len(BANDS_UM)
    sheet.image("pan.tif", degrade(pan, 2, (PAN_GAIN,)), PIXEL_M, ("pan",), noise=0.003)
    sheet.image("ms.tif", degrade(scene, 2 * RATIO, gains), PIXEL_M * RATIO, tuple(BANDS_UM), **told)
    sheet.image("truth.tif", degrade(scene, 2, gains), PIXEL_M, tuple(BANDS_UM), noise=0.0, **told)


EXAMPLE = Example("Pansharpening", {"PAN": ("pan.tif",), "MS": ("ms.tif",), TRUTH: ("truth.tif",)}, 320, draw)
