"""Data to try LiDAR features on: heights of the surface and the ground, intensity, and the height above ground."""

from __future__ import annotations

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade

PIXEL_M, TOWN = 0.5, 0.66


def draw(sheet: Sheet) -> None:
    """A town of 0.5 m pixels."""
    land = sheet.land(PIXEL_M, town=TOWN)
    noise = sheet.rng.normal(0, 0.03, land.height.shape)
    echo = 400 * degrade(land.reflectance((1.06,)), 1, (0.5,))
    sheet.raster("dsm.tif", (land.height + land.ground + noise)[None], PIXEL_M, ("DSM",))
    sheet.raster("dtm.tif", land.ground[None], PIXEL_M, ("DTM",))
    sheet.raster("intensity.tif", echo, PIXEL_M, ("intensity",))
    sheet.raster("truth.tif", land.height[None], PIXEL_M, ("height above ground",))


EXAMPLE = Example(
    "LiDAR features",
    {"DSM": ("dsm.tif",), "DTM": ("dtm.tif",), "INTENSITY": ("intensity.tif",), TRUTH: ("truth.tif",)}, 360, draw,
)  # fmt: skip
