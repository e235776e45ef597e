"""Writing: under the final name only when complete, with everything that the profile says."""

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import OutputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.sink import OutputProfile, RasterSink, driver_for
from rsfusion_qgis.core.rasters.source import BandInfo, RasterSource
from tests.rasters import read_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")

GRID = Grid("", (100.0, 2.0, 0, 200.0, 0, -2.0), 300, 280)
BANDS = (
    BandInfo(1, "UInt16", "red", "DN", None, 0.0001, -0.1, gdal.GCI_RedBand, {"": {"wavelength": "0.65"}}),
    BandInfo(2, "UInt16", "nir", "", None, None, None, gdal.GCI_Undefined),
)


def profile(**changes):
    return OutputProfile(**{"grid": GRID, "bands": BANDS, "data_type": "UInt16", **changes})


def fill(sink, value=7):
    values = np.full((2, 280, 300), value, sink_dtype(sink))
    valid = np.ones((280, 300), bool)
    valid[:10] = False
    sink.write(Window(0, 0, 300, 280), values, valid)


def sink_dtype(sink):
    return {"UInt16": np.uint16, "Byte": np.uint8, "Float32": np.float32}[sink.profile.data_type]


def test_nothing_stands_under_the_name_before_the_commit(tmp_path):
    sink = RasterSink(str(tmp_path / "o.tif"), profile())
    fill(sink)
    assert not (tmp_path / "o.tif").exists()
    sink.commit()
    assert [p.name for p in tmp_path.iterdir()] == ["o.tif"]
    assert (read_raster(tmp_path / "o.tif") == 7).all()


@pytest.mark.parametrize("name", ["o.tif", "o.cog.tif"])
@pytest.mark.parametrize("colours", [(0, 0, 0, 0), (1, 0, 0, 0), (3, 4, 5, 0)])
def test_four_bands_of_bytes_are_four_bands_of_data(tmp_path, colours, name):
    """GDAL would take the last one for the alpha band of an RGB image."""
    bands = tuple(BandInfo(place + 1, "Byte", color_interpretation=colour) for place, colour in enumerate(colours))
    sink = RasterSink(str(tmp_path / name), profile(bands=bands, data_type="Byte"), "COG" if "cog" in name else "")
    sink.write(GRID.window, np.full((4, 280, 300), 7, np.uint8), np.ones((280, 300), bool))
    sink.commit()
    with RasterSource(str(tmp_path / name), "OUTPUT") as source:
        assert len(source.bands) == 4 and source.mask_kind == "none"


def test_abort_leaves_nothing(tmp_path):
    sink = RasterSink(str(tmp_path / "o.tif"), profile())
    fill(sink)
    sink.abort()
    assert not list(tmp_path.iterdir())


def test_an_older_result_survives_until_the_new_one_is_complete(tmp_path):
    (tmp_path / "o.tif").write_text("older")
    (tmp_path / "o.tif.aux.xml").write_text("statistics of the older one")
    sink = RasterSink(str(tmp_path / "o.tif"), profile())
    assert (tmp_path / "o.tif").read_text() == "older"
    fill(sink)
    sink.commit()
    assert [p.name for p in tmp_path.iterdir()] == ["o.tif"]


def test_the_profile_is_carried_over(tmp_path):
    sink = RasterSink(str(tmp_path / "o.tif"), profile(nodata=0.0, metadata={"": {"SENSOR": "X"}}))
    fill(sink)
    sink.commit()
    dataset = gdal.Open(str(tmp_path / "o.tif"))
    red = dataset.GetRasterBand(1)
    assert (red.GetDescription(), red.GetScale(), red.GetOffset(), red.GetUnitType()) == ("red", 0.0001, -0.1, "DN")
    assert red.GetColorInterpretation() == gdal.GCI_RedBand
    assert red.GetMetadataItem("wavelength") == "0.65" and red.GetNoDataValue() == 0
    assert dataset.GetMetadataItem("SENSOR") == "X"
    assert dataset.GetGeoTransform() == GRID.geotransform
    structure = dataset.GetMetadata("IMAGE_STRUCTURE")
    assert structure["COMPRESSION"] == "DEFLATE" and red.GetBlockSize() == [128, 128]


@pytest.mark.parametrize("kind", ["alpha", "mask"])
def test_masks_mark_invalid_pixels(tmp_path, kind):
    sink = RasterSink(str(tmp_path / "o.tif"), profile(mask_kind=kind))
    fill(sink)
    sink.commit()
    assert [p.name for p in tmp_path.iterdir()] == ["o.tif"]
    with RasterSource(str(tmp_path / "o.tif"), "O") as source:
        assert source.mask_kind == kind and len(source.bands) == 2
        _, valid = source.read(source.grid.window)
    assert not valid[:, :10].any() and valid[:, 10:].all()


@pytest.mark.parametrize(
    ("name", "output_format", "driver"),
    [("o.tif", "COG", "COG"), ("o.img", "", "HFA"), ("o.dat", "ENVI", "ENVI"), ("o.png", "", "PNG")],
)
def test_other_formats_come_complete_with_their_companions(tmp_path, name, output_format, driver):
    sink = RasterSink(str(tmp_path / name), profile(bands=BANDS[:1]), output_format)
    values = np.full((1, 280, 300), 7, np.uint16)
    sink.write(Window(0, 0, 300, 280), values, np.ones((280, 300), bool))
    sink.commit()
    assert gdal.Open(str(tmp_path / name)).GetDriver().ShortName in (driver, "GTiff")
    assert (read_raster(tmp_path / name) == 7).all()
    assert not [p for p in tmp_path.iterdir() if "partial" in p.name]
    if driver == "COG":
        assert gdal.Open(str(tmp_path / name)).GetMetadata("IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_the_users_creation_options_win(tmp_path):
    sink = RasterSink(str(tmp_path / "o.tif"), profile(), "", ("COMPRESS=LZW", "BLOCKXSIZE=512", "BLOCKYSIZE=512"))
    fill(sink)
    sink.commit()
    dataset = gdal.Open(str(tmp_path / "o.tif"))
    assert dataset.GetMetadata("IMAGE_STRUCTURE")["COMPRESSION"] == "LZW"
    assert dataset.GetRasterBand(1).GetBlockSize() == [512, 512]


def test_unusable_outputs_are_refused_with_one_sentence(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        RasterSink(str(tmp_path / "no" / "o.tif"), profile())
    with pytest.raises(OutputError, match=r"\.xyzzy"):
        RasterSink(str(tmp_path / "o.xyzzy"), profile())
    with pytest.raises(OutputError, match="is a folder"):
        (tmp_path / "dir.tif").mkdir()
        RasterSink(str(tmp_path / "dir.tif"), profile())
    with pytest.raises(OutputError, match="NOSUCH"):
        driver_for("o.tif", "NOSUCH")
    assert [p.name for p in tmp_path.iterdir()] == ["dir.tif"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # GDAL before 3.8 has only destructors
@pytest.mark.parametrize(("name", "kibibytes"), [("o.tif", (100, 540, 570)), ("o.png", (600, 900, 1000))])
def test_a_disk_that_fills_up_gives_no_damaged_result(small_disk, name, kibibytes):
    """GDAL drops the last bytes without a word, so a little more room than the result is asked for."""
    values = np.random.default_rng(0).integers(0, 65535, (2, 280, 300)).astype(np.uint16)
    for room in kibibytes:
        with small_disk(room) as folder:
            sink = None
            with pytest.raises(OutputError, match="free some space"):
                sink = RasterSink(str(folder / name), profile(), "", ("COMPRESS=NONE",) * name.endswith("tif"))
                sink.write(Window(0, 0, 300, 280), values, np.ones((280, 300), bool))
                sink.release_blocks()
                sink.commit()
            if sink:
                sink.abort()
            assert not list(folder.iterdir())
