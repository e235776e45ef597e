"""The left of a scene is learned from, and the right, after a gap, is judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.segmentation.part_benchmark import GAP_PX, _parted
from tests.rasters import grid_transform, read_raster, write_raster


@pytest.mark.parametrize(("nodata", "codes"), [(0.0, [1]), (None, [1, 2])])
def test_what_is_learned_and_what_is_judged_lie_apart(tmp_path: Path, nodata: float | None, codes: list[int]) -> None:
    truth = np.zeros((20, 100))
    truth[:, ::2] = 1
    path = write_raster(tmp_path / "truth.tif", truth[None], grid_transform(1.0), dtype="Byte", nodata=nodata)
    learned, judged, found = _parted(path, 0.5, tmp_path)
    assert found == codes
    used = read_raster(learned)[0] > 0
    assert not used[:, 50:].any()
    assert (judged[:, : 50 + GAP_PX] == -1).all()
    right = judged[:, 50 + GAP_PX :]
    assert set(np.unique(right)) == ({0, 1} if nodata is None else {-1, 0})
    assert (right == codes.index(codes[-1])).mean() == 0.5
