"""Repeated pixels: found with their size and place, and read as they were before."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.rasters.replication import Blocks, find_blocks, own_pixels
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import read_raster, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")
PLACE = (1000.0, 2.0, 0.0, 5000.0, 0.0, -2.0)


def coarse(rows=40, cols=50, bands=3):
    return np.random.default_rng(0).integers(100, 2000, (bands, rows, cols))


def write_repeated(path, size=4, col=0, row=0, values=None, place=PLACE, **more):
    """Every pixel `size` times either way; the first `size - col` columns and `size - row` rows are cut off."""
    fine = np.kron(coarse() if values is None else values, np.ones((size, size), int))
    cut = fine[:, (size - row) % size :, (size - col) % size :]
    return write_raster(path, cut, place, "EPSG:32632" if place else None, **more)


def found(path):
    with RasterSource(str(path), "MS") as source:
        return find_blocks(source)


@pytest.mark.parametrize(("size", "col", "row"), [(2, 0, 0), (2, 1, 1), (4, 0, 0), (4, 3, 1), (5, 2, 0), (16, 7, 9)])
def test_blocks_are_found_with_their_place(tmp_path, size, col, row):
    assert found(write_repeated(tmp_path / "ms.tif", size, col, row)) == Blocks(size, col, row)


def test_of_a_large_raster_windows_spread_over_it_are_enough(tmp_path):
    assert found(write_repeated(tmp_path / "ms.tif", 4, 1, 2, coarse(400, 500, 1))) == Blocks(4, 1, 2)


def test_an_image_with_large_flat_parts_repeats_in_the_smaller_blocks(tmp_path):
    flat = coarse() // 500 * 500
    flat[:, 10:20, 10:30] = 7
    assert found(write_repeated(tmp_path / "ms.tif", 3, 0, 0, flat)) == Blocks(3, 0, 0)


def test_pixels_without_data_are_values_like_any(tmp_path):
    values = coarse().astype(float)
    values[:, 3:9, 20:] = np.nan
    assert found(write_repeated(tmp_path / "ms.tif", 4, 0, 0, values, dtype="Float32")) == Blocks(4, 0, 0)


@pytest.mark.parametrize("values", [
    coarse(), np.full((1, 80, 80), 7), np.kron(coarse(4, 4, 1), np.ones((20, 20), int)),
    np.kron(coarse(), np.ones((2, 4), int)), np.kron(coarse(), np.ones((4, 4), int))[:, :, np.arange(199) + 1],
], ids=["as recorded", "flat", "large blocks", "oblong", "cut"])  # fmt: skip
def test_what_does_not_repeat_in_squares_is_not_claimed(tmp_path, values):
    """A cut at the edge is no harm: the blocks begin elsewhere."""
    blocks = found(write_raster(tmp_path / "ms.tif", values, PLACE))
    assert blocks == (Blocks(4, 3, 0) if values.shape[2] == 199 else None)


def test_one_pixel_that_breaks_the_pattern_is_enough_to_refuse(tmp_path):
    values = np.kron(coarse(), np.ones((4, 4), int))
    values[1, 50, 61] += 1
    assert found(write_raster(tmp_path / "ms.tif", values, PLACE)) is None


@pytest.mark.parametrize(("col", "row"), [(0, 0), (1, 3)])
def test_one_pixel_of_each_whole_block_is_read_and_everything_else_kept(tmp_path, col, row):
    """Overviews, which mix blocks, are not looked at."""
    path = write_repeated(tmp_path / "ms.tif", 4, col, row, nodata=7, descriptions=("blue", "green", "red"),
                          metadata={"SENSOR": "X"})  # fmt: skip
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(2).SetMetadataItem("CENTRAL_WAVELENGTH_UM", "0.55", "IMAGERY")
    dataset.BuildOverviews("AVERAGE", [2, 4])
    del dataset
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    name = own_pixels(path, Blocks(4, col, row))
    assert name == own_pixels(path, Blocks(4, col, row)) and name.endswith("ms.tif") is False
    assert (read_raster(name) == coarse()[:, row > 0 :, col > 0 :]).all()
    with RasterSource(name, "MS") as source:
        assert source.grid.geotransform == (1000.0 + 2 * col, 8.0, 0.0, 5000.0 - 2 * row, 0.0, -8.0)
        assert [band.description for band in source.bands] == ["blue", "green", "red"]
        assert source.bands[0].nodata == 7 and source.bands[1].wavelength_um == 0.55
        assert source.metadata[""]["SENSOR"] == "X"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_without_georeferencing_there_is_none_afterwards(tmp_path):
    name = own_pixels(write_repeated(tmp_path / "ms.tif", place=None), Blocks(4, 0, 0))
    with RasterSource(name, "MS") as source:
        assert not source.grid.is_georeferenced and (source.grid.width, source.grid.height) == (50, 40)


def test_masks_are_kept(tmp_path):
    path = write_repeated(tmp_path / "ms.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    mask = np.full((160, 200), 255, np.uint8)
    mask[:80] = 0
    dataset.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, 200, 160, mask.tobytes())
    del dataset
    with RasterSource(own_pixels(path, Blocks(4, 0, 0)), "MS") as source:
        _, valid = source.read(source.grid.window)
    assert not valid[:, :20].any() and valid[:, 20:].all()
