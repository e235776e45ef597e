"""A generated scene: a number of which a spectrum tells one part and heights the other; polygons, points and a raster.

    number = 20 + 6 a + 4 b + noise, with a and b smooth; HS has six bands that follow a, LIDAR follows b.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter

from tests.rasters import grid_transform, write_raster
from tests.vectors import PIXEL_M, box, point, write_vector

SIZE, BANDS, NOISE = 96, 6, 1.0


def write_scene(folder: Path, seed: int = 5, size: int = SIZE) -> dict[str, Any]:
    """Write `hs.tif`, `lidar.tif`, `values.tif`, `boxes.gpkg` and `points.gpkg` (field "number")."""
    draw = np.random.default_rng(seed)
    a, b = (_smooth(draw, size) for _ in range(2))
    truth = 20 + 6 * a + 4 * b
    number = truth + NOISE * draw.normal(size=truth.shape)
    weights = draw.uniform(0.5, 2.0, BANDS)[:, None, None]
    hs = 1000 + 200 * weights * a + 30 * draw.normal(size=(BANDS, size, size))
    lidar = 8 + 2 * b + 0.2 * draw.normal(size=(size, size))
    place = grid_transform(PIXEL_M)
    corners = [(row, col) for row in range(2, size - 4, 8) for col in range(2, size - 4, 8)]
    boxes = [(box(row, col, 3, 3), float(number[row : row + 3, col : col + 3].mean())) for row, col in corners]
    points = [(point(row + 0.5, col + 0.5), float(number[row, col])) for row, col in corners]
    return {
        "hs": write_raster(folder / "hs.tif", hs, place, dtype="Float32"),
        "lidar": write_raster(folder / "lidar.tif", lidar[None], place, dtype="Float32", descriptions=["height"]),
        "values": write_raster(folder / "values.tif", number[None], place, dtype="Float32", descriptions=["biomass"]),
        "boxes": write_vector(folder / "boxes.gpkg", boxes, "real", field="number"),
        "points": write_vector(folder / "points.gpkg", points, "real", field="number"),
        "truth": truth, "number": number, "rasters": {"hs": hs, "lidar": lidar[None]},
    }  # fmt: skip


def _smooth(draw: np.random.Generator, size: int) -> np.ndarray:
    noise = gaussian_filter(draw.normal(size=(size, size)), 5)
    return (noise - noise.mean()) / noise.std()
