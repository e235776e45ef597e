"""Consistency with MS: nearer to the truth and to MS, the same in every tile and extent, and only where it is known."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import FusionJob, ImageWishes, check, run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.operators.back_projection import AUTO, OFF, ON, PARAMETER
from rsfusion_qgis.core.operators.gain_survey import settled
from rsfusion_qgis.core.operators.sharpening import MethodChoice
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, read_raster, scene, write_raster
from tests.zoo import FAST_PATH

GAIN = 0.3
KNOWN = ImageWishes(ON, gains=(GAIN,))


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx"))


def fuse(folder, model, pan, ms, name="out.tif", image=KNOWN, **options):
    return run(FusionJob("pansharpen", {"pan": pan, "ms": ms}, model, str(folder / name), image=image, **options))


def fused(folder, model, pan, ms, name="out.tif", **options):
    fuse(folder, model, pan, ms, name, **options)
    return read_raster(folder / name)


def true_pair(folder, ratio=4, side=24, gain=GAIN):
    """A pair whose MS is the sharp scene as a sensor of that gain sees it; returns its names and the scene."""
    truth = scene(3, ratio * side, ratio * side, grid_transform(PAN_PIXEL_M), PAN_PIXEL_M, seed=2)
    pan = write_raster(folder / "pan.tif", truth.mean(0, keepdims=True), grid_transform(PAN_PIXEL_M), dtype="Float32")
    ms = degrade(truth, ratio, [gain] * 3)
    ms_path = write_raster(folder / "ms.tif", ms, grid_transform(PAN_PIXEL_M * ratio), dtype="Float32")
    return pan, ms_path, truth, ms


def rms(values):
    return float(np.sqrt((values**2).mean()))


@pytest.mark.parametrize("ratio", [2, 4])
def test_the_result_is_nearer_to_ms_and_to_the_truth(tmp_path, model, ratio):
    pan, ms_path, truth, ms = true_pair(tmp_path, ratio)
    plain = fused(tmp_path, model, pan, ms_path, image=ImageWishes(OFF, gains=(GAIN,)))
    held = fused(tmp_path, model, pan, ms_path)
    seen = [rms(degrade(image, ratio, [GAIN] * 3) - ms) for image in (plain, held)]
    assert seen[1] < 0.4 * seen[0]
    assert rms(held - truth) < 0.9 * rms(plain - truth)


@pytest.mark.parametrize("offset", [(0, 0), (0.125, -0.3)])
@pytest.mark.parametrize(("ratio", "gain"), [(4, GAIN), (4, 0.15), (4, 0.55), (2.5, GAIN), (1.5, GAIN)])
def test_tiles_and_extents_do_not_change_the_result(tmp_path, model, ratio, gain, offset):
    pan, ms = make_pan_ms(tmp_path, rows=90, cols=110, ratio=ratio, offset=offset, dtype="Float32")
    known = ImageWishes(ON, gains=(gain,))
    whole = fused(tmp_path, model, pan, ms, image=known)
    assert np.abs(whole - fused(tmp_path, model, pan, ms, "plain.tif", image=ImageWishes())).max() > 1e-2
    for size in (32, 45, 64):
        assert np.abs(fused(tmp_path, model, pan, ms, image=known, tile_size=size) - whole).max() < 1e-5
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(31, 17), source.grid.to_map(99, 80)
    part = fused(tmp_path, model, pan, ms, "part.tif", image=known, tile_size=32, extent=(x0, y1, x1, y0))
    assert np.abs(part - whole[:, 17:80, 31:99]).max() < 1e-5


def test_a_classical_method_can_be_held_to_ms_too(tmp_path):
    pan, ms_path, _, ms = true_pair(tmp_path)
    method = {"classical": MethodChoice("mtf_glp_fs", gains=(GAIN,))}
    plain = fused(tmp_path, "", pan, ms_path, image=ImageWishes(), **method)
    held = fused(tmp_path, "", pan, ms_path, **method)
    tiled = fused(tmp_path, "", pan, ms_path, tile_size=32, **method)
    assert np.abs(tiled - held).max() < 1e-5
    assert rms(degrade(held, 4, [GAIN] * 3) - ms) < 0.4 * rms(degrade(plain, 4, [GAIN] * 3) - ms)


@pytest.mark.parametrize("holed", ["pan", "ms"])
def test_invalid_pixels_reach_no_further_than_their_blur(tmp_path, model, holed):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32", nodata=-9999)
    whole = fused(tmp_path, model, pan, ms)
    dataset = gdal.Open(str(tmp_path / f"{holed}.tif"), gdal.GA_Update)
    first, side = (80, 3) if holed == "pan" else (20, 1)
    for band in range(1, dataset.RasterCount + 1):
        dataset.GetRasterBand(band).WriteRaster(first, first, side, side, np.full((side, side), -9999, "f4").tobytes())
    dataset = None
    result = fused(tmp_path, model, pan, ms, "holed.tif")
    invalid = result == -9999
    assert invalid[:, 80:83, 80:83].all() and invalid.sum() <= 4 * 16
    assert np.abs(result - whole)[~invalid].max() < 0.5  # of a range of 0.8
    far = np.abs(result - whole)
    far[:, 80 - 48 : 84 + 48, 80 - 48 : 84 + 48] = 0
    assert far.max() < 5e-5  # the scaling of the network, which is the whole raster's, changes a little


def test_auto_takes_what_is_said_of_the_sensor(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, dtype="Float32")
    named = fused(tmp_path, model, pan, ms, image=ImageWishes(AUTO, sensor="ikonos"))
    by_hand = fused(tmp_path, model, pan, ms, image=ImageWishes(ON, gains=(0.26, 0.28, 0.29, 0.28)))
    assert (named == by_hand).all() and (named != fused(tmp_path, model, pan, ms, image=ImageWishes(OFF))).any()


@pytest.mark.parametrize("gain", [0.22, 0.4])
def test_without_a_sensor_the_gains_are_measured_on_the_scene(tmp_path, gain):
    """By the shipped network, which shows the detail where it belongs; the small one of the tests does not."""
    pan, ms, truth, _ = true_pair(tmp_path, side=80, gain=gain)
    network = str(FAST_PATH)
    plain = fused(tmp_path, network, pan, ms, image=ImageWishes(OFF))
    result = fuse(tmp_path, network, pan, ms, image=ImageWishes(AUTO))
    [found] = [one.sentence for one in result.findings if one.check == "consistency"]
    assert "as measured" in found
    gains = [float(number) for number in found.split("being")[1].split(" as ")[0].split(",")]
    assert max(abs(one - gain) for one in gains) < 0.06
    measured = read_raster(tmp_path / "out.tif")
    assert rms(measured - truth) < rms(plain - truth)
    assert np.abs(fused(tmp_path, network, pan, ms, image=ImageWishes(AUTO), tile_size=64) - measured).max() < 1e-4


@pytest.mark.parametrize(("gain", "doubted"), [(0.23, False), (0.45, True)])
def test_a_sensor_is_held_against_the_scene(tmp_path, gain, doubted):
    """GeoEye-1 has 0.23: a product that was sharpened before it was delivered would ring."""
    pan, ms, *_ = true_pair(tmp_path, side=80, gain=gain)
    network = str(FAST_PATH)
    result = fuse(tmp_path, network, pan, ms, image=ImageWishes(AUTO, sensor="geoeye_1"))
    [found] = [one.sentence for one in result.findings if one.check == "consistency"]
    assert found.endswith("as measured (SENSOR says 0.23)." if doubted else "being 0.23.")
    by_hand = fuse(tmp_path, network, pan, ms, image=ImageWishes(AUTO, gains=(0.23,)))
    assert any("being 0.23." in one.sentence for one in by_hand.findings)


def test_what_holds_of_what_is_told_and_measured():
    assert settled((), ()) == ()
    assert settled((), (0.4,)) == (0.4,) and settled((0.3,), ()) == (0.3,)
    assert settled((0.3, 0.34), (0.36, 0.38)) == (0.3, 0.34) and settled((0.3, 0.34), (0.4, 0.42)) == (0.4, 0.42)


@pytest.mark.parametrize("ratio", [1.5, 5, 7.3])
def test_any_ratio_can_be_measured(tmp_path, ratio):
    pan, ms = make_pan_ms(tmp_path, rows=60, cols=70, ratio=ratio, dtype="Float32")
    network = str(FAST_PATH)
    result = fuse(tmp_path, network, pan, ms, image=ImageWishes(AUTO))
    assert [one.check for one in result.findings].count("consistency") == 1


def test_where_nothing_can_be_measured_the_result_stays_as_fused(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=12, cols=12, dtype="Float32")
    off = fused(tmp_path, model, pan, ms, image=ImageWishes(OFF))
    result = fuse(tmp_path, model, pan, ms, image=ImageWishes(AUTO))
    assert (read_raster(tmp_path / "out.tif") == off).all()
    assert any("could not be measured; say SENSOR or GAINS" in one.sentence for one in result.findings)


def test_a_raster_that_must_be_warped_cannot_be_compared(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32", degrees=10)
    correct = {"policy": "correct"}
    result = fuse(tmp_path, model, pan, ms, image=ImageWishes(AUTO, gains=(GAIN,)), **correct)
    assert any("turned against the result" in one.sentence for one in result.findings)
    with pytest.raises(InputError, match="CONSISTENCY is on, but MS lies in another CRS or turned"):
        fuse(tmp_path, model, pan, ms, "on.tif", **correct)
    assert not (tmp_path / "on.tif").exists()


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        (ImageWishes("maybe"), f"{PARAMETER} is 'maybe'; expected one of auto, on, off."),
        (ImageWishes(ON, gains=(0.3, 0.2)), "GAINS: found 2 numbers"),
        (ImageWishes(ON, sensor="ikarus"), "SENSOR: found 'ikarus'"),
    ],
)
def test_what_cannot_be_used_is_refused_before_the_run(tmp_path, model, image, sentence):
    pan, ms = make_pan_ms(tmp_path)
    with pytest.raises(InputError, match=sentence.split(";")[0].replace("(", "\\(")):
        check(FusionJob("pansharpen", {"pan": pan, "ms": ms}, model, str(tmp_path / "out.tif"), image=image))
