"""Values as they are stored: signed bytes, whole numbers of 32 bits, rows from south to north, and what is clipped."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.aligned_input import open_aligned
from rsfusion_qgis.core.rasters.band_info import shifted_rpc
from rsfusion_qgis.core.rasters.radiometry import Storing, rounded
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")

SIGNED = np.arange(-128, 128).astype(np.int8).reshape(1, 16, 16)


def signed_bytes(path, bands: int = 1, nodata: float | None = None) -> str:
    """All values of a signed byte, as GDAL writes them before and after 3.7."""
    new = hasattr(gdal, "GDT_Int8")
    kind, options = (gdal.GDT_Int8, []) if new else (gdal.GDT_Byte, ["PIXELTYPE=SIGNEDBYTE"])
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 16, 16, bands, kind, options)
    dataset.SetGeoTransform(grid_transform(4.0))
    for band in range(1, bands + 1):
        dataset.GetRasterBand(band).WriteRaster(0, 0, 16, 16, SIGNED.tobytes())
        if nodata is not None:
            dataset.GetRasterBand(band).SetNoDataValue(nodata)
    dataset.FlushCache()
    return str(path)


@pytest.mark.parametrize("bands", [1, 3, 4])
def test_signed_bytes_keep_their_signs(tmp_path, bands: int) -> None:
    with RasterSource(signed_bytes(tmp_path / "s.tif", bands), "MS") as source:
        assert len(source.bands) == bands and {band.data_type for band in source.bands} <= {"Int8", "Int16"}
        values, valid = source.read(source.grid.window)
    np.testing.assert_array_equal(values, np.broadcast_to(SIGNED, values.shape))
    assert valid.all()


def test_nodata_of_signed_bytes(tmp_path) -> None:
    with RasterSource(signed_bytes(tmp_path / "s.tif", 2, -128.0), "MS") as source:
        _, valid = source.read(source.grid.window)
    assert not valid[:, 0, 0].any() and valid[:, 0, 1:].all() and valid[:, 1:].all()


@pytest.mark.parametrize("dtype", ["UInt32", "Int32", "Float64"])
def test_values_beyond_24_bits_are_read_exactly_where_asked_and_told_of(tmp_path, dtype: str) -> None:
    stored = 2.0**31 - 1000 + np.arange(64.0).reshape(1, 8, 8)
    path = write_raster(tmp_path / "w.tif", stored, grid_transform(4.0), dtype=dtype)
    with RasterSource(path, "MS") as source:
        assert source.is_wide and not rounded([source])
        np.testing.assert_array_equal(source.read_exactly(source.grid.window), stored)
        source.read(source.grid.window)
        (found,) = rounded([source, source])
    assert found.severity == "warning" and found.role == "MS" and "steps of up to 128" in found.sentence


def test_small_values_of_wide_types_and_invalid_ones_are_no_trouble(tmp_path) -> None:
    stored = np.arange(64.0).reshape(1, 8, 8)
    stored[0, 0, 0] = 2.0**31 - 1
    path = write_raster(tmp_path / "w.tif", stored, grid_transform(4.0), dtype="UInt32", nodata=2.0**31 - 1)
    with RasterSource(path, "MS") as source:
        source.read(source.grid.window)
        assert not rounded([source])


@pytest.mark.parametrize(("cols", "rows"), [(False, True), (True, False), (True, True)])
def test_a_flipped_raster_is_read_in_the_usual_order(tmp_path, cols: bool, rows: bool) -> None:
    values = np.arange(3 * 20 * 24.0).reshape(3, 20, 24)
    values[:, 0, :5] = 9999
    north = write_raster(tmp_path / "north.tif", values, grid_transform(4.0), nodata=9999)
    x, a, _, y, _, e = grid_transform(4.0)
    turned = (x + 24 * a, -a, 0.0, y, 0.0, e) if cols else (x, a, 0.0, y, 0.0, e)
    turned = (*turned[:3], y + 20 * e, 0.0, -e) if rows else turned
    stored = values[:, :: -1 if rows else 1, :: -1 if cols else 1]
    flipped = write_raster(tmp_path / "flipped.tif", stored, turned, nodata=9999)
    with RasterSource(north, "MS") as one, RasterSource(flipped, "MS") as other:
        grid = other.grid.counted_like(one.grid)
        assert grid == one.grid and one.grid.counted_like(one.grid) == one.grid
        assert grid.counted_like(other.grid) == other.grid
        domain = one.grid
    for window in (Window(0, 0, 24, 20), Window(3, 5, 7, 9)):
        both = [open_aligned(path, "MS", domain, 1, "cubic", domain, 1.0) for path in (north, flipped)]
        for found, wanted in zip(both[1].read(window), both[0].read(window)):
            np.testing.assert_array_equal(found, wanted)
        for one in both:
            one.close()


def test_rasters_without_a_place_are_not_flipped() -> None:
    bare, placed = Grid("", (0, 1, 0, 0, 0, 1), 4, 4), Grid("", grid_transform(4.0), 4, 4)
    assert bare.counted_like(placed) == bare and placed.counted_like(bare) == placed


def test_a_share_of_clipped_values_is_told() -> None:
    storing = Storing("uint8", None)
    values = np.full((1, 50, 50), 100.0, np.float32)
    storing(values, np.ones((50, 50), bool))
    values[0, 0, :2] = 255.4, -0.4  # rounded, not clipped
    values[0, 1, :2] = 3000.0, -7.0
    valid = np.ones((1, 50, 50), bool)
    np.testing.assert_array_equal(storing(values, valid)[0, 1, :2], (255, 0))
    assert storing.findings() == ()
    values[0, 2, :5] = 3000.0
    valid[0, 2, 4] = False
    storing(values, valid)
    (found,) = storing.findings()
    assert found.severity == "warning" and found.measured == pytest.approx(8 / 7499)
    assert "lie outside 0 to 255" in found.sentence and "DATA_TYPE" in found.sentence


def test_an_rpc_moves_with_the_part() -> None:
    rpc = {"LINE_OFF": "128.5", "SAMP_OFF": "60", "LINE_SCALE": "128", "LINE_NUM_COEFF": "1 2 3"}
    assert shifted_rpc(rpc, 0, 0) == rpc
    assert shifted_rpc(rpc, 20, 28.5) == {**rpc, "LINE_OFF": "100", "SAMP_OFF": "40"}
