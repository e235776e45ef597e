"""Data to try an estimate on: rasters of several sensors, plots with a number, and the number everywhere."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade
from ...core.rasters.generated import spot
from ...core.sensors.landscape import TREE, Landscape

PIXEL_M, DRAWN, PLOTS = 8.0, 4, 160
HS_UM = tuple(np.linspace(0.43, 2.35, 32))
MS_UM = {"blue": 0.48, "green": 0.55, "red": 0.66, "nir": 0.83}
PER_METRE, PER_GREEN = 14.0, 60.0
"""Biomass in tons per hectare: of a metre of mean canopy height, and of a soil that is all covered by plants."""


def draw(sheet: Sheet) -> None:
    """Biomass grows with the height of trees, which LIDAR shows, and with green plants, which HS shows."""
    land = sheet.land(PIXEL_M / DRAWN, DRAWN * sheet.size)
    hs = np.concatenate([degrade(land.reflectance((centre,)), DRAWN, (0.3,)) for centre in HS_UM])
    ms = degrade(land.reflectance(tuple(MS_UM.values())), DRAWN, (0.3,) * len(MS_UM))
    height = _joined(land.height[None])
    power = _joined(10 ** (land.backscatter(sheet.rng, looks=1.0) / 10))
    sheet.image("hs.tif", hs, PIXEL_M, [f"{1000 * one:.0f} nm" for one in HS_UM], 0.004, wavelengths_um=HS_UM)
    sheet.image("ms.tif", ms, PIXEL_M, tuple(MS_UM), wavelengths_um=tuple(MS_UM.values()))
    sheet.raster("lidar.tif", height + sheet.rng.normal(0, 0.2, height.shape), PIXEL_M, ("height",))
    sheet.raster("intensity.tif", 400 * degrade(land.reflectance((1.06,)), DRAWN, (0.3,)), PIXEL_M, ("intensity",))
    sheet.raster("sar.tif", 10 * np.log10(power), PIXEL_M, ("VV", "VH"))
    canopy, green = np.where(land.covers == TREE, land.height, 0.0), np.where(land.covers == TREE, 0.0, _green(land))
    biomass = _joined((PER_METRE * canopy + PER_GREEN * green)[None])
    sheet.raster("truth.tif", biomass, PIXEL_M, ("biomass",))
    at = sheet.rng.permutation(biomass.size)[:PLOTS]
    rows, cols = np.divmod(at, biomass.shape[2])
    sheet.shapes("samples.gpkg", [
        (spot(row + 0.5, col + 0.5, PIXEL_M), {"biomass": round(float(biomass[0, row, col]), 2)})
        for row, col in zip(rows, cols)
    ])  # fmt: skip


def _green(land: Landscape) -> np.ndarray:
    """(rows, cols), 0 to 1: how green the ground is by NDVI."""
    red, near = land.reflectance((0.66, 0.83))
    return np.clip((near - red) / (near + red), 0, 1)


def _joined(values: np.ndarray) -> np.ndarray:
    """Means of squares of pixels."""
    bands, rows, cols = values.shape
    return values.reshape(bands, rows // DRAWN, DRAWN, cols // DRAWN, DRAWN).mean(axis=(2, 4))


EXAMPLE = Example(
    "A number for every pixel: biomass",
    {"HS": ("hs.tif",), "LIDAR": ("lidar.tif",), "INTENSITY": ("intensity.tif",), "MS": ("ms.tif",),
     "SAR": ("sar.tif",), "SAMPLES": ("samples.gpkg",), TRUTH: ("truth.tif",)},
    120, draw,
)  # fmt: skip
