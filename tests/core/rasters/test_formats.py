"""Creation options are kept or refused, and a format that changes values is found out before a run."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError, OutputError
from rsfusion_qgis.core.grid.grid import Grid
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.formats import check_options, split_options
from rsfusion_qgis.core.rasters.sink import OutputProfile, RasterSink
from rsfusion_qgis.core.rasters.source import BandInfo, RasterSource
from rsfusion_qgis.core.rasters.trial import try_format

pytestmark = pytest.mark.usefixtures("gdal_errors")

GRID = Grid("", (500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0), 90, 80)
RED, GREEN, BLUE, OTHER = gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_Undefined


def profile(bands: int, data_type: str, colours: tuple[int, ...] = (), **more) -> OutputProfile:
    named = (*colours, *[OTHER] * bands)[:bands]
    infos = tuple(BandInfo(n, data_type, color_interpretation=one) for n, one in enumerate(named, start=1))
    return OutputProfile(GRID, infos, data_type, **more)


def has(driver: str) -> bool:
    found = gdal.GetDriverByName(driver)
    return found is not None and bool(found.GetMetadataItem("DCAP_CREATECOPY") or found.GetMetadataItem("DCAP_CREATE"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("COMPRESS=LZW", ("COMPRESS=LZW",)),
        ("COMPRESS=ZSTD|PREDICTOR=2", ("COMPRESS=ZSTD", "PREDICTOR=2")),
        (" COMPRESS=ZSTD | PREDICTOR=2 |", ("COMPRESS=ZSTD", "PREDICTOR=2")),
        ("COMPRESS=LZW BIGTIFF=YES  TILED=NO", ("COMPRESS=LZW", "BIGTIFF=YES", "TILED=NO")),
        ("COMPRESS=LZW BIGTIFF=YES|TILED=NO", ("COMPRESS=LZW", "BIGTIFF=YES", "TILED=NO")),
        ("TITLE=two words", ("TITLE=two words",)),
        ("COMPRESS = LZW", ("COMPRESS=LZW",)),
    ],
)
def test_options_are_parted_by_bars_or_blanks(text: str, parts: tuple[str, ...]) -> None:
    assert split_options(text) == parts


@pytest.mark.parametrize("text", ["LZW", "COMPRESS=LZW|TILED", "=LZW"])
def test_what_is_no_option_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^CREATION_OPTIONS has '.*'; expected KEY=VALUE"):
        split_options(text)


@pytest.mark.parametrize(
    ("driver", "option", "match"),
    [
        ("GTiff", "COMPRES=LZW", "no option COMPRES; .* COMPRESS"),
        ("GTiff", "COMPRESS=LZV", "takes one of .*LZW.* as COMPRESS"),
        ("GTiff", "TILED=MAYBE", "as TILED"),
        ("PNG", "COMPRESS=LZW", "PNG has no option COMPRESS"),
    ],
)
def test_options_that_gdal_would_leave_out_are_refused(driver: str, option: str, match: str, tmp_path) -> None:
    with pytest.raises(InputError, match=f"^CREATION_OPTIONS has '{option}'.*{match}"):
        check_options(driver, (option,))
    with pytest.raises(InputError, match="CREATION_OPTIONS"):
        RasterSink(str(tmp_path / "o.tif"), profile(1, "UInt16"), driver, (option,))
    assert not list(tmp_path.iterdir())


def test_options_that_the_driver_has_pass() -> None:
    check_options("GTiff", ("compress=lzw", "BLOCKXSIZE=256", "TILED=yes", "PREDICTOR=2", "BIGTIFF=IF_NEEDED"))
    check_options("COG", ("COMPRESS=ZSTD", "OVERVIEWS=NONE"))


@pytest.mark.parametrize("colours", [(), (RED, GREEN, BLUE), (BLUE, GREEN, RED), (RED, GREEN, BLUE, OTHER)])
@pytest.mark.parametrize("data_type", ["Byte", "UInt16"])
def test_no_band_becomes_transparency(tmp_path, colours: tuple[int, ...], data_type: str) -> None:
    sink = RasterSink(str(tmp_path / "o.tif"), profile(4, data_type, colours))
    sink.commit()
    with RasterSource(str(tmp_path / "o.tif"), "OUTPUT") as source:
        assert len(source.bands) == 4 and source.mask_kind == "none"
        if colours:
            assert tuple(band.color_interpretation for band in source.bands)[: len(colours)] == colours
    assert [path.name for path in tmp_path.iterdir()] == ["o.tif"]


def test_an_alpha_band_that_is_meant_stays_one(tmp_path) -> None:
    RasterSink(str(tmp_path / "o.tif"), profile(4, "Byte", (RED, GREEN, BLUE), mask_kind="alpha")).commit()
    with RasterSource(str(tmp_path / "o.tif"), "OUTPUT") as source:
        assert len(source.bands) == 4 and source.mask_kind == "alpha"


EXACT = [
    ("o.tif", "", "UInt16", 4), ("o.tif", "COG", "Float32", 2), ("o.img", "", "Float64", 3),
    ("o.dat", "ENVI", "UInt32", 4),
    ("o.jp2", "JP2OpenJPEG", "UInt16", 4), ("o.jp2", "JP2OpenJPEG", "Byte", 3), ("o.png", "", "UInt16", 1),
    ("o.nc", "netCDF", "Int16", 3), ("o.sdat", "SAGA", "Float32", 1), ("o.rst", "RST", "UInt16", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "driver", "data_type", "bands"), EXACT)
def test_formats_that_keep_all_values_pass_in_silence(name: str, driver: str, data_type: str, bands: int) -> None:
    if driver and not has(driver):
        pytest.skip(f"GDAL has no {driver} here")
    assert try_format(name, profile(bands, data_type, nodata=0.0), driver) is None


REFUSED = [
    ("o.jpg", "UInt16", 4, "values come back wrong"),
    ("o.png", "Byte", 4, "of 4 bands 3 come back; the last one is taken for transparency"),
    ("o.png", "Float32", 1, ""),
    ("o.png", "UInt16", 2, "transparency"),
    ("o.bmp", "UInt16", 3, ""),
]


@pytest.mark.parametrize(("name", "data_type", "bands", "fault"), REFUSED)
def test_formats_that_cannot_hold_the_values_are_refused(name: str, data_type: str, bands: int, fault: str) -> None:
    with pytest.raises(OutputError) as caught:
        try_format(name, profile(bands, data_type), parameter="UNCERTAINTY")
    text = str(caught.value)
    assert text.startswith("UNCERTAINTY: the format ") and fault in text and "/tmp" not in text
    assert text.endswith("choose GTiff (.tif), which can.") and f"{data_type}" in text


LOSSY = [
    ("o.jpg", "Byte", 3, ()), ("o.jp2", "UInt16", 3, ("QUALITY=20",)), ("o.tif", "Byte", 3, ("COMPRESS=JPEG",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data_type", "bands", "options"), LOSSY)
def test_a_loss_that_was_asked_for_is_said(name: str, data_type: str, bands: int, options: tuple[str, ...]) -> None:
    found = try_format(name, profile(bands, data_type), options=options)
    assert found is not None and found.severity == "warning" and "is written with loss" in found.sentence


def test_codes_of_classes_are_never_written_with_loss() -> None:
    with pytest.raises(OutputError, match="JPEG cannot hold 1 band of Byte"):
        try_format("o.jpg", profile(1, "Byte", classes=(ClassSpec("water", 1),)))


def test_twelve_bits_where_they_are_asked_for(tmp_path) -> None:
    options = ("NBITS=12",)
    assert try_format("o.tif", profile(2, "UInt16"), options=options) is None
    RasterSink(str(tmp_path / "o.tif"), profile(2, "UInt16"), "", options).commit()
    dataset = gdal.Open(str(tmp_path / "o.tif"))
    assert dataset.GetRasterBand(1).GetMetadataItem("NBITS", "IMAGE_STRUCTURE") == "12"


def test_a_jpeg_2000_is_lossless_unless_told_otherwise(tmp_path) -> None:
    if not has("JP2OpenJPEG"):
        pytest.skip("GDAL has no JP2OpenJPEG here")
    values = np.random.default_rng(0).integers(0, 65535, (3, 80, 90)).astype(np.uint16)
    sink = RasterSink(str(tmp_path / "o.jp2"), profile(3, "UInt16"))
    sink.write(GRID.window, values, np.ones((80, 90), bool))
    sink.commit()
    with RasterSource(str(tmp_path / "o.jp2"), "OUTPUT") as source:
        np.testing.assert_array_equal(source.read(GRID.window)[0], values)
