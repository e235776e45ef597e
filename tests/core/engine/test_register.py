"""The measured shift inside a fusion: judged by the policy, undone under "correct", the same for a part as for all.

The result lies on PAN's pixels: MS moves, and PAN never does.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CoregistrationError
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.grid import Window
from rsfusion_qgis.core.networks.card_files import card_to_text
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.core.alignment.checks.textures import moved, texture
from tests.jobs import fusion_job, wishes
from tests.onnx_files import card, save
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

SIZE, RATIO = 400, 4
SHIFT = (1.3, -0.7)  # what must be added to MS, pan pixels (columns, rows)
SCENE = texture(SIZE)


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx", max_shift_px=0.75))


def write_pair(folder, shift=SHIFT, crs="EPSG:32632", scene=SCENE, ms_scene=None):
    """PAN, and MS whose content must be moved by `shift` to lie on it."""
    seen = scene if ms_scene is None else ms_scene
    ms = degrade(np.stack([moved(seen, *shift), -0.4 * moved(seen, *shift)]), RATIO, [0.3] * 2)
    places = (grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * RATIO)) if crs else (None, None)
    pan = write_raster(folder / "pan.tif", 1000 + 100 * scene[None], places[0], crs, "Float32")
    return pan, write_raster(folder / "ms.tif", 500 + 60 * ms, places[1], crs, "Float32")


def fuse(folder, model, pan, ms, name="out.tif", **options):
    return run(fusion_job(pan, ms, model, str(folder / name), **options))


def shift_finding(result):
    return next(f for f in result.findings if f.check == "residual_shift")


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_warn_says_where_ms_lies(tmp_path, model, crs):
    finding = shift_finding(fuse(tmp_path, model, *write_pair(tmp_path, crs=crs)))
    assert finding.severity == "warning"
    assert finding.measured == pytest.approx(np.hypot(*SHIFT), abs=0.05)
    assert "MS's content lies -1.3" in finding.sentence
    assert "+0.7" in finding.sentence
    assert "COREGISTRATION to 'correct'" in finding.sentence


def test_fail_stops_and_leaves_nothing(tmp_path, model):
    with pytest.raises(CoregistrationError, match=r"MS's content lies .* more than the 0\.75 that the fusion"):
        fuse(tmp_path, model, *write_pair(tmp_path), policy="fail")
    assert not (tmp_path / "out.tif").exists()


@pytest.mark.parametrize("policy", ["warn", "fail", "correct"])
def test_what_the_network_bears_is_no_reason_to_stop(tmp_path, model, policy):
    finding = shift_finding(fuse(tmp_path, model, *write_pair(tmp_path, (0.3, -0.2)), policy=policy))
    assert finding.severity == "info"
    assert ("is moved there" in finding.found) == (policy == "correct")


@pytest.fixture
def matching(tmp_path):
    """A network whose PAN is matched to MS."""
    usual = card(max_shift_px=0.75)
    inputs = tuple(replace(spec, matched=spec.role == "pan") for spec in usual.inputs)
    return str(save(tmp_path / "matching.onnx", text=card_to_text(replace(usual, inputs=inputs))))


@pytest.mark.parametrize("policy", ["warn", "correct"])
def test_a_pan_that_is_matched_does_not_move_either(tmp_path, model, matching, policy):
    pan, ms = write_pair(tmp_path)
    results = [fuse(tmp_path, one, pan, ms, policy=policy, options=wishes(pan_gain=0.3)) and
               read_raster(tmp_path / "out.tif") for one in (model, matching)]  # fmt: skip
    assert (results[0] == results[1]).all()


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
@pytest.mark.parametrize("shift", [SHIFT, (-3.4, 3.9)])
def test_a_shift_costs_no_row_and_no_column(tmp_path, model, shift, crs):
    """Up to a pixel of MS: its outermost pixels are extended."""
    pan, ms = write_pair(tmp_path, shift, crs)
    result = fuse(tmp_path, model, pan, ms, policy="correct")
    assert "is moved there" in shift_finding(result).found
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source, RasterSource(pan, "PAN") as wanted:
        assert source.grid == wanted.grid
        values, valid = source.read(source.grid.window)
    assert valid.all() and np.abs(values - values.mean((1, 2), keepdims=True)).max() < 8 * values.std()
    tiled = fuse(tmp_path, model, pan, ms, policy="correct", tile_size=64) and read_raster(tmp_path / "out.tif")
    np.testing.assert_allclose(tiled, values, atol=1e-3)


def test_of_a_larger_shift_the_result_covers_what_both_then_have_in_common(tmp_path, model):
    result = fuse(tmp_path, model, *write_pair(tmp_path, (5.2, -0.7)), policy="correct")
    assert "is moved there" in shift_finding(result).found
    assert (result.grid.width, result.grid.height) == (SIZE - 5, SIZE - 1)


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_correct_gives_what_well_placed_ms_gives(tmp_path, model, crs):
    """Without detail that MS would alias, so that its phase does not matter."""
    scene, inside = texture(SIZE, smooth_px=6.0), Window(24, 24, SIZE - 48, SIZE - 48)

    def fused(shift, policy):
        result = fuse(tmp_path, model, *write_pair(tmp_path, shift, crs, scene), policy=policy)
        with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source, RasterSource(result_pan, "PAN") as pan:
            col, row = (round(value) for value in pan.grid.to_pixel(*source.grid.to_map(0, 0)))
            return source.read(inside.shifted(-col, -row))[0], result

    result_pan = str(tmp_path / "pan.tif")
    straight, lost, corrected = fused((0, 0), "warn")[0], fused(SHIFT, "warn")[0], fused(SHIFT, "correct")
    assert shift_finding(corrected[1]).measured < 0.05
    assert rms(corrected[0] - straight) < 0.1 * rms(lost - straight)


def rms(values):
    return float(np.sqrt((values**2).mean()))


def test_a_part_is_corrected_as_the_whole_is(tmp_path, model):
    pair = write_pair(tmp_path)
    fuse(tmp_path, model, *pair, policy="correct")
    whole = read_raster(tmp_path / "out.tif")
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(40, 60), source.grid.to_map(90, 101)
    fuse(tmp_path, model, *pair, "part.tif", policy="correct", extent=(x0, y1, x1, y0))
    np.testing.assert_allclose(read_raster(tmp_path / "part.tif"), whole[:, 60:101, 40:90], atol=1e-3)


def test_ms_in_another_zone_is_corrected_after_the_warp(tmp_path, model):
    pan, ms = write_pair(tmp_path)
    far = str(tmp_path / "far.tif")
    gdal.Warp(far, ms, dstSRS="EPSG:32633", resampleAlg="cubic").FlushCache()
    finding = shift_finding(fuse(tmp_path, model, pan, far, policy="correct"))
    assert "is moved there" in finding.found
    assert finding.measured < 0.2
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source, RasterSource(pan, "PAN") as wanted:
        assert source.grid == wanted.grid


def test_unlike_images_are_fused_with_a_word(tmp_path, model):
    finding = shift_finding(fuse(tmp_path, model, *write_pair(tmp_path, ms_scene=texture(SIZE, 9)), policy="fail"))
    assert finding.severity == "info"
    assert "cannot be measured" in finding.found


def test_the_output_tells_it(tmp_path, model):
    fuse(tmp_path, model, *write_pair(tmp_path), policy="correct")
    told = gdal.Open(str(tmp_path / "out.tif")).GetMetadata_Dict("RSFUSION")
    assert any("MS's content lies" in text for key, text in told.items() if key.startswith("FINDING"))


def test_inputs_stay_as_they_are(tmp_path, model):
    pair = write_pair(tmp_path)
    before = [Path(path).read_bytes() for path in pair]
    fuse(tmp_path, model, *pair, policy="correct")
    assert [Path(path).read_bytes() for path in pair] == before
