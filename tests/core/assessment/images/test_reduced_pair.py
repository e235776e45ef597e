"""The reduced pair: where its fine raster is sampled, and which part of a large pair is opened."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName, open_rasters
from rsfusion_qgis.core.assessment.images.reduced_pair import reduce_files
from rsfusion_qgis.core.grid.degradation import degrade
from tests.core.alignment.checks.textures import texture
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

RATIO, GAIN, PAN_GAIN, SIZE = 2, 0.3, 0.15, 128


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    fine = 500 + 60 * texture(SIZE, seed=1)[None]
    pan = write_raster(folder / "pan.tif", fine, grid_transform(PAN_PIXEL_M), dtype="Float32")
    coarse = degrade(fine, RATIO, [GAIN])
    return pan, write_raster(folder / "ms.tif", coarse, grid_transform(PAN_PIXEL_M * RATIO), dtype="Float32")


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.5, -0.75)])
def test_the_pan_is_sampled_so_much_further_down_and_right(pair, tmp_path, shift):
    with open_rasters({"fine": RasterName(pair[0], "PAN")}, RasterName(pair[1], "MS")) as rasters:
        files = reduce_files(rasters, [GAIN], [PAN_GAIN], tmp_path, lambda share: None, shift=shift)
    expected = degrade(read_raster(pair[0]), RATIO, [PAN_GAIN], [shift])
    inner = np.s_[:, 8:-8, 8:-8]
    assert read_raster(str(files.fine))[inner] == pytest.approx(expected[inner], abs=1e-2)
    assert read_raster(str(files.reference)) == pytest.approx(read_raster(pair[1]), abs=1e-4)


@pytest.mark.parametrize(("place", "first"), [((0.0, 0.0), (0, 0)), ((0.5, 0.5), (32, 32)), ((0.0, 1.0), (0, 64))])
def test_of_a_large_pair_the_part_in_that_place_is_opened(pair, place, first):
    names = RasterName(pair[0], "PAN"), RasterName(pair[1], "MS")
    with open_rasters({"fine": names[0]}, names[1], largest_px=64, place=place) as rasters:
        assert rasters.shape == (64, 64)
        values, _ = rasters.images["fine"](0, 0, 64, 64)
    row, col = first
    assert np.array_equal(values, read_raster(pair[0])[:, row : row + 64, col : col + 64])
