"""Which date a raster is of: from a table, its metadata, or its name; and rasters that hold several dates."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Optional

from ...core.basics.errors import InputError
from ...core.rasters.band_stack import coarser_part
from ...core.rasters.source import RasterSource

FORMS = "2016-08-07, 20160807 or 2016220 (year and day of the year)"
ITEM = "DATE"
"""The item that a result, and a part of a raster of several dates, has of its own."""
KEYS = ("DATE_ACQUIRED", "ACQUISITION_DATE", "ACQUISITIONDATETIME", "SENSING_TIME", "PRODUCT_START_TIME",
        "RANGEBEGINNINGDATE", "ACQUISITIONDATE", "DATATAKE_1_DATATAKE_SENSING_START", ITEM, "DATETIME")  # fmt: skip
"""Items of metadata that say when the ground was seen; TIFFTAG_DATETIME is not among them: it tells of the file."""
DIMENSIONS = ("NETCDF_DIM_", "TIME#", "DIM_TIME_VALUE")
"""How items begin that tell of the dimensions of a multidimensional raster."""
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_PATTERNS = (
    re.compile(rf"(?<!\d){_YEAR}[-_.]?{_MONTH}[-_.]?{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?=T\d\d)"),
)
_DAY_OF_YEAR = re.compile(rf"(?<!\d){_YEAR}[-_.]?([0-3]\d\d)(?!\d)")
_EPOCH = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_UNITS = {"days": 1.0, "day": 1.0, "hours": 1 / 24, "hour": 1 / 24, "minutes": 1 / 1440, "seconds": 1 / 86400}


def read_date(text: str) -> Optional[date]:
    """The first date in a text, None where there is none; see `FORMS`."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                continue
    for found in _DAY_OF_YEAR.finditer(text):
        year, day = (int(part) for part in found.groups())
        if 1 <= day <= 366:
            made = date(year, 1, 1) + timedelta(days=day - 1)
            if made.year == year:
                return made
    return None


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


def date_of(source: RasterSource, table: Mapping[str, date]) -> Optional[date]:
    """When the ground of a raster was seen, None where nothing says so: the table wins, then the metadata."""
    name = Path(source.path.rsplit('"', 1)[-1] if '"' not in source.path else source.path.split('"')[1]).name.lower()
    for known in (name, name.partition(".")[0]):
        if known in table:
            return table[known]
    items = {key.upper(): value for entries in source.metadata.values() for key, value in entries.items()}
    for text in (items.get(key, "") for key in KEYS):
        when = read_date(text)
        if when is not None:
            return when
    return read_date(name)


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
