"""`rsfusion:checkcoregistration`: signs, verdicts, results that models branch on, and what bad input gets."""

from __future__ import annotations

import json
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, ogr
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from tests import qgis_child
from tests.rasters import grid_transform, make_pan_ms, write_raster
from tests.textures import PIXEL_M, texture, write_pair

CHECK = "rsfusion:checkcoregistration"
ADD_M = (6.5, 3.5)  # 1.3 pixels to the right, 0.7 upwards
Pair = tuple[str, str]


def measured_by_child(pair: Pair, **more: Any) -> dict[str, Any]:
    """Return the results of a run of qgis_process."""
    finished = qgis_child.run_algorithm(CHECK, as_json=True, REFERENCE=pair[0], SECONDARY=pair[1], **more)
    assert finished.code == 0, finished.text
    return dict(json.loads(finished.out)["results"])


def measured(pair: Pair, **more: Any) -> dict[str, Any]:
    """Return the results of a run in this QGIS, after the checks that every dialog makes."""
    import processing

    values = {"REFERENCE": pair[0], "SECONDARY": pair[1], **{k: str(v) for k, v in more.items()}}
    assert _algorithm().checkParameterValues(values, QgsProcessingContext()) == (True, "")
    return dict(processing.run(CHECK, values))


def _algorithm() -> Any:
    return QgsApplication.processingRegistry().createAlgorithmById(CHECK)


def test_signs_numbers_report_and_points(tmp_path: Path) -> None:
    report, points = tmp_path / "report.html", tmp_path / "points.gpkg"
    results = measured_by_child(write_pair(tmp_path, ADD_M), REPORT=report, DISPLACEMENTS=points)
    assert results["SHIFT_X"] == pytest.approx(ADD_M[0], abs=0.05)
    assert results["SHIFT_Y"] == pytest.approx(ADD_M[1], abs=0.05)
    assert results["SHIFT_COLS"] == pytest.approx(1.3, abs=0.01)
    assert results["SHIFT_ROWS"] == pytest.approx(-0.7, abs=0.01)
    assert results["RMSE"] == pytest.approx(np.hypot(1.3, 0.7), abs=0.02)
    assert 0 <= results["SPREAD"] < 0.05
    assert results["CONFIDENCE"] > 0.9
    assert results["USABLE"] > 0.9
    assert (results["ROTATION"], results["SCALE"]) == (pytest.approx(0, abs=0.02), pytest.approx(1, abs=1e-3))
    assert (results["VERDICT"], results["METHOD"]) == ("shifted", "intensity")
    assert "CRS" in results["FINDINGS"]
    assert "<svg" in report.read_text(encoding="utf-8")
    assert results["REPORT"] == str(report)
    _check_points(points, results)


def _check_points(path: Path, results: dict[str, Any]) -> None:
    """A point per chip, inside the common area, saying the same as the results."""
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    assert layer.GetFeatureCount() == results["CHIPS"] > 10
    crs = layer.GetSpatialRef()
    assert crs.GetAuthorityCode(None) == "32632", crs.ExportToWkt()
    definition = layer.GetLayerDefn()
    names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    assert names == _FIELDS
    for feature in layer:
        assert feature["cols"] == pytest.approx(1.3, abs=0.05)
        assert feature["rows"] == pytest.approx(-0.7, abs=0.05)
        assert (feature["dx"], feature["dy"]) == pytest.approx((5 * feature["cols"], -5 * feature["rows"]))
        assert feature["length_px"] == pytest.approx(np.hypot(feature["cols"], feature["rows"]))
        assert feature["agrees"] == 1
        x, y = feature.GetGeometryRef().GetX(), feature.GetGeometryRef().GetY()
        assert 500000 < x < 500000 + 360 * 5
        assert 5000000 - 300 * 5 < y < 5000000


_FIELDS = ["cols", "rows", "dx", "dy", "length_px", "score", "agrees"]


def test_what_shift_x_says_is_what_gdal_must_add(provider: Any, tmp_path: Path) -> None:
    """Outside truth: the header corrected by the results with GDAL alone is then reported as aligned."""
    reference, secondary = write_pair(tmp_path, ADD_M, ratio=2)
    results = measured((reference, secondary))
    dataset = gdal.Open(secondary, gdal.GA_Update)
    x, *rest = dataset.GetGeoTransform()
    rest[2] += results["SHIFT_Y"]
    dataset.SetGeoTransform((x + results["SHIFT_X"], *rest))
    dataset.FlushCache()
    del dataset
    after = measured((reference, secondary))
    assert results["VERDICT"] == "shifted"
    assert after["VERDICT"] == "aligned"
    assert np.hypot(after["SHIFT_COLS"], after["SHIFT_ROWS"]) < 0.05


def test_the_tolerance_decides(provider: Any, tmp_path: Path) -> None:
    results = measured(write_pair(tmp_path, ADD_M), TOLERANCE=2)
    assert results["VERDICT"] == "aligned"
    assert results["SHIFT_COLS"] == pytest.approx(1.3, abs=0.01)


def _constant(folder: Path) -> Pair:
    reference, _ = write_pair(folder)
    flat = np.full((1, 300, 360), 7.0)
    return reference, write_raster(folder / "flat.tif", flat, grid_transform(PIXEL_M))


def _almost_empty(folder: Path) -> Pair:
    reference, _ = write_pair(folder)
    values = texture(300, 360)[None]
    values[:, : int(0.95 * 300)] = 0
    return reference, write_raster(folder / "empty.tif", values, grid_transform(PIXEL_M), nodata=0)


UNCERTAIN: dict[str, tuple[Callable[[Path], Pair], str]] = {
    "a constant band": (_constant, "nowhere"),
    "95 % nodata": (_almost_empty, "nowhere"),
    "beyond the search range": (lambda folder: write_pair(folder, (60.0, 0.0)), "raise MAX_SHIFT"),
    "another place": (lambda folder: write_pair(folder, secondary_seed=5), "too little common structure"),
    "too small for a factor of 6": (lambda folder: write_pair(folder, ADD_M, (100, 100), 6), "too small"),
}


@pytest.mark.parametrize("case", UNCERTAIN)
def test_what_cannot_be_measured_is_said_and_not_guessed(case: str, provider: Any, tmp_path: Path) -> None:
    make, reason = UNCERTAIN[case]
    report, points = tmp_path / "report.html", tmp_path / "points.gpkg"
    bound = {"MAX_SHIFT": 8} if case.startswith("beyond") else {}
    results = measured(make(tmp_path), REPORT=report, DISPLACEMENTS=points, **bound)
    assert results["VERDICT"] == "uncertain"
    unknown = ("SHIFT_X", "SHIFT_Y", "SHIFT_COLS", "SHIFT_ROWS", "ROTATION", "SCALE")
    assert [results[name] for name in unknown] == [None] * len(unknown)  # 0 would be a shift
    assert (results["RMSE"], results["SPREAD"]) == (None, None)
    assert results["CONFIDENCE"] < 0.5
    assert reason in results["FINDINGS"]
    assert reason in report.read_text(encoding="utf-8")
    assert ogr.Open(str(points)).GetLayer(0).GetFeatureCount() == results["CHIPS"]


def test_nothing_measured_is_json_all_the_same(tmp_path: Path) -> None:
    """There is no NaN in JSON."""
    results = measured_by_child(_constant(tmp_path))
    assert (results["VERDICT"], results["RMSE"], results["SPREAD"]) == ("uncertain", None, None)
    assert results["SHIFT_X"] is None and results["SCALE"] is None


def test_a_warning_in_the_log_says_why_and_the_run_has_not_failed(tmp_path: Path) -> None:
    """Where the results are JSON, older versions of qgis_process show no log; FINDINGS has the sentence, too."""
    reference, secondary = write_pair(tmp_path, (60.0, 0.0))
    finished = qgis_child.run_algorithm(CHECK, REFERENCE=reference, SECONDARY=secondary, MAX_SHIFT=8)
    assert finished.code == 0, finished.text
    log = finished.out.partition("\nResults\n")[0] + finished.err
    assert re.search(r"WARNING:.*raise MAX_SHIFT", log), finished.text
    assert "to the right" not in log


@pytest.mark.parametrize("bound", [{"MAX_SHIFT": 20}, {}], ids=["larger", "by itself"])
def test_beyond_the_range_is_found_with_a_larger_one(bound: dict[str, Any], provider: Any, tmp_path: Path) -> None:
    results = measured(write_pair(tmp_path, (60.0, 0.0)), **bound)
    assert (results["VERDICT"], results["SHIFT_X"]) == ("shifted", pytest.approx(60, abs=0.1))


@pytest.mark.parametrize(("size", "ratio"), [((100, 100), 1), ((600, 640), 6)], ids=["100 x 100", "factor 6"])
def test_small_rasters_and_unlike_pixels(size: tuple[int, int], ratio: int, provider: Any, tmp_path: Path) -> None:
    results = measured(write_pair(tmp_path, ADD_M, size, ratio))
    assert results["VERDICT"] == "shifted"
    assert results["SHIFT_X"] == pytest.approx(ADD_M[0], abs=0.25)
    assert results["SHIFT_Y"] == pytest.approx(ADD_M[1], abs=0.25)


def test_chosen_bands_decide(provider: Any, tmp_path: Path) -> None:
    """Band 1 of the secondary shows another place, band 2 the right one."""
    reference, _ = write_pair(tmp_path)
    both = np.stack([texture(300, 360, 77), texture(300, 360)])
    secondary = write_raster(tmp_path / "both.tif", both, grid_transform(PIXEL_M))
    right = measured((reference, secondary), SECONDARY_BANDS=2, REFERENCE_BANDS="1")
    wrong = measured((reference, secondary), SECONDARY_BANDS=1)
    assert (right["VERDICT"], wrong["VERDICT"]) == ("aligned", "uncertain")


def test_without_georeferencing_on_both_sides(provider: Any, tmp_path: Path) -> None:
    ground = texture(300, 360)
    reference = write_raster(tmp_path / "a.tif", ground[None], None, None)
    secondary = write_raster(tmp_path / "b.tif", np.roll(ground, (-2, 3), (0, 1))[None], None, None)
    results = measured((reference, secondary))
    assert (results["SHIFT_COLS"], results["SHIFT_ROWS"]) == pytest.approx((-3, 2), abs=0.02)
    assert (results["SHIFT_X"], results["SHIFT_Y"]) == pytest.approx((-3, -2), abs=0.02)


def _no_crs(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = write_pair(folder, crs=None, name="bare_")[1]


def _no_overlap(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = write_pair(folder, (90000.0, 0.0), name="far_")[1]


def _too_coarse(values: dict[str, Any], folder: Path) -> None:
    values["SECONDARY"] = write_pair(folder, ratio=20, name="coarse_")[1]


def _truncated(values: dict[str, Any], folder: Path) -> None:
    cut = folder / "cut.tif"
    content = Path(values["SECONDARY"]).read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    values["SECONDARY"] = str(cut)


BAD: dict[str, tuple[Callable[[dict[str, Any], Path], None], str]] = {
    "no such file": (lambda v, f: v.update(SECONDARY=str(f / "nothing.tif")), "SECONDARY"),
    "CRS on one side only": (_no_crs, "SECONDARY"),
    "no overlap": (_no_overlap, "SECONDARY"),
    "20 times as large pixels": (_too_coarse, "SECONDARY"),
    "truncated": (_truncated, "SECONDARY"),
    "no such band": (lambda v, f: v.update(REFERENCE_BANDS=4), "REFERENCE"),
    "missing folder": (lambda v, f: v.update(REPORT=str(f / "nowhere" / "a.html")), "REPORT"),
    "report replaces an input": (lambda v, f: v.update(REPORT=v["REFERENCE"]), "REPORT"),
    "points in a missing folder": (lambda v, f: v.update(DISPLACEMENTS=str(f / "no" / "a.gpkg")), "DISPLACEMENTS"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(case: str, tmp_path: Path) -> None:
    change, word = BAD[case]
    out = tmp_path / "out"
    out.mkdir()
    reference, secondary = write_pair(tmp_path)
    values = {
        "REFERENCE": reference, "SECONDARY": secondary,
        "REPORT": str(out / "report.html"), "DISPLACEMENTS": str(out / "points.gpkg"),
    }  # fmt: skip
    change(values, tmp_path)
    before = Path(reference).read_bytes()
    finished = qgis_child.run_algorithm(CHECK, **values)
    assert finished.code == 1, finished.text
    sentence = finished.error_lines[-1]
    assert word in sentence, finished.text
    assert len(sentence) > 30, finished.text
    assert "Traceback" not in finished.text
    assert list(out.iterdir()) == []
    assert Path(reference).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAX_SHIFT", 0), ("MAX_SHIFT", 1e6), ("TOLERANCE", -1), ("TOLERANCE", "nan"), ("MESH", 0), ("MESH", 1000),
     ("MESH", "many"), ("SECONDARY_BANDS", "red"), ("REFERENCE_BANDS", "1;0"), ("SECONDARY_BANDS", [-1])],
)  # fmt: skip
def test_a_value_outside_its_range_is_said_with_the_range(name: str, value: Any, provider: Any, tmp_path: Path) -> None:
    reference, secondary = write_pair(tmp_path, size=(60, 60))
    values = {"REFERENCE": reference, "SECONDARY": secondary, name: value}
    accepted, message = _algorithm().checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    assert message.startswith(f"{name} is '{value}', but")
    assert message.endswith(".")


def test_processing_run_checks_as_well(provider: Any, tmp_path: Path) -> None:
    """`processing.run` asks `checkParameterValues` nothing."""
    import processing
    from qgis.core import QgsProcessingException

    reference, secondary = write_pair(tmp_path)
    with pytest.raises(QgsProcessingException, match="MAX_SHIFT is '-1', but a number from"):
        processing.run(CHECK, {"REFERENCE": reference, "SECONDARY": secondary, "MAX_SHIFT": -1})


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_run_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    ground = np.tile(texture(512, 512), (4, 4))
    raster = write_raster(tmp_path / "large.tif", ground[None], grid_transform(PIXEL_M))
    out = tmp_path / "out"
    out.mkdir()
    values = {"MESH": 40, "MAX_SHIFT": 128, "REPORT": out / "a.html", "DISPLACEMENTS": out / "a.gpkg"}
    with qgis_child.start(*qgis_child.command(CHECK, REFERENCE=raster, SECONDARY=raster, **values)) as child:
        assert child.stdout is not None
        while "Inputs" not in (line := child.stdout.readline()) and line:
            pass
        time.sleep(1.5)
        child.send_signal(getattr(signal, name))
        sent = time.monotonic()
        out_text, err = child.communicate(timeout=60)
    assert child.returncode == 1, f"{child.returncode}\n{out_text}\n{err}"
    assert time.monotonic() - sent < 10
    assert "cancelled" in err
    assert "Traceback" not in err
    assert list(out.iterdir()) == []


def test_points_in_a_shapefile_and_in_memory(provider: Any, tmp_path: Path) -> None:
    import processing

    reference, secondary = write_pair(tmp_path, ADD_M)
    values = {"REFERENCE": reference, "SECONDARY": secondary}
    shapes = processing.run(CHECK, {**values, "DISPLACEMENTS": str(tmp_path / "points.shp")})
    memory = processing.run(CHECK, {**values, "DISPLACEMENTS": "memory:"})["DISPLACEMENTS"]
    assert ogr.Open(shapes["DISPLACEMENTS"]).GetLayer(0).GetFeatureCount() == memory.featureCount() == shapes["CHIPS"]
    none = processing.run(CHECK, values)
    assert "DISPLACEMENTS" not in none
    assert "REPORT" not in none


def test_a_layer_with_another_crs_given_by_the_user(provider: Any, tmp_path: Path) -> None:
    from qgis.core import QgsCoordinateReferenceSystem

    reference, secondary = write_pair(tmp_path, ADD_M, crs=None)
    layer = QgsRasterLayer(secondary, "secondary")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    algorithm = _algorithm()
    values = {"REFERENCE": reference, "SECONDARY": layer}
    assert algorithm.checkParameterValues(values, context) == (True, "")
    results, done = algorithm.run(values, context, feedback)
    assert done
    assert results["SHIFT_X"] == pytest.approx(ADD_M[0], abs=0.05)


def test_another_crs_is_warped_and_measured(provider: Any, tmp_path: Path) -> None:
    reference, secondary = write_pair(tmp_path, ADD_M, size=(400, 400))
    warped = str(tmp_path / "warped.tif")
    gdal.Warp(warped, secondary, dstSRS="EPSG:3857", resampleAlg="cubic", dstNodata=0)
    results = measured((reference, warped))
    assert results["VERDICT"] == "shifted"
    assert (results["SHIFT_X"], results["SHIFT_Y"]) == pytest.approx(ADD_M, abs=0.5)


def test_pan_and_ms_of_the_other_tests(provider: Any, tmp_path: Path) -> None:
    """Waves instead of noise: the scene that the fusion tests use, far larger."""
    pan, ms = make_pan_ms(tmp_path, rows=96, cols=96)
    results = measured((pan, ms))
    assert results["VERDICT"] in ("aligned", "uncertain")
