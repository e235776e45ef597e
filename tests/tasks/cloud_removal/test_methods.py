"""The ways to remove clouds on any sensor: bands, bits, seams, what is chosen, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.cloud_removal.encode import blending
from rsfusion_qgis.tasks.cloud_removal.options import CloudOptions
from rsfusion_qgis.tasks.cloud_removal.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.cloud_removal.cloud_jobs import Job

SIDE, BLEND = 120, 4
PLACE = grid_transform(30.0)


def ground(bands: int = 5, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An earlier image, the one of today, each (bands, rows, cols) as stored, and where clouds are, bool.

    Today is a linear function of the earlier one that changes from left to right, and other between bands.
    """
    draw = np.random.default_rng(seed)
    fields = ndimage.gaussian_filter(draw.standard_normal((bands, SIDE, SIDE)), (0, 3, 3))
    earlier = 9000 + 1500 * fields / fields.std()
    slope = 0.6 + 0.4 * np.linspace(0, 1, SIDE)
    mixed = 0.8 * earlier + 0.2 * earlier[::-1]
    today = 2000 + slope * mixed
    mask = np.zeros((SIDE, SIDE), bool)
    mask[20:50, 15:60] = mask[70:100, 60:110] = True
    return np.rint(earlier), np.rint(today), mask


@pytest.fixture
def scene(tmp_path: Path) -> dict[str, Any]:
    earlier, today, mask = ground()
    cloudy = np.where(mask, 30000, today)
    return {
        "folder": tmp_path, "today": today, "cloudy": cloudy, "mask": mask, "earlier": earlier,
        "inputs": {
            "optical": write_raster(tmp_path / "today.tif", cloudy, PLACE, dtype="UInt16"),
            "clear": write_raster(tmp_path / "earlier.tif", earlier, PLACE, dtype="UInt16"),
            "cloudmask": write_raster(tmp_path / "mask.tif", mask[None].astype(int), PLACE, dtype="Byte"),
        },
    }  # fmt: skip


def asked(scene: dict[str, Any], method: str, without: tuple[str, ...] = (), **changes: Any) -> Job:
    inputs = {**{k: v for k, v in scene["inputs"].items() if k not in without}, **changes.pop("inputs", {})}
    folder = scene["folder"]
    further = {"UNCERTAINTY": str(folder / "sigma.tif"), "MASK": str(folder / "codes.tif")}
    options = CloudOptions(**{"blend_px": BLEND, **changes.pop("wishes", {})})
    return replace(Job(TASK, inputs, str(folder / "out.tif"), method=method, options=options, further=further),
                   **changes)  # fmt: skip


def error(found: np.ndarray, scene: dict[str, Any]) -> float:
    return float(np.abs(found - scene["today"])[:, scene["mask"]].mean())


def test_a_clear_image_of_another_date_tells_what_lies_under_the_clouds(scene):
    found = {method: read_raster(run(asked(scene, method)).output) for method in ("reference", "mean", "auto")}
    assert error(found["reference"], scene) < 0.35 * error(found["mean"], scene)
    np.testing.assert_array_equal(found["auto"], found["reference"])
    far = blending(scene["mask"], BLEND) == 0
    for one in found.values():
        assert one.shape == scene["today"].shape
        np.testing.assert_array_equal(one[:, far], scene["cloudy"][:, far])


@pytest.mark.parametrize("dtype", ["Byte", "Int16", "UInt16", "Int32", "UInt32", "Float32", "Float64"])
def test_clear_pixels_keep_their_bits_in_every_type(scene, dtype):
    factor = {"Byte": 1 / 150, "Int16": 1.0, "Float32": 1e-4 / 3, "Float64": 1 / 3e4}.get(dtype, 1.0)
    values = scene["cloudy"] * factor
    values = np.rint(values) if "Float" not in dtype else values
    path = write_raster(scene["folder"] / f"{dtype}.tif", values, PLACE, dtype=dtype)
    found = read_raster(run(asked(scene, "reference", inputs={"optical": path})).output)
    far = blending(scene["mask"], BLEND) == 0
    np.testing.assert_array_equal(found[:, far], read_raster(path)[:, far])
    assert (found[:, scene["mask"]] != read_raster(path)[:, scene["mask"]]).any()


def test_no_seam_at_the_edge(scene):
    """What steps at the edge of a cloud is no more than what steps on clear ground."""
    found = read_raster(run(asked(scene, "reference", wishes={"blend_px": 0})).output)
    edge = scene["mask"][:, 1:] ^ scene["mask"][:, :-1]
    steps, truth = (np.abs(np.diff(image, axis=2))[:, edge].mean() for image in (found, scene["today"]))
    assert steps < 1.3 * truth


def test_several_clear_images_and_what_they_lack(scene):
    """Each has a hole over one of the clouds; together they see all."""
    holes = {"clear": np.s_[:, 15:55, 10:65], "clear:2": np.s_[:, 65:105, 55:115]}
    inputs = {}
    for name, hole in holes.items():
        values = scene["earlier"].copy()
        values[hole] = 0
        inputs[name] = write_raster(scene["folder"] / f"{name.replace(':', '')}.tif", values, PLACE, dtype="UInt16",
                                    nodata=0)  # fmt: skip
    both = error(read_raster(run(asked(scene, "reference", inputs=inputs)).output), scene)
    one = error(read_raster(run(asked(scene, "reference", inputs={"clear": inputs["clear"]})).output), scene)
    assert both < 0.5 * one


def test_a_clear_image_of_another_sensor(scene):
    """Other bands, in another unit: all of them are looked at."""
    other = np.stack([scene["earlier"][0] + scene["earlier"][1], *scene["earlier"][1:4]]) / 1e4
    path = write_raster(scene["folder"] / "other.tif", other, PLACE, dtype="Float32")
    mean = error(read_raster(run(asked(scene, "mean")).output), scene)
    assert error(read_raster(run(asked(scene, "reference", inputs={"clear": path})).output), scene) < 0.9 * mean


def test_uncertainty_is_about_the_error(scene):
    run(asked(scene, "reference"))
    found, sigma = read_raster(scene["folder"] / "out.tif"), read_raster(scene["folder"] / "sigma.tif")
    missed = np.abs(found - scene["today"])[:, scene["mask"]] / 1.0
    stated = sigma[:, scene["mask"]]
    assert 0.3 < (missed <= stated).mean() <= 1 and (stated > 0).all()
    assert (sigma[:, blending(scene["mask"], BLEND) == 0] == 0).all()


def test_uncertain_pixels_are_left_unless_asked(scene):
    """Class 7 of a scene classification."""
    codes = np.where(scene["mask"], 9, 4)
    codes[5:15, 80:100] = 7
    codes[0, :5] = 5
    path = write_raster(scene["folder"] / "scl.tif", codes[None], PLACE, dtype="Byte")
    left = read_raster(run(asked(scene, "reference", inputs={"cloudmask": path})).output)
    np.testing.assert_array_equal(left[:, 5:15, 80:100], scene["cloudy"][:, 5:15, 80:100])
    assert (read_raster(scene["folder"] / "codes.tif")[0, 5:15, 80:100] == 5).all()
    made = read_raster(run(asked(scene, "reference", inputs={"cloudmask": path},
                                 wishes={"replace_uncertain": True})).output)  # fmt: skip
    assert (made[:, 7:13, 82:98] != scene["cloudy"][:, 7:13, 82:98]).any()


def test_what_is_compared_is_told(scene):
    result = run(asked(scene, "auto"))
    told = [one.sentence for one in result.findings if one.check == "methods"]
    assert told and "Under simulated clouds" in told[-1] and "reference is used" in told[-1]
    assert result.summary.trial.errors["reference"].mae < result.summary.trial.errors["mean"].mae


@pytest.mark.parametrize(
    ("method", "without", "sentence"),
    [
        ("forest", (), "METHOD is forest, which learns from SAR, but SAR is not given"),
        ("reference", ("clear",), "METHOD is reference, but CLEARREFERENCE is not given"),
        ("nearest", (), "METHOD is 'nearest'; expected one of auto, network, forest, reference, mean"),
        ("auto", ("cloudmask",), "OPTICAL"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(scene, method, without, sentence):
    with pytest.raises(InputError, match=sentence):
        run(asked(scene, method, without))
    assert not (scene["folder"] / "out.tif").exists()


def test_without_the_package_of_forests_the_regression_is_left(scene, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    result = run(asked(scene, "auto"))
    assert any("pip install scikit-learn" in one.sentence for one in result.findings)
    assert error(read_raster(result.output), scene) < 0.5 * error(read_raster(run(asked(scene, "mean")).output), scene)
