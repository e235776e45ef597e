"""Quality from files to numbers: the same as on whole arrays, by all three protocols, and what bad input gets."""

import csv
import io
import math

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.assessment.images.assess import BASELINE, AssessmentJob, Method, assess, metrics_of
from rsfusion_qgis.core.assessment.images.report import assessment_csv, assessment_page, lost, verdict
from rsfusion_qgis.core.basics.errors import CancelledError, CoregistrationError, InputError
from rsfusion_qgis.core.engine.wald_methods import classical_methods, network_method
from rsfusion_qgis.core.grid.degradation import apply_taps, degrade, mtf_sigma, sampling_taps
from tests.core.alignment.checks.textures import texture
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

RATIO, GAIN, PAN_GAIN = 4, 0.3, 0.15
SIZE = 512


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """PAN, MS and the true image of one scene, and a fused one with a small error."""
    folder = tmp_path_factory.mktemp("pair")
    fine, own = texture(SIZE, seed=1), texture(SIZE, seed=2)
    truth = np.stack([500 + 60 * fine + 20 * own, 900 + 100 * fine, 700 - 40 * fine + 30 * own])
    ms = degrade(truth, RATIO, [GAIN] * 3)
    names = ("blue", "green", "red")
    fused = truth + np.random.default_rng(0).normal(0, 4, truth.shape)
    place, coarse = grid_transform(PAN_PIXEL_M), grid_transform(PAN_PIXEL_M * RATIO)
    return {
        "pan": write_raster(folder / "pan.tif", truth.mean(0, keepdims=True), place, dtype="Float32"),
        "ms": write_raster(folder / "ms.tif", ms, coarse, dtype="Float32", descriptions=names),
        "reference": write_raster(folder / "truth.tif", truth, place, dtype="Float32", descriptions=names),
        "fused": write_raster(folder / "fused.tif", fused, place, dtype="Float32", descriptions=names),
    }


def job(pair, protocol, *roles, **more):
    return AssessmentJob(protocol, **{role: pair[role] for role in roles}, **more)


def whole(metric, **known):
    return metric.compute(**known)


def test_with_a_reference_the_numbers_are_those_of_whole_arrays(pair):
    found = assess(job(pair, "reference", "fused", "reference", "ms"))
    images = {name: read_raster(pair[name]) for name in ("fused", "reference")}
    assert [row.name for row in found.rows] == [BASELINE, "fused"]
    assert found.peak == pytest.approx(images["reference"].max(), rel=1e-6)
    for metric in found.metrics:
        expected = whole(metric, **images, ratio=RATIO, peak=found.peak)
        assert found.rows[1].values[metric.id].value == pytest.approx(expected, rel=1e-5, abs=1e-6), metric.id
    assert not lost(found)
    assert "better than plain interpolation" in verdict(found)


def test_without_a_reference_the_numbers_are_those_of_whole_arrays(pair):
    found = assess(job(pair, "full_resolution", "fused", "pan", "ms", gains=(GAIN,), pan_gain=PAN_GAIN))
    images = {name: read_raster(pair[role]) for name, role in (("fused", "fused"), ("fine", "pan"), ("coarse", "ms"))}
    assert np.abs(found.shifts).max() < 0.05
    known = {"ratio": RATIO, "gains": found.gains, "fine_gain": PAN_GAIN, "shifts": found.shifts}
    for metric in found.metrics:
        expected = whole(metric, **images, **known)
        assert found.rows[1].values[metric.id].value == pytest.approx(expected, rel=1e-4, abs=1e-6), metric.id


def test_by_wald_a_pair_is_degraded_as_whole_arrays_are(pair, tmp_path):
    given = job(pair, "wald", "pan", "ms", gains=(GAIN,), pan_gain=PAN_GAIN)
    kept = {}

    def copy(pan, ms, output, watch):
        kept["pan"], kept["ms"] = read_raster(pan), read_raster(ms)
        gdal.Warp(output, ms, width=SIZE // RATIO, height=SIZE // RATIO, resampleAlg="cubic").FlushCache()

    found = assess(given, [Method("cubic", copy)])
    assert kept["ms"] == pytest.approx(degrade(read_raster(pair["ms"]), RATIO, [GAIN] * 3), rel=1e-6)
    assert kept["pan"] == pytest.approx(degrade(read_raster(pair["pan"]), RATIO, [PAN_GAIN]), rel=1e-6)
    baseline = found.row(BASELINE).values["ergas"].value
    assert found.row("cubic").values["ergas"].value == pytest.approx(baseline, rel=0.05)


def test_by_wald_a_network_stands_beside_the_classical_methods(pair, tmp_path):
    given = job(pair, "wald", "pan", "ms")
    model = save(tmp_path / "net.onnx")
    seen = []
    found = assess(given, [*classical_methods(given), network_method(given, str(model), "cpu", 1)], seen.append, True)
    assert [row.name for row in found.rows] == [BASELINE, "MTF-GLP-FS", "GSA", "BT-H", "net"]
    ergas = {row.name: row.values["ergas"].value for row in found.rows}
    assert ergas["GSA"] < 0.5 * ergas[BASELINE]
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)
    page = assessment_page("Quality <1>", found)
    assert "Quality &lt;1&gt;" in page
    assert page.count("data:image/png;base64") == 2 + 6
    assert "MTF-GLP-FS" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_landsat_like_offsets_and_ratios_that_are_not_whole(tmp_path):
    fine = texture(600, seed=3)
    ratio, offset = 2.5, (0.4, -0.2)
    # MS pixels begin 1 and -0.5 pan pixels off the corner of PAN
    ms = fine
    for axis, off in enumerate((offset[1] * ratio, offset[0] * ratio)):
        ms = apply_taps(ms, *sampling_taps(0, 238, ratio, off, mtf_sigma(GAIN, ratio), 600), axis)
    pan = write_raster(tmp_path / "pan.tif", 500 + 90 * fine[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
    shift = (offset[0] * ratio * PAN_PIXEL_M, offset[1] * ratio * PAN_PIXEL_M)
    place = grid_transform(PAN_PIXEL_M * ratio, shift)
    coarse = write_raster(tmp_path / "ms.tif", np.stack([500 + 90 * ms, 300 + 50 * ms]), place, dtype="Float32")
    given = AssessmentJob("wald", pan=pan, ms=coarse, gains=(GAIN,))
    found = assess(given, classical_methods(given))
    assert found.ratio == pytest.approx(ratio)
    ergas = {row.name: row.values["ergas"].value for row in found.rows}
    assert ergas["MTF-GLP-FS"] < 0.35 * ergas[BASELINE]  # sharp only where pan lies on MS


def test_pixels_without_data_have_no_influence(pair, tmp_path):
    images = {name: read_raster(pair[name]) for name in ("fused", "reference")}
    expected = assess(job(pair, "reference", "fused", "reference", ratio=RATIO))
    images["fused"][:, 100:130, 50:90] = -9999
    broken = write_raster(
        tmp_path / "holes.tif", images["fused"], grid_transform(PAN_PIXEL_M), dtype="Float32", nodata=-9999
    )
    found = assess(AssessmentJob("reference", fused=broken, reference=pair["reference"], ratio=RATIO))
    for metric in found.metrics:
        value = found.rows[0].values[metric.id].value
        assert value == pytest.approx(expected.rows[0].values[metric.id].value, rel=0.05), metric.id


def test_the_table_has_a_line_for_every_number(pair):
    found = assess(job(pair, "reference", "fused", "reference", "ms"))
    lines = list(csv.DictReader(io.StringIO(assessment_csv(found))))
    whole_image = [line for line in lines if line["band"] == "all"]
    assert len(whole_image) == 2 * len(metrics_of("reference"))
    assert {line["band"] for line in lines} == {"all", "blue", "green", "red"}
    value = next(line for line in lines if (line["method"], line["measure"], line["band"]) == ("fused", "rmse", "red"))
    assert float(value["value"]) == pytest.approx(4, rel=0.05)


def test_a_cancel_stops_the_measuring(pair):
    def stop(share):
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        assess(job(pair, "full_resolution", "fused", "pan", "ms"), watch=stop)


def other(tmp_path, shape=(3, SIZE, SIZE), pixel=PAN_PIXEL_M, shift=(0.0, 0.0), crs="EPSG:32632"):
    values = 500 + np.random.default_rng(1).normal(0, 30, shape)
    return write_raster(tmp_path / "other.tif", values, grid_transform(pixel, shift), crs, "Float32")


@pytest.mark.parametrize(("protocol", "roles", "text"), [
    ("none", (), "PROTOCOL is 'none'; expected one of reference, full_resolution, wald"),
    ("reference", ("fused",), "REFERENCE is missing; PROTOCOL reference needs FUSED, REFERENCE"),
    ("full_resolution", ("fused",), "PAN and MS is missing"),
    ("reference", ("fused", "reference"), "RATIO is missing; ERGAS needs MS"),
])  # fmt: skip
def test_what_is_missing_is_named(pair, protocol, roles, text):
    with pytest.raises(InputError, match=text):
        assess(job(pair, protocol, *roles))


@pytest.mark.parametrize(("change", "error", "text"), [
    ({"shape": (4, SIZE, SIZE)}, InputError, "FUSED has 3 bands and REFERENCE 4; expected the same bands"),
    ({"pixel": 7.0}, InputError, r"REFERENCE has pixels 1\.4 times as large, expected the pixels of FUSED"),
    ({"shift": (2.0, 0.0)}, InputError, r"REFERENCE lies 0\.40 pixels off the pixels of FUSED"),
    ({"shift": (90000.0, 0.0)}, InputError, "FUSED shares no pixel with REFERENCE"),
    ({"crs": None}, CoregistrationError, "REFERENCE has no CRS"),
])  # fmt: skip
def test_a_reference_that_does_not_fit_is_refused(pair, tmp_path, change, error, text):
    given = AssessmentJob("reference", fused=pair["fused"], reference=other(tmp_path, **change), ratio=RATIO)
    with pytest.raises((error, CoregistrationError), match=text):
        assess(given)


@pytest.mark.parametrize("protocol", ["full_resolution", "wald"])
def test_a_pan_of_several_bands_is_refused(pair, protocol):
    with pytest.raises(InputError, match=r"PAN: '.*truth\.tif' has 3 bands; expected 1, so extract the right band"):
        assess(AssessmentJob(protocol, fused=pair["fused"], pan=pair["reference"], ms=pair["ms"]))


def test_a_pair_too_small_to_reduce_is_refused(tmp_path):
    pan = other(tmp_path, (1, 128, 128))
    ms = write_raster(tmp_path / "ms.tif", np.ones((3, 32, 32)), grid_transform(PAN_PIXEL_M * 4), dtype="Float32")
    with pytest.raises(InputError, match="MS has 32 x 32 pixels on PAN; expected at least 96 either way"):
        assess(AssessmentJob("wald", pan=pan, ms=ms))


def test_a_raster_without_any_valid_pixel_is_refused(pair, tmp_path):
    empty = write_raster(
        tmp_path / "empty.tif", np.full((3, SIZE, SIZE), -1.0), grid_transform(PAN_PIXEL_M), dtype="Float32", nodata=-1
    )
    with pytest.raises(InputError, match=r"REFERENCE: .*has no valid pixel"):
        assess(AssessmentJob("reference", fused=pair["fused"], reference=empty, ratio=RATIO))


def test_an_image_without_error_is_perfect(pair):
    found = assess(AssessmentJob("reference", fused=pair["reference"], reference=pair["reference"], ratio=RATIO))
    for metric in found.metrics:
        value = found.rows[0].values[metric.id].value
        assert math.isclose(value, metric.best, abs_tol=1e-4) or value == metric.best, metric.id
    assert "—" not in assessment_page("x", found)
