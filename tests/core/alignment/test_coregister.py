"""Coregistration from file to file: what is written lies on the reference, and whatever need not change does not."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.alignment.coregister import check, run
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import Monitor
from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.grid.grid import placement
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.core.alignment.coregister_pair import (
    PIXEL_M,
    X0,
    Y0,
    Place,
    geotransform,
    job,
    leftovers,
    moved,
    nodata,
    north_up,
    remaining,
    sampled,
)
from tests.rasters import RPC, read_raster, write_raster

both_ways = pytest.mark.usefixtures("gdal_errors")


@pytest.fixture
def reference(tmp_path: Path) -> str:
    return write_raster(tmp_path / "reference.tif", sampled(400, 420), north_up())


@both_ways
def test_a_shift_moves_the_georeferencing_by_what_is_reported_and_the_content_onto_the_reference(reference, tmp_path):
    secondary = moved(tmp_path, 1.3, -0.7)
    result = run(job(reference, secondary), Monitor())
    assert result.applied and result.verdict == "shifted"
    assert (result.estimate.cols, result.estimate.rows) == pytest.approx((1.3, -0.7), abs=0.05)
    assert result.shift_map == pytest.approx((1.3 * PIXEL_M, 0.7 * PIXEL_M), abs=0.05 * PIXEL_M)
    was, now = geotransform(secondary), geotransform(result.output)
    assert (now[0] - was[0], now[3] - was[3]) == pytest.approx(result.shift_map, abs=1e-8)
    assert now[1:3] + now[4:] == was[1:3] + was[4:]
    assert result.rmse_before == pytest.approx(math.hypot(1.3, 0.7), abs=0.05)
    assert result.rmse_after < 0.1 and remaining(reference, result.output) < 0.1
    assert leftovers(tmp_path) == ["out.tif"]


def describe(path: str) -> dict[str, Any]:
    """Everything that a raster says of itself but where it lies, and all its values and masks."""
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
    size = (dataset.RasterXSize, dataset.RasterYSize)
    return {
        "metadata": {d: dataset.GetMetadata_Dict(d) for d in ("", "IMAGERY", "OWN")},
        "crs": dataset.GetProjection(),
        "size": size,
        "bands": [
            {
                "values": band.ReadRaster(0, 0, *size),
                "mask": band.GetMaskBand().ReadRaster(0, 0, *size),
                "flags": band.GetMaskFlags(),
                "says": (
                    band.DataType, band.GetNoDataValue(), band.GetDescription(), band.GetScale(), band.GetOffset(),
                    band.GetUnitType(), band.GetColorInterpretation(), band.GetCategoryNames(),
                ),
                "metadata": {d: band.GetMetadata_Dict(d) for d in ("", "IMAGERY", "OWN")},
            }
            for band in bands
        ],
    }  # fmt: skip


def adorn(path: str, mask: bool) -> None:
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata({"SENSOR": "X", "AREA_OR_POINT": "Point"})
    dataset.SetMetadata({"CLOUD": "0"}, "IMAGERY")
    dataset.SetMetadata({"a": "b"}, "OWN")
    for i in range(dataset.RasterCount):
        band = dataset.GetRasterBand(i + 1)
        band.SetDescription(f"name {i}")
        band.SetScale(0.001)
        band.SetOffset(-0.1)
        band.SetUnitType("DN")
        band.SetCategoryNames(["none", "some"])
        band.SetColorInterpretation((gdal.GCI_BlueBand, gdal.GCI_RedBand)[i % 2])
        for domain in ("", "IMAGERY", "OWN"):
            band.SetMetadata({"key": f"{i}{domain}"}, domain)
    if mask:
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
        dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
        values = np.full((400, 420), 255, np.uint8)
        values[50:90, 60:100] = 0
        dataset.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, 420, 400, values.tobytes())


@pytest.mark.parametrize(
    ("dtype", "marking"),
    [("UInt16", "none"), ("UInt16", "mask"), ("UInt16", "alpha"), ("Int32", "nodata"), ("Float64", "nodata")],
)
def test_a_shift_leaves_everything_else_as_it_is(reference, tmp_path, dtype, marking):
    secondary = moved(
        tmp_path, -2.0, 1.5, bands=3, dtype=dtype, nodata=1234.0 if marking == "nodata" else None,
        options=["ALPHA=YES"] if marking == "alpha" else [],
    )  # fmt: skip
    if marking == "alpha":
        dataset = gdal.Open(secondary, gdal.GA_Update)
        dataset.GetRasterBand(3).Fill(255)
    else:
        adorn(secondary, marking == "mask")
    dataset = None
    before = Path(secondary).read_bytes()
    result = run(job(reference, secondary), Monitor())
    assert result.applied
    assert describe(result.output) == describe(secondary)
    assert Path(secondary).read_bytes() == before
    assert geotransform(result.output)[0] - geotransform(secondary)[0] == pytest.approx(-10.0, abs=0.3)


def test_an_aligned_secondary_is_written_as_it_is_and_a_warning_says_so(reference, tmp_path):
    secondary = moved(tmp_path, 0.05, 0.0, bands=2)
    result = run(job(reference, secondary), Monitor())
    assert not result.applied and result.verdict == "aligned"
    assert geotransform(result.output) == geotransform(secondary)
    assert describe(result.output) == describe(secondary)
    assert result.rmse_after == result.rmse_before
    assert "written as it lies" in result.findings[-1]


def test_a_correction_that_does_not_help_is_not_applied(reference, tmp_path, monkeypatch):
    from rsfusion_qgis.core.alignment import coregister

    secondary = moved(tmp_path, 1.0, 1.0)
    wrong_way = replace(coregister._grid(secondary, "SECONDARY").moved(-5.0, 5.0))
    monkeypatch.setattr(coregister, "correct", lambda *_: coregister.Correction(wrong_way))
    result = run(job(reference, secondary), Monitor())
    assert not result.applied and result.verdict == "shifted"
    assert geotransform(result.output) == geotransform(secondary)
    assert "is not applied" in result.findings[-1]


def turned(degrees: float, scale: float, cols: float = 0.0, rows: float = 0.0) -> Place:
    """Content turned counter-clockwise and stretched about the middle of the raster, then moved."""
    cos, sin = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))

    def place(c: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x, y = c - 210, r - 200
        return 210 + cos * x + sin * y + cols, 200 + cos * y - sin * x + rows

    return place


@pytest.mark.parametrize(("degrees", "scale"), [(0.4, 1.0), (0.0, 1.004), (-0.3, 0.997)])
def test_a_similarity_turns_the_grid_and_leaves_the_pixels(reference, tmp_path, degrees, scale):
    values = sampled(400, 420, place=turned(degrees, scale, 0.8, -0.4))
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up())
    result = run(job(reference, secondary, method="similarity"), Monitor())
    assert result.applied, result.findings
    assert describe(result.output) == describe(secondary)
    _, a, _, _, d, _ = geotransform(result.output)
    assert math.degrees(math.atan2(d, a)) == pytest.approx(degrees, abs=0.03)
    assert math.hypot(a, d) / PIXEL_M == pytest.approx(scale, abs=5e-4)
    assert result.rmse_after < 0.15 < result.rmse_before


@pytest.mark.parametrize("on_reference_grid", [False, True])
@pytest.mark.parametrize("method", ["polynomial", "tps"])
def test_a_local_distortion_is_warped_away(reference, tmp_path, method, on_reference_grid):
    def place(c: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x, y = (c - 210) / 210, (r - 200) / 200
        return c + 1.0 + 0.8 * x * x - 0.5 * x * y, r - 0.5 + 0.7 * y * y

    secondary = write_raster(tmp_path / "secondary.tif", sampled(400, 420, place=place), north_up())
    result = run(job(reference, secondary, method=method, on_reference_grid=on_reference_grid), Monitor())
    assert result.applied, result.findings
    assert result.rmse_before > 1.0
    assert remaining(reference, result.output) < 0.15
    shift_only = run(job(reference, secondary, output=str(tmp_path / "shift.tif")), Monitor())
    assert result.rmse_after < 0.5 * shift_only.rmse_after
    want = sampled(400, 420)[0, 30:-30, 30:-30]
    got = read_raster(result.output)
    assert geotransform(result.output)[1] == PIXEL_M
    if not on_reference_grid:
        assert geotransform(result.output) == geotransform(secondary)
        assert np.abs(got[0, 30:-30, 30:-30] - want).mean() < 0.1 * want.std()


def test_another_crs_is_kept_and_the_shift_is_told_in_the_references(reference, tmp_path):
    there = transformation(gdal.Open(reference).GetProjection(), _wkt("EPSG:4326"))
    lon, lat = there.forward(X0, Y0)
    step_x, step_y = (there.forward(X0 + 420 * 5, Y0 - 400 * 5)[i] - v for i, v in enumerate((lon, lat)))
    gt = (lon, step_x / 420, 0.0, lat, 0.0, step_y / 400)
    back = transformation(_wkt("EPSG:4326"), gdal.Open(reference).GetProjection())

    def place(c: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        ways = [back.forward(gt[0] + gt[1] * x, gt[3] + gt[5] * y) for x, y in zip(c.ravel(), r.ravel())]
        x, y = np.array(ways).T.reshape(2, *c.shape)
        return (x - X0) / PIXEL_M + 2.0, (Y0 - y) / PIXEL_M - 1.0

    secondary = write_raster(tmp_path / "secondary.tif", sampled(400, 420, place=place), gt, "EPSG:4326")
    result = run(job(reference, secondary), Monitor())
    assert result.applied
    assert result.shift_map == pytest.approx((10.0, 5.0), abs=0.5)
    assert describe(result.output) == describe(secondary)
    want = there.forward(X0 + 10, Y0 + 5)[0] - lon, there.forward(X0 + 10, Y0 + 5)[1] - lat
    now = geotransform(result.output)
    assert (now[0] - gt[0], now[3] - gt[3]) == pytest.approx(want, rel=0.1)
    assert result.rmse_after < 0.15
    whole = run(job(reference, secondary, on_reference_grid=True, output=str(tmp_path / "grid.tif")), Monitor())
    assert _nests(reference, whole.output)
    assert remaining(reference, whole.output) < 0.15


def _wkt(crs: str) -> str:
    from osgeo import osr

    srs = osr.SpatialReference()
    srs.SetFromUserInput(crs)
    return srs.ExportToWkt()


def _nests(reference: str, path: str) -> bool:
    with RasterSource(reference, "R") as first, RasterSource(path, "S") as second:
        where = placement(first.grid, second.grid)
    return where is not None and where.is_identity()


@pytest.mark.parametrize("ratio", [4, 1, 0.5])
def test_on_the_references_grid_pixels_coincide_and_cover_what_both_have(reference, tmp_path, ratio):
    rows, cols = round(360 / ratio), round(400 / ratio)
    values = sampled(rows, cols, ratio, place=lambda c, r: (c + 3.0, r - 2.0))
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up(ratio))
    result = run(job(reference, secondary, on_reference_grid=True), Monitor())
    assert result.applied, result.findings
    assert _nests(reference, result.output)
    got = read_raster(result.output)[0]
    assert got.shape == pytest.approx((358, 400), abs=1)
    assert nodata(result.output) is None
    x, _, _, y, _, _ = geotransform(result.output)
    assert (x - X0, Y0 - y) == pytest.approx((15.0, 0.0), abs=0.01)
    want = sampled(400, 420)[0][: got.shape[0], 3 : 3 + got.shape[1]]
    inner = (slice(8, -8), slice(8, -8))
    limit = 0.6 if ratio == 4 else 0.15
    assert np.abs(got[inner] - want[inner]).mean() < limit * want.std()


def test_uncovered_parts_are_nodata_and_a_valid_pixel_never_looks_so(reference, tmp_path):
    values = sampled(400, 420, place=turned(0.5, 1.0))
    values[0, 150:200, 150:200] = 0.0
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up())
    result = run(job(reference, secondary, method="similarity", on_reference_grid=True, kernel="nearest"), Monitor())
    assert nodata(result.output) == 0
    got = read_raster(result.output)[0]
    assert (got == 0).any() and (got[160:190, 160:190] == 1).all()


def test_nodata_inside_stays_nodata_when_resampled(reference, tmp_path):
    values = sampled(400, 420, place=lambda c, r: (c + 1.5, r + 1.5), bands=2)
    values[0, 100:140, 100:140] = 7.0
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up(), nodata=7.0)
    result = run(job(reference, secondary, on_reference_grid=True), Monitor())
    got = read_raster(result.output)
    assert (got[0, 110:130, 110:130] == 7).all()
    assert (got[1, 110:130, 110:130] > 100).all()
    assert got[0][got[0] != 7].min() > 300


def test_nan_and_masks_stay_what_they_are_when_resampled(reference, tmp_path):
    values = sampled(400, 420, place=lambda c, r: (c + 1.5, r + 1.5))
    values[0, 100:140, 100:140] = np.nan
    secondary = write_raster(tmp_path / "secondary.tif", values, north_up(), dtype="Float32")
    result = run(job(reference, secondary, on_reference_grid=True), Monitor())
    got = read_raster(result.output)[0]
    assert np.isnan(got[110:130, 110:130]).all() and np.isfinite(got[150:, 150:]).all()
    masked = moved(tmp_path, 1.5, 1.5)
    adorn(masked, True)
    result = run(job(reference, masked, on_reference_grid=True, output=str(tmp_path / "m.tif")), Monitor())
    with RasterSource(result.output, "S") as source:
        assert source.mask_kind == "mask"
        _, valid = source.read(source.grid.window)
    assert not valid[0, 60:80, 70:90].any() and valid[0, 150:, 150:].all()


def test_without_georeferencing_only_resampling_can_help(tmp_path):
    first = write_raster(tmp_path / "reference.tif", sampled(400, 420), None, None)
    values = sampled(200, 210, 2.0, place=lambda c, r: (c + 3.0, r - 2.0))
    second = write_raster(tmp_path / "secondary.tif", values, None, None)
    with pytest.raises(InputError, match="ON_REFERENCE_GRID"):
        check(job(first, second))
    result = run(job(first, second, on_reference_grid=True), Monitor())
    assert result.applied
    assert result.shift_map == pytest.approx((3.0, -2.0), abs=0.1)
    got = read_raster(result.output)[0]
    assert got.shape == (400, 420)
    assert not gdal.Open(result.output).GetProjection()
    want = sampled(400, 420)[0]
    assert np.abs(got[10:-10, 10:-10] - want[10:-10, 10:-10]).mean() < 0.35 * want.std()


def test_a_rotated_secondary_grid_is_moved_along_its_own_axes(reference, tmp_path):
    cos, sin = math.cos(math.radians(10)), math.sin(math.radians(10))

    def place(c: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return 60 + cos * c + sin * r + 2.0, 80 - sin * c + cos * r + 1.0

    gt = (X0 + 300, 5 * cos, 5 * sin, Y0 - 400, 5 * sin, -5 * cos)
    secondary = write_raster(tmp_path / "secondary.tif", sampled(280, 280, place=place), gt)
    result = run(job(reference, secondary), Monitor())
    assert result.applied
    now = geotransform(result.output)
    assert (now[0] - gt[0], now[3] - gt[3]) == pytest.approx((10.0, -5.0), abs=0.4)
    assert now[1:3] + now[4:] == pytest.approx(gt[1:3] + gt[4:])
    spline = run(job(reference, secondary, method="tps", output=str(tmp_path / "tps.tif")), Monitor())
    assert geotransform(spline.output) == pytest.approx(gt)
    assert remaining(reference, spline.output) < 0.2


@pytest.mark.parametrize(("name", "driver"), [("o.img", "HFA"), ("o.tif", "COG"), ("o.dat", "ENVI"), ("o.jp2", "")])
def test_other_formats_hold_the_same_pixels(reference, tmp_path, name, driver):
    secondary = moved(tmp_path, 1.3, -0.7)
    dataset = gdal.Open(secondary, gdal.GA_Update)
    dataset.SetMetadata({"a": "b"}, "OWN")
    dataset = None
    result = run(job(reference, secondary, output=str(tmp_path / name), output_format=driver), Monitor())
    np.testing.assert_array_equal(read_raster(result.output), read_raster(secondary))
    assert geotransform(result.output)[0] - X0 == pytest.approx(6.5, abs=0.3)
    assert not [n for n in leftovers(tmp_path) if "partial" in n]
    assert describe(result.output)["metadata"]["OWN"] == {"a": "b"}
    if driver == "COG":
        assert gdal.Open(result.output).GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"


@both_ways
def test_signed_bytes_keep_their_signs(reference, tmp_path):
    """As Int16 before GDAL 3.7, which has no type for them."""
    values = np.rint((read_raster(moved(tmp_path, 1.3, -0.7)) - 2000) / 10).clip(-128, 127)
    new = hasattr(gdal, "GDT_Int8")
    kind, options = (gdal.GDT_Int8, []) if new else (gdal.GDT_Byte, ["PIXELTYPE=SIGNEDBYTE"])
    path = str(tmp_path / "signed.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 420, 400, 1, kind, options)
    dataset.SetGeoTransform(north_up())
    dataset.SetProjection(gdal.Open(reference).GetProjection())
    dataset.WriteRaster(0, 0, 420, 400, values.astype(np.int8).tobytes())
    dataset = None
    for more in ({}, {"on_reference_grid": True, "kernel": "nearest"}):
        result = run(job(reference, path, **more), Monitor())
        found = read_raster(result.output)
        assert values.min() < 0 and found.min() == pytest.approx(values.min(), abs=1)
        assert found.mean() == pytest.approx(values.mean(), abs=1)
    run(job(reference, path), Monitor())
    np.testing.assert_array_equal(read_raster(tmp_path / "out.tif"), values)


def with_rpc(path):
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata(RPC, "RPC")
    dataset = None
    return path


@both_ways
def test_coefficients_move_with_the_pixels(reference, tmp_path):
    """Ground that the old georeferencing saw at the pixel (c, r) is seen at another one by the corrected one."""
    secondary = with_rpc(moved(tmp_path, 1.3, -0.7))
    result = run(job(reference, secondary, method="shift"), Monitor())
    before, after = gdal.Open(secondary), gdal.Open(result.output)
    x, y = after.GetGeoTransform()[0], after.GetGeoTransform()[3]
    (x0, a, _, y0, _, e), found = before.GetGeoTransform(), after.GetMetadata("RPC")
    assert float(found["SAMP_OFF"]) == pytest.approx(60 - (x - x0) / a, abs=1e-6)
    assert float(found["LINE_OFF"]) == pytest.approx(64 - (y - y0) / e, abs=1e-6)
    assert abs(float(found["SAMP_OFF"]) - 60) > 1
    assert found["LINE_NUM_COEFF"].split() == RPC["LINE_NUM_COEFF"].split()


@both_ways
def test_what_the_result_does_not_get_is_said(reference, tmp_path):
    secondary = with_rpc(moved(tmp_path, 1.3, -0.7, dtype="Byte", bands=3))
    more = {"output": str(tmp_path / "out.jpg"), "on_reference_grid": True}
    said = run(job(reference, secondary, **more), Monitor()).findings
    assert any("rational polynomial coefficients (RPC), which the result does not get" in text for text in said)
    assert any("is written with loss: the format JPEG" in text for text in said)


@both_ways
def test_a_secondary_from_south_to_north_is_moved_as_any_other(reference, tmp_path):
    usual = run(job(reference, moved(tmp_path, 1.3, -0.7)), Monitor())
    values, (x, a, _, y, _, e) = read_raster(tmp_path / "secondary.tif"), north_up()
    up = write_raster(tmp_path / "up.tif", values[:, ::-1], (x, a, 0.0, y + 400 * e, 0.0, -e))
    result = run(job(reference, up), Monitor())
    assert result.shift_map == pytest.approx(usual.shift_map, abs=1e-6)
    np.testing.assert_array_equal(read_raster(result.output), values[:, ::-1])
    assert remaining(reference, result.output) < 0.1
