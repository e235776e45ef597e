"""Hyperspectral sharpening by the engine: against a known truth, with shifts, bad and empty bands, and bad input."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.report import run_report
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.tasks.hyperspectral_sharpening.operators import METHODS
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK
from tests.core.alignment.checks.textures import turned
from tests.rasters import read_raster
from tests.tasks.hyperspectral_sharpening.scenes import GAIN, ORIGIN, RATIO, truth, wavelengths, write_scene

INNER = np.s_[:, RATIO:-RATIO, RATIO:-RATIO]


def job(folder: Path, **changes) -> Job:
    inputs = changes.pop("inputs", None) or write_scene(folder)
    made = Job(TASK, inputs, output=str(folder / "sharp.tif"), method="hp1", options=HyperspectralOptions())
    return replace(made, **changes)


def interpolated(folder: Path, inputs: dict[str, str]) -> np.ndarray:
    path = str(folder / "cubic.tif")
    gdal.Warp(path, inputs["hs"], xRes=10, yRes=10, resampleAlg="cubic")
    return read_raster(path)


@pytest.mark.parametrize(("method", "most"), list(zip(METHODS, (0.35, 0.55, 0.35, 0.9, 0.9))))
@pytest.mark.parametrize("count", [1, 3])
def test_every_method_comes_nearer_to_the_truth_than_interpolation(tmp_path, method, most, count):
    inputs = write_scene(tmp_path, count=count)
    whole = truth(40 * RATIO, 44 * RATIO, 24)
    sharp = read_raster(run(job(tmp_path, inputs=inputs, method=method)).output)
    better, worse = (ergas(one[INNER], whole[INNER], RATIO) for one in (sharp, interpolated(tmp_path, inputs)))
    assert better < (most if count == 3 else 0.95) * worse
    assert sam(sharp[INNER], whole[INNER]) < sam(interpolated(tmp_path, inputs)[INNER], whole[INNER])


@pytest.mark.parametrize("method", ["hp1", "glp"])
def test_seen_by_the_sensor_the_result_gives_the_image_back(tmp_path, method):
    inputs = write_scene(tmp_path, dtype="Float32")
    sharp = read_raster(run(job(tmp_path, inputs=inputs, method=method)).output)
    off = degrade(sharp, RATIO, (GAIN,) * len(sharp)) - read_raster(inputs["hs"])
    assert np.sqrt(np.mean(off[:, 2:-2, 2:-2] ** 2)) < 25


def test_the_raster_says_what_it_holds(tmp_path):
    inputs = write_scene(tmp_path)
    raster = gdal.Open(inputs["hs"], gdal.GA_Update)
    for number in range(1, 25):
        raster.GetRasterBand(number).SetScale(0.0001)
    raster.FlushCache()
    made = gdal.Open(run(job(tmp_path, inputs=inputs)).output)
    assert made.GetGeoTransform() == (ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0)
    for number, centre in enumerate(wavelengths(24), start=1):
        band = made.GetRasterBand(number)
        assert band.DataType == gdal.GDT_Int16 and band.GetScale() == 0.0001
        assert band.GetDescription() == f"{centre:.0f} nm"
        assert float(band.GetMetadataItem("wavelength")) == pytest.approx(centre, abs=0.01)
        assert band.GetMetadataItem("fwhm") == "10.0"
    assert made.GetMetadata("RSFUSION")["TASK"] == "sharpenhyperspectral"


def test_an_envi_file_keeps_wavelengths_widths_and_bad_bands(tmp_path):
    inputs, path = write_scene(tmp_path), tmp_path / "image.dat"
    gdal.Translate(str(path), inputs["hs"], format="ENVI")
    header, count = path.with_suffix(".hdr"), 24
    lists = {"wavelength": [f"{one:.1f}" for one in wavelengths(count)], "fwhm": ["9.5"] * count,
             "bbl": ["0" if number == 5 else "1" for number in range(1, count + 1)]}  # fmt: skip
    text = header.read_text(encoding="utf-8").split("wavelength")[0]
    text += "".join(f"{key} = {{{', '.join(values)}}}\n" for key, values in lists.items())
    header.write_text(f"{text}wavelength units = Nanometers\n", encoding="utf-8")
    result = run(job(tmp_path, inputs={**inputs, "hs": str(path)}))
    assert any(one.check == "bad_bands" and "bands 5 are" in one.found for one in result.findings)
    made = gdal.Open(result.output)
    told = {key.lower(): value for key, value in made.GetMetadata("ENVI").items()}
    for key, values in lists.items():
        assert [one.strip() for one in told[key].strip("{}").split(",")] == values
    assert float(made.GetRasterBand(3).GetMetadataItem("wavelength")) == pytest.approx(wavelengths(count)[2], abs=0.1)


def test_the_order_of_the_bands_is_theirs_though_wavelengths_run_back(tmp_path):
    inputs = write_scene(tmp_path)
    turned = str(tmp_path / "turned.tif")
    order = [*range(1, 13), *range(24, 12, -1)]
    gdal.Translate(turned, inputs["hs"], bandList=order)
    plain = read_raster(run(job(tmp_path, inputs=inputs)).output)
    other = run(job(tmp_path, inputs={**inputs, "hs": turned}, output=str(tmp_path / "other.tif")))
    np.testing.assert_allclose(read_raster(other.output), plain[[n - 1 for n in order]], atol=1)


def test_noise_of_the_image_is_not_sharpened(tmp_path):
    inputs = write_scene(tmp_path, noise=60.0)
    whole = truth(40 * RATIO, 44 * RATIO, 24)
    errors = {
        method: ergas(read_raster(run(job(tmp_path, inputs=inputs, method=method)).output)[INNER], whole[INNER], RATIO)
        for method in ("hp1", "glp")
    }
    assert errors["hp1"] < 0.9 * errors["glp"]


def with_band(path: str, number: int, values: np.ndarray) -> None:
    raster = gdal.Open(path, gdal.GA_Update)
    raster.GetRasterBand(number).WriteRaster(0, 0, *values.shape[::-1], values.astype("<i2").tobytes(),
                                             buf_type=gdal.GDT_Int16)  # fmt: skip
    raster.FlushCache()


def test_a_noisy_band_is_found_and_interpolated_and_harms_no_other(tmp_path):
    inputs = write_scene(tmp_path)
    clean = read_raster(run(job(tmp_path, inputs=inputs)).output)
    with_band(inputs["hs"], 9, np.random.default_rng(7).normal(1000, 300, (40, 44)).round())
    result = run(job(tmp_path, inputs=inputs))
    assert any(one.check == "noisy_bands" and "bands 9 are" in one.found for one in result.findings)
    made = read_raster(result.output)
    others = [place for place in range(24) if place != 8]
    assert np.abs(made[others] - clean[others]).mean() < 10
    np.testing.assert_allclose(made[8][6:-6, 6:-6], interpolated(tmp_path, inputs)[8][6:-6, 6:-6], atol=2)


@pytest.mark.parametrize("told", ["option", "metadata"])
def test_bands_called_bad_are_interpolated_and_stay_in_the_result(tmp_path, told):
    inputs, options = write_scene(tmp_path), HyperspectralOptions()
    if told == "option":
        options = HyperspectralOptions(bad_bands=(3, 4))
    else:
        raster = gdal.Open(inputs["hs"], gdal.GA_Update)
        raster.SetMetadataItem("bbl", "{" + ",".join("0" if n in (3, 4) else "1" for n in range(1, 25)) + "}")
        raster.FlushCache()
    result = run(job(tmp_path, inputs=inputs, options=options))
    assert any(one.check == "bad_bands" and "bands 3-4 are called bad" in one.found for one in result.findings)
    assert not any("left out" in one.found for one in result.findings)
    made, cubic = read_raster(result.output), interpolated(tmp_path, inputs)
    assert len(made) == 24
    np.testing.assert_allclose(made[2:4, 6:-6, 6:-6], cubic[2:4, 6:-6, 6:-6], atol=2)
    assert np.abs(made[5, 6:-6, 6:-6] - cubic[5, 6:-6, 6:-6]).mean() > 20


def test_a_band_without_any_value_stays_so_and_the_others_have_theirs(tmp_path):
    inputs = write_scene(tmp_path, nodata=-999)
    with_band(inputs["hs"], 12, np.full((40, 44), -999))
    result = run(job(tmp_path, inputs=inputs))
    assert any(one.check == "empty_bands" and one.severity == "warning" for one in result.findings)
    made = read_raster(result.output)
    assert (made[11] == -999).all() and (np.delete(made, 11, axis=0) != -999).all()


def test_a_shift_is_measured_and_undone_by_default(tmp_path):
    inputs = write_scene(tmp_path, rows=64, cols=64)
    raster = gdal.Open(inputs["hs"], gdal.GA_Update)
    x, y = ORIGIN
    raster.SetGeoTransform((x + 12.0, 30.0, 0.0, y - 9.0, 0.0, -30.0))
    raster.FlushCache()
    raster = None
    assert TASK.faces[0].policy == "correct"
    result = run(job(tmp_path, inputs=inputs, policy="correct"))
    assert result.moved["hs"] == pytest.approx((-12.0, 9.0), abs=0.6)


def test_its_report_shows_responses_and_spectra(tmp_path):
    page = tmp_path / "page.html"

    def made(result, watch):
        return run_report("Sharpen", result, TASK.report(result, watch))

    run(job(tmp_path, report=str(page)), page=made)
    text = page.read_text(encoding="utf-8")
    headings = "What is each band of GUIDE made of?", "Spectra", "Does the result give HS back?"
    assert all(words in text for words in (*headings, "nm", "HS_GAIN"))


def test_a_report_of_an_image_with_wide_gaps(tmp_path):
    """Deep inside the gaps stands the low level of each band, also where three bands alone are read for pictures."""
    inputs = write_scene(tmp_path, nodata=-32768)
    raster = gdal.Open(inputs["hs"], gdal.GA_Update)
    for number in range(1, raster.RasterCount + 1):
        band = raster.GetRasterBand(number)
        for col in (12, 30):
            band.WriteRaster(col, 8, 9, 30, np.full((30, 9), -32768, np.int16).tobytes())
    raster.FlushCache()
    raster = None
    page = tmp_path / "page.html"
    run(job(tmp_path, inputs=inputs, report=str(page)),
        page=lambda result, watch: run_report("Sharpen", result, TASK.report(result, watch)))  # fmt: skip
    assert "Close-up at row" in page.read_text(encoding="utf-8")


def test_memory_bounds_the_tiles_and_not_the_result(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    whole = run(job(tmp_path, inputs=inputs))
    small = run(job(tmp_path, inputs=inputs, memory_mb=16, output=str(tmp_path / "small.tif")))
    assert small.tile_size < whole.tile_size
    np.testing.assert_allclose(read_raster(small.output), read_raster(whole.output), rtol=1e-4, atol=0.05)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "magic"}, "METHOD is 'magic'; expected one of hp1, gsa, glp, cnmf, hysure"),
        ({"options": HyperspectralOptions(bad_bands=(30,))}, "BAD_BANDS names band 30, but HS has 24 bands"),
        ({"options": HyperspectralOptions(bad_bands=tuple(range(1, 25)))}, "all of its 24 bands are called bad"),
        ({"options": HyperspectralOptions(hs_gain=0.05)}, "HS_GAIN is 0.05; expected a number from"),
    ],
)
def test_bad_options_are_refused_in_one_sentence(tmp_path, change, words):
    with pytest.raises(RsFusionError, match=words):
        check(job(tmp_path, **change))


def test_rasters_in_each_others_place_are_refused(tmp_path):
    inputs = write_scene(tmp_path)
    with pytest.raises(RsFusionError, match=r"GUIDE has coarser pixels than HS .* exchange"):
        check(job(tmp_path, inputs={"hs": inputs["guide"], "guide": inputs["hs"]}))
    with pytest.raises(RsFusionError, match="GUIDE and HS are the same raster"):
        check(job(tmp_path, inputs={"hs": inputs["guide"], "guide": inputs["guide"]}))
    copy = shutil.copy(inputs["guide"], tmp_path / "copy.tif")
    with pytest.raises(RsFusionError, match="HS has pixels as small"):
        check(job(tmp_path, inputs={"hs": str(copy), "guide": inputs["guide"]}))


def test_an_image_without_contrast_is_refused_and_nothing_is_written(tmp_path):
    inputs = write_scene(tmp_path)
    for number in range(1, 25):
        with_band(inputs["hs"], number, np.full((40, 44), 500))
    with pytest.raises(RsFusionError, match=r"HS: '.*' has no band with contrast"):
        run(job(tmp_path, inputs=inputs, policy="warn"))
    assert not (tmp_path / "sharp.tif").exists()


def test_an_image_that_is_turned_against_the_guide_is_turned_back_by_default(tmp_path):
    side, bands = 130, 6
    inputs = write_scene(tmp_path, side, side, bands, count=1)
    straight = read_raster(run(job(tmp_path, inputs=inputs)).output)
    fine = truth(side * RATIO, side * RATIO, bands)
    off = degrade(np.stack([turned(band.astype(np.float32), 1.0) for band in fine]), RATIO, (GAIN,) * bands)
    raster = gdal.Open(inputs["hs"], gdal.GA_Update)
    for number, band in enumerate(np.rint(off).astype(np.int16), start=1):
        raster.GetRasterBand(number).WriteRaster(0, 0, side, side, band.tobytes(), side, side, gdal.GDT_Int16)
    raster = None
    inner = np.s_[:, 12:-12, 12:-12]
    lost = read_raster(run(job(tmp_path, inputs=inputs, policy="warn")).output)[inner]
    result = run(job(tmp_path, inputs=inputs, policy="correct"))
    assert any("is turned by -1.0" in one.found for one in result.findings)
    undone, wanted = read_raster(result.output)[inner], straight[inner]
    assert ergas(undone, wanted, RATIO) < 0.4 * ergas(lost, wanted, RATIO)
