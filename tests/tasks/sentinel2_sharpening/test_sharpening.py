"""Sentinel-2 sharpening by the engine: against a known truth, whatever the tiles, with holes, stacks and bad input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.sensors.sentinel2 import MTF_GAINS, WAVELENGTHS_NM
from rsfusion_qgis.tasks.sentinel2_sharpening.options import SharpeningOptions
from rsfusion_qgis.tasks.sentinel2_sharpening.task import TASK
from tests.rasters import write_raster
from tests.tasks.sentinel2_sharpening.scenes import NAMES, ORIGIN, fields, truth, write_scene


def job(folder: Path, **changes) -> Job:
    inputs = changes.pop("inputs", None) or write_scene(folder)
    made = Job(TASK, inputs, output=str(folder / "sharp.tif"), method="regression", options=SharpeningOptions())
    return replace(made, **changes)


def pixels(path: str) -> np.ndarray:
    return gdal.Open(path).ReadAsArray().astype(np.float64)


def coarse_bands(path: str) -> np.ndarray:
    """The bands of 20 m, then those of 60 m, of a result with all of them."""
    raster = gdal.Open(path)
    names = [raster.GetRasterBand(n + 1).GetDescription() for n in range(raster.RasterCount)]
    return pixels(path)[[names.index(name) for name in (*NAMES[20], *NAMES[60]) if name in names]]


def test_it_comes_nearer_to_the_truth_than_interpolation(tmp_path):
    inputs = write_scene(tmp_path)
    whole = truth(fields(120, 132))[[0, 1, 2, 0]]
    sharp = coarse_bands(run(job(tmp_path, inputs=inputs)).output)
    cubic = coarse_bands(run(job(tmp_path, inputs=inputs, method="cubic", output=str(tmp_path / "cubic.tif"))).output)
    for bands, ratio, most in ((slice(0, 3), 2, 0.25), (slice(3, 4), 6, 0.25)):
        better, worse = (ergas(image[bands], whole[bands], ratio) for image in (sharp, cubic))
        assert better < most * worse


def test_the_raster_says_what_it_holds(tmp_path):
    result = run(job(tmp_path))
    raster = gdal.Open(result.output)
    names = ["B1", "B2", "B3", "B4", "B5", "B8", "B8A", "B11"]
    assert [raster.GetRasterBand(n).GetDescription() for n in range(1, 9)] == names
    told = [float(raster.GetRasterBand(n).GetMetadataItem("CENTRAL_WAVELENGTH_UM", "IMAGERY")) for n in range(1, 9)]
    assert told == pytest.approx([WAVELENGTHS_NM[name] / 1000 for name in names])
    colours = [raster.GetRasterBand(n).GetColorInterpretation() for n in (2, 3, 4)]
    assert colours == [gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand]
    assert raster.GetGeoTransform() == (ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0)
    assert raster.GetRasterBand(1).DataType == gdal.GDT_UInt16
    assert raster.GetMetadata("RSFUSION")["TASK"] == "sharpensentinel2"
    assert raster.GetMetadata("RSFUSION")["METHOD"] == "regression"


def test_taken_as_exact_the_result_gives_the_coarse_bands_back(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    sharp = coarse_bands(run(job(tmp_path, inputs=inputs, options=SharpeningOptions("none"))).output)
    seen = degrade(sharp[:3], 2, [MTF_GAINS[name] for name in NAMES[20]])
    off = (seen - pixels(inputs["b20"]))[:, 4:-4, 4:-4]
    assert np.sqrt(np.mean(off**2)) < 1.0


@pytest.mark.parametrize("changes", [{"tile_size": 64}, {"tile_size": 96, "threads": 1}])
def test_it_does_not_depend_on_the_tiles(tmp_path, changes):
    inputs = write_scene(tmp_path, dtype="Float32")
    whole = pixels(run(job(tmp_path, inputs=inputs)).output)
    tiled = pixels(run(job(tmp_path, inputs=inputs, output=str(tmp_path / "tiled.tif"), **changes)).output)
    np.testing.assert_allclose(tiled, whole, rtol=1e-4, atol=0.05)


def test_a_part_is_that_part_of_the_whole(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    whole = pixels(run(job(tmp_path, inputs=inputs)).output)
    x, y = ORIGIN
    extent = (x + 200, y - 700, x + 600, y - 300)
    part = run(job(tmp_path, inputs=inputs, extent=extent, output=str(tmp_path / "part.tif")))
    np.testing.assert_allclose(pixels(part.output), whole[:, 30:70, 20:60], rtol=1e-4, atol=0.05)


def with_hole(path: str, col: int, row: int, cols: int, rows: int, bands: tuple[int, ...]) -> None:
    raster = gdal.Open(path, gdal.GA_Update)
    for n in bands:
        raster.GetRasterBand(n).WriteRaster(col, row, cols, rows, b"\0" * (2 * cols * rows))


def test_a_hole_blanks_its_own_band_under_its_coarse_pixels_and_nothing_else(tmp_path):
    inputs = write_scene(tmp_path, nodata=0)
    with_hole(inputs["b20"], 10, 12, 2, 2, (1,))
    result = run(job(tmp_path, inputs=inputs))
    holes = {name: band == 0 for name, band in zip(result.bands, pixels(result.output))}
    assert holes["B5"][24:28, 20:24].all() and holes["B5"].sum() == 16
    assert not any(hole.any() for name, hole in holes.items() if name != "B5")


def test_a_hole_of_a_fine_band_blanks_the_coarse_bands_there_and_no_other_fine_band(tmp_path):
    inputs = write_scene(tmp_path, nodata=0)
    with_hole(inputs["b10"], 40, 30, 3, 2, (2,))
    result = run(job(tmp_path, inputs=inputs))
    holes = {name: band == 0 for name, band in zip(result.bands, pixels(result.output))}
    for name, hole in holes.items():
        assert hole.sum() == (0 if name in ("B2", "B4", "B8") else 6), name
        assert name in ("B2", "B4", "B8") or hole[30:32, 40:43].all()


def test_nan_is_a_hole_as_well(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    raster = gdal.Open(inputs["b60"], gdal.GA_Update)
    raster.GetRasterBand(1).WriteRaster(4, 5, 1, 1, np.float32(np.nan).tobytes())
    raster = None
    result = run(job(tmp_path, inputs=inputs))
    holes = {name: np.isnan(band) for name, band in zip(result.bands, pixels(result.output))}
    assert holes["B1"][30:36, 24:30].all() and holes["B1"].sum() == 36
    assert not any(hole.any() for name, hole in holes.items() if name != "B1")


@pytest.mark.parametrize("dtype", ["UInt16", "Int16", "Float32", "Float64", "Int32"])
def test_the_fine_bands_stay_bit_for_bit(tmp_path, dtype):
    inputs = write_scene(tmp_path, dtype=dtype)
    if dtype in ("Float64", "Int32"):
        raster = gdal.Open(inputs["b10"], gdal.GA_Update)
        for n in range(1, 5):
            band = raster.GetRasterBand(n)
            band.WriteArray(band.ReadAsArray() + 2.0**26 + (0.123456789 if dtype == "Float64" else 0))
        raster = None
    before = gdal.Open(inputs["b10"]).ReadAsArray()
    result = run(job(tmp_path, inputs=inputs, tile_size=64))
    after = gdal.Open(result.output).ReadAsArray()
    for place, name in enumerate(NAMES[10]):
        found = after[result.bands.index(name)]
        assert found.dtype == before.dtype
        np.testing.assert_array_equal(found, before[place])


def test_a_fine_pixel_that_equals_the_nodata_value_of_a_coarse_raster_keeps_its_value(tmp_path):
    inputs = write_scene(tmp_path)
    coarse = gdal.Open(inputs["b20"], gdal.GA_Update)
    for n in range(1, 4):
        coarse.GetRasterBand(n).SetNoDataValue(65535)
    coarse = None
    with_value = gdal.Open(inputs["b10"], gdal.GA_Update)
    with_value.GetRasterBand(1).WriteRaster(7, 8, 1, 1, np.uint16(65535).tobytes())
    with_value = None
    result = run(job(tmp_path, inputs=inputs))
    assert pixels(result.output)[result.bands.index("B2")][8, 7] == 65535


def test_chosen_bands_are_written_and_no_others(tmp_path):
    inputs = write_scene(tmp_path)
    every = run(job(tmp_path, inputs=inputs))
    some = run(job(tmp_path, inputs=inputs, output=str(tmp_path / "some.tif"),
                   options=SharpeningOptions(bands=("B3", "B5", "B11"))))  # fmt: skip
    assert some.bands == ("B3", "B5", "B11")
    assert "b60" not in some.plan.job.inputs
    wanted = pixels(every.output)[[every.bands.index(name) for name in some.bands]]
    assert np.abs(pixels(some.output) - wanted).max() <= 12  # the noise is told by all bands together
    np.testing.assert_array_equal(pixels(some.output)[0], wanted[0])


def test_the_noise_of_the_coarse_bands_is_found_and_told(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    clean, raster = pixels(inputs["b20"]), gdal.Open(inputs["b20"])
    noisy = clean + np.random.default_rng(3).normal(0, 80, clean.shape)
    inputs["b20"] = write_raster(tmp_path / "noisy.tif", noisy, raster.GetGeoTransform(), dtype="Float32",
                                 descriptions=NAMES[20])  # fmt: skip
    del inputs["b60"]
    whole = truth(fields(120, 132))
    said = {}
    for noise in ("measured", "none"):
        result = run(job(tmp_path, inputs=inputs, options=SharpeningOptions(noise)))
        said[noise] = ergas(coarse_bands(result.output), whole, 2)
        if noise == "measured":
            found = next(model.noise for _, _, model in result.summary)
            assert np.all((found > 40) & (found < 120))
            assert any(finding.check == "noise" for finding in result.findings)
    assert said["measured"] < said["none"]


def test_one_coarse_raster_is_enough(tmp_path):
    inputs = write_scene(tmp_path)
    assert run(job(tmp_path, inputs={"b10": inputs["b10"], "b60": inputs["b60"]})).bands == ("B1", *NAMES[10])


def test_a_stack_of_all_bands_is_taken_apart(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    apart = run(job(tmp_path, inputs=inputs))
    b20, b60 = (pixels(inputs[role]) for role in ("b20", "b60"))
    b60 = b60[None] if b60.ndim == 2 else b60
    stack = np.concatenate([pixels(inputs["b10"]), b20.repeat(2, 1).repeat(2, 2), b60.repeat(6, 1).repeat(6, 2)])
    path = write_raster(tmp_path / "stack.tif", stack, gdal.Open(inputs["b10"]).GetGeoTransform(), dtype="Float32",
                        descriptions=(*NAMES[10], *NAMES[20], *NAMES[60]))  # fmt: skip
    whole = run(job(tmp_path, inputs={"b10": path}, output=str(tmp_path / "of_stack.tif")))
    assert whole.bands == apart.bands
    np.testing.assert_allclose(pixels(whole.output), pixels(apart.output), rtol=1e-4, atol=0.1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda inputs: {"b10": inputs["b10"]}, "B20 or B60 is missing"),
        (lambda inputs: {"b20": inputs["b20"]}, "FILES or B10 is missing"),
        (lambda inputs: {**inputs, "b20": inputs["b10"]}, "B20 has pixels as small as those of B10"),
        (lambda inputs: {"b10": inputs["b20"], "b60": inputs["b60"]}, "B10 holds B5, B8A, B11; expected bands of 10 m"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(tmp_path, change, words):
    with pytest.raises(RsFusionError, match=words):
        check(job(tmp_path, inputs=change(write_scene(tmp_path))))
    assert not (tmp_path / "sharp.tif").exists()


def test_a_stack_is_never_written_over(tmp_path):
    inputs = write_scene(tmp_path, dtype="Float32")
    with pytest.raises(RsFusionError, match=r"OUTPUT: .* is also B10"):
        check(job(tmp_path, inputs={"b10": inputs["b10"]}, output=inputs["b10"]))
    stack = np.concatenate([pixels(inputs["b10"]), pixels(inputs["b20"]).repeat(2, 1).repeat(2, 2)])
    path = write_raster(tmp_path / "stack.tif", stack, gdal.Open(inputs["b10"]).GetGeoTransform(), dtype="Float32",
                        descriptions=(*NAMES[10], *NAMES[20]))  # fmt: skip
    before = Path(path).read_bytes()
    with pytest.raises(RsFusionError, match=r"OUTPUT: .*stack\.tif' is also B10"):
        run(job(tmp_path, inputs={"b10": path}, output=path))
    assert Path(path).read_bytes() == before


def test_an_unknown_method_is_refused(tmp_path):
    with pytest.raises(RsFusionError, match="METHOD is 'magic'; expected one of regression, cubic"):
        check(job(tmp_path, method="magic"))
