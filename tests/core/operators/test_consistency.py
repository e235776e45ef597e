"""Whether a result is made consistent with MS, and by which gains: told, measured on the scene, or none."""

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import check
from rsfusion_qgis.core.operators.consistency import AUTO, ON, PARAMETER
from tests.core.operators.true_pairs import GAIN, fuse, fused, rms, true_pair
from tests.jobs import fusion_job, wishes
from tests.onnx_files import save
from tests.rasters import make_pan_ms, read_raster
from tests.zoo import FAST_PATH


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx"))


def test_auto_takes_what_is_said_of_the_sensor(tmp_path, model):
    pan, ms, *_ = true_pair(tmp_path, gain=0.28, bands=4)
    named = fused(tmp_path, model, pan, ms, options=wishes(consistency=AUTO, sensor="ikonos"))
    by_hand = fused(tmp_path, model, pan, ms, options=wishes(consistency=ON, gains=(0.26, 0.28, 0.29, 0.28)))
    assert (named == by_hand).all() and (named != fused(tmp_path, model, pan, ms, options=wishes())).any()


@pytest.mark.parametrize("gain", [0.22, 0.4])
def test_without_a_sensor_the_gains_are_measured_on_the_scene(tmp_path, gain):
    pan, ms, truth, _ = true_pair(tmp_path, side=80, gain=gain)
    network = str(FAST_PATH)
    plain = fused(tmp_path, network, pan, ms, options=wishes())
    result = fuse(tmp_path, network, pan, ms, options=wishes(consistency=AUTO))
    [found] = [one.sentence for one in result.findings if one.check == "consistency"]
    assert "as measured" in found
    gains = [float(number) for number in found.split("being")[1].split(" as ")[0].split(",")]
    assert max(abs(one - gain) for one in gains) < 0.02
    measured = read_raster(tmp_path / "out.tif")
    assert rms(measured - truth) < rms(plain - truth)
    tiled = fused(tmp_path, network, pan, ms, options=wishes(consistency=AUTO), tile_size=64)
    assert np.abs(tiled - measured).max() < 1e-4


@pytest.mark.parametrize(("gain", "doubted"), [(0.23, False), (0.45, True)])
def test_a_sensor_is_held_against_the_scene(tmp_path, gain, doubted):
    """GeoEye-1 has 0.23: a product that was sharpened before it was delivered would ring."""
    pan, ms, *_ = true_pair(tmp_path, side=80, gain=gain)
    network = str(FAST_PATH)
    result = fuse(tmp_path, network, pan, ms, options=wishes(consistency=AUTO, sensor="geoeye_1"))
    [found] = [one.sentence for one in result.findings if one.check == "consistency"]
    assert found.endswith("as measured (SENSOR says 0.23)." if doubted else "being 0.23.")
    by_hand = fuse(tmp_path, network, pan, ms, options=wishes(consistency=AUTO, gains=(0.23,)))
    assert any("being 0.23." in one.sentence for one in by_hand.findings)


@pytest.mark.parametrize("ratio", [1.5, 5, 7.3])
def test_any_ratio_can_be_measured(tmp_path, ratio):
    pan, ms = make_pan_ms(tmp_path, rows=60, cols=70, ratio=ratio, dtype="Float32")
    network = str(FAST_PATH)
    result = fuse(tmp_path, network, pan, ms, options=wishes(consistency=AUTO))
    assert [one.check for one in result.findings].count("consistency") == 1


def test_where_nothing_can_be_measured_the_result_stays_as_fused(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=12, cols=12, dtype="Float32")
    off = fused(tmp_path, model, pan, ms, options=wishes())
    result = fuse(tmp_path, model, pan, ms, options=wishes(consistency=AUTO))
    assert (read_raster(tmp_path / "out.tif") == off).all()
    assert any("could not be measured; say SENSOR or GAINS" in one.sentence for one in result.findings)


def test_a_raster_that_must_be_warped_cannot_be_compared(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32", degrees=10)
    correct = {"policy": "correct"}
    result = fuse(tmp_path, model, pan, ms, options=wishes(consistency=AUTO, gains=(GAIN,)), **correct)
    assert any("turned against the result" in one.sentence for one in result.findings)
    with pytest.raises(InputError, match="CONSISTENCY is on, but MS lies in another CRS or turned"):
        fuse(tmp_path, model, pan, ms, "on.tif", **correct)
    assert not (tmp_path / "on.tif").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (wishes(consistency="maybe"), f"{PARAMETER} is 'maybe'; expected one of auto, on, off."),
        (wishes(consistency=ON, gains=(0.3, 0.2)), "GAINS: found 2 numbers"),
        (wishes(consistency=ON, sensor="ikarus"), "SENSOR: found 'ikarus'"),
    ],
)
def test_what_cannot_be_used_is_refused_before_the_run(tmp_path, model, options, sentence):
    pan, ms = make_pan_ms(tmp_path)
    with pytest.raises(InputError, match=sentence.split(";")[0].replace("(", "\\(")):
        check(fusion_job(pan, ms, model, str(tmp_path / "out.tif"), options=options))
