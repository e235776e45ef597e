"""Which date a raster is of: from a table, its metadata, or its name; and rasters that hold several dates."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Optional

from ...core.basics.errors import InputError
from ...core.rasters.band_stack import coarser_part
from ...core.rasters.dates import FORMS, ITEM, KEYS, date_of, read_date
from ...core.rasters.source import RasterSource

__all__ = ["FORMS", "ITEM", "KEYS", "Slice", "date_of", "part_of", "read_date", "read_table", "slices"]

DIMENSIONS = ("NETCDF_DIM_", "TIME#", "DIM_TIME_VALUE")
"""How items begin that tell of the dimensions of a multidimensional raster."""
_EPOCH = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_UNITS = {"days": 1.0, "day": 1.0, "hours": 1 / 24, "hour": 1 / 24, "minutes": 1 / 1440, "seconds": 1 / 86400}


def read_table(path: str) -> dict[str, date]:
    """Dates by file name, in lower case and without folders, from a CSV file of names and dates.

    Raises
    ------
    InputError
        The file cannot be read, or a line has no date.
    """
    if not path:
        return {}
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"DATES: '{path}' cannot be read ({error}); name a CSV file in UTF-8.") from None
    found: dict[str, date] = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=_delimiter(text)), start=1):
        cells = [cell.strip() for cell in row]
        if len(cells) < 2 or not cells[0]:
            continue
        when = read_date(cells[1])
        if when is not None:
            found[Path(cells[0]).name.lower()] = when
        elif number > 1:
            raise InputError(
                f"DATES: line {number} of '{path}' has '{cells[1]}' for a date; expected one such as {FORMS}, in the "
                "second column."
            )
    return found


def _delimiter(text: str) -> str:
    return max(",;\t", key=text.count)


@dataclass(frozen=True)
class Slice:
    """The bands of one date in a raster of several dates; places count from 0."""

    when: date
    places: tuple[int, ...]


def slices(source: RasterSource) -> list[Slice]:
    """The dates of a multidimensional raster (NetCDF, Zarr, HDF5): bands that GDAL gives a time; [] for any other."""
    units = next((value for entries in source.metadata.values() for key, value in entries.items()
                  if key.lower() == "time#units"), "")  # fmt: skip
    found: dict[date, list[int]] = {}
    for place, band in enumerate(source.bands):
        text = next((value for entries in band.metadata.values() for key, value in entries.items()
                     if key.upper() in ("NETCDF_DIM_TIME", "DIM_TIME_VALUE")), "")  # fmt: skip
        when = _time(text, units)
        if when is None:
            return []
        found.setdefault(when, []).append(place)
    return [Slice(when, tuple(places)) for when, places in sorted(found.items())]


def _time(text: str, units: str) -> Optional[date]:
    step, _, begin = units.partition(" since ")
    start, days = _EPOCH.match(begin), _UNITS.get(step.strip().lower())
    if start is None or days is None:
        return read_date(text)
    try:
        clock = datetime(*(int(part) for part in start.groups())) + timedelta(days=float(text) * days)
    except (ValueError, OverflowError):
        return None
    return clock.date()


def part_of(source: RasterSource, part: Slice) -> str:
    """The name of a virtual raster of one date of a multidimensional one, which knows its date."""
    return coarser_part(source.readable, part.places, 1, source.grid, {ITEM: part.when.isoformat()})
