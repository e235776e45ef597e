"""A generated town: blocks of three uses, an image that tells one use from the others, points that tell the other two.

Shops and homes have the same roofs; parks are green. Points tell shops from homes, but hardly homes from parks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter

from tests.rasters import grid_transform, write_raster
from tests.vectors import PIXEL_M, box, point, write_vector

USES = ("homes", "park", "shops")
SIDE, BLOCKS = 12, 12
"""Pixels of a block, blocks along each side."""


def write_town(folder: Path, seed: int = 1, unknown: int = 20, **how: Any) -> dict[str, Any]:
    """Write `zones.gpkg` (field "class"), `image.tif`, `points.gpkg`; returns the paths and the true uses."""
    draw = np.random.default_rng(seed)
    smooth = gaussian_filter(draw.normal(size=(3, BLOCKS, BLOCKS)), (0, 1, 1))
    uses = smooth.argmax(axis=0)
    image = np.zeros((2, BLOCKS * SIDE, BLOCKS * SIDE))
    shapes, points = [], []
    for row in range(BLOCKS):
        for col in range(BLOCKS):
            use, place = uses[row, col], (row * SIDE, col * SIDE)
            shapes.append((box(*place, SIDE - 2, SIDE - 2), USES[use]))
            green = draw.normal(60 if use == 1 else 40, 7)
            image[:, place[0] : place[0] + SIDE, place[1] : place[1] + SIDE] = np.array([green, 50.0])[:, None, None]
            for kind, mean in (("shop", (0.5, 0.3, 3.0)[use]), ("stop", 1.0)):
                for _ in range(draw.poisson(mean)):
                    at = np.array(place) + draw.uniform(0, SIDE - 2, 2)
                    points.append((point(*at), kind))
    image += draw.normal(0, 6, image.shape)
    street = _street(draw, uses)
    hidden = set(draw.choice(len(shapes), unknown, replace=False).tolist())
    given = [(wkt, None if number in hidden else name) for number, (wkt, name) in enumerate(shapes)]
    return {
        "zones": write_vector(folder / "zones.gpkg", given, **how),
        "image": write_raster(folder / "image.tif", image, grid_transform(PIXEL_M), dtype="Float32"),
        "points": write_vector(folder / "points.gpkg", points),
        "street": write_vector(folder / "street.gpkg", street, "real", field="green"),
        "uses": np.array([name for _, name in shapes]),
        "hidden": sorted(hidden),
    }


def _street(draw: np.random.Generator, uses: np.ndarray) -> list[tuple[str, float]]:
    """Points of which a network saw how green the street is, in three of four blocks: parks 3, homes 2, shops 1."""
    made = []
    for row, col in np.ndindex(uses.shape):
        if draw.uniform() < 0.75:
            for _ in range(3):
                at = np.array((row, col)) * SIDE + draw.uniform(0, SIDE - 2, 2)
                made.append((point(*at), float((2.0, 3.0, 1.0)[uses[row, col]] + draw.normal(0, 0.5))))
    return made
