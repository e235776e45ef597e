"""Rotation, scale and shear inside a fusion: undone by default where they are sure, tile by tile, and told.

MS is turned in its own pixels, so its grid stays; PAN never moves. A shift alone is undone as ever.
"""


import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.alignment.registration import RegistrationJob, open_overlay
from rsfusion_qgis.core.alignment.shift.residual_shift import Search
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.assessment.images.readers import measured_shifts, moved_for, turned_for
from rsfusion_qgis.core.basics.errors import CoregistrationError
from rsfusion_qgis.core.engine import register
from rsfusion_qgis.core.engine.alignment_report import alignment_parts
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.core.rasters.turned import turned_source
from tests.core.alignment.checks.textures import moved, texture, turned
from tests.jobs import fusion_job
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

SIZE, RATIO, DEGREES = 480, 2, 1.0
SCENE = texture(SIZE, smooth_px=4.0)
INSIDE = Window(24, 24, SIZE - 48, SIZE - 48)


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx", max_shift_px=0.75))


def write_pair(folder, seen=None, crs="EPSG:32632", dtype="Float32", **more):
    """PAN, and MS, which shows `seen`; where nothing is said, MS must be turned by `DEGREES`."""
    seen = turned(SCENE, DEGREES) if seen is None else seen
    ms = degrade(np.stack([seen, -0.4 * seen]), RATIO, [0.3] * 2)
    places = (grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * RATIO)) if crs else (None, None)
    pan = write_raster(folder / "pan.tif", 1000 + 100 * SCENE[None], places[0], crs, "Float32")
    return pan, write_raster(folder / "ms.tif", 500 + 60 * ms, places[1], crs, dtype, **more)


def fuse(folder, model, pair, name="out.tif", policy="correct", **options):
    return run(fusion_job(*pair, model, str(folder / name), policy=policy, **options))


def told(result):
    return next(f for f in result.findings if f.check == "residual_shift")


def inside(folder, name="out.tif"):
    with RasterSource(str(folder / name), "OUTPUT") as source:
        values, valid = source.read(INSIDE)
    assert valid.all()
    return values


def rms(values):
    return float(np.sqrt((values**2).mean()))


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_it_is_undone_by_default(tmp_path, model, crs):
    fuse(tmp_path, model, write_pair(tmp_path, SCENE, crs), "straight.tif", "warn")
    pair = write_pair(tmp_path, crs=crs)
    assert told(fuse(tmp_path, model, pair, "lost.tif", "warn")).severity == "warning"
    result = fuse(tmp_path, model, pair)
    assert "is turned by -1.0" in told(result).found and "is moved there" in told(result).found
    assert told(result).measured < 0.1 and (result.grid.width, result.grid.height) == (SIZE, SIZE)
    straight, lost, undone = (inside(tmp_path, name) for name in ("straight.tif", "lost.tif", "out.tif"))
    assert rms(undone - straight) < 0.1 * rms(lost - straight)


def test_pan_is_not_touched_and_tiles_and_parts_give_the_same(tmp_path, model):
    pair = write_pair(tmp_path)
    fuse(tmp_path, model, pair)
    whole = read_raster(tmp_path / "out.tif")
    fuse(tmp_path, model, pair, "tiled.tif", tile_size=64)
    np.testing.assert_allclose(read_raster(tmp_path / "tiled.tif"), whole, atol=1e-3)
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(40, 60), source.grid.to_map(90, 101)
    fuse(tmp_path, model, pair, "part.tif", extent=(x0, y1, x1, y0))
    np.testing.assert_allclose(read_raster(tmp_path / "part.tif"), whole[:, 60:101, 40:90], atol=1e-3)
    fuse(tmp_path, model, pair, "again.tif")
    assert np.array_equal(read_raster(tmp_path / "again.tif"), whole, equal_nan=True)


def test_a_shift_alone_gives_the_same_bytes_as_without(tmp_path, model, monkeypatch):
    pair = write_pair(tmp_path, moved(SCENE, 1.3, -0.7))
    result = fuse(tmp_path, model, pair)
    assert "turned" not in told(result).found and result.moved["ms"] != (0.0, 0.0)
    monkeypatch.setattr(register, "turning", lambda estimate: None)
    fuse(tmp_path, model, pair, "plain.tif")
    assert (tmp_path / "out.tif").read_bytes() == (tmp_path / "plain.tif").read_bytes()


def test_fail_stops(tmp_path, model):
    with pytest.raises(CoregistrationError, match=r"is turned by -1\.0.* more than the 0\.75 that the fusion bears"):
        fuse(tmp_path, model, write_pair(tmp_path), policy="fail")


def test_rotation_scale_and_a_shift_together(tmp_path, model):
    result = fuse(tmp_path, model, write_pair(tmp_path, moved(turned(SCENE, -0.8, 1.006), 4.4, -2.3)))
    assert "is turned by +0.8" in told(result).found and "is stretched by -0.6" in told(result).found
    assert told(result).measured < 0.1
    assert result.moved["ms"] == (4.0 * PAN_PIXEL_M, 2.0 * PAN_PIXEL_M)  # whole pixels of MS, so the grids still nest


def test_the_metadata_tell_it_and_an_assessment_follows(tmp_path, model):
    pan, ms = pair = write_pair(tmp_path)
    fuse(tmp_path, model, pair)
    fused, coarse = RasterName(str(tmp_path / "out.tif"), "FUSED"), RasterName(ms, "MS")
    found = turned_for(fused, coarse)
    assert len(found.turned) == 6 and abs(found.turned[2] / found.turned[1]) == pytest.approx(np.radians(1), rel=0.02)
    left = measured_shifts(RasterName(pan, "PAN"), found, 2, moved_for(fused, coarse))
    assert np.abs(left).max() < 0.1
    with open_overlay(RegistrationJob(pan, ms), turned=found.turned) as overlay:
        assert overlay.measure(Search()).rmse < 0.1


def test_ms_in_another_zone(tmp_path, model):
    pan, ms = write_pair(tmp_path)
    far = str(tmp_path / "far.tif")
    gdal.Warp(far, ms, dstSRS="EPSG:32633", resampleAlg="cubic").FlushCache()
    result = fuse(tmp_path, model, (pan, far))
    assert "is turned by" in told(result).found and told(result).measured < 0.2


def test_rows_from_south_to_north(tmp_path, model):
    pair = write_pair(tmp_path)
    fuse(tmp_path, model, pair)
    upright = inside(tmp_path)
    x, a, b, y, d, e = grid_transform(PAN_PIXEL_M * RATIO)
    values = read_raster(pair[1])[:, ::-1]
    other = write_raster(tmp_path / "up.tif", values, (x, a, b, y + e * len(values[0]), d, -e), dtype="Float32")
    fuse(tmp_path, model, (pair[0], other), "up_out.tif")
    np.testing.assert_allclose(inside(tmp_path, "up_out.tif"), upright, atol=1e-2)


def test_no_data_stay_so_and_whole_numbers_are_not_rounded_twice(tmp_path, model):
    _, ms = write_pair(tmp_path, dtype="UInt16", nodata=0)
    raster = gdal.Open(ms, gdal.GA_Update)
    for number in (1, 2):
        raster.GetRasterBand(number).WriteRaster(100, 100, 20, 20, bytes(800), 20, 20, gdal.GDT_UInt16)
    raster = None
    with RasterSource(ms, "MS") as source:
        straight = source.read(source.grid.window)
        one = turned_source(source, (1.4, 1.0, 0.0, 0.0, 0.0, 1.0))
        values, valid = one.read(one.grid.window)
        assert one.grid == source.grid and len(one.bands) == 2
    assert not valid[:, 101:119, 103:119].any() and valid[:, 130:, 5:].all() and not valid[:, :, 0].any()
    assert (values[:, 150, 150] % 1).any()
    nearly = 0.6 * straight[0][:, 150, 59:89] + 0.4 * straight[0][:, 150, 58:88]
    np.testing.assert_allclose(values[:, 150, 60:90], nearly, atol=12)


def test_the_report_shows_before_and_after(tmp_path, model):
    result = fuse(tmp_path, model, write_pair(tmp_path))
    text = "".join(alignment_parts(result.plan, lambda share: None))
    assert "and turned and stretched as was measured" in text and "The shift is more than the fusion bears." in text
    assert "as they lie" in text and "after the measured shift" in text


def test_what_cannot_be_warped_is_moved_only(tmp_path, model, monkeypatch):
    """Such as a raster with two values for no data: the run goes on."""
    pair = write_pair(tmp_path, moved(turned(SCENE, DEGREES), 1.3, -0.7))

    def refuse(*_):
        raise register.InputError("MS declares 0 as no data and holds 1 as a second fill.")

    monkeypatch.setattr("rsfusion_qgis.core.rasters.aligned_input.turned_source", refuse)
    result = fuse(tmp_path, model, pair)
    assert result.moved["ms"] != (0.0, 0.0) and not result.plan.geometry["ms"].turned


