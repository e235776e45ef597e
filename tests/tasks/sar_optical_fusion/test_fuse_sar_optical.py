"""SAR detail goes in where both images agree, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.sar_optical_fusion.detail import METHODS, level_of, reach_of, smoothed
from rsfusion_qgis.tasks.sar_optical_fusion.options import DetailOptions
from rsfusion_qgis.tasks.sar_optical_fusion.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.sar_optical_fusion import scenes


def fused(files: dict[str, str], folder: Path, method: str = "atrous", **options: Any) -> tuple[np.ndarray, Result]:
    inputs = {role: files[role] for role in ("optical", "sar")}
    result = run(Job(TASK, inputs, str(folder / "out.tif"), method=method, options=DetailOptions(**options)))
    return read_raster(result.output), result


def error(found: np.ndarray, truth: str) -> float:
    return float(np.sqrt(np.mean((found - read_raster(truth)) ** 2)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("ratio", [2, 4])
def test_detail_that_both_hold_brings_the_image_nearer_to_the_truth(tmp_path: Path, ratio: int, method: str) -> None:
    files = scenes.write(tmp_path, ratio)
    plain, _ = fused(files, tmp_path, method, strength=0.0)
    found, result = fused(files, tmp_path, method)
    assert found.shape == read_raster(files["sar"])[:1].repeat(3, 0).shape
    assert error(found, files["truth"]) < 0.95 * error(plain, files["truth"])
    assert result.grid.pixel_size == (scenes.PIXEL_M, scenes.PIXEL_M)


@pytest.mark.parametrize("method", METHODS)
def test_a_radar_image_of_something_else_hardly_matters(tmp_path: Path, method: str) -> None:
    files = scenes.write(tmp_path, 2, unlike=True)
    plain, _ = fused(files, tmp_path, method, strength=0.0)
    found, _ = fused(files, tmp_path, method)
    assert error(found, files["truth"]) < 1.03 * error(plain, files["truth"])


def test_without_strength_an_image_on_the_grid_stays_as_it_is(tmp_path: Path) -> None:
    files = scenes.write(tmp_path, 1)
    found, _ = fused(files, tmp_path, strength=0.0)
    np.testing.assert_array_equal(found, read_raster(files["optical"]))


def test_where_the_radar_saw_nothing_the_image_stays_as_it_is(tmp_path: Path) -> None:
    files = scenes.write(tmp_path, 1)
    sar = read_raster(files["sar"])
    sar[:, :, 60:] = -9999.0
    place = grid_transform(scenes.PIXEL_M)
    files["sar"] = write_raster(tmp_path / "half.tif", sar, place, dtype="Float32", nodata=-9999.0)
    found, optical = fused(files, tmp_path)[0], read_raster(files["optical"])
    np.testing.assert_array_equal(found[:, :, 60:], optical[:, :, 60:])
    assert (found[:, :, :20] != optical[:, :, :20]).any()


def test_units_do_not_matter(tmp_path: Path) -> None:
    files = scenes.write(tmp_path)
    first, _ = fused(files, tmp_path)
    power = 10 ** (read_raster(files["sar"]).astype(float) / 10)
    files["sar"] = write_raster(tmp_path / "power.tif", power, grid_transform(scenes.PIXEL_M), dtype="Float32",
                                descriptions=("VV", "VH"))  # fmt: skip
    second, _ = fused(files, tmp_path, sar_unit="power")
    assert np.abs(first - second).max() <= 1


def test_coarser_radar_is_warned_of(tmp_path: Path) -> None:
    files = scenes.write(tmp_path, 2)
    coarse = read_raster(files["sar"]).reshape(2, 48, 2, 52, 2).mean(axis=(2, 4))
    files["sar"] = write_raster(tmp_path / "coarse.tif", coarse, grid_transform(2 * scenes.PIXEL_M), dtype="Float32")
    _, result = fused({**files, "optical": files["truth"]}, tmp_path, sar_unit="db")
    assert any("hold more detail than SAR" in one.sentence for one in result.findings)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_smoothing_keeps_what_is_flat_and_looks_as_far_as_it_says(method: str, level: int) -> None:
    reach = reach_of(method, level)
    np.testing.assert_allclose(smoothed(np.full((60, 62), 7.0), method, level), 7.0)
    spot = np.zeros((2 * reach + 1, 2 * reach + 1))
    spot[0, reach] = 1.0
    assert smoothed(spot, method, level).shape == (1, 1)
    assert smoothed(spot, method, level)[0, 0] > 0


def test_scales_that_are_finer_than_the_pixels() -> None:
    assert [level_of(ratio) for ratio in (0.5, 1, 1.5, 2, 2.1, 4, 6, 100)] == [1, 1, 1, 1, 2, 2, 3, 4]


def test_an_unknown_method_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="METHOD is 'ihs'; expected one of atrous, highpass"):
        fused(scenes.write(tmp_path), tmp_path, "ihs")
