"""What a Sentinel-2 sharpening takes: products in every form, their parts, single files and stacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job, Result
from rsfusion_qgis.core.engine.run import check, run
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, L2A_BANDS
from rsfusion_qgis.tasks.sentinel2_sharpening.options import SharpeningOptions
from rsfusion_qgis.tasks.sentinel2_sharpening.task import TASK
from tests.rasters import write_raster
from tests.tasks.sentinel2_sharpening.products import band, write_image, write_product, zipped
from tests.tasks.sentinel2_sharpening.scenes import ORIGIN, fields


def job(folder: Path, *given: Path | str, **more) -> Job:
    """A product, or files of bands, are given."""
    images = [one for one in given if str(one).endswith((".jp2", ".tif"))]
    inputs = {"files" if n == 1 else f"files:{n}": str(one) for n, one in enumerate(images, start=1)}
    if len(images) < len(given):
        inputs["product"] = str(next(one for one in given if one not in images))
    made = Job(TASK, inputs, output=str(folder / "sharp.tif"), method="regression", options=SharpeningOptions())
    return replace(made, **more)


def pixels(result: Result, name: str) -> np.ndarray:
    return gdal.Open(result.output).ReadAsArray()[result.bands.index(name)]


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_product(tmp_path_factory.mktemp("product"))


@pytest.fixture(scope="module")
def whole(safe: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    return run(job(tmp_path_factory.mktemp("whole"), safe))


def form_of(safe: Path, form: str) -> Path:
    makers = {
        "ZIP": lambda: zipped(safe), "metadata file": lambda: safe / "MTD_MSIL2A.xml",
        "granule": lambda: next((safe / "GRANULE").iterdir()),
    }  # fmt: skip
    return makers[form]()


@pytest.mark.parametrize("form", ["ZIP", "metadata file", "granule"])
def test_every_form_of_a_product_gives_the_same(safe: Path, whole: Result, tmp_path: Path, form: str) -> None:
    found = run(job(tmp_path, form_of(safe, form)))
    assert found.bands == whole.bands == L2A_BANDS
    np.testing.assert_array_equal(gdal.Open(found.output).ReadAsArray(), gdal.Open(whole.output).ReadAsArray())


def test_single_files_give_the_same(safe: Path, whole: Result, tmp_path: Path) -> None:
    images = [file for file in sorted(safe.rglob("*.jp2")) if "MSK" not in file.name]
    found = run(job(tmp_path, *images))
    assert found.bands == whole.bands
    assert any("TCI" in finding.sentence and "left out" in finding.sentence for finding in found.findings)
    np.testing.assert_array_equal(gdal.Open(found.output).ReadAsArray(), gdal.Open(whole.output).ReadAsArray())


def name_of_part(safe: Path, metres: int) -> str:
    """As GDAL's driver calls it."""
    names = [name for name, _ in gdal.Open(str(safe / "MTD_MSIL2A.xml")).GetSubDatasets()]
    return next(name for name in names if f":{metres}m:" in name)


@pytest.mark.parametrize("roles", [("b10",), ("b10", "b20", "b60")])
def test_parts_by_gdals_names_give_the_same(safe: Path, whole: Result, tmp_path: Path, roles: tuple[str, ...]) -> None:
    found = run(replace(job(tmp_path), inputs={role: name_of_part(safe, int(role[1:])) for role in roles}))
    assert found.bands == whole.bands
    np.testing.assert_array_equal(gdal.Open(found.output).ReadAsArray(), gdal.Open(whole.output).ReadAsArray())
    assert gdal.Open(found.output).GetRasterBand(1).GetOffset() == pytest.approx(-0.1)


def test_parts_in_a_zip_by_gdals_names_are_found(safe: Path, whole: Result, tmp_path: Path) -> None:
    archive = zipped(safe)
    name = f"SENTINEL2_L2A:/vsizip/{archive}/{safe.name}/MTD_MSIL2A.xml:10m:EPSG_32633"
    found = run(replace(job(tmp_path), inputs={"b10": name}))
    np.testing.assert_array_equal(gdal.Open(found.output).ReadAsArray(), gdal.Open(whole.output).ReadAsArray())


def test_a_picture_of_a_product_is_refused(safe: Path, tmp_path: Path) -> None:
    name = name_of_part(safe, 10).replace(":10m:", ":TCI:")
    assert "a picture of 8 bits" in refused(replace(job(tmp_path), inputs={"b10": name}))


def test_the_radiometric_offset_stays_in_the_values_and_the_bands_state_it_once(whole: Result) -> None:
    raster = gdal.Open(whole.output)
    for number in range(1, raster.RasterCount + 1):
        stated = raster.GetRasterBand(number)
        assert (stated.GetScale(), stated.GetOffset()) == pytest.approx((1e-4, -0.1))
    reflectance = pixels(whole, "B3") * 1e-4 - 0.1
    np.testing.assert_allclose(reflectance, np.round(fields(120, 120)[1]) / 10000, atol=1e-9)


def test_a_result_that_is_sharpened_again_states_the_offset_once(whole: Result, tmp_path: Path) -> None:
    again = run(replace(job(tmp_path), inputs={"b10": whole.output}))
    raster = gdal.Open(again.output)
    assert {(raster.GetRasterBand(n).GetScale(), raster.GetRasterBand(n).GetOffset()) for n in range(1, 13)} == {
        (1e-4, -0.1)
    }


def test_the_offset_changes_no_detail(safe: Path, whole: Result, tmp_path: Path) -> None:
    plain = write_product(tmp_path, offset=None)
    found = run(job(tmp_path, plain))
    raster = gdal.Open(found.output)
    assert (raster.GetRasterBand(5).GetScale(), raster.GetRasterBand(5).GetOffset() or 0.0) == pytest.approx((1e-4, 0))
    for name in ("B3", "B5", "B9"):
        off = pixels(whole, name).astype(int) - 1000 - pixels(found, name)
        assert np.abs(off).max() <= 1, name


def test_a_level_1c_product_has_no_cirrus_band_unless_it_is_asked_for(tmp_path: Path) -> None:
    product = write_product(tmp_path, "L1C")
    assert run(job(tmp_path, product)).bands == L2A_BANDS
    asked = run(job(tmp_path, product, options=SharpeningOptions(bands=("B9", "B10"))))
    assert asked.bands == ("B9", "B10")


def test_the_detail_is_true(whole: Result) -> None:
    for name in ("B5", "B8A", "B11"):
        wanted = band(name, fields(120, 120), 10)[0] + 1000
        off = (pixels(whole, name) - wanted)[8:-8, 8:-8]
        assert np.sqrt(np.mean(off**2)) < 0.35 * wanted.std(), name


def test_stored_0_of_a_product_is_no_data(tmp_path: Path) -> None:
    found = run(job(tmp_path, write_product(tmp_path, hole=True)))
    raster = gdal.Open(found.output)
    for number in range(1, 13):
        blank = raster.GetRasterBand(number).ReadAsArray() == 0
        assert raster.GetRasterBand(number).GetNoDataValue() == 0
        assert blank[:24, :24].all() and blank.sum() == 24 * 24


def test_tiles_leave_no_seam(safe: Path, whole: Result, tmp_path: Path) -> None:
    tiled = run(job(tmp_path, safe, tile_size=32))
    assert tiled.tiles > 9
    off = gdal.Open(tiled.output).ReadAsArray().astype(int) - gdal.Open(whole.output).ReadAsArray()
    assert np.abs(off).max() <= 1 and np.mean(off != 0) < 1e-3


def test_files_of_several_bands_and_of_one_go_together(tmp_path: Path) -> None:
    fine = fields(120, 120)
    place = (ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0)
    stack = write_raster(tmp_path / "tens.tif", fine, place, "EPSG:32633", descriptions=BANDS_M[10])
    write_image(tmp_path / "T33UUB_B11_20m.tif", band("B11", fine, 20), 20)
    found = run(job(tmp_path, stack, tmp_path / "T33UUB_B11_20m.tif"))
    assert found.bands == ("B2", "B3", "B4", "B8", "B11")


def test_repeated_bands_are_brought_back_to_their_own_pixels(tmp_path: Path) -> None:
    fine, place = fields(120, 120), (ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0)
    stack = write_raster(tmp_path / "tens.tif", fine, place, "EPSG:32633", "Float32", descriptions=BANDS_M[10])
    coarse = band("B11", fine, 20)
    write_image(tmp_path / "T33UUB_B11.tif", coarse.repeat(2, 1).repeat(2, 2), 10, dtype="Float32")
    write_image(tmp_path / "T33UUB_B11_20m.tif", coarse, 20, dtype="Float32")
    repeated = run(job(tmp_path, stack, tmp_path / "T33UUB_B11.tif"))
    first = pixels(repeated, "B11")
    native = run(job(tmp_path, stack, tmp_path / "T33UUB_B11_20m.tif"))
    np.testing.assert_allclose(pixels(native, "B11"), first, atol=0.05)


def refused(what: Job) -> str:
    with pytest.raises(RsFusionError) as error:
        check(what)
    return str(error.value)


def test_bad_products_are_refused_in_one_sentence(safe: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK no zip")
    assert "PRODUCT: " in refused(job(tmp_path, empty)) and "holds no image" in refused(job(tmp_path, empty))
    assert "cannot be read as a ZIP" in refused(job(tmp_path, broken))
    several = write_product(tmp_path, size=60, tiles=2)
    assert "holds 2 tiles" in refused(job(tmp_path, several))
    b12 = next(safe.rglob("*B12_20m.jp2"))
    assert "FILES holds B12; expected some of B2, B3, B4, B8" in refused(job(tmp_path, b12))
    both = replace(job(tmp_path, safe), inputs={"product": str(safe), "b20": str(b12)})
    assert "PRODUCT and B20 both give bands" in refused(both)
    assert "PRODUCT, FILES or B10 is missing" in refused(job(tmp_path))


def test_files_that_are_not_on_one_grid_are_refused(safe: Path, tmp_path: Path) -> None:
    moved = tmp_path / "T33UUB_B06_20m.tif"
    place = (ORIGIN[0] + 7, 20.0, 0.0, ORIGIN[1], 0.0, -20.0)
    write_raster(moved, band("B6", fields(120, 120), 20), place, crs="EPSG:32633")
    files = [file for file in safe.rglob("*.jp2") if "_10m" in file.name or "B05_20m" in file.name]
    assert "is not on the grid of" in refused(job(tmp_path, *files, moved))


def test_bands_that_are_not_there_or_not_coarse_are_refused(safe: Path, tmp_path: Path) -> None:
    only = [file for file in safe.rglob("*.jp2") if "_10m" in file.name or "B05_20m" in file.name]
    said = refused(job(tmp_path, *only, options=SharpeningOptions(bands=("B5", "B12"))))
    assert "BANDS names B12, but the rasters hold B2, B3, B4, B8, B5" in said


@pytest.mark.parametrize("given", ["folder", "xml", "zip"])
def test_no_file_of_a_product_is_written_over(safe: Path, tmp_path: Path, given: str) -> None:
    image = next(safe.rglob("*B02_10m.jp2"))
    before = image.read_bytes()
    path = {"folder": safe, "xml": safe / "MTD_MSIL2A.xml", "zip": zipped(safe)}[given]
    target = path if given == "zip" else image
    said = refused(job(tmp_path, path, output=str(target), output_format="GTiff"))
    assert "OUTPUT" in said and "PRODUCT" in said
    assert image.read_bytes() == before
