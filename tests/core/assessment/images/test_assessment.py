"""Quality from files to numbers: the same as on whole arrays, by all three protocols, and what bad input gets."""

import csv
import io
import math
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal
from scipy import ndimage

from rsfusion_qgis.core.assessment.images.assess import BASELINE, Method, assess, metrics_of
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName, open_rasters
from rsfusion_qgis.core.assessment.images.report import assessment_csv, assessment_page, lost, number, verdict
from rsfusion_qgis.core.basics.errors import CancelledError, CoregistrationError, InputError
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.contrast import contrast_of
from rsfusion_qgis.core.measures.images.scene import scene_of_arrays
from tests.core.assessment.images.pairs import FINE_GAIN, GAIN, RATIO, SIZE, pansharpening, write_pair
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return write_pair(tmp_path_factory.mktemp("pair"))


def job(pair, protocol, *names, **more):
    return pansharpening(protocol, {name: pair[name] for name in names}, **more)


def whole(metric, **known):
    return metric.compute(**known)


def test_with_a_reference_the_numbers_are_those_of_whole_arrays(pair):
    found = assess(job(pair, "reference", "fused", "reference", "coarse"))
    images = {name: read_raster(pair[name]) for name in ("fused", "reference")}
    assert [row.name for row in found.rows] == [BASELINE, "fused"]
    assert found.peak == pytest.approx(images["reference"].max(), rel=1e-6)
    for metric in found.metrics:
        expected = whole(metric, **images, ratio=RATIO, peak=found.peak)
        assert found.rows[1].values[metric.id].value == pytest.approx(expected, rel=1e-5, abs=1e-6), metric.id
    assert not lost(found)
    assert "better than plain interpolation" in verdict(found)


def test_the_verdict_never_says_everything_where_a_row_of_the_table_is_worse(pair):
    found = assess(job(pair, "full_resolution", "fused", "fine", "coarse", gains=(GAIN,), fine_gains=(FINE_GAIN,)))
    base, ours = found.rows[0], found.rows[-1]
    better = {metric.id: replace(base.values[metric.id], value=0.5 * (base.values[metric.id].value + metric.best))
              for metric in found.metrics}  # fmt: skip

    def said(*equal, left_out=("cflat", "cmf")):
        metrics = tuple(metric for metric in found.metrics if metric.id not in left_out)
        values = {**better, **{name: base.values[name] for name in equal}}
        return verdict(replace(found, metrics=metrics, rows=(base, replace(ours, values=values))))

    assert said().endswith("in everything that was measured.")
    assert "It is not better in D_λ: there interpolation is ahead" in said("d_lambda")
    assert "It is not better in CFLAT, CMF: there" in said(left_out=())  # of which interpolation is the unit
    assert "is not better than plain interpolation (EXP) in D_s." in said("d_s", "d_lambda")
    assert not any("everything" in text for text in (said("d_lambda"), said(left_out=()), said("d_s")))


def test_without_a_reference_the_numbers_are_those_of_whole_arrays(pair):
    found = assess(job(pair, "full_resolution", "fused", "fine", "coarse", gains=(GAIN,), fine_gains=(FINE_GAIN,)))
    images = {name: read_raster(pair[name]) for name in ("fused", "fine", "coarse")}
    assert np.abs(found.shifts).max() < 0.05
    known = {"ratio": RATIO, "gains": found.gains, "fine_gain": FINE_GAIN, "shifts": found.shifts}
    with open_rasters({"fine": RasterName(pair["fine"], "PAN")}, RasterName(pair["coarse"], "MS")) as rasters:
        known["expanded"] = rasters.expanded(0, 0, SIZE, SIZE)[0]
    known["contrast"] = contrast_of(scene_of_arrays(**images, ratio=RATIO, gains=found.gains))
    for metric in found.metrics:
        expected = whole(metric, **images, **known)
        assert found.rows[1].values[metric.id].value == pytest.approx(expected, rel=1e-4, abs=1e-6), metric.id


def test_the_page_says_what_the_eye_sees_in_plain_words(pair):
    found = assess(job(pair, "full_resolution", "fused", "fine", "coarse"))
    page = assessment_page("Quality", found)
    assert page.count("To the eye") == 1
    assert "Detail that PAN does not carry" in page and "about the size of a MS pixel" in page
    for name in ("chf", "cflat", "cmf", "slope"):
        for row in found.rows:
            assert f"<td>{number(row.values[name].value)}</td>" in page
    interpolated = found.row(BASELINE).values
    assert (interpolated["cflat"].value, interpolated["cmf"].value) == (1.0, 1.0)
    assert not {"cflat", "cmf"} & {metric.id for metric in lost(found)}  # interpolation is their unit, no rival
    against_truth = assess(job(pair, "reference", "fused", "reference", "coarse"))
    assert "To the eye" not in assessment_page("Quality", against_truth)


@pytest.mark.parametrize(("strength", "is_lost"), [(0.6, False), (3.0, True)])
def test_a_slope_is_better_the_nearer_it_is_to_one(pair, tmp_path, strength, is_lost):
    """Detail of the pan three times as strong as it should be is worse than none."""
    fine, place = read_raster(pair["fine"]), grid_transform(PAN_PIXEL_M)
    with open_rasters({"fine": RasterName(pair["fine"], "PAN")}, RasterName(pair["coarse"], "MS")) as rasters:
        expanded = rasters.expanded(0, 0, SIZE, SIZE)[0]
    detail = fine - ndimage.gaussian_filter(fine, (0, RATIO / 2, RATIO / 2))
    fused = write_raster(tmp_path / "x.tif", expanded + strength * detail, place, dtype="Float32")
    found = assess(pansharpening("full_resolution", {**pair, "fused": fused, "reference": ""}))
    assert ("slope" in {metric.id for metric in lost(found)}) == is_lost


def test_by_wald_a_pair_is_degraded_as_whole_arrays_are(pair, tmp_path):
    given = job(pair, "wald", "fine", "coarse", gains=(GAIN,), fine_gains=(FINE_GAIN,))
    kept = {}

    def copy(fine, coarse, output, watch):
        kept["fine"], kept["coarse"] = read_raster(fine), read_raster(coarse)
        gdal.Warp(output, coarse, width=SIZE // RATIO, height=SIZE // RATIO, resampleAlg="cubic").FlushCache()

    found = assess(given, [Method("cubic", copy)])
    assert kept["coarse"] == pytest.approx(degrade(read_raster(pair["coarse"]), RATIO, [GAIN] * 3), rel=1e-6)
    assert kept["fine"] == pytest.approx(degrade(read_raster(pair["fine"]), RATIO, [FINE_GAIN]), rel=1e-6)
    baseline = found.row(BASELINE).values["ergas"].value
    assert found.row("cubic").values["ergas"].value == pytest.approx(baseline, rel=0.05)


def test_pixels_without_data_have_no_influence(pair, tmp_path):
    images = {name: read_raster(pair[name]) for name in ("fused", "reference")}
    expected = assess(job(pair, "reference", "fused", "reference", ratio=RATIO))
    images["fused"][:, 100:130, 50:90] = -9999
    broken = write_raster(
        tmp_path / "holes.tif", images["fused"], grid_transform(PAN_PIXEL_M), dtype="Float32", nodata=-9999
    )
    found = assess(pansharpening("reference", {"fused": broken, "reference": pair["reference"]}, ratio=RATIO))
    for metric in found.metrics:
        value = found.rows[0].values[metric.id].value
        assert value == pytest.approx(expected.rows[0].values[metric.id].value, rel=0.05), metric.id


def test_the_table_has_a_line_for_every_number(pair):
    found = assess(job(pair, "reference", "fused", "reference", "coarse"))
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
        assess(job(pair, "full_resolution", "fused", "fine", "coarse"), watch=stop)


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
    given = pansharpening("reference", {"fused": pair["fused"], "reference": other(tmp_path, **change)}, ratio=RATIO)
    with pytest.raises((error, CoregistrationError), match=text):
        assess(given)


@pytest.mark.parametrize("protocol", ["full_resolution", "wald"])
def test_a_pan_of_several_bands_is_refused(pair, protocol):
    with pytest.raises(InputError, match=r"PAN: '.*truth\.tif' has 3 bands; expected 1, so extract the right band"):
        assess(pansharpening(protocol, {**pair, "fine": pair["reference"]}))


def test_a_pair_too_small_to_reduce_is_refused(tmp_path):
    pan = other(tmp_path, (1, 128, 128))
    ms = write_raster(tmp_path / "ms.tif", np.ones((3, 32, 32)), grid_transform(PAN_PIXEL_M * 4), dtype="Float32")
    with pytest.raises(InputError, match="MS has 32 x 32 pixels on PAN; expected at least 96 either way"):
        assess(pansharpening("wald", {"fine": pan, "coarse": ms}))


def test_a_raster_without_any_valid_pixel_is_refused(pair, tmp_path):
    empty = write_raster(
        tmp_path / "empty.tif", np.full((3, SIZE, SIZE), -1.0), grid_transform(PAN_PIXEL_M), dtype="Float32", nodata=-1
    )
    with pytest.raises(InputError, match=r"REFERENCE: .*has no valid pixel"):
        assess(pansharpening("reference", {"fused": pair["fused"], "reference": empty}, ratio=RATIO))


def test_an_image_without_error_is_perfect(pair):
    found = assess(pansharpening("reference", {**pair, "fused": pair["reference"], "coarse": ""}, ratio=RATIO))
    for metric in found.metrics:
        value = found.rows[0].values[metric.id].value
        assert math.isclose(value, metric.best, abs_tol=1e-4) or value == metric.best, metric.id
    assert "—" not in assessment_page("x", found)
