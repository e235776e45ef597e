"""One result, however it is computed: tiles, extents, holes, other grids; and what a run says and refuses."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CancelledError, CoregistrationError, InputError
from rsfusion_qgis.core.engine.run import check
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from tests.core.operators.sharpening import pairs
from tests.core.operators.sharpening.pairs import GAINS, fuse, fused, method_job, scene, span, write_scene
from tests.rasters import make_pan_ms

HOLE = -9999.0
FEW = (0.3, 0.4)


def assert_seamless(folder, pan, ms, method, sizes, **options):
    """Tiled = untiled and a part = its place in the whole, to 1e-5 of the data range."""
    whole = fused(folder, pan, ms, method, tile_size=2048, **options)
    bound = 1e-5 * span(whole[whole != HOLE])
    for size in sizes:
        tiled = fused(folder, pan, ms, method, "tiled.tif", tile_size=size, **options)
        assert np.abs(tiled - whole).max() <= bound, size
    with RasterSource(str(folder / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(31, 17), source.grid.to_map(99, 80)
    part = fused(folder, pan, ms, method, "part.tif", extent=(x0, y1, x1, y0), **options)
    assert np.abs(part - whole[:, 17:80, 31:99]).max() <= bound


@pytest.mark.parametrize("method", pairs.METHODS)
def test_tiles_from_128_to_1024_and_a_part(tmp_path, method):
    pan, ms = scene(1100, 1040, 4)
    sizes = (128, 256, 512, 1024) if method == "mtf_glp_fs" else (128, 1024)
    assert_seamless(tmp_path, *write_scene(tmp_path, pan, ms, 4), method, sizes, gains=GAINS)


@pytest.mark.parametrize("offset", [(0.5, 0.5), (0.125, -0.3)])
@pytest.mark.parametrize("ratio", [1.5, 2.5, 8])
@pytest.mark.parametrize("method", pairs.METHODS)
def test_any_ratio_and_offset(tmp_path, method, ratio, offset):
    pan, ms = make_pan_ms(tmp_path, round(200 / ratio), round(240 / ratio), ratio, offset=offset, dtype="Float32")
    assert_seamless(tmp_path, pan, ms, method, (45,), gains=GAINS)


@pytest.mark.parametrize("method", pairs.METHODS)
def test_holes_stay_holes_and_do_not_leak(tmp_path, method):
    pan, ms = scene(384, 384, 4)
    clean = fused(tmp_path, *write_scene(tmp_path, pan, ms, 4), method)
    pan[0, 100:150, 30:200] = HOLE
    ms[1, 60:70, 40:80] = HOLE
    ms[:, 5:8, 5:8] = HOLE
    paths = write_scene(tmp_path, pan, ms, 4, nodata=HOLE)
    holed = fused(tmp_path, *paths, method)
    invalid = np.zeros(clean.shape, bool)
    invalid[:, 100:150, 30:200] = invalid[1, 240:280, 160:320] = invalid[:, 20:32, 20:32] = True
    np.testing.assert_array_equal(holed == HOLE, invalid)
    far = np.broadcast_to(~grown(invalid.any(axis=0), 24), invalid.shape)
    assert np.abs(holed - clean)[far].max() < 0.03 * span(clean)  # the statistics lack the holes' pixels
    assert np.abs(holed - clean)[~invalid].max() < 0.5 * span(clean)
    assert_seamless(tmp_path, *paths, method, (64,))


def grown(mask, margin):
    from scipy.ndimage import binary_dilation

    return binary_dilation(mask, np.ones((3, 3)), margin)


@pytest.mark.parametrize("method", pairs.METHODS)
def test_values_in_holes_have_no_part_in_the_statistics(tmp_path, method):
    """Whatever stands in a hole, the rest is the same."""
    results = []
    for value in (HOLE, 60000.0):
        pan, ms = scene(256, 256, 4)
        pan[0, 40:90, 30:70] = value
        ms[2, 30:40, 40:64] = value
        results.append(fused(tmp_path, *write_scene(tmp_path, pan, ms, 4, nodata=value), method))
    invalid = results[0] == HOLE
    np.testing.assert_array_equal(results[1] == 60000.0, invalid)
    assert np.abs(results[0] - results[1])[~invalid].max() < 1e-5 * span(results[0][~invalid])


@pytest.mark.parametrize("method", pairs.METHODS)
def test_ms_in_the_next_utm_zone_is_warped(tmp_path, method):
    pan, ms = make_pan_ms(tmp_path, rows=80, cols=80, dtype="Float32")
    far = str(tmp_path / "far.tif")
    gdal.Warp(far, ms, dstSRS="EPSG:32633", resampleAlg="cubic", dstNodata=HOLE)
    straight = fused(tmp_path, pan, ms, method)
    warped = fused(tmp_path, pan, far, method, "warped.tif")
    inside = (slice(None), slice(50, 270), slice(50, 270))
    assert np.abs(warped - straight)[inside].mean() < 0.02 * span(straight)
    assert_seamless(tmp_path, pan, far, method, (64,))


@pytest.mark.parametrize("method", pairs.METHODS)
def test_other_extents_give_the_intersection(tmp_path, method):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, offset=(8, -4), dtype="Float32")
    assert fused(tmp_path, pan, ms, method).shape == (4, 144, 128)


def test_the_statistics_are_those_of_the_whole_in_every_extent(tmp_path, monkeypatch):
    """Also where only a sample of the blocks is read."""
    monkeypatch.setattr("rsfusion_qgis.core.operators.sharpening.survey.survey_windows.__defaults__", (200_000,))
    pan, ms = scene(1100, 1100, 4)
    assert_seamless(tmp_path, *write_scene(tmp_path, pan, ms, 4), "gsa", (512,))


def test_what_ms_says_of_itself_is_kept_and_the_method_is_told(tmp_path):
    pan, ms = make_pan_ms(tmp_path)
    fuse(tmp_path, pan, ms, "gsa", sensor="quickbird")
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetRasterBand(2).GetDescription() == "band 2"
    assert gdal.GetDataTypeName(dataset.GetRasterBand(1).DataType) == "UInt16"
    assert dataset.GetGeoTransform() == gdal.Open(pan).GetGeoTransform()
    history = dataset.GetMetadata("RSFUSION")
    assert (history["METHOD"], history["MTF_GAINS"]) == ("GSA", "0.34,0.32,0.3,0.22")
    assert "MODEL" not in history


def test_progress_runs_from_0_to_1_through_both_passes(tmp_path):
    class Log(pairs.Monitor):
        def __init__(self):
            self.fractions = []

        def progress(self, fraction):
            self.fractions.append(fraction)

    pan, ms = scene(1200, 1200, 4)
    log = Log()
    result = fuse(tmp_path, *write_scene(tmp_path, pan, ms, 4), "gsa", tile_size=128, monitor=log)
    assert log.fractions == sorted(log.fractions)
    assert log.fractions[-1] == 1.0
    assert (result.provider, result.tiles) == ("NumPy", 100)
    assert result.survey_seconds > 0


@pytest.mark.parametrize("after", [0.0, 0.2, 0.6])
def test_a_cancel_in_either_pass_leaves_nothing(tmp_path, after):
    class Stop(pairs.Monitor):
        reached = 0.0

        def progress(self, fraction):
            self.reached = fraction

        def is_cancelled(self):
            return self.reached > after

    pan, ms = scene(1600, 1600, 4)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(CancelledError):
        fuse(folder, *write_scene(tmp_path, pan, ms, 4), "mtf_glp_fs", tile_size=128, monitor=Stop())
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "options", "sentence"),
    [
        ("gsa", MethodOptions(gains=FEW), "GAINS: found 2 numbers, expected one, or one for each of the 4 bands"),
        ("gsa", MethodOptions(sensor="landsat_77"), "SENSOR: found 'landsat_77', expected one of generic"),
        ("ihs", MethodOptions(), "METHOD is 'ihs'; expected one of mtf_glp_fs, gsa, bt_h, exp"),
    ],
)
def test_a_wrong_choice_is_said_from_the_headers(tmp_path, method, options, sentence):
    pan, ms = make_pan_ms(tmp_path)
    with pytest.raises(InputError, match=sentence):
        check(method_job(pan, ms, method, str(tmp_path / "o.tif"), options))


@pytest.mark.parametrize("method", ["mtf_glp_fs", "gsa", "bt_h"])
def test_an_empty_band_is_said(tmp_path, method):
    pan, ms = scene(128, 128, 4)
    ms[2] = HOLE
    paths = write_scene(tmp_path, pan, ms, 4, nodata=HOLE)
    with pytest.raises(InputError, match="valid"):
        fuse(tmp_path, *paths, method)
    assert not (tmp_path / "out.tif").exists()


def test_a_ratio_that_no_method_takes(tmp_path):
    pan, ms = make_pan_ms(tmp_path, rows=20, cols=20, ratio=10)
    with pytest.raises(CoregistrationError, match=r"takes 1\.5 to 8"):
        fuse(tmp_path, pan, ms, "gsa")


def test_whole_numbers_are_rounded_values_of_the_same_run(tmp_path):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40)
    stored, exact = fused(tmp_path, pan, ms, "gsa"), fused(tmp_path, pan, ms, "gsa", "f.tif", data_type="Float32")
    assert np.abs(stored - exact.clip(0, 65535)).max() <= 0.5
