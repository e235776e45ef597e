"""Bands of different pixel sizes as one raster."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.band_stack import stack_rasters
from tests.rasters import grid_transform, read_raster, write_raster


def test_coarser_bands_lie_where_they_belong(tmp_path):
    col = np.arange(60) + 0.5
    fine = np.broadcast_to(100 + 10 * col, (2, 40, 60))
    coarse = fine.reshape(2, 20, 2, 30, 2).mean(axis=(2, 4))[:1]
    name = tmp_path / "10 & m.tif"
    paths = {
        "OPTICAL": write_raster(name, fine, grid_transform(10.0), descriptions=("B2", "B3"), nodata=0),
        "OPTICAL_20M": write_raster(tmp_path / "20m.tif", coarse, grid_transform(20.0), descriptions=("B5",), nodata=0),
    }
    made = stack_rasters(paths, str(tmp_path / "all.vrt"))
    dataset = gdal.Open(made)
    assert [dataset.GetRasterBand(n).GetDescription() for n in (1, 2, 3)] == ["B2", "B3", "B5"]
    assert dataset.GetGeoTransform() == grid_transform(10.0)
    found = read_raster(made)
    np.testing.assert_array_equal(found[:2], fine)
    np.testing.assert_allclose(found[2][:, 4:-4], fine[0][:, 4:-4], atol=1)


def test_what_does_not_fit(tmp_path):
    one = write_raster(tmp_path / "one.tif", np.ones((1, 8, 8)), grid_transform(10.0))
    other = write_raster(tmp_path / "other.tif", np.ones((1, 8, 8)), grid_transform(10.0), crs="EPSG:32633")
    bare = write_raster(tmp_path / "bare.tif", np.ones((1, 8, 8)), None, crs=None)
    for path, sentence in ((other, "another CRS than OPTICAL"), (bare, "is not georeferenced")):
        with pytest.raises(InputError, match=sentence):
            stack_rasters({"OPTICAL": one, "OPTICAL_20M": path}, str(tmp_path / "all.vrt"))
