"""Back-projection in runs: nearer to the truth and to MS, the same in every tile and extent, holes kept apart."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.grid import Grid
from rsfusion_qgis.core.operators.back_projection import BackProjector, CoarseSampling, Effort, settled, through
from rsfusion_qgis.core.operators.consistency import OFF, ON
from rsfusion_qgis.core.rasters.aligned_input import AlignedInput, Scale
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from tests.core.operators.true_pairs import GAIN, fused, rms, true_pair
from tests.jobs import wishes
from tests.onnx_files import save
from tests.rasters import make_pan_ms


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx"))


@pytest.mark.parametrize("ratio", [2, 4])
def test_the_result_is_nearer_to_ms_and_to_the_truth(tmp_path, model, ratio):
    pan, ms_path, truth, ms = true_pair(tmp_path, ratio)
    plain = fused(tmp_path, model, pan, ms_path, options=wishes(gains=(GAIN,)))
    held = fused(tmp_path, model, pan, ms_path)
    seen = [rms(degrade(image, ratio, [GAIN] * 3) - ms) for image in (plain, held)]
    assert seen[1] < 0.4 * seen[0]
    assert rms(held - truth) < 0.9 * rms(plain - truth)


@pytest.mark.parametrize("offset", [(0, 0), (0.125, -0.3)])
@pytest.mark.parametrize(("ratio", "gain"), [(4, GAIN), (4, 0.15), (4, 0.55), (2.5, GAIN), (1.5, GAIN)])
def test_tiles_and_extents_do_not_change_the_result(tmp_path, model, ratio, gain, offset):
    pan, ms = make_pan_ms(tmp_path, rows=90, cols=110, ratio=ratio, offset=offset, dtype="Float32")
    known = wishes(consistency=ON, gains=(gain,))
    whole = fused(tmp_path, model, pan, ms, options=known)
    assert np.abs(whole - fused(tmp_path, model, pan, ms, "plain.tif", options=wishes())).max() > 1e-2
    for size in (32, 45, 64):
        assert np.abs(fused(tmp_path, model, pan, ms, options=known, tile_size=size) - whole).max() < 1e-5
    with RasterSource(str(tmp_path / "out.tif"), "OUTPUT") as source:
        (x0, y0), (x1, y1) = source.grid.to_map(31, 17), source.grid.to_map(99, 80)
    part = fused(tmp_path, model, pan, ms, "part.tif", options=known, tile_size=32, extent=(x0, y1, x1, y0))
    assert np.abs(part - whole[:, 17:80, 31:99]).max() < 1e-5


def test_a_classical_method_can_be_held_to_ms_too(tmp_path):
    pan, ms_path, _, ms = true_pair(tmp_path)
    free, bound = (MethodOptions("generic", (GAIN,), choice) for choice in (OFF, ON))
    plain = fused(tmp_path, "", pan, ms_path, method="mtf_glp_fs", options=free)
    held = fused(tmp_path, "", pan, ms_path, method="mtf_glp_fs", options=bound)
    tiled = fused(tmp_path, "", pan, ms_path, tile_size=32, method="mtf_glp_fs", options=bound)
    assert np.abs(tiled - held).max() < 1e-5
    assert rms(degrade(held, 4, [GAIN] * 3) - ms) < 0.4 * rms(degrade(plain, 4, [GAIN] * 3) - ms)


@pytest.mark.parametrize("holed", ["pan", "ms"])
def test_invalid_pixels_reach_no_further_than_their_blur(tmp_path, model, holed):
    pan, ms = make_pan_ms(tmp_path, rows=40, cols=40, dtype="Float32", nodata=-9999)
    whole = fused(tmp_path, model, pan, ms)
    dataset = gdal.Open(str(tmp_path / f"{holed}.tif"), gdal.GA_Update)
    first, side = (80, 3) if holed == "pan" else (20, 1)
    for band in range(1, dataset.RasterCount + 1):
        dataset.GetRasterBand(band).WriteRaster(first, first, side, side, np.full((side, side), -9999, "f4").tobytes())
    dataset = None
    result = fused(tmp_path, model, pan, ms, "holed.tif")
    invalid = result == -9999
    assert invalid[:, 80:83, 80:83].all() and invalid.sum() <= 4 * 16
    assert np.abs(result - whole)[~invalid].max() < 0.5  # of a range of 0.8
    far = np.abs(result - whole)
    far[:, 80 - 48 : 84 + 48, 80 - 48 : 84 + 48] = 0
    assert far.max() < 5e-5  # the scaling of the network, which is the whole raster's, changes a little


def test_steps_at_the_coarse_pixels_are_those_at_the_fine_ones(tmp_path):
    _, ms_path, _, ms = true_pair(tmp_path)
    with RasterSource(ms_path, "MS") as source:
        domain = Grid("", (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), 4 * source.grid.width, 4 * source.grid.height)
        source.grid = Grid("", (0.0, 4.0, 0.0, 0.0, 0.0, -4.0), source.grid.width, source.grid.height)
        layer = AlignedInput(source, domain, 1, "cubic")
        sampling = CoarseSampling(layer, Scale(np.zeros(3, np.float32), np.ones(3, np.float32)), 4.0)
        projector = BackProjector(sampling, (GAIN,) * 3, effort=Effort(3))
        start = np.random.default_rng(1).normal(size=(3, domain.height, domain.width)).astype(np.float32)
        recorded = projector.recorded(domain.window, np.ones(start.shape, bool))
        strength = np.random.default_rng(2).uniform(size=recorded.values.shape).astype(np.float32)
        wanted = projector.improve(start, domain.window, recorded, strength)
        lacking = recorded.values - sampling.seen(start, recorded, (GAIN,) * 3)
        added = settled(lacking, strength, sampling.there_and_back(recorded, GAIN), 3)
        found = start + through(added, *sampling.back(recorded))
    np.testing.assert_allclose(found, wanted, atol=1e-3 * np.abs(ms).max())
