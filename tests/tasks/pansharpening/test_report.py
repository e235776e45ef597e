"""The part of a fusion's report that says how good the result is."""

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images import result_quality
from rsfusion_qgis.core.assessment.images.assess import assess
from rsfusion_qgis.core.assessment.images.report import number
from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.tasks.pansharpening.report import quality
from tests.core.alignment.checks.textures import moved, texture
from tests.core.assessment.images.pairs import pansharpening
from tests.jobs import fusion_job, wishes
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, make_pan_ms, write_raster


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx", max_shift_px=0.75))


def fused(folder, model, pan, ms, **options):
    return run(fusion_job(pan, ms, model, str(folder / "out.tif"), **options))


def page_of(result, watch=None):
    return run_report("Pansharpen", result, quality(result, watch))


def test_the_numbers_are_those_of_the_assessment(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=48, cols=48)
    result = fused(tmp_path, model, pan, ms, options=wishes(sensor="ikonos"))
    page = page_of(result)
    paths = {"fused": result.output, "fine": pan, "coarse": ms}
    for row in assess(pansharpening("full_resolution", paths, sensor="ikonos")).rows:
        assert f"<td>{number(row.values['d_rho'].value)}</td>" in page
    assert "How good is the result?" in page
    assert "Measured in the middle" not in page


def test_of_a_large_result_the_middle_is_measured_and_said(tmp_path, model, monkeypatch):
    monkeypatch.setattr(result_quality, "LARGEST_PX", 128)
    page = page_of(fused(tmp_path, model, *make_pan_ms(tmp_path, rows=64, cols=80)))
    assert "Measured in the middle, on 128 x 128 pixels." in page


def test_a_shift_that_was_undone_is_undone_for_the_measurement_too(tmp_path, model):
    scene = texture(320)
    ms = degrade(np.stack([moved(scene, 1.3, -0.7), -0.4 * moved(scene, 1.3, -0.7)]), 4, [0.3] * 2)
    pan = write_raster(tmp_path / "pan.tif", 1000 + 100 * scene[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
    low = write_raster(tmp_path / "ms.tif", 500 + 60 * ms, grid_transform(PAN_PIXEL_M * 4), dtype="Float32")
    result = fused(tmp_path, model, pan, low, policy="correct")
    assert np.hypot(*result.moved["ms"]) > 5  # metres
    place = next(part for part in page_of(result).split("<tr>") if "place of MS on PAN" in part)
    assert "+0.0" in place or "-0.0" in place
    assert "1.3" not in place


def test_what_cannot_be_measured_is_said_and_the_page_still_comes(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=48, cols=48, degrees=3)
    result = fused(tmp_path, model, pan, ms, policy="correct")
    assert "The quality was not measured: MS has another CRS than FUSED or is rotated" in page_of(result)


def test_a_cancel_while_measuring_leaves_a_page_that_says_so(tmp_path, model):
    def stop(share):
        raise CancelledError("stopped")

    page = page_of(fused(tmp_path, model, *make_pan_ms(tmp_path, rows=48, cols=48)), watch=stop)
    assert "the run was cancelled after the result was written" in page
