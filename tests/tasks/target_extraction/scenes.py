"""A generated piece of a town with known truth: houses with gables, crowns, a road, and lawn. Pixels of 0.5 m.

Heights in metres with a noise of 3 cm, values of red, green, blue and near infrared. (bands, rows, cols).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rsfusion_qgis.tasks.target_extraction.roles import BUILDING, OTHER, ROAD, TREE
from tests.rasters import grid_transform, write_raster

PIXEL_M = 0.5
HOUSES = ((26.0, 30.0, 12.0, 8.0, 20.0), (26.0, 62.0, 10.0, 10.0, -35.0), (74.0, 84.0, 16.0, 9.0, 5.0))
"""Row and column of the middle (in pixels), length and width (m), and how far it is turned (degrees)."""
CROWNS = ((78.0, 20.0, 4.0), (92.0, 48.0, 3.0), (18.0, 92.0, 3.5), (80.0, 62.0, 2.5))
COLOURS = {OTHER: (70, 110, 60, 190), BUILDING: (150, 80, 70, 110), TREE: (40, 80, 40, 180), ROAD: (90, 92, 95, 80)}


@dataclass(frozen=True)
class Town:
    """Class, height above ground, ground, intensity, and optical image of every pixel."""

    truth: np.ndarray
    heights: np.ndarray
    ground: np.ndarray
    intensity: np.ndarray
    optical: np.ndarray


def town(rows: int = 108, cols: int = 112, seed: int = 2) -> Town:
    """The scene."""
    draw = np.random.default_rng(seed)
    row, col = np.mgrid[0:rows, 0:cols].astype(float)
    truth, heights = np.full((rows, cols), OTHER), np.zeros((rows, cols))
    truth[np.abs(row - 52 - 0.05 * col) < 6] = ROAD
    for at_row, at_col, length, width, turned in HOUSES:
        angle = np.radians(turned)
        along = ((col - at_col) * np.cos(angle) + (row - at_row) * np.sin(angle)) * PIXEL_M
        across = ((row - at_row) * np.cos(angle) - (col - at_col) * np.sin(angle)) * PIXEL_M
        inside = (np.abs(along) < length / 2) & (np.abs(across) < width / 2)
        truth[inside] = BUILDING
        heights[inside] = (4.0 + 0.5 * (width / 2 - np.abs(across)))[inside]
    for at_row, at_col, radius in CROWNS:
        away = np.hypot(row - at_row, col - at_col) * PIXEL_M
        inside = away < radius
        truth[inside] = TREE
        crown = 4.0 + 4.0 * np.sqrt(np.maximum(1 - (away / radius) ** 2, 0)) + draw.normal(0, 1.2, away.shape)
        heights[inside] = np.maximum(crown, 2.3)[inside]
    heights += draw.normal(0, 0.03, heights.shape)
    ground = 400.0 + 0.02 * row + 0.05 * col
    intensity = np.select([truth == ROAD, truth == OTHER], [80.0, 220.0], 150.0) + draw.normal(0, 8, truth.shape)
    colours = np.array([COLOURS[one] for one in range(4)], float)[truth]
    optical = np.clip(np.moveaxis(colours, -1, 0) + draw.normal(0, 4, (4, rows, cols)), 0, 255)
    return Town(truth, heights, ground, intensity, optical)


def write(folder: Path, scene: Town, bands: int = 4) -> dict[str, str]:
    """Files by role; LIDAR holds heights of the surface, DTM the ground; `ndsm` holds heights above ground."""
    place = grid_transform(PIXEL_M)
    names = ("red", "green", "blue", "nir")[:bands]
    surface = np.stack([scene.heights + scene.ground, scene.intensity])
    above = np.stack([scene.heights, scene.intensity])
    optical = {"dtype": "Int16", "descriptions": names}  # four bands of bytes would be taken for RGB and alpha
    described = {"dtype": "Float32", "nodata": -9999.0, "descriptions": ("height above ground m", "intensity")}
    return {
        "lidar": write_raster(folder / "dsm.tif", surface, place, **described),
        "ndsm": write_raster(folder / "ndsm.tif", above, place, **described),
        "dtm": write_raster(folder / "dtm.tif", scene.ground[None], place, dtype="Float32", nodata=-9999.0),
        "optical": write_raster(folder / "optical.tif", scene.optical[:bands], place, **optical),
    }
