"""Data to try an extraction on: heights of the surface and the ground, an aerial image, and the true targets."""

from __future__ import annotations

import numpy as np

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.grid.degradation import degrade
from ...core.sensors import landscape as covers
from .roles import BUILDING, CLASSES, OTHER, ROAD, TREE

PIXEL_M, TOWN = 0.5, 0.66
BANDS_UM = {"red": 0.66, "green": 0.56, "blue": 0.48, "nir": 0.83}
HIGH_M = 2.0
"""A tree that is lower counts as other."""
TARGETS = {covers.BUILDING: BUILDING, covers.ROAD: ROAD, covers.TREE: TREE}


def draw(sheet: Sheet) -> None:
    """A town of 0.5 m pixels."""
    land = sheet.land(PIXEL_M / 2, 2 * sheet.size, TOWN)
    part = np.s_[::2, ::2]
    height, ground = land.height[part], land.ground[part]
    surface = height + ground + sheet.rng.normal(0, 0.03, height.shape)
    echo = 400 * degrade(land.reflectance((1.06,)), 2, (0.3,))
    optical = degrade(land.reflectance(tuple(BANDS_UM.values())), 2, (0.3,) * len(BANDS_UM))
    sheet.raster("lidar.tif", np.concatenate([surface[None], echo]), PIXEL_M, ("DSM", "intensity"))
    sheet.raster("dtm.tif", ground[None], PIXEL_M, ("ground",))
    sheet.image("optical.tif", optical, PIXEL_M, tuple(BANDS_UM), wavelengths_um=tuple(BANDS_UM.values()))
    truth = np.full(height.shape, OTHER)
    for cover, target in TARGETS.items():
        truth[land.covers[part] == cover] = target
    truth[(truth == TREE) & (height < HIGH_M)] = OTHER
    names, colours = [one.name for one in CLASSES], [one.colour for one in CLASSES]
    sheet.codes("truth.tif", truth + 1, PIXEL_M, names, colours)


EXAMPLE = Example(
    "Buildings, trees and roads",
    {"LIDAR": ("lidar.tif",), "DTM": ("dtm.tif",), "OPTICAL": ("optical.tif",), TRUTH: ("truth.tif",)}, 320, draw,
)  # fmt: skip
