"""What the methods compute, from files to a file: as whole arrays do, and where the truth is known, the truth."""

import numpy as np
import pytest

from models.pansharpening import classical
from rsfusion_qgis.core.operators.sharpening import METHODS
from tests.core.operators.sharpening import pairs
from tests.core.operators.sharpening.pairs import GAINS, fused, scene, span, write_scene, write_waves
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

ARRAYS = dict(classical.METHODS)
BY_ID = {method.id: method for method in METHODS}
SHARPENING = [method for method in pairs.METHODS if method != "exp"]


def test_every_method_of_the_reference_is_here():
    assert {method.label for method in METHODS} == set(ARRAYS)
    assert tuple(method.id for method in METHODS) == pairs.METHODS


@pytest.mark.parametrize("ratio", [2, 3, 4])
@pytest.mark.parametrize("method", pairs.METHODS)
def test_on_nested_pixels_it_is_the_whole_array_method(tmp_path, method, ratio):
    pan, ms = scene(48 * ratio, 60 * ratio, ratio)
    wanted = ARRAYS[BY_ID[method].label](ms.astype("f8"), pan.astype("f8"), ratio, GAINS)
    got = fused(tmp_path, *write_scene(tmp_path, pan, ms, ratio), method, gains=GAINS, tile_size=64)
    assert np.abs(got - wanted).max() < 1e-5 * span(wanted)


@pytest.mark.parametrize("offset", [(0.5, 0.5), (0.31, -0.17)])
@pytest.mark.parametrize("ratio", [1.5, 2.5, 4, 6.3])
@pytest.mark.parametrize("method", SHARPENING)
def test_where_ms_is_the_blurred_pan_the_pan_comes_back(tmp_path, method, ratio, offset):
    """At any ratio and any offset: a low-pass pan that is sampled elsewhere than MS leaves a residue of its own."""
    rows, cols = round(180 / ratio), round(220 / ratio)
    pan, ms = write_waves(tmp_path, rows, cols, ratio, offset)
    got = fused(tmp_path, pan, ms, method, gains=(0.3,))[0]
    inner = truth_on_the_result(tmp_path / "out.tif", read_raster(pan)[0])
    edge = int(3 * ratio)
    there = np.zeros(inner.shape, bool)
    there[edge:-edge, edge:-edge] = True
    if method == "bt_h":  # nothing is darker than the haze, and near it nothing is divided by
        there &= inner > read_raster(ms).min() + 0.1 * span(inner)
    assert there.mean() > 0.3
    difference = np.abs(got - inner)[there].max() / span(inner)
    assert difference < 0.01


def truth_on_the_result(output, pan):
    """The part of the pan that the result covers."""
    from osgeo import gdal

    x, _, _, y, _, _ = gdal.Open(str(output)).GetGeoTransform()
    rows, cols = gdal.Open(str(output)).RasterYSize, gdal.Open(str(output)).RasterXSize
    place = grid_transform(PAN_PIXEL_M)
    col, row = round((x - place[0]) / PAN_PIXEL_M), round((place[3] - y) / PAN_PIXEL_M)
    return pan[row : row + rows, col : col + cols]


def test_each_band_has_the_detail_that_its_own_blur_hides(tmp_path):
    """Bands of one ground under several gains: all come back, which one gain for all of them does not do."""
    gains, factors = (0.15, 0.6, 0.15), (1.0, 0.5, 2.0)
    pan, ms = write_waves(tmp_path, 50, 50, 4, gains=gains, factors=factors)
    truth = read_raster(pan) * np.array(factors)[:, None, None]
    inside = (slice(None), slice(12, -12), slice(12, -12))

    def error(given):
        return np.abs(fused(tmp_path, pan, ms, "mtf_glp_fs", gains=given) - truth)[inside].max() / span(truth)

    assert error(gains) < 0.01
    assert error((0.3,)) > 0.02


def test_a_shift_that_was_measured_is_undone_for_the_low_pass_pan_too(tmp_path):
    pan, ms = write_waves(tmp_path, 90, 90, 4)
    away = write_raster(
        tmp_path / "away.tif", read_raster(ms), grid_transform(4 * PAN_PIXEL_M, (8.0, -5.0)), dtype="Float32"
    )
    truth = read_raster(pan)[0]
    got = fused(tmp_path, pan, away, "mtf_glp_fs", gains=(0.3,), policy="correct")[0]
    truth = truth_on_the_result(tmp_path / "out.tif", truth)
    assert np.abs(got - truth)[16:-16, 16:-16].max() < 0.03 * span(truth)


@pytest.mark.parametrize("method", pairs.METHODS)
def test_a_constant_band_stays_constant(tmp_path, method):
    pan, ms = scene(192, 192, 4)
    ms[2] = 700.0
    got = fused(tmp_path, *write_scene(tmp_path, pan, ms, 4), method)
    assert np.isfinite(got).all()
    assert np.abs(got[2] - 700.0).max() < 1e-3 * span(got)
    assert method == "exp" or np.abs(got[0] - got[0].mean()).max() > 100


@pytest.mark.parametrize("method", pairs.METHODS)
def test_two_equal_bands_stay_equal(tmp_path, method):
    pan, ms = scene(192, 192, 4)
    ms[3] = ms[1]
    got = fused(tmp_path, *write_scene(tmp_path, pan, ms, 4), method)
    assert np.abs(got[3] - got[1]).max() < 1e-5 * span(got)


@pytest.mark.parametrize("method", pairs.METHODS)
def test_one_band_is_enough_and_thirteen_are_not_too_many(tmp_path, method):
    pan, ms = scene(128, 128, 4)
    assert fused(tmp_path, *write_scene(tmp_path, pan, ms[:1], 4), method).shape == (1, 128, 128)
    many = np.concatenate([ms * (1 + 0.1 * k) + 5 * k for k in range(4)])[:13]
    assert fused(tmp_path, *write_scene(tmp_path, pan, many, 4), method).shape == (13, 128, 128)


@pytest.mark.parametrize("method", SHARPENING)
def test_a_pan_without_contrast_gives_interpolation_and_says_so(tmp_path, method):
    class Log(pairs.Monitor):
        said = ""

        def warning(self, text):
            self.said += text

    pan, ms = scene(128, 128, 4)
    paths = write_scene(tmp_path, np.full_like(pan, 321.0), ms, 4)
    log = Log()
    got = fused(tmp_path, *paths, method, monitor=log)
    assert np.abs(got - fused(tmp_path, *paths, "exp", "exp.tif")).max() < 1e-5 * span(ms)
    assert "interpolated MS" in log.said
