"""Reading: values, masks of every kind, and one sentence for what cannot be read."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.source import RasterSource, warped_source
from tests.rasters import grid_transform, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")


def ramp(bands=2, rows=20, cols=30):
    return np.arange(bands * rows * cols, dtype=np.float64).reshape(bands, rows, cols)


def write(path, values=None, **keywords):
    values = ramp() if values is None else values
    return write_raster(path, values, grid_transform(2.0), **keywords)


@pytest.mark.parametrize("dtype", ["Byte", "Int16", "UInt16", "Int32", "UInt32", "Float32", "Float64"])
def test_a_window_holds_the_stored_values(tmp_path, dtype):
    values = ramp() % 200
    path = write(tmp_path / "a.tif", values, dtype=dtype)
    with RasterSource(path, "MS") as source:
        got, valid = source.read(Window(5, 3, 10, 7))
    assert got.dtype == np.float32 and valid.all()
    assert (got == values[:, 3:10, 5:15]).all()


def test_nodata_is_per_band_and_nan_is_never_valid(tmp_path):
    values = ramp(rows=4, cols=4)
    values[0, 0, 0] = np.nan
    path = write(tmp_path / "a.tif", values, dtype="Float32", nodata=17.0)
    with RasterSource(path, "MS") as source:
        assert source.mask_kind == "nodata"
        _, valid = source.read(source.grid.window)
    assert not valid[0, 0, 0] and not valid[1, 0, 1]
    assert valid.sum() == 30


def test_an_alpha_band_is_a_mask_and_no_data(tmp_path):
    values = np.full((3, 5, 5), 9.0)
    values[2] = 255
    values[2, 0] = 0
    path = write(tmp_path / "a.tif", values, dtype="Byte", options=["ALPHA=YES"])
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(3).SetColorInterpretation(gdal.GCI_AlphaBand)
    dataset = None
    with RasterSource(path, "MS") as source:
        got, valid = source.read(source.grid.window)
    assert source.mask_kind == "alpha" and got.shape == (2, 5, 5)
    assert not valid[:, 0].any() and valid[:, 1:].all()


def test_a_mask_band_counts(tmp_path):
    path = write(tmp_path / "a.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    mask = np.full((20, 30), 255, np.uint8)
    mask[:, :4] = 0
    dataset.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, 30, 20, mask.tobytes())
    dataset = None
    with RasterSource(path, "MS") as source:
        _, valid = source.read(Window(0, 0, 10, 10))
    assert source.mask_kind == "mask"
    assert not valid[:, :, :4].any() and valid[:, :, 4:].all()


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"wavelength": "650", "wavelength_units": "Nanometers"}, 0.65),
        ({"wavelength": "0.865", "wavelength_units": "Micrometers"}, 0.865),
        ({"wavelength": "842"}, 0.842),
        ({"wavelength": "red"}, None),
        ({}, None),
    ],
)
def test_wavelengths_come_in_micrometres(tmp_path, entries, expected):
    path = write(tmp_path / "a.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetMetadata(entries)
    dataset = None
    with RasterSource(path, "MS") as source:
        assert source.bands[0].wavelength_um == (pytest.approx(expected) if expected else None)


def test_a_warped_source_lies_on_the_wanted_grid_and_masks_the_outside(tmp_path):
    path = write(tmp_path / "a.tif", np.full((1, 20, 20), 50.0), dtype="Byte")
    with RasterSource(path, "MS") as source:
        x0, _, _, y0, _, _ = source.grid.geotransform
        grid = Grid(source.grid.crs_wkt, (x0 - 10.0, 1.0, 0, y0 + 10.0, 0, -1.0), 60, 60)
        warped = warped_source(source, grid, "bilinear")
        values, valid = warped.read(warped.grid.window)
    assert warped.grid.geotransform == pytest.approx(grid.geotransform)
    assert len(warped.bands) == 1
    assert values[0, 20, 20] == 50 and valid[0, 20, 20]
    assert not valid[0, :9].any() and not valid[0, :, 51:].any()


def test_a_warp_does_not_depend_on_the_window(tmp_path):
    rng = np.random.default_rng(0)
    path = write(tmp_path / "a.tif", rng.uniform(0, 200, (1, 200, 200)), dtype="Byte")
    with RasterSource(path, "MS") as source:
        x0, _, _, y0, _, _ = source.grid.geotransform
        turned = Grid(source.grid.crs_wkt, (x0 + 40.3, 2.0, 0, y0 - 50.7, 0, -2.0), 150, 150)
        warped = warped_source(source, turned, "cubic")
        whole, _ = warped.read(warped.grid.window)
        part, _ = warped.read(Window(37, 51, 60, 40))
    assert (part == whole[:, 51:91, 37:97]).all()


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path):
    (tmp_path / "text.tif").write_text("not a raster")
    with pytest.raises(InputError, match=r"PAN: '.*text.tif' cannot be opened as a raster"):
        RasterSource(str(tmp_path / "text.tif"), "PAN")
    with pytest.raises(InputError, match="PAN"):
        RasterSource(str(tmp_path / "missing.tif"), "PAN")


def test_complex_values_are_refused(tmp_path):
    gdal.GetDriverByName("GTiff").Create(str(tmp_path / "c.tif"), 4, 4, 1, gdal.GDT_CFloat32)
    with pytest.raises(InputError, match=r"CFloat32 values.*amplitude"):
        RasterSource(str(tmp_path / "c.tif"), "MS")


def test_a_palette_is_refused(tmp_path):
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "p.tif"), 4, 4, 1, gdal.GDT_Byte)
    table = gdal.ColorTable()
    table.SetColorEntry(1, (255, 0, 0, 255))
    dataset.GetRasterBand(1).SetColorTable(table)
    dataset = None
    with pytest.raises(InputError, match="palette"):
        RasterSource(str(tmp_path / "p.tif"), "MS")


def test_control_points_alone_are_refused(tmp_path):
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "g.tif"), 4, 4, 1, gdal.GDT_Byte)
    dataset.SetGCPs([gdal.GCP(0, 0, 0, 0, 0), gdal.GCP(1, 1, 0, 4, 4), gdal.GCP(1, 0, 0, 4, 0)], "")
    dataset = None
    with pytest.raises(InputError, match="ground control points"):
        RasterSource(str(tmp_path / "g.tif"), "MS")


def test_a_truncated_file_is_named(tmp_path):
    values = np.random.default_rng(0).uniform(0, 65535, (1, 300, 300))
    path = tmp_path / "t.tif"
    write(path, values, options=["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"])
    path.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(InputError, match="truncated or damaged"), RasterSource(str(path), "PAN") as source:
        source.read(source.grid.window)
