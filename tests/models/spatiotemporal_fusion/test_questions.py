"""Questions beside the scores: a shift that was put in, estimates of a mean change, and their tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from models.spatiotemporal_fusion import benchmark, questions
from tests.rasters import grid_transform, write_raster
from tests.tasks.spatiotemporal_fusion.scenes import fine_image


def test_a_raster_is_placed_elsewhere_and_one_without_a_place_gets_one(tmp_path: Path) -> None:
    values = np.arange(12.0).reshape(1, 3, 4)
    plain = write_raster(tmp_path / "a.tif", values, grid_transform(480.0), dtype="Float32")
    bare = write_raster(tmp_path / "b.tif", values, None, dtype="Float32", crs=None)
    before, after = (gdal.Open(str(path)).GetGeoTransform() for path in (
        plain, questions.placed(Path(plain), tmp_path, 16, 6, -4)
    ))  # fmt: skip
    assert (after[0] - before[0], after[3] - before[3]) == (180.0, 120.0)  # 6 and 4 pixels of 30 m
    made = gdal.Open(str(questions.placed(Path(bare), tmp_path, 16)))
    assert made.GetGeoTransform()[:2] == (questions.CORNER[0], 16 * questions.FINE_M)
    np.testing.assert_array_equal(made.ReadAsArray(), values[0])


def test_the_mode_is_where_most_values_lie() -> None:
    rng = np.random.default_rng(0)
    values = np.concatenate([rng.normal(3.0, 0.05, 600), rng.uniform(0, 50, 400)])
    assert questions.mode(values) == pytest.approx(3.0, abs=0.15)


def test_what_lies_along_the_haze_is_left_out() -> None:
    rng = np.random.default_rng(0)
    seen, haze = rng.standard_normal((3, 20, 20)), rng.uniform(2, 6, (20, 20))
    spectrum, ground = np.array([3.0, 2.0, 1.0]), np.array([1.0, -1.0, -1.0])  # at right angles
    change = ground[:, None, None] + spectrum[:, None, None] * haze
    np.testing.assert_allclose(questions.without_haze(change, seen), ground, atol=0.05)


def test_the_table_of_alignment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "landsat8_corumba_fire"
    folder.mkdir()
    for name, day in (("20190809", 200), ("20190825", 216)):
        write_raster(folder / f"ms_{name}.tif", fine_image(320, 320, day), grid_transform(30), dtype="Float32")
    benchmark.main([str(tmp_path), "--only", "alignment"])
    line = next(one for one in capsys.readouterr().out.splitlines() if "fire" in one)
    cols, rows, trust = (float(part.strip(",")) for part in line.split("fire")[1].split()[:3])
    assert (cols, rows) == pytest.approx((-6, 4), abs=1.0) and trust > 0.5
