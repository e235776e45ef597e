"""Names and colours of the values of a class raster: what its file says, in any of the ways that GDAL knows.

Taken in this order, the later filling in what the earlier lack: the raster attribute table, category names, the names
in the band's metadata that `class_table` writes, the colour table.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Optional

from osgeo import gdal

from .class_table import NAMES_DOMAIN, NAMES_KEY
from .source import RasterSource

_MOST_VALUES = 65536  # category names and colour tables have no more


@dataclass(frozen=True)
class LegendEntry:
    """A value of a class raster.

    Attributes
    ----------
    name : str
        "" = not said.
    colour : str
        "#rrggbb"; "" = not said.
    """

    name: str = ""
    colour: str = ""


def class_legend(source: RasterSource) -> dict[int, LegendEntry]:
    """What the first band of a raster says of its values: value -> entry; empty where it says nothing."""
    band = source.dataset.GetRasterBand(source.bands[0].index)
    table = _from_table(band.GetDefaultRAT())
    names = _from_metadata(band.GetMetadataItem(NAMES_KEY, NAMES_DOMAIN))
    names.update({i: name for i, name in enumerate(band.GetRasterCategoryNames() or []) if name})
    colours = _from_colour_table(band.GetRasterColorTable())
    found = {}
    for value in {*table, *names, *(colours if not table and not names else ())}:
        entry = table.get(value, LegendEntry())
        found[value] = LegendEntry(entry.name or names.get(value, ""), entry.colour or colours.get(value, ""))
    return found


def _from_metadata(text: Optional[str]) -> dict[int, str]:
    """Names by code; what is no JSON object of texts by whole numbers is left aside, as any other foreign metadata."""
    try:
        found = json.loads(text or "{}")
        return {int(code): name for code, name in found.items() if isinstance(name, str) and name}
    except (ValueError, AttributeError):
        return {}


def _from_colour_table(table: Optional[gdal.ColorTable]) -> dict[int, str]:
    if table is None:
        return {}
    count = min(table.GetCount(), _MOST_VALUES)
    return {i: _hexadecimal(*table.GetColorEntry(i)[:3]) for i in range(count)}


def _from_table(table: Optional[gdal.RasterAttributeTable]) -> dict[int, LegendEntry]:
    """Entries of a raster attribute table that has a column of values."""
    if table is None:
        return {}
    columns = {table.GetUsageOfCol(i): i for i in reversed(range(table.GetColumnCount()))}
    values = columns.get(gdal.GFU_MinMax, columns.get(gdal.GFU_Min))
    if values is None:
        return {}
    found = {}
    for row in range(min(table.GetRowCount(), _MOST_VALUES)):
        value = table.GetValueAsDouble(row, values)
        if math.isfinite(value) and value == round(value):
            found[int(value)] = LegendEntry(_text(table, row, columns.get(gdal.GFU_Name)), _colour(table, row, columns))
    return found


def _text(table: gdal.RasterAttributeTable, row: int, column: Optional[int]) -> str:
    return "" if column is None else str(table.GetValueAsString(row, column)).strip()


def _colour(table: gdal.RasterAttributeTable, row: int, columns: dict[int, int]) -> str:
    wanted = [columns.get(usage) for usage in (gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)]
    return "" if None in wanted else _hexadecimal(*(table.GetValueAsInt(row, column) for column in wanted))


def _hexadecimal(*rgb: int) -> str:
    return "#" + "".join(f"{min(max(int(value), 0), 255):02x}" for value in rgb)
