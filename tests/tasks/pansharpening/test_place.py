"""Where a result lies: on PAN's pixels, exactly, with Landsat's half pixel and with a shift that was measured."""

import numpy as np
import pytest

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, read_raster, scene, write_raster

HALF = (-0.25, -0.25)  # MS pixels: PAN begins half a pixel of its own inside MS, as on all grids of USGS
ROWS, COLS, RATIO = 90, 110, 2


def fused(folder, pan, ms, method, policy):
    job = Job(TASK, {"pan": pan, "ms": ms}, str(folder / "out.tif"), method=method, policy=policy, data_type="Float32")
    result = run(job)
    return read_raster(folder / "out.tif"), result


def error(values, method):
    """Root mean square away from the edge: off what MS shows where it was interpolated, else off the true bands."""
    seen_m = PAN_PIXEL_M * (RATIO if method == "exp" else 1)
    truth = scene(4, ROWS * RATIO, COLS * RATIO, grid_transform(PAN_PIXEL_M), seen_m)
    return float(np.sqrt(((values - truth)[:, 8:-8, 8:-8] ** 2).mean()))


def error_of(folder, offset, crs="EPSG:32632", method="exp", policy="correct"):
    folder.mkdir()
    pan, ms = make_pan_ms(folder, ROWS, COLS, RATIO, dtype="Float32", offset=offset)
    if not crs:
        pan, ms = (write_raster(folder / f"{name}_bare.tif", read_raster(path), None, None, "Float32")
                   for name, path in (("pan", pan), ("ms", ms)))  # fmt: skip
    values, result = fused(folder, pan, ms, method, policy)
    with RasterSource(str(folder / "out.tif"), "OUTPUT") as made, RasterSource(pan, "PAN") as wanted:
        assert made.grid == wanted.grid
    return error(values, method), result


@pytest.mark.parametrize("policy", ["warn", "correct"])
@pytest.mark.parametrize("method", ["exp", "mtf_glp_fs"])
def test_landsats_half_pixel_is_exact(tmp_path, method, policy):
    """The error is that of a pair whose corners coincide."""
    aligned = error_of(tmp_path / "aligned", (0, 0), method=method, policy=policy)[0]
    usgs = error_of(tmp_path / "usgs", HALF, method=method, policy=policy)[0]
    ignored = error_of(tmp_path / "ignored", HALF, None, method=method, policy="warn")[0]
    assert usgs < 1.1 * aligned
    assert ignored > 1.3 * usgs, (aligned, usgs, ignored)


def test_without_georeferencing_the_half_pixel_is_measured_and_undone(tmp_path):
    known = error_of(tmp_path / "known", HALF)[0]
    found, result = error_of(tmp_path / "found", HALF, None)
    assert result.moved["ms"] == pytest.approx((-0.5, -0.5), abs=0.05)
    assert found < 1.1 * known
