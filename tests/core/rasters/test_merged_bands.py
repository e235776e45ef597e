"""Bands of several files as one raster, and that blocks of the files behind it are given back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.merged_bands import FileBand, merged
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform, write_raster


def file(folder: Path, name: str, values: np.ndarray, pixel: float = 10.0) -> str:
    return write_raster(folder / f"{name}.tif", values, grid_transform(pixel), descriptions=["old"], nodata=9)


def test_it_has_the_values_and_what_is_said_of_each_band(tmp_path: Path) -> None:
    first, second = (np.full((1, 6, 8), value) for value in (3.0, 5.0))
    paths = [file(tmp_path, name, values) for name, values in (("a", first), ("b", second))]
    name = merged([FileBand(paths[1], 1, "B2", 0.0, 1e-4, -0.1), FileBand(paths[0], 1, "B3")], "FILES")
    with RasterSource(name, "FILES") as source:
        values, valid = source.read(Window(0, 0, 8, 6))
        assert values[:, 0, 0].tolist() == [5.0, 3.0] and valid.all()
        one, other = source.bands
    assert (one.description, one.nodata, one.scale, one.offset) == ("B2", 0.0, 1e-4, -0.1)
    assert (other.description, other.nodata, other.scale or 1.0) == ("B3", 9.0, 1.0)


def test_files_of_another_grid_or_broken_ones_are_refused(tmp_path: Path) -> None:
    one, other = file(tmp_path, "a", np.ones((1, 6, 8))), file(tmp_path, "b", np.ones((1, 6, 8)), 20.0)
    with pytest.raises(InputError, match=r"FILES: .* is not on the grid of"):
        merged([FileBand(one, 1, "B2"), FileBand(other, 1, "B3")], "FILES")
    with pytest.raises(InputError, match=r"FILES: .* cannot be read"):
        merged([FileBand(str(tmp_path / "missing.tif"), 1, "B2")], "FILES")


def test_blocks_of_the_files_behind_are_given_back(tmp_path: Path) -> None:
    path = file(tmp_path, "large", np.ones((1, 800, 800)))
    with RasterSource(merged([FileBand(path, 1, "B2")], "FILES"), "FILES") as source:
        before = gdal.GetCacheUsed()
        source.read(Window(0, 0, 800, 800))
        assert gdal.GetCacheUsed() > before
        source.release_blocks()
        assert gdal.GetCacheUsed() <= before
        assert source.read(Window(3, 4, 1, 1))[0].item() == 1.0
