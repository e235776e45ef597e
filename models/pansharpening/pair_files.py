"""A pair of rasters on disk, as engine and other programs take it. Axis order (bands, rows, cols)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.common.rasters import ORIGIN, Frame, write_raster


def write_pair(
    folder: Path, ms: np.ndarray, pan: np.ndarray, ratio: int, data_type: str = "Float32"
) -> tuple[Path, Path]:
    """`pan.tif` at 1 m and `ms.tif` at `ratio` m with one upper-left corner at `ORIGIN`; returns `(pan, ms)` paths."""
    return (
        write_raster(folder / "pan.tif", pan, Frame.square(ORIGIN, 1.0), data_type=data_type),
        write_raster(folder / "ms.tif", ms, Frame.square(ORIGIN, float(ratio)), data_type=data_type),
    )
