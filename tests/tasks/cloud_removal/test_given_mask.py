"""Which values of a mask mean cloud, and what is said of a mask that holds other ones."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.cloud_removal.given_mask import look_at_mask, under
from rsfusion_qgis.tasks.cloud_removal.options import rules
from tests.qgis_child import run_algorithm
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.cloud_removal.cloud_jobs import PLACE, job, written_scene

VALUES = np.array([-5, 0, 1, 3, 8, 59.9, 60, 60.1, 97, 100, 255], np.float32)


@pytest.mark.parametrize(
    ("text", "cloud"),
    [
        ("1", [1]),
        ("3, 8,", [3, 8]),
        ("=3", [3]),
        (">=60", [60, 60.1, 97, 100, 255]),
        ("> 60", [60.1, 97, 100, 255]),
        ("<1", [-5, 0]),
        ("<=1", [-5, 0, 1]),
        ("60-100", [60, 60.1, 97, 100]),
        ("1,3,97 - 100", [1, 3, 97, 100]),
        ("-5", [-5]),
        ("-6--4", [-5]),
        ("5.99e1", [59.9]),
    ],
)
def test_rules(text: str, cloud: list[float]) -> None:
    assert VALUES[under(VALUES, rules(text))].tolist() == np.array(cloud, np.float32).tolist()


@pytest.mark.parametrize("text", ["", ",", "clouds", ">=", "=>60", "60-", "100-60", ">=60 and <=90", "1e999x"])
def test_rules_that_are_none(text: str) -> None:
    with pytest.raises(InputError, match=r"CLOUD_VALUES is '.*'; expected numbers separated by commas.*>=60 or 60-100"):
        rules(text)


def mask_of(values: np.ndarray, dtype: str, folder: Any, **more: Any) -> str:
    return write_raster(folder / "mask.tif", values[None], grid_transform(10.0), dtype=dtype, **more)


@pytest.mark.parametrize("dtype", ["Byte", "Float32"])
def test_a_probability_needs_a_limit(tmp_path, dtype: str) -> None:
    values = np.linspace(0, 97, 40 * 40).reshape(40, 40).round(0 if dtype == "Byte" else 2)
    with RasterSource(mask_of(values, dtype, tmp_path), "CLOUDMASK", kind="codes") as source:
        with pytest.raises(InputError, match=r"CLOUDMASK holds \d+ different values from 0 to 97.*>=60"):
            look_at_mask(source, rules("1"))
        assert look_at_mask(source, rules(">=60")) == ((), [])


def test_a_coarse_probability_needs_more_than_the_default(tmp_path) -> None:
    values = np.repeat(np.array((0, 1, 2, 3, 4, 5, 6, 7, 90, 91, 92, 93, 94)), 5)[:, None].repeat(30, axis=1)
    with RasterSource(mask_of(values, "Byte", tmp_path), "CLOUDMASK", kind="codes") as source:
        with pytest.raises(InputError, match="CLOUDMASK holds 13 different values"):
            look_at_mask(source, rules("1"))
        assert look_at_mask(source, rules("90,91,92,93,94")) == ((), [])


@pytest.mark.parametrize(
    ("held", "text", "fill", "said"),
    [
        ((0, 1), "1", (), ""),
        ((0,), "1", (), ""),
        ((0, 1, 3, 8, 9), "3,8,9", (), ""),
        ((0, 255), "255", (), ""),
        ((0, 255), "1", (), "CLOUD_VALUES .1. means no value of CLOUDMASK, which holds 255"),
        ((0, 1, 3, 8), "1", (), "CLOUDMASK holds the values 1, 3, 8, of which 1 alone is taken for cloud"),
        ((0, 20, 80, 255), "60-100", (255.0,), "CLOUDMASK holds 255 and does not declare it as no data"),
        ((0, 20, 80, 255), "255", (), ""),
    ],
)
def test_what_is_said_of_a_mask(tmp_path, held: tuple[int, ...], text: str, fill: tuple[float, ...], said: str) -> None:
    values = np.repeat(np.array(held), 20)[:, None].repeat(30, axis=1)
    with RasterSource(mask_of(values, "Byte", tmp_path), "CLOUDMASK", kind="codes") as source:
        found, findings = look_at_mask(source, rules(text))
    assert found == fill and len(findings) == bool(said)
    if said:
        assert re.search(said, findings[0].sentence) and findings[0].cure


def test_a_limit_replaces_what_lies_beyond_it(tmp_path) -> None:
    scene = written_scene(tmp_path)
    probability = np.where(scene["mask"], 90.5, np.linspace(0, 59, scene["mask"].size).reshape(scene["mask"].shape))
    path = write_raster(tmp_path / "p.tif", probability[None], PLACE, dtype="Float32")
    asked = job(scene, inputs={"cloudmask": path}, wishes={"cloud_values": rules(">=60")})
    result = run(asked)
    assert not [one for one in result.findings if one.check == "residual_shift" and one.role == "CLOUDMASK"]
    assert np.array_equal(read_raster(asked.further["MASK"])[0] == 2, scene["mask"])
    same = read_raster(asked.output)
    run(job(scene))
    assert np.array_equal(same, read_raster(asked.output))


def test_the_sentence_comes_through_qgis_process(tmp_path) -> None:
    scene = written_scene(tmp_path)
    size = scene["mask"].shape
    path = write_raster(tmp_path / "p.tif", np.linspace(0, 97, size[0] * size[1]).reshape(1, *size), PLACE,
                        dtype="Float32")  # fmt: skip
    output = tmp_path / "o.tif"
    finished = run_algorithm("rsfusion:removeclouds", OPTICAL=scene["inputs"]["optical"], CLOUDMASK=path,
                             MODEL_FILE=scene["model"], LEARN_FROM_SCENE="off", OUTPUT=str(output))  # fmt: skip
    assert finished.code == 1 and "perhaps a probability" in finished.text and not output.exists()
