"""Data to try densities on: points of interest of a town, and a raster that gives the grid."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import Example, Sheet
from ...core.rasters.generated import spot
from ...core.sensors.landscape import BUILDING, TOWN

PIXEL_M = 4.0
CATEGORIES = {"shop": (140, 0.08), "school": (12, 0.30), "stop": (60, 0.25)}
"""How many, and how far from the middle of the town, as a share of the side."""
BANDS_UM = {"blue": 0.48, "green": 0.55, "red": 0.66, "nir": 0.83}


def draw(sheet: Sheet) -> None:
    """Shops crowd in the middle of the town; schools and stops are spread."""
    land = sheet.land(PIXEL_M)
    sheet.image("grid.tif", land.reflectance(tuple(BANDS_UM.values())), PIXEL_M, tuple(BANDS_UM),
                wavelengths_um=tuple(BANDS_UM.values()))  # fmt: skip
    places = np.argwhere(land.covers == BUILDING)
    away = np.hypot(*(places / sheet.size - np.array(TOWN)).T)
    shapes = []
    for name, (count, reach) in CATEGORIES.items():
        weight = np.exp(-0.5 * (away / reach) ** 2)
        for row, col in places[sheet.rng.choice(len(places), count, p=weight / weight.sum())]:
            visitors = round(float(sheet.rng.gamma(2.0, 20.0)), 1)
            shapes.append((spot(row + 0.5, col + 0.5, PIXEL_M), {"category": name, "visitors": visitors}))
    sheet.shapes("points.gpkg", shapes)


EXAMPLE = Example("Density of points of interest", {"GRID": ("grid.tif",), "POINTS": ("points.gpkg",)}, 240, draw)
