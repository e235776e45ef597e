"""Runs from files to a file: dates, masks, units, other grids, several pairs, and the guard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError, RsFusionError
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.spatiotemporal_fusion import report
from rsfusion_qgis.tasks.spatiotemporal_fusion.dates import date_of, slices
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.spatiotemporal_fusion.pairs import rmse
from tests.tasks.spatiotemporal_fusion.scenes import FINE_M, RATIO, fine_image, seen, write_series
from tests.tasks.spatiotemporal_fusion.test_dates import cube

DAY_216 = "2016-08-03"
QUICK = replace(TASK, registers=False)
"""Without the measured shift, which has tests of its own."""


def predict(inputs: dict[str, str], folder: Path, method: str = "regression", **told: Any) -> tuple[np.ndarray, Result]:
    """What is predicted for day 216, unless said otherwise, and the result."""
    options = FusionOptions(**{"target_date": DAY_216, **told})
    further = {"TRUST": str(folder / "trust.tif")}
    result = run(Job(QUICK, inputs, output=str(folder / "out.tif"), further=further, method=method, options=options))
    return read_raster(folder / "out.tif"), result


def sentences(result: Result) -> str:
    return "\n".join(finding.sentence for finding in result.findings)


def test_a_date_that_only_the_coarse_sensor_saw(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    made, result = predict(inputs, tmp_path)
    assert rmse(made, truth[216]) < 0.5 * rmse(truth[200], truth[216])
    trust = read_raster(tmp_path / "trust.tif")
    assert trust.shape == made.shape and trust.min() >= 0 and trust.max() <= 1
    assert np.median(trust) > 0.9
    assert f"{DAY_216} is predicted from 2016-07-18" in sentences(result)
    written = gdal.Open(str(tmp_path / "out.tif"))
    assert [written.GetRasterBand(n).GetDescription() for n in (1, 2)] == ["red", "nir"]
    assert written.GetMetadata_Dict("RSFUSION")["DATE"] == DAY_216
    assert written.GetMetadataItem("DATE") == DAY_216 and written.GetMetadataItem("ACQUISITION_DATE") is None


def test_the_date_may_be_left_out_where_only_one_is_possible(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    made, _ = predict(inputs, tmp_path)
    again, _ = predict(inputs, tmp_path, target_date="")
    np.testing.assert_array_equal(made, again)


def test_the_order_of_the_rasters_does_not_matter(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200, 232), (200, 216, 232))
    made, _ = predict(inputs, tmp_path)
    turned = {**inputs, "coarse": inputs["coarse:3"], "coarse:3": inputs["coarse"]}
    again, _ = predict(turned, tmp_path)
    np.testing.assert_allclose(made, again, rtol=1e-5)


def test_two_pairs_are_better_than_one_and_are_tried_on_each_other(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 232), (200, 216, 232), noise=40.0)
    made, result = predict(inputs, tmp_path)
    alone, _ = predict(inputs, tmp_path, pairs=1)
    assert rmse(made, truth[216]) < rmse(alone, truth[216])
    assert "On the pairs themselves the error of regression is" in sentences(result)


def test_dates_far_away_are_not_read(tmp_path: Path) -> None:
    """Of fifty dates two pairs are used; one that cannot be read beyond its header does no harm."""
    inputs, _ = write_series(tmp_path, (200, 232), (200, 216, 232), side=96)
    first, _ = predict(inputs, tmp_path)
    many = dict(inputs)
    for number in range(4, 51):
        for role in ("fine", "coarse"):
            path = tmp_path / f"{role}_2015{number + 100:03d}.vrt"
            gdal.Translate(str(path), inputs[role], format="VRT").FlushCache()
            text = path.read_text("utf-8").replace("2016200", f"2015{number + 100:03d}", 1)
            path.write_text(text.replace(f"{role}_2016200.tif", "gone.tif"), "utf-8")
            many[f"{role}:{number}"] = str(path)
    again, _ = predict(many, tmp_path)
    np.testing.assert_array_equal(first, again)


def test_a_netcdf_holds_the_dates_of_the_coarse_sensor(tmp_path: Path) -> None:
    fine = {day: fine_image(160, 160, day)[:1] for day in (200, 216)}
    path = write_raster(tmp_path / "fine_2016200.tif", fine[200], grid_transform(FINE_M), dtype="Float32")
    plain = {"fine": path}
    for number, day in enumerate(fine, start=1):
        name = "coarse" if number == 1 else f"coarse:{number}"
        plain[name] = write_raster(tmp_path / f"coarse_2016{day}.tif", seen(fine[day]), grid_transform(FINE_M * RATIO),
                                   dtype="Float32")  # fmt: skip
    wanted, _ = predict(plain, tmp_path)
    days = [42568.0, 42584.0]  # since 1899-12-31: 2016-07-18 and 2016-08-03
    cube(str(tmp_path / "cube.nc"), days, np.concatenate([seen(image) for image in fine.values()]), FINE_M * RATIO)
    made, _ = predict({"fine": path, "coarse": str(tmp_path / "cube.nc")}, tmp_path)
    np.testing.assert_allclose(made, wanted, rtol=1e-4)


def test_a_table_of_dates(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    wanted, _ = predict(inputs, tmp_path)
    table, renamed = tmp_path / "dates.csv", {}
    lines = []
    for n, (role, when) in enumerate((("fine", "2016-07-18"), ("coarse", "2016-07-18"), ("coarse:2", DAY_216))):
        renamed[role] = str(tmp_path / f"scene{n}.tif")
        gdal.Translate(renamed[role], inputs[role])
        lines.append(f"scene{n}.tif,{when}")
    table.write_text("\n".join(lines), "utf-8")
    made, _ = predict(renamed, tmp_path, dates=str(table))
    np.testing.assert_array_equal(made, wanted)


def test_units_and_bands_of_the_coarse_sensor_do_not_matter(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    wanted, _ = predict(inputs, tmp_path)
    for number, day in ((1, 200), (2, 216)):
        values = 1e-4 * seen(truth[day]) - 0.05
        mixed = np.stack([values[1], 0 * values[0], values[0]])
        name = "coarse" if number == 1 else "coarse:2"
        inputs[name] = write_raster(tmp_path / f"mixed_2016{day}.tif", mixed, grid_transform(FINE_M * RATIO),
                                    dtype="Float32")  # fmt: skip
    made, _ = predict(inputs, tmp_path, coarse_bands=(3, 1))
    np.testing.assert_allclose(made, wanted, rtol=2e-3)


def test_scale_and_offset_of_the_metadata_may_differ_between_dates(tmp_path: Path) -> None:
    """As with Sentinel-2 before and after January 2022."""
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    wanted, _ = predict(inputs, tmp_path)
    gdal.Translate(str(tmp_path / "moved_2016216.tif"), inputs["coarse:2"])
    dataset = gdal.Open(str(tmp_path / "moved_2016216.tif"), gdal.GA_Update)
    for number in (1, 2):
        band = dataset.GetRasterBand(number)
        values = seen(truth[216])[number - 1] + 1000
        band.WriteRaster(0, 0, values.shape[1], values.shape[0], np.ascontiguousarray(values, np.float64).tobytes(),
                         buf_type=gdal.GDT_Float64)  # fmt: skip
        band.SetOffset(-1000.0)
    dataset = None
    made, _ = predict({**inputs, "coarse:2": str(tmp_path / "moved_2016216.tif")}, tmp_path)
    np.testing.assert_allclose(made, wanted, rtol=1e-3)


def test_a_mask_keeps_clouds_out(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 232), (200, 216, 232))
    clouded = truth[200].copy()
    clouded[:, 40:90, 30:100] = 9000
    inputs["fine"] = write_raster(tmp_path / "cloudy_2016200.tif", clouded, grid_transform(FINE_M), dtype="Float32")
    codes = np.zeros((1, 160, 160))
    codes[0, 36:94, 26:104] = 9
    mask = write_raster(tmp_path / "mask_2016200.tif", codes, grid_transform(FINE_M), dtype="Byte")
    cloudy = np.s_[:, 40:90, 30:100]
    made, _ = predict({**inputs, "fine_mask": mask}, tmp_path, mask_values=(3, 9))
    assert not np.isnan(made).any()
    assert rmse(made[cloudy], truth[216][cloudy]) < 0.5 * rmse(truth[232][cloudy], truth[216][cloudy])
    with pytest.raises(InputError, match=r"^FINE_MASK has a raster of 2016-07-30, but FINE has none of that date"):
        other = write_raster(tmp_path / "mask_2016212.tif", codes, grid_transform(FINE_M), dtype="Byte")
        predict({**inputs, "fine_mask": other}, tmp_path)


def test_a_coarse_raster_in_another_crs_is_placed(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    for name in ("coarse", "coarse:2"):
        path, side = Path(inputs[name]), FINE_M * RATIO
        target = str(path.with_name(path.name.replace("coarse", "warped")))
        gdal.Warp(target, str(path), dstSRS="EPSG:3035", resampleAlg="cubic", xRes=side, yRes=side)
        inputs[name] = target
    made, _ = predict(inputs, tmp_path)
    inner = np.s_[:, 24:-24, 24:-24]
    assert rmse(made[inner], truth[216][inner]) < 0.75 * rmse(truth[200][inner], truth[216][inner])


def test_coarse_rasters_on_the_fine_pixels_are_taken_for_what_they_are(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    wanted, _ = predict(inputs, tmp_path)
    for name, day in (("coarse", 200), ("coarse:2", 216)):
        blocks = seen(truth[day]).repeat(RATIO, axis=1).repeat(RATIO, axis=2)
        inputs[name] = write_raster(tmp_path / f"blocks_2016{day}.tif", blocks, grid_transform(FINE_M), dtype="Float32")
    made, _ = predict(inputs, tmp_path)
    assert rmse(made, truth[216]) < 1.3 * rmse(wanted, truth[216])


def test_a_pair_that_does_not_agree_falls_back_to_the_mean_change(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    other = seen(fine_image(160, 160, 200, seed=77))
    wrong = tmp_path / "wrong_2016200.tif"
    inputs["coarse"] = write_raster(wrong, other, grid_transform(FINE_M * RATIO), dtype="Float32")
    made, result = predict(inputs, tmp_path)
    assert "so they do not show the same; look at both for clouds, or give masks" in sentences(result)
    assert TASK.values(result)["FALLBACK"]
    change = made - truth[200]
    np.testing.assert_allclose(change, change.mean(axis=(1, 2), keepdims=True) * np.ones_like(change), atol=0.02)
    assert not read_raster(tmp_path / "trust.tif").any()


def test_a_contaminated_date_falls_back_to_the_fine_raster_unless_only_a_warning_is_wished(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216), noise=150.0)
    clouds = read_raster(inputs["coarse:2"]) + 4000 * (np.random.default_rng(5).random((20, 20)) > 0.8)
    inputs["coarse:2"] = write_raster(tmp_path / "cloudy_2016216.tif", clouds, grid_transform(FINE_M * RATIO),
                                      dtype="Float32")  # fmt: skip
    made, result = predict(inputs, tmp_path)
    assert "so one of the dates is contaminated" in sentences(result)
    np.testing.assert_allclose(made, truth[200], rtol=1e-6)
    warned, result = predict(inputs, tmp_path, guard="warn")
    assert "so one of the dates is contaminated" in sentences(result)
    assert not TASK.values(result)["FALLBACK"] and np.abs(warned - truth[200]).max() > 1


def test_a_report_shows_what_was_found(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200, 232), (200, 216, 232))
    job = Job(QUICK, inputs, output=str(tmp_path / "out.tif"), method="regression", report=str(tmp_path / "page.html"),
              options=FusionOptions(target_date=DAY_216))  # fmt: skip
    run(job, page=lambda result, watch: run_report("Predict", result, TASK.report(result, watch)))
    page = (tmp_path / "page.html").read_text("utf-8")
    for words in ("What did the pairs tell?", "Pair of 2016-07-18, weight", "Before and after", f"Predicted, {DAY_216}",
                  "r, wanted"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("change", "told", "words"),
    [
        ({}, {"target_date": "soon"}, "TARGET_DATE is 'soon'; expected a date such as 2016-08-07"),
        ({}, {"target_date": "2016-09-01"}, "TARGET_DATE is 2016-09-01, but COARSE has no raster of that date, only "
                                            "of"),
        ({"coarse": ""}, {}, "COARSE is missing; name a raster"),
        ({}, {"method": "estarfm"}, "METHOD estarfm needs 2 pairs, but FINE and COARSE have 1 date in common"),
        ({}, {"coarse_bands": (1,)}, "COARSE_BANDS is 1; expected 2 numbers from 1 to 2, one for each band of FINE"),
        ({"coarse:3": "coarse:2"}, {}, "COARSE #3: '.*' and '.*' are both of 2016-08-03; expected one raster of"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, change: dict[str, str], told: dict[str, Any], words: str
) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216), side=96)
    inputs.update({name: inputs[path] if path else "" for name, path in change.items()})
    with pytest.raises(RsFusionError, match=words):
        predict({name: path for name, path in inputs.items() if path}, tmp_path, **told)
    assert not list(tmp_path.glob("out*"))


def test_dates_without_a_pair_are_refused(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (208, 216), side=96)
    words = r"^No date has both FINE \(2016-07-18\) and COARSE \(2016-07-26, 2016-08-03\)"
    with pytest.raises(InputError, match=words):
        predict(inputs, tmp_path)


def test_other_bands_and_too_small_a_scene_are_refused(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    place, path = grid_transform(FINE_M * RATIO), tmp_path / "one_2016216.tif"
    one = write_raster(path, seen(truth[216])[:1], place, dtype="Float32")
    with pytest.raises(InputError, match=r"^COARSE #2 has 1 bands, but FINE has 2; expected the same bands"):
        predict({**inputs, "coarse:2": one}, tmp_path)
    small = tmp_path / "small"
    small.mkdir()
    inputs, _ = write_series(small, (200,), (200, 216), side=40)
    with pytest.raises(InputError, match=r"have data together in 25 pixels of the coarse sensor; expected at least 30"):
        predict(inputs, small)


def test_a_result_from_a_netcdf_has_the_wanted_date_alone(tmp_path: Path) -> None:
    """What the fine raster's dimensions say of its own date would else win when the result is an input."""
    fine = fine_image(160, 160, 200)[:1]
    cube(str(tmp_path / "fine.nc"), [42568.0], fine, FINE_M)
    coarse = {}
    for number, day in enumerate((200, 216), start=1):
        path = tmp_path / f"coarse_2016{day}.tif"
        coarse["coarse" if number == 1 else "coarse:2"] = write_raster(
            path, seen(fine_image(160, 160, day)[:1]), grid_transform(FINE_M * RATIO), dtype="Float32"
        )
    predict({"fine": str(tmp_path / "fine.nc"), **coarse}, tmp_path)
    with RasterSource(str(tmp_path / "out.tif"), "FINE") as source:
        assert slices(source) == []
        assert str(date_of(source, {})) == DAY_216


def test_the_pictures_show_the_index_that_is_predicted(tmp_path: Path) -> None:
    """All four in one stretch for each sensor, so that the predicted index is neither black nor white."""
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    _, result = predict(inputs, tmp_path, index="NDVI")
    images = report.pictures_of(result, lambda: None)
    assert list(images) == ["Fine, 2016-07-18", f"Predicted, {DAY_216}", "Coarse, 2016-07-18", f"Coarse, {DAY_216}"]
    for picture in images.values():
        assert picture.dtype == np.uint8 and picture.shape[2] == 3
        assert 20 < picture.mean() < 235 and picture.std() > 20
        np.testing.assert_array_equal(picture[..., 0], picture[..., 2])
