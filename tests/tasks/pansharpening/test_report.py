"""The part of a fusion's report that says how good the result is."""

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images import result_quality
from rsfusion_qgis.core.assessment.images.assess import assess
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.assessment.images.readers import moved_for
from rsfusion_qgis.core.assessment.images.report import number
from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from rsfusion_qgis.tasks.pansharpening.report import quality
from rsfusion_qgis.tasks.pansharpening.task import TASK
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
        for name in ("d_rho", "chf", "slope"):
            assert f"<td>{number(row.values[name].value)}</td>" in page
    assert "How good is the result?" in page
    assert "Measured in the middle" not in page


def test_of_a_large_result_the_middle_is_measured_and_said(tmp_path, model, monkeypatch):
    monkeypatch.setattr(result_quality, "LARGEST_PX", 128)
    page = page_of(fused(tmp_path, model, *make_pan_ms(tmp_path, rows=64, cols=80)))
    assert "Measured in the middle, on 128 x 128 pixels." in page


def write_shifted(folder, crs="EPSG:32632", second=-0.4):
    """PAN and MS whose content must be moved by 1.3 columns and -0.7 rows of PAN to lie on it."""
    scene = texture(320)
    ms = degrade(np.stack([moved(scene, 1.3, -0.7), second * moved(scene, 1.3, -0.7)]), 4, [0.3] * 2)
    places = (grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * 4)) if crs else (None, None)
    pan = write_raster(folder / "pan.tif", 1000 + 100 * scene[None], places[0], crs, "Float32")
    return pan, write_raster(folder / "ms.tif", 500 + 60 * ms, places[1], crs, "Float32")


def values_of(pan, ms, result, moved):
    paths = {"fused": result.output, "fine": pan, "coarse": ms}
    found = assess(pansharpening("full_resolution", paths, moved=moved))
    return {name: value.value for name, value in found.rows[-1].values.items()}


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_a_result_that_lies_on_pan_is_measured_there(tmp_path, crs):
    """The page and an assessment of the file agree, and the result is better than one for which MS was left."""
    pan, ms = write_shifted(tmp_path, crs, second=0.4)

    def method(policy):
        return run(Job(TASK, {"pan": pan, "ms": ms}, str(tmp_path / f"{policy}.tif"), method="mtf_glp_fs",
                       policy=policy))  # fmt: skip

    left, there = method("warn"), method("correct")
    told, untold = (moved_for(RasterName(one.output, "FUSED"), RasterName(ms, "MS")) for one in (there, left))
    assert told == pytest.approx(there.moved["ms"])
    assert untold == (0.0, 0.0)
    pixel = PAN_PIXEL_M if crs else 1.0
    assert told == pytest.approx((1.3 * pixel, 0.7 * PAN_PIXEL_M if crs else -0.7), abs=0.05 * pixel)
    before, after = values_of(pan, ms, left, (0.0, 0.0)), values_of(pan, ms, there, told)
    page = "".join(quality(there, None))
    for name in ("hqnr", "d_rho", "r_sam"):
        assert f"<td>{number(after[name])}</td>" in page, name
    assert after["d_rho"] < 0.8 * before["d_rho"]
    assert after["hqnr"] > before["hqnr"]
    assert after["hqnr"] > values_of(pan, ms, there, (0.0, 0.0))["hqnr"], "MS is looked for where it was moved"


def test_consistency_looks_at_ms_where_it_was_moved(tmp_path):
    pan, ms = write_shifted(tmp_path, second=0.4)
    lacking = {}
    for choice in ("off", "on"):
        job = Job(TASK, {"pan": pan, "ms": ms}, str(tmp_path / f"{choice}.tif"), method="exp", policy="correct",
                  options=MethodOptions(gains=(0.3,), consistency=choice))  # fmt: skip
        result = run(job)
        lacking[choice] = values_of(pan, ms, result, result.moved["ms"])["d_lambda_k"]
        lacking[f"{choice}, unmoved"] = values_of(pan, ms, result, (0.0, 0.0))["d_lambda_k"]
    assert lacking["on"] < 0.5 * lacking["off"]
    assert lacking["on"] < 0.1 * lacking["on, unmoved"]


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_a_shift_that_was_undone_is_undone_for_the_measurement_too(tmp_path, model, crs):
    result = fused(tmp_path, model, *write_shifted(tmp_path, crs), policy="correct")
    assert np.hypot(*result.moved["ms"]) > (5 if crs else 1)  # metres, or pixels
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
