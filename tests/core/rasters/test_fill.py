"""Fill that nothing declares: found where it is fill, and left alone where it is a value like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.fill import HEIGHTS, IMAGE, unforeseen
from rsfusion_qgis.core.rasters.samples.label_reader import LabelReader
from rsfusion_qgis.core.rasters.source import RasterSource, warped_source
from tests.rasters import grid_transform, write_raster

LARGEST = float(np.finfo(np.float32).max)


def scene(low: float, high: float, bands: int = 2, side: int = 80) -> np.ndarray:
    """(bands, side, side) of waves and noise between two values."""
    rng = np.random.default_rng(3)
    row, col = np.mgrid[0:side, 0:side]
    waves = 0.5 + 0.35 * np.sin(row / 9.0) * np.cos(col / 13.0)
    return low + (high - low) * np.clip(waves + 0.05 * rng.standard_normal((bands, side, side)), 0.02, 0.98)


def put(folder: Path, values: np.ndarray, dtype: str, **more: Any) -> str:
    return write_raster(folder / "raster.tif", values, grid_transform(10.0), dtype=dtype, **more)


def with_corner(values: np.ndarray, fill: float, rows: int = 30, cols: int = 40) -> np.ndarray:
    values[:, :rows, :cols] = fill
    return values


@pytest.mark.parametrize(
    ("dtype", "low", "high", "fill"),
    [
        ("Float32", 0.0, 1.0, -LARGEST),  # ESRI, SAGA
        ("Float32", 0.0, 1.0, LARGEST),
        ("Float64", 0.0, 1.0, -1.7976931348623157e308),
        ("Float32", 0.0, 1.0, 9.969209968386869e36),  # netCDF
        ("Float32", -25.0, -2.0, -9999.0),
        ("Float32", 100.0, 180.0, -32767.0),
        ("Int16", 0.0, 9000.0, -9999.0),
        ("Int16", 0.0, 3000.0, -32768.0),
    ],
)
def test_usual_fill_is_no_data_with_one_warning(tmp_path, dtype: str, low: float, high: float, fill: float) -> None:
    values = scene(low, high)
    values[:, 10:14, 20:24] = fill  # amid the data, too
    path = put(tmp_path, values, dtype)
    for kind in (IMAGE, HEIGHTS):
        with RasterSource(path, "MS", kind=kind) as source:
            stored, valid = source.read(source.grid.window)
            expected = np.ones(values.shape, bool)
            expected[:, 10:14, 20:24] = False
            assert np.array_equal(valid, expected)
            assert np.abs(stored).max() < 1e19
            if abs(fill) < 1e300:  # what single precision does not hold is no number anyway
                assert [one.severity for one in source.findings] == ["warning"]
                assert f"{fill:.9g}" in source.findings[0].sentence
                assert source.findings[0].sentence.startswith("MS holds ")
                assert source.bands[0].nodata == np.float32(fill) and source.mask_kind == "nodata"


@pytest.mark.parametrize(
    ("dtype", "low", "high", "fill"),
    [
        ("Float32", -11000.0, 8000.0, -9999.0),  # a sea floor
        ("Int16", -1100.0, 9000.0, -999.0),  # reflectance x 10000 with the offset undone
        ("Int16", -32760.0, 32760.0, -32768.0),  # one part of a complex image
        ("UInt16", 100.0, 60000.0, 32768.0),
    ],
)
def test_values_among_others_stay_values(tmp_path, dtype: str, low: float, high: float, fill: float) -> None:
    path = put(tmp_path, with_corner(scene(low, high), fill, 4, 4), dtype)
    with RasterSource(path, "MS") as source:
        assert source.read(source.grid.window)[1].all()
        assert not source.findings and source.mask_kind == "none"


@pytest.mark.parametrize(
    ("dtype", "bands", "low", "high", "fill"),
    [
        ("Byte", 3, 0.0, 200.0, 0.0),  # dark pixels beside it, but none is black in all bands
        ("UInt16", 4, 300.0, 4000.0, 0.0),
        ("UInt16", 1, 300.0, 4000.0, 0.0),
        ("UInt16", 4, 300.0, 4000.0, 65535.0),
        ("Byte", 3, 10.0, 200.0, 255.0),
        ("Float32", 4, 0.01, 0.6, 0.0),
        ("Float32", 2, -25.0, -2.0, -100.0),
        ("Float32", 1, 50.0, 60.0, 1234.0),
    ],
)
def test_a_constant_collar_is_no_data(
    tmp_path, dtype: str, bands: int, low: float, high: float, fill: float
) -> None:  # fmt: skip
    values = scene(low, high, bands)
    for row in range(values.shape[1]):  # a turned scene: its edge cuts through the blocks
        values[:, row, : max(0, 50 - row)] = fill
    with RasterSource(put(tmp_path, values, dtype), "PAN") as source:
        valid = source.read(source.grid.window)[1]
        row, col = np.mgrid[0:80, 0:80]
        assert np.array_equal(valid, np.broadcast_to(col >= np.maximum(0, 50 - row), valid.shape))
        assert "along its border" in source.findings[0].sentence
        assert source.bands[0].nodata == fill


def ground(values: np.ndarray) -> np.ndarray:
    """Heights above ground: most is 0, some is not."""
    return np.where(values > np.percentile(values, 70), values, 0.0)


@pytest.mark.parametrize(
    ("values", "dtype", "kind"),
    [
        (with_corner(scene(0.0, 30.0, 1), 0.0), "Float32", HEIGHTS),
        (with_corner(scene(20.0, 30.0, 1), 0.0), "UInt16", HEIGHTS),
        (ground(scene(0.0, 30.0, 1)), "Float32", IMAGE),
        (ground(scene(0.0, 300.0, 1)), "UInt16", IMAGE),
        (np.full((3, 80, 80), 0.0), "Byte", IMAGE),
        (np.full((1, 80, 80), 7.0), "Float32", IMAGE),
        (with_corner(scene(10.0, 250.0, 3), 255.0, 3, 3), "Byte", IMAGE),  # a glint
        (np.clip(scene(0.0, 400.0, 3), 0, 255), "Byte", IMAGE),  # overexposed
    ],
    ids=["sea", "pit", "ground", "ground in decimetres", "black", "flat", "glint", "overexposed"],
)
def test_what_is_no_collar_stays(tmp_path, values: np.ndarray, dtype: str, kind: str) -> None:
    with RasterSource(put(tmp_path, values, dtype), "MS", kind=kind) as source:
        assert source.read(source.grid.window)[1].all()
        assert not source.findings


def test_who_declares_a_value_is_taken_at_their_word(tmp_path) -> None:
    path = put(tmp_path, with_corner(scene(300, 4000), 0), "UInt16", nodata=65535)
    with RasterSource(path, "MS") as source:
        assert source.read(source.grid.window)[1].all() and not source.findings


def test_a_change_of_the_file_is_seen(tmp_path) -> None:
    for fill, found in ((500.0, None), (-9999.0, -9999.0), (600.0, None)):
        path = put(tmp_path, with_corner(scene(300, 4000), fill), "Float32")
        with RasterSource(path, "MS") as source:
            assert source.bands[0].nodata == found


def test_what_no_look_had_shown_is_left_out_and_told_later(tmp_path) -> None:
    values = scene(100.0, 200.0, 1, 2400).astype(np.float32)
    values[0, 65:68, 65:70] = -9999.0  # between the blocks that are looked at
    with RasterSource(put(tmp_path, values, "Float32"), "DSM", kind=HEIGHTS) as source:
        assert not source.findings
        valid = source.read(Window(60, 60, 20, 20))[1]
        assert (~valid).sum() == 15
        (told,) = unforeseen([source])
        assert told.severity == "warning" and "DSM" in told.sentence and "15 values" in told.sentence


def test_a_warp_leaves_fill_out(tmp_path) -> None:
    values = with_corner(np.full((1, 60, 60), 100.0) + np.arange(60) / 10, -9999.0)
    with RasterSource(put(tmp_path, values, "Float32"), "DSM", kind=HEIGHTS) as source:
        x0, a, _, y0, _, e = source.grid.geotransform
        moved = Grid(source.grid.crs_wkt, (x0 + 3.0, a, 0.0, y0, 0.0, e), 59, 60)
        stored, valid = warped_source(source, moved, "bilinear").read(moved.window)
        assert stored[valid].min() > 99 and stored[valid].max() < 107
        assert not valid[0, 5, 5] and valid[0, 50, 50]


@pytest.mark.parametrize(
    ("codes", "dtype", "fill"),
    [
        ((1, 2, 9, 255), "Byte", 255),
        ((0, 11, 95, 255), "Byte", 255),
        ((1, 4, 65535), "UInt16", 65535),
        ((0, 1, 2, -9999), "Int16", -9999),
        ((1, 2, -LARGEST), "Float32", -LARGEST),
        ((1, 255), "Byte", None),  # a mask of two values
        ((0, 1, 255), "Byte", None),
        ((20, 200, 255), "Byte", None),
        ((-1, 1, 2), "Int16", None),
    ],
)
def test_codes_that_are_no_class(tmp_path, codes: tuple[float, ...], dtype: str, fill: Optional[float]) -> None:
    values = np.repeat(np.array(codes), 20)[None, :, None].repeat(30, axis=2)
    with LabelReader(put(tmp_path, values, dtype), "LABELS") as reader:
        valid = reader.read(reader.grid.window)[1]
        assert np.array_equal(valid, np.ones_like(valid) if fill is None else values[0] != np.float32(fill))
        assert [f"LABELS holds {fill:.9g} beside" in text for text in reader.warnings] == [True] * (fill is not None)


def test_a_class_that_has_a_name_is_one(tmp_path) -> None:
    values = np.repeat(np.array((1, 2, 255)), 20)[None, :, None].repeat(30, axis=2)
    path = put(tmp_path, values, "Byte")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames([""] * 255 + ["water"])
    dataset = None
    with LabelReader(path, "LABELS") as reader:
        assert reader.read(reader.grid.window)[1].all() and not reader.warnings


@pytest.mark.parametrize("nodata", [None, 0.0])
def test_a_warp_cannot_leave_out_two_values(tmp_path, nodata: Optional[float]) -> None:
    path = put(tmp_path, with_corner(scene(100.0, 200.0), -9999.0), "Float32", nodata=nodata)
    with RasterSource(path, "MS") as source:
        if nodata is None:
            assert warped_source(source, source.grid, "cubic").grid == source.grid
        else:
            with pytest.raises(InputError, match=r"MS declares 0 as no data and holds -9999 as a second fill"):
                warped_source(source, source.grid, "cubic")
