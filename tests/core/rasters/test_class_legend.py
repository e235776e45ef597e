"""Names and colours of a class raster, however the file tells them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.rasters.class_legend import LegendEntry, class_legend
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.class_table import NAMES_DOMAIN, NAMES_KEY, write_class_table
from rsfusion_qgis.core.rasters.source import RasterSource
from tests.rasters import grid_transform
from tests.vectors import write_labels

PLACE = grid_transform(10.0)
CLASSES = (ClassSpec("water", 1, "#0000ff"), ClassSpec("forêt", 7, "#008000"))


def legend_of(path: str | Path) -> dict[int, LegendEntry]:
    """What the file says."""
    with RasterSource(str(path), "MAP", kind="codes") as source:
        return class_legend(source)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A class raster as the engine writes it."""
    path = tmp_path / "classes.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, 1, gdal.GDT_Byte)
    write_class_table(dataset.GetRasterBand(1), CLASSES)
    dataset.FlushCache()
    return path


@pytest.mark.parametrize("alone", [False, True])
def test_what_the_engine_writes_is_read_again_also_without_the_file_beside(written: Path, alone: bool) -> None:
    if alone:
        Path(f"{written}.aux.xml").unlink()
    assert legend_of(written) == {1: LegendEntry("water", "#0000ff"), 7: LegendEntry("forêt", "#008000")}


@pytest.mark.parametrize("text", ["no json", "[1, 2]", '{"x": "y"}', '{"1": 2}', "null"])
def test_foreign_metadata_under_the_same_name_say_nothing(tmp_path: Path, text: str) -> None:
    path = write_labels(tmp_path / "l.tif", np.ones((2, 2)), PLACE)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetMetadataItem(NAMES_KEY, text, NAMES_DOMAIN)
    dataset.FlushCache()
    del dataset
    assert legend_of(path) == {}


def test_a_colour_table_alone_gives_colours_without_names(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "l.tif", np.ones((2, 2)), PLACE, colours=[(0, 0, 0), (255, 0, 16)])
    assert legend_of(path)[1] == LegendEntry("", "#ff0010")


def test_an_attribute_table_without_a_column_of_values_says_nothing(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "l.tif", np.ones((2, 2)), PLACE)
    table = gdal.RasterAttributeTable()
    table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
    table.SetValueAsString(0, 0, "odd")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetDefaultRAT(table)
    dataset.FlushCache()
    del dataset
    assert legend_of(path) == {}
