"""What the metadata of a result say of how it came about, for those who read it again."""

from __future__ import annotations

from osgeo import gdal

DOMAIN = "RSFUSION"
"""Metadata domain of everything that is said."""
_MOVED = "MOVED_"


def moved_entry(parameter: str, moved: tuple[float, float]) -> dict[str, str]:
    """The entry about a raster that was moved by (dx, dy) map units of the result; {} where it was not."""
    return {} if moved == (0.0, 0.0) else {_MOVED + parameter: f"{moved[0]!r},{moved[1]!r}"}


def told_move(dataset: gdal.Dataset, parameter: str) -> tuple[float, float]:
    """By how much (dx, dy) the raster of a parameter was moved for this result; 0, 0 where nothing is said."""
    text = dataset.GetMetadataItem(_MOVED + parameter, DOMAIN) or ""
    try:
        dx, dy = (float(part) for part in text.split(","))
    except ValueError:
        return 0.0, 0.0
    return dx, dy
