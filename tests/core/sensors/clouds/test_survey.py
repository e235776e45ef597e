"""The sample of a whole raster."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.core.sensors.clouds.survey import sample
from tests.rasters import grid_transform, write_raster


def taken(path: Path, values: np.ndarray, **sizes: int) -> np.ndarray:
    write_raster(path, values, grid_transform(10.0))
    with RasterSource(str(path), "OPTICAL") as source:
        return sample(source, **sizes)


def test_a_small_raster_is_taken_whole_and_empty_pixels_are_left_out(tmp_path: Path) -> None:
    values = np.arange(1, 2 * 70 * 90 + 1, dtype="u2").reshape(2, 70, 90)
    values[:, 3, 5] = 0
    values[0, 10, 10] = 0
    found = taken(tmp_path / "small.tif", values)
    assert found.shape == (2, 70 * 90 - 1)
    assert sorted(found[1]) == sorted(set(values[1].ravel().tolist()) - {0})


def test_a_large_raster_is_sampled_evenly_to_its_ends(tmp_path: Path) -> None:
    rows, cols = np.mgrid[0:300, 0:400] + 1
    found = taken(tmp_path / "large.tif", np.stack([rows, cols]).astype("u2"), blocks=3, block_px=10)
    assert found.shape == (2, 9 * 100)
    assert (found.min(), found[0].max(), found[1].max()) == (1, 300, 400)
