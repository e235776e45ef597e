"""What a run keeps of its rasters: every band, the place of the pixels, and values; what it cannot keep, it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError, OutputError
from rsfusion_qgis.core.engine.job import Result
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions
from tests.jobs import fusion_job
from tests.rasters import RPC, grid_transform, make_pan_ms, read_raster, write_raster

pytestmark = pytest.mark.usefixtures("gdal_errors")


def fuse(pan: str, ms: str, folder: Path, name: str = "o.tif", **more: Any) -> Result:
    return run(fusion_job(pan, ms, "", str(folder / name), method="exp", options=MethodOptions(), **more))


def warnings(result: Result) -> str:
    return "\n".join(finding.sentence for finding in result.findings if finding.severity == "warning")


def with_rpc(path: str, **changes: str) -> str:
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata({**RPC, **changes}, "RPC")
    dataset.FlushCache()
    return path


def test_a_fourth_band_of_bytes_stays_a_band(tmp_path: Path) -> None:
    pan, _ = make_pan_ms(tmp_path, dtype="Byte")
    _, ms = make_pan_ms(tmp_path, dtype="Byte", name="four_")
    dataset = gdal.GetDriverByName("MEM").CreateCopy("", gdal.Open(ms))
    for band, colour in enumerate((gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand, gdal.GCI_Undefined), 1):
        dataset.GetRasterBand(band).SetColorInterpretation(colour)
    options = ["ALPHA=NO", "PHOTOMETRIC=MINISBLACK"]
    dataset = gdal.GetDriverByName("GTiff").CreateCopy(str(tmp_path / "nir.tif"), dataset, options=options)
    dataset = None
    fuse(pan, str(tmp_path / "nir.tif"), tmp_path)
    with RasterSource(str(tmp_path / "o.tif"), "OUTPUT") as source:
        assert len(source.bands) == 4 and source.mask_kind == "none"
        colours = [band.color_interpretation for band in source.bands]
    assert colours[:3] == [gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand]
    with pytest.raises(OutputError, match=r"OUTPUT: the format PNG cannot hold 4 bands of Byte .*transparency"):
        fuse(pan, str(tmp_path / "nir.tif"), tmp_path, "o.png")
    assert not (tmp_path / "o.png").exists()


def test_a_format_that_clips_is_refused_and_one_that_can_is_lossless(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, bands=3)
    fuse(pan, ms, tmp_path)
    with pytest.raises(OutputError, match=r"OUTPUT: the format JPEG cannot hold 3 bands of UInt16 .* choose GTiff"):
        fuse(pan, ms, tmp_path, "o.jpg")
    if gdal.GetDriverByName("JP2OpenJPEG"):
        fuse(pan, ms, tmp_path, "o.jp2")
        np.testing.assert_array_equal(read_raster(tmp_path / "o.jp2"), read_raster(tmp_path / "o.tif"))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert not [name for name in left if name.startswith((".rsfusion", "o.jpg"))]


def test_values_beyond_the_data_type_are_told(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path)
    assert "were clipped" not in warnings(fuse(pan, ms, tmp_path))
    told = warnings(fuse(pan, ms, tmp_path, data_type="Byte"))
    assert "100 % of the values of OUTPUT lie outside 0 to 255, which is all that uint8 holds" in told


def test_options_that_gdal_would_drop_are_refused(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path)
    with pytest.raises(InputError, match="CREATION_OPTIONS has 'COMPRES=LZW'"):
        fuse(pan, ms, tmp_path, creation_options=("COMPRES=LZW",))


def test_whole_numbers_beyond_24_bits_are_told(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, dtype="UInt32")
    assert "24 bit" not in warnings(fuse(pan, ms, tmp_path))
    values = read_raster(ms) + 4e9
    large = write_raster(tmp_path / "large.tif", values, gdal.Open(ms).GetGeoTransform(), dtype="UInt32")
    assert "MS holds values up to 40000" in (told := warnings(fuse(pan, large, tmp_path))) and "24 bit" in told


def test_signed_bytes_come_out_with_their_signs(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path)
    stored = np.rint(read_raster(ms) / 20 - 60)
    new = hasattr(gdal, "GDT_Int8")
    kind, options = (gdal.GDT_Int8, []) if new else (gdal.GDT_Byte, ["PIXELTYPE=SIGNEDBYTE"])
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "s.tif"), 32, 32, 4, kind, options)
    dataset.SetGeoTransform(gdal.Open(ms).GetGeoTransform())
    dataset.SetProjection(gdal.Open(ms).GetProjection())
    dataset.WriteRaster(0, 0, 32, 32, stored.astype(np.int8).tobytes())
    dataset = None
    fuse(pan, str(tmp_path / "s.tif"), tmp_path)
    same = write_raster(tmp_path / "i.tif", stored, gdal.Open(ms).GetGeoTransform(), dtype="Int16")
    fuse(pan, same, tmp_path, "same.tif")
    assert stored.min() < 0
    np.testing.assert_array_equal(read_raster(tmp_path / "o.tif"), read_raster(tmp_path / "same.tif"))


def test_rows_from_south_to_north_are_a_flip(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, nodata=0)
    fuse(pan, ms, tmp_path, "usual.tif")
    flipped = {}
    for name, path in (("pan", pan), ("ms", ms)):
        x, a, b, y, d, e = gdal.Open(path).GetGeoTransform()
        values = read_raster(path)
        up = (x, a, b, y + e * values.shape[1], d, -e)
        flipped[name] = write_raster(tmp_path / f"{name}_up.tif", values[:, ::-1], up, nodata=0)
    for policy in ("fail", "correct"):
        result = fuse(pan, flipped["ms"], tmp_path, policy=policy)
        assert "rotated" not in warnings(result)
        np.testing.assert_array_equal(read_raster(tmp_path / "o.tif"), read_raster(tmp_path / "usual.tif"))
    fuse(flipped["pan"], ms, tmp_path, "up.tif")
    usual = read_raster(tmp_path / "usual.tif")
    np.testing.assert_allclose(read_raster(tmp_path / "up.tif")[:, ::-1], usual, atol=1)  # sums in another order


@pytest.mark.parametrize("crs", [None, "EPSG:32632"])
def test_the_rpc_of_pan_go_with_the_pixels(tmp_path: Path, crs: str | None) -> None:
    pan, ms = make_pan_ms(tmp_path, crs=crs)
    with_rpc(pan)
    with_rpc(ms, LINE_OFF="16", SAMP_OFF="15")
    fuse(pan, ms, tmp_path)
    told = gdal.Open(str(tmp_path / "o.tif")).GetMetadata("RPC")
    assert {key: told[key] for key in ("LINE_OFF", "SAMP_OFF", "LINE_SCALE")} == {
        "LINE_OFF": "64", "SAMP_OFF": "60", "LINE_SCALE": "64"
    }  # fmt: skip
    x, a, _, y, _, e = grid_transform(5.0)
    part = (x + 20 * a, y + 100 * e, x + 60 * a, y + 40 * e)
    fuse(pan, ms, tmp_path, "part.tif", extent=part)
    told = gdal.Open(str(tmp_path / "part.tif")).GetMetadata("RPC")
    assert (float(told["LINE_OFF"]), float(told["SAMP_OFF"])) == (64 - 40, 60 - 20)


def test_rpc_of_ms_alone_are_told_to_be_left_out(tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path)
    with_rpc(ms)
    assert "MS has rational polynomial coefficients (RPC)" in warnings(fuse(pan, ms, tmp_path))
    assert not gdal.Open(str(tmp_path / "o.tif")).GetMetadata("RPC")
