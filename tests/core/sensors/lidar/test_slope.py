"""Slope against gdaldem, and on planes where the answer is known."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.core.sensors.lidar.slope import slope
from rsfusion_qgis.core.sensors.lidar.steps import Steps, steps_of
from tests.rasters import grid_transform, read_raster
from tests.tasks.lidar_features.scenes import computed, sentences, surface, write


def gdaldem_slope(path, target):
    """`gdaldem slope dsm.tif slope.tif`: degrees, Horn."""
    gdal.DEMProcessing(str(target), path, "slope").FlushCache()
    values = read_raster(target)[0]
    return np.where(values == -9999, np.nan, values)


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("width", [0.5, 0.8])
def test_wherever_gdaldem_gives_a_value_it_is_the_same(tmp_path, holes, width):
    x, y = grid_transform(0.5)[0::3]
    z = surface(holes=holes) - 300  # gdaldem adds up in float32, whose rounding is that of the height
    path = write(tmp_path / "dsm.tif", z, geotransform=(x, width, 0.0, y, 0.0, -0.5))
    computed(tmp_path, path, features=("slope",), tile_size=64)
    ours, theirs = read_raster(tmp_path / "out.tif")[0], gdaldem_slope(path, tmp_path / "gdal.tif")
    known = ~np.isnan(theirs)
    assert known.mean() > 0.8
    np.testing.assert_allclose(ours[known], theirs[known], atol=2e-4)
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(z))


@pytest.mark.parametrize("degrees", [0.0, 30.0, -120.0])
def test_a_plane_has_one_slope_to_its_ends_and_beside_holes(degrees):
    """Also on a rotated grid with oblong pixels."""
    turn = np.radians(degrees)
    col, row = np.array([np.cos(turn), np.sin(turn)]) * 0.5, np.array([np.sin(turn), -np.cos(turn)]) * 2.0
    rows, cols = np.mgrid[0:12, 0:14]
    east, north = (cols * col[i] + rows * row[i] for i in (0, 1))
    z = (100 + 0.3 * east - 0.4 * north).astype(np.float32)
    z[4:6, 5] = z[9, 9] = np.nan
    around = np.pad(z, 1, constant_values=np.nan)
    found = slope(around, Steps(tuple(col), tuple(row)))
    assert np.isnan(found).sum() == 3
    np.testing.assert_allclose(found[~np.isnan(z)], np.degrees(np.arctan(0.5)), atol=2e-3)


def test_a_pixel_alone_is_level():
    z = np.full((3, 3), np.nan, np.float32)
    z[1, 1] = 7
    assert slope(z, Steps((1.0, 0.0), (0.0, -1.0))) == 0


def test_degrees_become_metres_at_the_latitude(tmp_path):
    """Against gdaldem on the same pixels placed with their lengths in metres."""
    z, step = surface(holes=False) - 300, 1e-5
    path = write(tmp_path / "deg.tif", z, geotransform=(11.0, step, 0, 48.0, 0, -step), crs="EPSG:4326")
    with RasterSource(path, "DSM") as source:
        height, width = steps_of(source.grid, "DSM").size
    plain = write(tmp_path / "m.tif", z, geotransform=(0.0, width, 0, 0.0, 0, -height), crs=None)
    result = computed(tmp_path, path, features=("slope",))
    theirs = gdaldem_slope(plain, tmp_path / "gdal.tif")
    known = ~np.isnan(theirs)
    np.testing.assert_allclose(read_raster(tmp_path / "out.tif")[0][known], theirs[known], atol=2e-4)
    assert any("latitude 47.99" in sentence for sentence in sentences(result))
