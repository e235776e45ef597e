"""Dates from names, metadata, tables and dimensions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.spatiotemporal_fusion.dates import date_of, read_date, read_table, slices
from tests.rasters import grid_transform, write_raster

AUGUST = date(2016, 8, 7)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("landsat_2016220.tif", AUGUST),
        ("MOD09GA.A2016220.h19v04.006.2016222031545.hdf", AUGUST),
        ("LC08_L2SP_191028_20160807_20200906_02_T1_SR_B4.TIF", AUGUST),
        ("S2A_MSIL2A_20160807T100031_N0204_R122_T33TVM_20160807T100034", AUGUST),
        ("2016-08-07", AUGUST),
        ("2016.08.07", AUGUST),
        ("2016-08-07T10:00:31Z", AUGUST),
        ("image_2016_08_07_b1", AUGUST),
        ("S3A_OL_1_EFR____20160807T093015_20160807T093315", AUGUST),
        ("tile_33UUB", None),
        ("2016400", None),
        ("dem_20169999", None),
        ("", None),
    ],
)
def test_dates_in_texts(text: str, wanted: date | None) -> None:
    assert read_date(text) == wanted


def raster(path: Path, **more: object) -> str:
    return write_raster(path, np.ones((1, 4, 4)), grid_transform(30), **more)  # type: ignore[arg-type]


def test_the_table_wins_over_the_metadata_and_these_over_the_name(tmp_path: Path) -> None:
    path = raster(tmp_path / "a_20160101.tif", metadata={"DATE_ACQUIRED": "2016-02-02"})
    with RasterSource(path, "FINE") as source:
        assert date_of(source, {"a_20160101.tif": AUGUST}) == AUGUST
        assert date_of(source, {"a_20160101": AUGUST}) == AUGUST
        assert date_of(source, {}) == date(2016, 2, 2)
    with RasterSource(raster(tmp_path / "b_20160101.tif", metadata={"TIFFTAG_DATETIME": "2020:01:01 "
                                                                                        "00:00:00"}), "FINE") as source:
        assert date_of(source, {}) == date(2016, 1, 1)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table(tmp_path: Path, separator: str) -> None:
    table = tmp_path / "dates.csv"
    table.write_text(f"file{separator}date\n/data/A.tif{separator}2016-08-07\n\nb.tif{separator} 2016221\n", "utf-8")
    assert read_table(str(table)) == {"a.tif": AUGUST, "b.tif": date(2016, 8, 8)}
    assert read_table("") == {}


def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^DATES: '.*none\.csv' cannot be read"):
        read_table(str(tmp_path / "none.csv"))
    table = tmp_path / "dates.csv"
    table.write_text("a.tif,2016-08-07\nb.tif,soon\n", "utf-8")
    with pytest.raises(InputError, match=r"^DATES: line 2 of '.*' has 'soon' for a date; expected one such as 2016"):
        read_table(str(table))


def test_times_of_a_netcdf(tmp_path: Path) -> None:
    from osgeo import gdal

    path = str(tmp_path / "cube.nc")
    cube(path, [42588.0, 42604.5])
    with RasterSource(path, "COARSE") as source:
        assert [(one.when, one.places) for one in slices(source)] == [(AUGUST, (0,)), (date(2016, 8, 23), (1,))]
    assert gdal.Open(path).RasterCount == 2


def cube(path: str, times: list[float], values: np.ndarray | None = None, pixel: float = 240.0) -> None:
    """A NetCDF file with a time dimension: one variable, days since 1899-12-31."""
    from osgeo import gdal, osr

    values = np.ones((len(times), 4, 4)) if values is None else values
    driver = gdal.GetDriverByName("netCDF")
    root = driver.CreateMultiDimensional(path).GetRootGroup()
    transform = grid_transform(pixel)
    axes = []
    for name, kind, numbers in (
        ("time", "TEMPORAL", np.array(times)),
        ("y", "HORIZONTAL_Y", transform[3] - pixel * (np.arange(values.shape[1]) + 0.5)),
        ("x", "HORIZONTAL_X", transform[0] + pixel * (np.arange(values.shape[2]) + 0.5)),
    ):
        axis = root.CreateDimension(name, kind, "", len(numbers))
        variable = root.CreateMDArray(name, [axis], gdal.ExtendedDataType.Create(gdal.GDT_Float64))
        variable.Write(np.ascontiguousarray(numbers, np.float64).tobytes())
        if name == "time":
            unit = variable.CreateAttribute("units", [], gdal.ExtendedDataType.CreateString())
            unit.Write("days since 1899-12-31")
        axes.append(axis)
    data = root.CreateMDArray("reflectance", axes, gdal.ExtendedDataType.Create(gdal.GDT_Float32))
    place = osr.SpatialReference()
    place.ImportFromEPSG(32632)
    place.SetDataAxisToSRSAxisMapping([3, 2])
    data.SetSpatialRef(place)
    data.Write(np.ascontiguousarray(values, np.float32).tobytes())
