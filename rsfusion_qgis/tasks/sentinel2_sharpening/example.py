"""Data to try a Sentinel-2 sharpening on: the bands of 10, 20 and 60 m, and all of them at 10 m."""

from __future__ import annotations

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade
from ...core.sensors.sentinel2 import BANDS_M, L2A_BANDS, MTF_GAINS, WAVELENGTHS_NM

PIXEL_M, DRAWN_M = 10, 5


def draw(sheet: Sheet) -> None:
    """Each band is blurred as Sentinel-2 does; the truth as with pixels of 10 m."""
    side = sheet.size // 6 * 6
    land = sheet.land(DRAWN_M, side * PIXEL_M // DRAWN_M)
    for metres, names in (*BANDS_M.items(), (0, L2A_BANDS)):
        shown = [name for name in names if name in L2A_BANDS]
        centres, gains = [WAVELENGTHS_NM[name] / 1000 for name in shown], [MTF_GAINS[name] for name in shown]
        seen = degrade(land.reflectance(centres), (metres or PIXEL_M) / DRAWN_M, gains)
        file, noise = (f"b{metres}.tif", 0.001) if metres else ("truth.tif", 0.0)
        sheet.image(file, seen, float(metres or PIXEL_M), shown, noise, wavelengths_um=centres)


EXAMPLE = Example(
    "Sentinel-2 sharpening",
    {"B10": ("b10.tif",), "B20": ("b20.tif",), "B60": ("b60.tif",), TRUTH: ("truth.tif",)}, 300, draw,
)  # fmt: skip
