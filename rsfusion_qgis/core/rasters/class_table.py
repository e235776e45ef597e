"""What the values of a class raster mean, written into the file itself: colour table, names, attribute table.

GDAL keeps the names and the table of a GeoTIFF in a file beside it, which gets lost where the raster is copied alone;
so the names are metadata of the band as well (`class_legend` reads all of them).
"""

from __future__ import annotations

import colorsys
import json

from osgeo import gdal

from .class_spec import ClassSpec
from .lineage import DOMAIN

_GOLDEN = 0.61803398875  # of a turn of hue: classes that follow each other never look alike

NAMES_KEY, NAMES_DOMAIN = "CLASS_NAMES", DOMAIN
"""Where the band's metadata hold the names: a JSON object, code -> name."""


def write_class_table(band: gdal.Band, classes: tuple[ClassSpec, ...]) -> None:
    """Give a band of class codes its colours, category names and raster attribute table."""
    colours, names = gdal.ColorTable(), [""] * (max(one.code for one in classes) + 1)
    for place, one in enumerate(classes):
        colours.SetColorEntry(one.code, (*rgb(colour_of(one, place)), 255))
        names[one.code] = one.name
    band.SetColorTable(colours)
    band.SetColorInterpretation(gdal.GCI_PaletteIndex)
    band.SetCategoryNames(names)
    band.SetDefaultRAT(_attribute_table(classes))
    band.SetMetadataItem(NAMES_KEY, json.dumps({one.code: one.name for one in classes}), NAMES_DOMAIN)


def _attribute_table(classes: tuple[ClassSpec, ...]) -> gdal.RasterAttributeTable:
    table = gdal.RasterAttributeTable()
    table.CreateColumn("Value", gdal.GFT_Integer, gdal.GFU_MinMax)
    table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
    for name, usage in (("Red", gdal.GFU_Red), ("Green", gdal.GFU_Green), ("Blue", gdal.GFU_Blue)):
        table.CreateColumn(name, gdal.GFT_Integer, usage)
    table.SetRowCount(len(classes))
    for row, one in enumerate(classes):
        table.SetValueAsInt(row, 0, one.code)
        table.SetValueAsString(row, 1, one.name)
        for column, value in enumerate(rgb(colour_of(one, row)), start=2):
            table.SetValueAsInt(row, column, value)
    return table


def colour_of(one: ClassSpec, place: int) -> str:
    """The colour of a class, "#rrggbb": its own, else one that depends on its place among the classes, from 0."""
    if one.colour:
        return one.colour
    red, green, blue = colorsys.hsv_to_rgb((0.1 + place * _GOLDEN) % 1.0, 0.75 - 0.25 * (place % 3 == 2), 0.85)
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"


def rgb(colour: str) -> tuple[int, int, int]:
    """(red, green, blue), 0 to 255 each, of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
