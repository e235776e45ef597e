"""Averaging over views: turned back where it was, the mean of them, and the same in every tile."""

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.core.operators.views import COUNTS, averaged
from tests.jobs import fusion_job, wishes
from tests.onnx_files import save
from tests.rasters import make_pan_ms, read_raster
from tests.zoo import FAST_PATH


def tensors():
    draw = np.random.default_rng(1)
    shapes = {"ms": (1, 3, 8, 12), "pan": (1, 1, 8, 12)}
    return {**{n: draw.normal(size=s).astype("f4") for n, s in shapes.items()}, "ratio": np.array([4.0], "f4")}


@pytest.mark.parametrize("count", COUNTS)
def test_every_view_is_turned_back(count):
    given, seen = tensors(), []

    def same(turned):
        seen.append(turned["pan"].tobytes())
        assert turned["ratio"] == 4 and turned["ms"].shape[2:] == turned["pan"].shape[2:]
        return {"fused": turned["ms"] + turned["pan"]}

    found = averaged(same, given, count)["fused"]
    np.testing.assert_allclose(found, given["ms"] + given["pan"], atol=1e-6)
    assert found.dtype == np.float32 and len(set(seen)) == count


@pytest.mark.parametrize(("count", "wanted"), [(1, (1, 0)), (2, (0.5, 0.5)), (4, (0, 0)), (8, (0, 0))])
def test_what_has_a_direction_averages_out(count, wanted):
    """A network that adds a step to the east of its view: turned by 90 degrees that is one to the north or south."""

    def eastward(turned):
        step = np.zeros_like(turned["pan"])
        step[..., step.shape[3] // 2 :], step[..., : step.shape[3] // 2] = 1, -1
        return {"fused": turned["pan"] + step}

    given = tensors()
    added = averaged(eastward, given, count)["fused"] - given["pan"]
    east = added[0, 0, :, 6:].mean() - added[0, 0, :, :6].mean()
    south = added[0, 0, 4:].mean() - added[0, 0, :4].mean()
    np.testing.assert_allclose((east / 2, abs(south) / 2), wanted, atol=1e-6)


def test_tiles_do_not_change_the_result(tmp_path):
    pan, ms = make_pan_ms(tmp_path, rows=60, cols=70, dtype="Float32")
    network = str(FAST_PATH)

    def fused(name, views, **options):
        run(fusion_job(pan, ms, network, str(tmp_path / name), options=wishes(views=views), **options))
        return read_raster(tmp_path / name)

    whole = fused("whole.tif", 8)
    assert np.abs(fused("tiled.tif", 8, tile_size=128) - whole).max() < 1e-4
    assert 1e-4 < np.abs(fused("one.tif", 1) - whole).max() < 0.2


def test_another_number_of_views_is_refused(tmp_path):
    pan, ms = make_pan_ms(tmp_path)
    job = fusion_job(pan, ms, str(save(tmp_path / "m.onnx")), str(tmp_path / "o.tif"), options=wishes(views=3))
    with pytest.raises(InputError, match="VIEWS is 3; expected one of 1, 2, 4, 8"):
        check(job)
