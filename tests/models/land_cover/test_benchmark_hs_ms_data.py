"""The blocks of a real city as a benchmark reads them: grids that do not nest, labels apart, nodata, folds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.common.rasters import Frame, write_raster
from models.land_cover.benchmark.hs_ms_data import BLOCK_PX, FOLDER, FOLDS, STRIP_PX, read_blocks
from models.land_cover.samples.scenes import UNLABELLED
from rsfusion_qgis.core.basics.errors import InputError

ROWS, COLS = 4 * BLOCK_PX, 3 * BLOCK_PX


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stripes of two classes and a few pixels of a third; HS has a hole; its pixels are 8 1/3 times as large."""
    data = tmp_path_factory.mktemp("data")
    folder, draw = data / FOLDER, np.random.default_rng(0)
    folder.mkdir(parents=True)
    (folder / "landcover.json").write_text(json.dumps({"0": "unlabelled", "1": "roof", "2": "tree", "3": "rare"}))
    fine, coarse = Frame.square((500000.0, 5000000.0), 3.6), Frame.square((500002.4, 4999998.8), 30.0)
    codes = np.where(np.arange(COLS) // 10 % 2, 1, 2) * np.ones((ROWS, 1))
    codes[:3, :3] = 3
    write_raster(folder / "landcover_3m6.tif", codes[None], fine, data_type="Byte")
    ms = 1000.0 * codes[None].repeat(4, 0) + draw.integers(0, 50, (4, ROWS, COLS))
    write_raster(folder / "ms_3m6.tif", ms, fine, data_type="Int16")
    hs = np.broadcast_to(np.arange(24.0)[None, :, None] * 100, (5, 24, 18)).copy()
    hs[:, 3:6, 3:6] = -99
    write_raster(folder / "hs_30m.tif", hs, coarse, data_type="Int16")
    return data


def test_blocks_of_one_grid(data: Path) -> None:
    blocks, folds, classes = read_blocks(data)
    assert classes == ("roof", "tree"), "a class of nine pixels does not count"
    assert len(blocks) == len(folds) == 12 and set(folds) <= set(range(FOLDS))
    for block in blocks:
        assert {role: image.shape for role, image in block.inputs.items()} == {
            "ms": (4, BLOCK_PX, BLOCK_PX), "hs": (5, BLOCK_PX, BLOCK_PX)}  # fmt: skip
        there = block.labels != UNLABELLED
        edge = np.ones_like(there)
        edge[STRIP_PX:-STRIP_PX, STRIP_PX:-STRIP_PX] = False
        assert not there[edge].any() and there[~edge].all()
        assert ((block.inputs["ms"][0][there] > 0.15) == (block.labels[there] == 1)).all()
    numbers = np.concatenate([np.unique(block.regions[block.regions > 0]) for block in blocks])
    assert len(np.unique(numbers)) == len(numbers), "no region is in two blocks"


def test_hs_lies_where_it_lies_and_has_its_hole(data: Path) -> None:
    first = read_blocks(data)[0][0]
    rows = first.inputs["hs"][0, :, 5]
    expected = (np.arange(BLOCK_PX) + 0.5) * 3.6 / 30 - 1.2 / 30 - 0.5
    np.testing.assert_allclose(rows[10:], expected[10:] * 1e-2, atol=2e-4)
    assert not first.valid["hs"][5:9, 0].any(), "HS begins 2.4 m farther east"
    assert first.valid["ms"].all() and 0 < (~first.valid["hs"]).sum() < 0.5 * BLOCK_PX**2


def test_a_folder_without_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no hs/berlin_urban_gradient; give the folder that holds it"):
        read_blocks(tmp_path)
