"""PAN matched to MS: the filter undoes blur, says so, and does the same in every tile and extent."""

from dataclasses import replace

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError, ModelError
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.networks.card_files import card_from_document, card_to_text
from rsfusion_qgis.core.operators.sharpness import KERNEL_PX, excess_for, excess_of, filtered, matched, matching_taps
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.core.alignment.checks.textures import moved, texture
from tests.jobs import fusion_job, wishes
from tests.onnx_files import card, save
from tests.rasters import make_pan_ms, read_raster

USUAL = excess_of(0.15, (0.3,))


def matched_card():
    usual = card()
    return replace(usual, inputs=tuple(
        replace(spec, matched=True) if spec.role == "pan" else spec for spec in usual.inputs))  # fmt: skip


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx", text=card_to_text(matched_card(), "./model.onnx")))


def fuse(folder, model, pan, ms, name="out.tif", **options):
    return run(fusion_job(pan, ms, model, str(folder / name), **options))


def fused(folder, model, pan, ms, name="out.tif", **options):
    fuse(folder, model, pan, ms, name, **options)
    return read_raster(folder / name)


def rms(values):
    return float(np.sqrt((values**2).mean()))


@pytest.mark.parametrize("excess", [-0.3, 0.0, 0.03, 0.14, 0.28, 0.6])
def test_the_filter_keeps_levels_and_ramps_and_amplifies_little(excess):
    taps = matching_taps(excess)
    assert len(taps) == 2 * KERNEL_PX + 1 and (taps == taps[::-1]).all() and taps.sum() == pytest.approx(1, abs=1e-6)
    at = np.arange(-KERNEL_PX, KERNEL_PX + 1)
    response = np.cos(np.linspace(0, np.pi, 50)[:, None] * at) @ taps
    assert response.max() <= 2.4 and (response.max() <= 1 + 1e-6 if excess <= 0 else response[10] > 1)
    ramp = np.tile(np.arange(40, dtype=np.float32), (1, 30, 1))
    assert np.abs(filtered(ramp, (taps, taps)) - ramp)[:, :, KERNEL_PX:-KERNEL_PX].max() < 1e-4


@pytest.mark.parametrize("shift", [(0.5, 0.0), (1.3, -0.7), (-2.0, 2.0), (0.1, 0.25)])
def test_a_shift_that_is_told_is_done_by_the_same_filter(shift):
    """As trainings tell one: what is matched shows what was so far down and right."""
    scene = texture(128, seed=7)[None].astype(np.float32)
    wanted = moved(scene[0], shift[1], shift[0])[None]
    inner = (slice(None), slice(8, -8), slice(8, -8))
    error = (matched(scene, 0.0, shift) - wanted)[inner]
    assert rms(error) < 0.1 * rms((scene - wanted)[inner])


@pytest.mark.parametrize(("pan_gain", "ms_gain"), [(0.11, 0.35), (0.15, 0.3), (0.16, 0.23), (0.4, 0.3)])
def test_a_pan_comes_to_what_the_sensor_of_ms_sees(pan_gain, ms_gain):
    scene = texture(512, seed=3)[None]
    pan, wanted = (degrade(scene, 4, [gain]) for gain in (pan_gain, ms_gain))
    found = matched(pan.astype(np.float32), excess_of(pan_gain, (ms_gain,)))
    inner = (slice(None), slice(8, -8), slice(8, -8))
    assert rms((found - wanted)[inner]) < 0.3 * rms((pan - wanted)[inner])


def test_what_is_said_of_the_sensor():
    assert excess_for("worldview_2", (), 0.0, 8, 4) == pytest.approx(0.228, abs=0.001)
    assert excess_for("generic", (), 0.0, 4, 4) == pytest.approx(USUAL) == excess_for("generic", (0.5,), 0.0, 4, 3)
    assert excess_for("generic", (0.4,), 0.4, 4, 4) == pytest.approx(0) == excess_for("generic", (), 0.3, 4, 4)
    landsat = excess_for("landsat_8", (), 0.0, 4, 2)
    assert excess_for("generic", (), 0.0, 4, 2) == landsat == pytest.approx(0.063, abs=0.001)
    assert excess_for("gaofen_2", (), 0.0, 4, 4) == pytest.approx(USUAL) != excess_for("gaofen_2", (), 0.05, 4, 4)
    assert excess_for("worldview_2", (), 0.35, 8, 4) == pytest.approx(-0.005, abs=0.01)


def test_the_network_gets_the_filtered_pan(tmp_path, model):
    """And no other one does; where there is nothing to undo, both give the same."""
    plain = str(save(tmp_path / "plain.onnx"))
    pan, ms = make_pan_ms(tmp_path, dtype="Float32")
    result, unfiltered = fused(tmp_path, model, pan, ms), fused(tmp_path, plain, pan, ms)
    assert np.abs(result - unfiltered).max() > 1e-3
    assert (fused(tmp_path, model, pan, ms, options=wishes(pan_gain=0.3)) == unfiltered).all()
    assert (fused(tmp_path, plain, pan, ms, options=wishes(sensor="ikonos")) == unfiltered).all()
    usual = wishes(gains=(0.3,), pan_gain=0.15)
    assert (fused(tmp_path, model, pan, ms, options=usual) == result).all()


@pytest.mark.parametrize("policy", ["warn", "correct"])
def test_pan_stays_where_it_is(tmp_path, model, policy):
    """Whatever the shift of MS: a PAN whose blur is right comes to the network as it was read."""
    pan, ms = make_pan_ms(tmp_path, rows=48, cols=48, dtype="Float32", offset=(0.3, -0.2))
    plain, as_sharp = str(save(tmp_path / "plain.onnx")), wishes(pan_gain=0.3)
    both = [fused(tmp_path, one, pan, ms, options=as_sharp, policy=policy) for one in (plain, model)]
    assert (both[0] == both[1]).all()


def test_tiles_and_extents_do_not_change_the_result(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=30, cols=40, dtype="Float32")
    whole = fused(tmp_path, model, pan, ms)
    assert np.abs(fused(tmp_path, model, pan, ms, tile_size=32) - whole).max() < 1e-5
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(31, 17), source.grid.to_map(99, 80)
    part = fused(tmp_path, model, pan, ms, "part.tif", tile_size=32, extent=(x0, y1, x1, y0))
    assert np.abs(part - whole[:, 17:80, 31:99]).max() < 1e-5


@pytest.mark.parametrize(("options", "words"), [
    (wishes(), "PAN is sharpened to what the sensor of MS would see with pixels of its size: the sensor is not "
                    "said, so what is usual holds, MTF gains at Nyquist of 0.15 and 0.30."),
    (wishes(sensor="geoeye_1"), "size: their MTF gains at Nyquist are 0.16 and 0.23 (GeoEye-1)."),
    (wishes(sensor="gaofen_2"), "size: what is published of its blur is doubtful, so what is usual holds"),
    (wishes(pan_gain=0.5), "PAN is blurred to what the sensor of MS would see"),
])  # fmt: skip
def test_it_is_said(tmp_path, model, options, words):
    pan, ms = make_pan_ms(tmp_path, dtype="Float32")
    job = fusion_job(pan, ms, model, str(tmp_path / "out.tif"), options=options)
    for findings in (check(job), run(job).findings):
        [found] = [one.sentence for one in findings if one.check == "sharpness"]
        assert words in found


@pytest.mark.parametrize(("options", "words"), [
    (wishes(pan_gain=1.5), "PAN_GAIN is 1.5; expected a number between 0 and 1, or none for the sensor's."),
    (wishes(sensor="ikarus"), "SENSOR: found 'ikarus'"),
])  # fmt: skip
def test_gains_that_cannot_be_used(tmp_path, model, options, words):
    pan, ms = make_pan_ms(tmp_path, dtype="Float32")
    job = fusion_job(pan, ms, model, str(tmp_path / "out.tif"), options=options)
    for what in (check, run):
        with pytest.raises(InputError, match=words):
            what(job)
    assert not (tmp_path / "out.tif").exists()


def test_the_card_keeps_it():
    assert '"rsfusion:matched": true' in card_to_text(matched_card(), "./model.onnx")
    assert "matched" not in card_to_text(card(), "./model.onnx")
    fields = {"name": "net", "task": "classification", "halo": 1, "inputs": [{"name": "ms", "role": "ms"}],
              "outputs": [{"name": "scores", "classes": ["a", "b"]}]}  # fmt: skip
    assert card_from_document(fields).inputs[0].matched is False
    for wrong, words in ((True, "no output is like a raster"), ("sharp", "'matched' of input 'ms'")):
        fields["inputs"][0]["matched"] = wrong
        with pytest.raises(ModelError, match=words):
            card_from_document(fields)
