"""A generated scene whose 20 m and 60 m bands are known at 10 m, so that a sharpening has a truth to meet.

The fine bands are smooth random fields; each coarse band is a mixture of them, seen with its MTF.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, MTF_GAINS
from tests.rasters import write_raster

ORIGIN = (600000.0, 5000040.0)
MIX = np.array([[0.2, 0.3, 0.4, 0.1], [0.1, 0.0, 0.2, 0.6], [0.3, 0.2, 0.3, 0.3]])
NAMES = {10: BANDS_M[10], 20: ("B5", "B8A", "B11"), 60: ("B1",)}


def fields(rows: int, cols: int, seed: int = 1) -> np.ndarray:
    """Four fine bands (4, rows, cols), about 1000 to 3000, with edges and texture."""
    random = np.random.default_rng(seed)
    patches = random.uniform(-400, 400, (4, rows // 6 + 1, cols // 6 + 1)).repeat(6, axis=1).repeat(6, axis=2)
    texture = random.normal(0, 60, (4, rows, cols))
    return 2000 + patches[:, :rows, :cols] + texture


def truth(fine: np.ndarray) -> np.ndarray:
    """The coarse bands on the fine pixels, (3, rows, cols)."""
    return np.tensordot(MIX, fine, 1)


def write_scene(folder: Path, rows: int = 120, cols: int = 132, dtype: str = "UInt16", **more: Any) -> dict[str, str]:
    """Write b10, b20, b60; returns their paths by role."""
    fine = fields(rows, cols)
    whole = truth(fine)
    made = {
        "b10": (fine, 10, NAMES[10]),
        "b20": (degrade(whole, 2, [MTF_GAINS[name] for name in NAMES[20]]), 20, NAMES[20]),
        "b60": (degrade(whole[:1], 6, [MTF_GAINS["B1"]]), 60, NAMES[60]),
    }
    paths = {}
    for role, (values, metres, names) in made.items():
        transform = (ORIGIN[0], metres, 0.0, ORIGIN[1], 0.0, -metres)
        path = folder / f"{role}.tif"
        paths[role] = write_raster(path, values, transform, descriptions=names, dtype=dtype, **more)
    return paths
