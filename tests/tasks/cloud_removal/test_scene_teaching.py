"""What the scene's clear pixels teach in a run: the mean with the network, where it cannot be had, what is said."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.tasks.cloud_removal.encode import blending
from tests.rasters import read_raster, write_raster
from tests.tasks.cloud_removal.cloud_jobs import BLEND, PLACE, job, write_optical, write_sar, written_scene


@pytest.fixture
def scene(tmp_path):
    return written_scene(tmp_path)


def restored(scene, learn="on", **changes):
    """The image, and what was said about the scene."""
    wishes = {"learn_from_scene": learn, **changes.pop("wishes", {})}
    result = run(job(scene, wishes=wishes, **changes))
    return read_raster(result.output), [one.sentence for one in result.findings if one.check == "scene"]


def test_the_mean_of_both(scene):
    alone, (off,) = restored(scene, "off")
    both, (on,) = restored(scene)
    assert "is off" in off and "estimate are averaged" in on
    far, inside = blending(scene["mask"], BLEND) == 0, scene["mask"]
    np.testing.assert_array_equal(both[:, far], scene["optical"][:, far])
    forest = 2.0 * both[:, inside] - alone[:, inside]
    clear = scene["optical"][:, ~inside]
    assert (forest.min(1) >= clear.min(1) - 2).all() and (forest.max(1) <= clear.max(1) + 2).all()
    np.testing.assert_array_equal(restored(scene, "auto")[0], both)


def test_an_extent_sees_the_same_forest(scene):
    whole, _ = restored(scene)
    x, y = PLACE[0] + 8 * 10, PLACE[3] - 8 * 10
    part, _ = restored(scene, extent=(x, y - 320, x + 480, y))
    np.testing.assert_allclose(part, whole[:, 8:40, 8:56], atol=1)


def test_everywhere_is_averaged_everywhere(scene):
    alone, _ = restored(scene, "off", wishes={"everywhere": True})
    both, _ = restored(scene, wishes={"everywhere": True})
    assert (np.abs(both - alone).max(axis=0) > 1).mean() > 0.9


def test_where_radar_ends_the_network_is_alone(scene):
    half = {"sar": write_sar(scene["folder"] / "half.tif", scene["sar"][:, :, :48])}
    alone, _ = restored(scene, "off", inputs=half)
    both, _ = restored(scene, inputs=half)
    np.testing.assert_array_equal(both[:, :, 48:], alone[:, :, 48:])
    assert (both[:, scene["mask"]] != alone[:, scene["mask"]]).any()


def test_nothing_clear_teaches_nothing(scene):
    everything = {"cloudmask": write_raster(scene["folder"] / "all.tif", np.full((1, *scene["mask"].shape), 9), PLACE)}
    both, (said,) = restored(scene, inputs=everything)
    assert "0 clear pixels are too few" in said
    np.testing.assert_array_equal(both, restored(scene, "off", inputs=everything)[0])


def test_without_radar_or_package_auto_goes_on_and_on_stops(scene, monkeypatch):
    def refused(reason, **changes):
        with pytest.raises(InputError, match=f"LEARN_FROM_SCENE is on, but {reason}"):
            restored(scene, "on", **changes)
        with pytest.raises(InputError, match=f"LEARN_FROM_SCENE is on, but {reason}"):
            check(job(scene, wishes={"learn_from_scene": "on"}, **changes))
        found, (said,) = restored(scene, "auto", **changes)
        np.testing.assert_array_equal(found, restored(scene, "off", **changes)[0])
        return said

    assert "give it" in refused("SAR is not given", without=("sar",))
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    assert "pip install scikit-learn" in refused("the Python package scikit-learn cannot be imported")


def test_beside_an_earlier_clear_image_the_network_is_alone(scene):
    clear = {"clear": write_optical(scene["folder"] / "clear.tif", scene["optical"])}
    found, (said,) = restored(scene, "auto", inputs=clear)
    assert "CLEARREFERENCE is given" in said
    np.testing.assert_array_equal(found, restored(scene, "off", inputs=clear)[0])


def test_another_word_is_refused(scene):
    with pytest.raises(InputError, match="LEARN_FROM_SCENE is 'perhaps'; expected one of auto, on, off"):
        restored(scene, "perhaps")
