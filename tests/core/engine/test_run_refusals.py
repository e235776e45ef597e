"""What bad input gets: one sentence, nothing under the output's name, inputs untouched."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CoregistrationError, InputError, ModelError, OutputError, RsFusionError
from rsfusion_qgis.core.engine.run import run
from tests.jobs import fusion_job
from tests.onnx_files import nan_model, save, save_bare
from tests.rasters import grid_transform, make_pan_ms, read_raster, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")


@pytest.fixture
def model(tmp_path):
    return str(save(tmp_path / "model.onnx"))


def digests(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


def refused(tmp_path, error, match, pan, ms, model, output=None, **options):
    """Run, and expect one sentence, no new file, and every old file as it was."""
    before = digests(tmp_path)
    output = output or str(tmp_path / "result.tif")
    with pytest.raises(error, match=match) as caught:
        run(fusion_job(pan, ms, model, output, **options))
    text = str(caught.value)
    assert "\n" not in text and text.endswith(".") and len(text) < 500
    assert digests(tmp_path) == before
    assert isinstance(caught.value, RsFusionError)


def test_missing_crs_on_one_side(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    values = read_raster(ms)
    bare = write_raster(tmp_path / "bare.tif", values, gdal.Open(ms).GetGeoTransform(), None)
    refused(tmp_path, CoregistrationError, "MS has no CRS but PAN has one; assign", pan, bare, model)


def test_one_raster_as_both(tmp_path, model):
    pan, _ = make_pan_ms(tmp_path)
    words = "PAN and MS are the same raster, .*choose a panchromatic raster for PAN and a multispectral raster for MS"
    refused(tmp_path, InputError, words, pan, pan, model)


def test_georeferencing_on_one_side_only(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, crs=None)
    bare = write_raster(tmp_path / "bare.tif", read_raster(ms), None, None)
    refused(tmp_path, CoregistrationError, "MS is not georeferenced but PAN is", pan, bare, model)


def test_sizes_without_georeferencing_that_do_not_fit(tmp_path, model):
    pan = write_raster(tmp_path / "pan.tif", np.ones((1, 100, 130)), None, None)
    ms = write_raster(tmp_path / "ms.tif", np.ones((3, 25, 30)), None, None)
    refused(tmp_path, CoregistrationError, r"130 x 100 .*30 x 25", pan, ms, model)


@pytest.mark.parametrize("policy", ["fail", "warn", "correct"])
def test_no_overlap(tmp_path, model, policy):
    pan, ms = make_pan_ms(tmp_path, offset=(500, 0))
    refused(tmp_path, CoregistrationError, "does not overlap PAN", pan, ms, model, policy=policy)


def test_three_degrees_of_rotation(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, degrees=3.0)
    refused(tmp_path, CoregistrationError, "rotated by -?3 degrees", pan, ms, model)


def test_two_pan_bands(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    two = str(tmp_path / "two.vrt")
    gdal.Translate(two, pan, bandList=[1, 1]).FlushCache()
    refused(tmp_path, InputError, "PAN: .* has 2 bands; expected 1", two, ms, model)


@pytest.mark.parametrize("bands", [1, 4])
def test_ms_finer_than_pan(tmp_path, model, bands):
    pan, ms = make_pan_ms(tmp_path, bands=bands)
    refused(tmp_path, CoregistrationError, "exchange PAN and MS", ms, pan, model)


def test_complex_values(tmp_path, model):
    pan, _ = make_pan_ms(tmp_path)
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "c.tif"), 32, 32, 2, gdal.GDT_CInt16)
    dataset.SetGeoTransform(grid_transform(2.0))
    dataset = None
    refused(tmp_path, InputError, "CInt16", pan, str(tmp_path / "c.tif"), model)


def test_nothing_but_nodata(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    empty = write_raster(
        tmp_path / "e.tif", np.zeros((4, 32, 32)), gdal.Open(ms).GetGeoTransform(), "EPSG:32632", nodata=0
    )
    refused(tmp_path, InputError, r"MS: .*no valid pixel", pan, empty, model)


def test_a_truncated_geotiff(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path, rows=100, cols=100)
    data = (tmp_path / "pan.tif").read_bytes()
    (tmp_path / "pan.tif").write_bytes(data[: len(data) // 2])
    once = r"^PAN: '[^']*pan\.tif' cannot be read at column \d+, row \d+ \([^()]*\(\) failed\.\); the file is truncated"
    refused(tmp_path, InputError, once, pan, ms, model)


def test_a_missing_folder(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    refused(tmp_path, OutputError, "does not exist", pan, ms, model, str(tmp_path / "no" / "o.tif"))


@pytest.mark.skipif(not Path("/proc/1").is_dir(), reason="needs a folder that nobody can write: /proc")
def test_an_unwritable_folder(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    refused(tmp_path, OutputError, "cannot be written", pan, ms, model, "/proc/result.tif")


@pytest.mark.parametrize("which", [0, 1])
def test_the_output_is_an_input(tmp_path, model, which):
    inputs = make_pan_ms(tmp_path)
    roundabout = str(tmp_path / "x" / ".." / Path(inputs[which]).name)
    (tmp_path / "x").mkdir()
    refused(tmp_path, OutputError, "is also (PAN|MS)", *inputs, model, roundabout)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # GDAL before 3.8 has only destructors
def test_a_full_disk(tmp_path, model, small_disk):
    pan, ms = make_pan_ms(tmp_path, rows=128, cols=128)
    with small_disk(200) as folder:
        output, options = str(folder / "o.tif"), ("COMPRESS=NONE",)
        refused(tmp_path, OutputError, "free some space", pan, ms, model, output, creation_options=options)
        assert not list(folder.iterdir())


def test_parameters_out_of_range(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    refused(tmp_path, InputError, "DATA_TYPE is 'Word'", pan, ms, model, data_type="Word")
    refused(tmp_path, InputError, "COREGISTRATION is 'maybe'", pan, ms, model, policy="maybe")
    refused(tmp_path, InputError, "TILE_SIZE is 3", pan, ms, model, tile_size=3)
    refused(tmp_path, InputError, "NODATA is -1", pan, ms, model, nodata=-1)
    refused(tmp_path, InputError, "EXTENT", pan, ms, model, extent=(0.0, 0.0, 1.0, 1.0))
    refused(tmp_path, InputError, "MS is missing", pan, "", model)


def test_models_that_cannot_be_used(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    refused(tmp_path, ModelError, "card", pan, ms, str(save_bare(tmp_path / "bare.onnx")))
    refused(tmp_path, ModelError, "NaN|finite", pan, ms, str(save(tmp_path / "nan.onnx", nan_model())))
    refused(tmp_path, RsFusionError, "none.onnx", pan, ms, str(tmp_path / "none.onnx"))
    data = (tmp_path / "model.onnx").read_bytes()
    (tmp_path / "cut.onnx").write_bytes(data[: len(data) // 2])
    refused(tmp_path, ModelError, "cut.onnx", pan, ms, str(tmp_path / "cut.onnx"))


def test_a_device_that_is_not_there(tmp_path, model):
    pan, ms = make_pan_ms(tmp_path)
    refused(tmp_path, RsFusionError, "coreml", pan, ms, model, device="coreml")
