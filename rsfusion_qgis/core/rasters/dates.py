"""Which date a raster is of: from a table, its metadata, or its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Optional

from .source import RasterSource

FORMS = "2016-08-07, 20160807 or 2016220 (year and day of the year)"
ITEM = "DATE"
"""The item that a result, and a part of a raster of several dates, has of its own."""
KEYS = ("DATE_ACQUIRED", "ACQUISITION_DATE", "ACQUISITIONDATETIME", "SENSING_TIME", "PRODUCT_START_TIME",
        "RANGEBEGINNINGDATE", "ACQUISITIONDATE", "DATATAKE_1_DATATAKE_SENSING_START", ITEM, "DATETIME")  # fmt: skip
"""Items of metadata that say when the ground was seen; TIFFTAG_DATETIME is not among them: it tells of the file."""
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_PATTERNS = (
    re.compile(rf"(?<!\d){_YEAR}[-_.]?{_MONTH}[-_.]?{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?=T\d\d)"),
)
_DAY_OF_YEAR = re.compile(rf"(?<!\d){_YEAR}[-_.]?([0-3]\d\d)(?!\d)")


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
