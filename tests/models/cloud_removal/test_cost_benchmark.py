"""The mosaic on which costs are measured, and the widening of sigma that other places choose."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.cloud_removal.cost_benchmark import CELL_PX, mosaic
from models.cloud_removal.methods_benchmark.run import widened, within
from models.cloud_removal.scenes import Triplet
from tests.rasters import read_raster


def triplet() -> Triplet:
    clear = np.full((12, CELL_PX, CELL_PX), 0.1, np.float32)
    cloudy = clear.copy()
    cloudy[:, 50:150, 50:150] = 0.6
    return Triplet("made", cloudy, clear, np.full((2, CELL_PX, CELL_PX), -12, np.float32))


def test_a_mosaic_of_any_side_has_about_the_share_of_clouds(tmp_path: Path) -> None:
    side = 3 * CELL_PX + 40
    share = mosaic([triplet()], tmp_path, side, 0.05)
    optical, mask = (read_raster(tmp_path / f"{name}.tif") for name in ("optical", "mask"))
    assert optical.shape == (12, side, side) and mask.shape == (1, side, side)
    assert 0.02 < share < 0.10 and abs(share - mask.mean()) < 1e-6
    assert (optical[0][mask[0] == 0] <= 1000).all()


def test_sigma_that_is_too_small_by_two_is_seen() -> None:
    draw = np.random.default_rng(0)
    found = [np.abs(draw.normal(0, 2, 4000)) for _ in range(3)]
    assert within(found[0])[0] < 0.45
    assert "2.0" in widened(["a", "b", "c"], found) and "68 % and 9" in widened(["a", "b", "c"], found)
