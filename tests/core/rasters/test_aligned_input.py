"""Bringing an input onto the domain: what is sampled for its statistics, and what stands in for invalid pixels."""

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.aligned_input import AlignedInput
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform, write_raster


def open_input(path, ratio=1):
    source = RasterSource(path, "MS")
    return AlignedInput(source, source.grid, ratio, "cubic")


def test_statistics_do_not_depend_on_what_is_read_first(tmp_path):
    values = np.random.default_rng(0).uniform(100, 900, (2, 700, 900))
    path = write_raster(tmp_path / "a.tif", values, grid_transform(1.0))
    first, second = open_input(path), open_input(path)
    first.read(Window(5, 5, 20, 20))
    a, b = first.statistics(), second.statistics()
    assert (a.offset == b.offset).all() and (a.scale == b.scale).all()
    assert a.scale == pytest.approx(values.std(axis=(1, 2)), rel=0.05)


def test_a_small_valid_part_of_a_large_raster_is_found(tmp_path):
    values = np.zeros((1, 1500, 1500))
    values[0, 700:770, 640:760] = np.random.default_rng(0).uniform(100, 900, (70, 120))
    path = write_raster(tmp_path / "a.tif", values, grid_transform(1.0), nodata=0)
    statistics = open_input(path).statistics()
    assert 100 <= statistics.offset[0] <= 130 and 200 <= statistics.scale[0] <= 260


def test_no_valid_pixel_names_the_raster(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.zeros((1, 50, 50)), grid_transform(1.0), nodata=0)
    with pytest.raises(InputError, match=r"MS: '.*a.tif'"):
        open_input(path).statistics()


def test_outside_the_domain_the_edge_is_mirrored(tmp_path):
    values = np.arange(36.0).reshape(1, 6, 6)
    path = write_raster(tmp_path / "a.tif", values, grid_transform(1.0))
    got, valid = open_input(path).read(Window(-2, -1, 6, 4))
    assert (got == np.pad(values, ((0, 0), (1, 0), (2, 0)), mode="symmetric")[:, :4, :6]).all() and valid.all()
