"""Numbers of features and of rasters on a grid: where they lie, what is left out, and tables of numbers per point."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.point_values import read_point_values
from rsfusion_qgis.core.rasters.samples.numbers import CELL_PX, open_numbers
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform, write_raster
from tests.vectors import PIXEL_M, box, point, write_vector


@pytest.fixture
def grid(tmp_path: Path) -> Grid:
    path = write_raster(tmp_path / "g.tif", np.zeros((1, 40, 50)), grid_transform(PIXEL_M), dtype="Byte")
    with RasterSource(path, "GRID") as source:
        return source.grid


def test_features_give_their_numbers_and_what_they_dispute_has_none(grid: Grid, tmp_path: Path) -> None:
    shapes = [(box(2, 3, 4, 5), 1.5), (box(10, 10, 6, 6), 2.5), (box(13, 13, 6, 6), 3.5), (point(30.5, 40.5), 7.0),
              (box(20, 20, 2, 2), None), (box(400, 400, 2, 2), 1.0)]  # fmt: skip
    path = write_vector(tmp_path / "s.gpkg", shapes, "real", field="height", stored_crs="EPSG:4326")
    with open_numbers(SampleSource(path, "height"), grid) as samples:
        values, regions = samples.read(Window(-2, -2, 60, 50))
        assert samples.name == "height" and list(samples.windows()) == [grid.window]
        told = " ".join(samples.warnings)
    values, regions = values[2:42, 2:52], regions[2:42, 2:52]
    assert (values[2:6, 3:8] == 1.5).all() and (regions[2:6, 3:8] == 1).all()
    assert np.isnan(values[13:16, 13:16]).all() and (values[10:13, 10:16] == 2.5).all()
    assert values[30, 40] == 7.0 and np.isfinite(values).sum() == 20 + 27 + 27 + 1
    assert "1 feature without a number" in told and "1 feature outside the raster" in told


def test_a_raster_gives_its_numbers_zero_among_them(grid: Grid, tmp_path: Path) -> None:
    values = np.full((1, 20, 20), -9.0)
    values[0, :10] = np.arange(20) / 4
    place = grid_transform(PIXEL_M, (10 * PIXEL_M, 5 * PIXEL_M))
    path = write_raster(tmp_path / "v.tif", values, place, dtype="Float32", nodata=-9.0, descriptions=["biomass"])
    with open_numbers(SampleSource(path, parameter="VALUES"), grid) as samples:
        found, regions = samples.read(grid.window)
        assert samples.name == "biomass"
    np.testing.assert_allclose(found[5:15, 10:30], np.broadcast_to(np.arange(20) / 4, (10, 20)))
    assert np.isfinite(found).sum() == 200 and found[5, 10] == 0
    assert regions[5, 10] == 1 + 10 // CELL_PX and regions[8, 10] == regions[5, 10] + 7


@pytest.mark.parametrize("field, words", [("class", "has no field 'class'; its fields of numbers are: height"),
                                          ("name", "has no field 'name'")])  # fmt: skip
def test_a_field_that_is_not_there(grid: Grid, tmp_path: Path, field: str, words: str) -> None:
    path = write_vector(tmp_path / "s.gpkg", [(box(2, 3, 4, 5), 1.5)], "real", field="height")
    with pytest.raises(InputError, match=words):
        open_numbers(SampleSource(path, field), grid)


def test_texts_are_no_numbers(grid: Grid, tmp_path: Path) -> None:
    path = write_vector(tmp_path / "s.gpkg", [(box(2, 3, 4, 5), "high")], field="height")
    with pytest.raises(InputError, match="holds no numbers"):
        open_numbers(SampleSource(path, "height"), grid)
    with pytest.raises(InputError, match="has no field of numbers"):
        read_point_values(path, "POINTS", "")


def test_numbers_of_points(grid: Grid, tmp_path: Path) -> None:
    shapes = [(point(1, 2), 3.0), (box(4, 4, 2, 2), 5.0), (point(9, 9), None)]
    path = write_vector(tmp_path / "p.gpkg", shapes, "real", field="green", stored_crs="EPSG:4326")
    found = read_point_values(path, "POINTS", grid.crs_wkt)
    assert found.names == ("green",) and found.values[:, 0].tolist() == [3.0, 5.0]
    pixels = np.array([grid.to_pixel(x, y) for x, y in found.places])
    np.testing.assert_allclose(pixels, [(2, 1), (5, 5)], atol=1e-3)
