"""Masks of known products: told by name or by values, and read by what their values mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.cloud_removal.code_store import BLOCK_PX, CodeStore
from rsfusion_qgis.tasks.cloud_removal.codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN
from rsfusion_qgis.tasks.cloud_removal.given_mask import known_product
from rsfusion_qgis.tasks.cloud_removal.options import rules
from tests.rasters import grid_transform, write_raster

FILL, CLEAR_LAND, CLOUD_HIGH, SHADOWED, CIRRUS = 1, 21824, 22280, 23888, 54596
"""Values that USGS lists for QA_PIXEL of Landsat 8 and 9."""


@pytest.mark.parametrize(
    ("name", "dtype", "held", "codes"),
    [
        ("T32_SCL_20m", "Byte", (0, 3, 4, 6, 7, 8, 9, 10, 11),
         (NO_CODE, SHADOW, CLEAR, CLEAR, UNCERTAIN, CLOUD, CLOUD, THIN, CLEAR)),
        ("classes", "Byte", (3, 4, 5, 8, 10), (SHADOW, CLEAR, CLEAR, CLOUD, THIN)),
        ("bits", "UInt16", (0, 1024, 2048), (CLEAR, CLOUD, THIN)),
        ("x_Fmask", "Byte", (0, 1, 2, 3, 4, 255), (CLEAR, CLEAR, SHADOW, CLEAR, CLOUD, NO_CODE)),
        ("LC08_QA_PIXEL", "UInt16", (FILL, CLEAR_LAND, CLOUD_HIGH, SHADOWED, CIRRUS),
         (NO_CODE, CLEAR, CLOUD, SHADOW, THIN)),
        ("s2cloudless", "Byte", (0, 15, 30, 50, 90), (CLEAR, CLEAR, UNCERTAIN, THIN, CLOUD)),
        ("cloud_probability", "Float32", (0, 0.15, 0.3, 0.5, 0.9), (CLEAR, CLEAR, UNCERTAIN, THIN, CLOUD)),
    ],
)  # fmt: skip
def test_a_known_product(tmp_path: Path, name: str, dtype: str, held: tuple, codes: tuple) -> None:
    values = np.repeat(np.array(held), 20)[:, None].repeat(30, axis=1)
    path = write_raster(tmp_path / f"{name}.tif", values[None], grid_transform(10.0), dtype=dtype)
    with RasterSource(path, "CLOUDMASK", kind="codes") as source:
        product = known_product(source, rules("1"))
        assert known_product(source, rules("3,8")) is None, "what the user says comes first"
    assert product is not None
    assert tuple(product.codes(np.array(held, np.float32)).tolist()) == codes


@pytest.mark.parametrize("held", [(0, 1), (0, 1, 2), (0, 1, 3, 8), (0, 255), (0, 20, 80)])
def test_other_masks_are_not_taken_for_a_product(tmp_path: Path, held: tuple) -> None:
    values = np.repeat(np.array(held), 20)[:, None].repeat(30, axis=1)
    path = write_raster(tmp_path / "mask.tif", values[None], grid_transform(10.0), dtype="Byte")
    with RasterSource(path, "CLOUDMASK", kind="codes") as source:
        assert known_product(source, rules("1")) is None


def test_a_store_gives_back_what_was_put_and_mirrors_beyond_the_ends() -> None:
    rows, cols = BLOCK_PX + 40, 2 * BLOCK_PX + 10
    codes = np.random.default_rng(0).integers(0, 5, (rows, cols)).astype(np.uint8)
    store = CodeStore(Window(0, 0, cols, rows))
    for row in range(0, rows, BLOCK_PX):
        for col in range(0, cols, BLOCK_PX):
            part = codes[row : row + BLOCK_PX, col : col + BLOCK_PX]
            store.put(Window(col, row, part.shape[1], part.shape[0]), part)
    np.testing.assert_array_equal(store.read(Window(0, 0, cols, rows)), codes)
    np.testing.assert_array_equal(store.read(Window(200, 250, 100, 40)), codes[250:290, 200:300])
    np.testing.assert_array_equal(store.read(Window(-7, -5, cols + 9, rows + 8)),
                                  np.pad(codes, ((5, 3), (7, 2)), mode="symmetric"))  # fmt: skip
    store.put(Window(0, 0, BLOCK_PX, BLOCK_PX), np.zeros((BLOCK_PX, BLOCK_PX), np.uint8))
    assert not store.read(Window(0, 0, BLOCK_PX, BLOCK_PX)).any()
