"""The benchmark runs on a folder of its form, and its table says what was found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.spatiotemporal_fusion import benchmark
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.spatiotemporal_fusion.scenes import fine_image

DAYS = {"20190809": 200, "20190825": 232}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "landsat8_corumba_fire"
    folder.mkdir(parents=True)
    for name, day in DAYS.items():
        values = fine_image(165, 170, day)
        write_raster(folder / f"ms_{name}.tif", values, grid_transform(30), dtype="Float32")
    return folder.parent


def test_the_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    benchmark.main([str(data), "--methods", "regression", "meanshift", "unchanged"])
    lines = capsys.readouterr().out.splitlines()
    (head,) = [line for line in lines if "regression" in line]
    assert head.split() == ["from", "to", "regression", "meanshift", "unchanged"]
    first = next(line.split() for line in lines if line.startswith("20190809"))
    assert first[1] == "20190825" and first[4] == "1.000"
    assert float(first[2]) < float(first[3]) < 1.0
    assert lines[-1].startswith("s per Mpx and band")


def test_coarse_images_are_means_of_whole_squares(data: Path, tmp_path: Path) -> None:
    fine, coarse = benchmark.files(data, benchmark.SERIES[-2], tmp_path)
    values, means = read_raster(fine["20190809"]), read_raster(coarse["20190809"])
    assert values.shape[1:] == (160, 160) and means.shape[1:] == (10, 10)
    np.testing.assert_allclose(means[0, 3, 4], values[0, 48:64, 64:80].mean(), rtol=1e-6)


def test_errors_are_per_band() -> None:
    truth = np.zeros((2, 3, 3))
    np.testing.assert_allclose(benchmark.errors(truth + np.array([3.0, 4.0])[:, None, None], truth), [3, 4])
