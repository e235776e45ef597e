"""GDAL keeps what a row of tiles needs, and no more; afterwards its bound is what it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.rasters.block_cache import LEAST_BYTES, bounded_cache
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import write_raster

PLACE = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
LARGE = 2**31


@pytest.fixture(autouse=True)
def large():
    """A bound as of a computer with much memory."""
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(LARGE)
    yield
    gdal.SetCacheMax(before)


@pytest.fixture
def source(tmp_path: Path):
    path = write_raster(tmp_path / "a.tif", np.zeros((3, 300, 400)), PLACE, dtype="UInt16")
    with RasterSource(path, "A") as opened:
        yield opened


def test_the_bound_is_lowered_and_comes_back(source: RasterSource) -> None:
    with bounded_cache([source, object()], 512):
        assert gdal.GetCacheMax() == LEAST_BYTES
    assert gdal.GetCacheMax() == LARGE


def test_runs_beside_each_other_have_what_each_asks_for(source: RasterSource) -> None:
    first, second = bounded_cache([source], 512), bounded_cache([source], 512)
    with first:
        second.__enter__()
        assert gdal.GetCacheMax() == 2 * LEAST_BYTES
    assert gdal.GetCacheMax() == LEAST_BYTES
    second.__exit__(None, None, None)
    assert gdal.GetCacheMax() == LARGE


def test_a_smaller_bound_and_one_that_somebody_set_stay(source: RasterSource) -> None:
    gdal.SetCacheMax(2**20)
    with bounded_cache([source], 512):
        assert gdal.GetCacheMax() == 2**20
    gdal.SetCacheMax(LARGE)
    gdal.SetConfigOption("GDAL_CACHEMAX", "2048")
    try:
        with bounded_cache([source], 512):
            assert gdal.GetCacheMax() == LARGE
    finally:
        gdal.SetConfigOption("GDAL_CACHEMAX", None)


def test_blocks_as_wide_as_the_raster_are_kept_for_a_row_of_tiles(tmp_path: Path) -> None:
    path = str(tmp_path / "wide.tif")
    gdal.GetDriverByName("GTiff").Create(path, 60000, 2000, 4, gdal.GDT_UInt16, ["SPARSE_OK=YES", "BLOCKYSIZE=1"])
    with RasterSource(path, "A") as opened, bounded_cache([opened], 1000):
        assert gdal.GetCacheMax() >= 1.2 * 60000 * 1000 * 4 * 2
