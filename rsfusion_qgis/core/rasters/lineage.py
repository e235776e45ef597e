"""What the metadata of a result say of how it came about, for those who read it again."""

from __future__ import annotations

from osgeo import gdal

from ..grid.grid import IDENTITY
from .turned import Turn

DOMAIN = "RSFUSION"
"""Metadata domain of everything that is said."""
_MOVED, _TURNED = "MOVED_", "TURNED_"


def moved_entry(parameter: str, moved: tuple[float, float]) -> dict[str, str]:
    """The entry about a raster that was moved by (dx, dy) map units of the result; {} where it was not."""
    return {} if moved == (0.0, 0.0) else {_MOVED + parameter: f"{moved[0]!r},{moved[1]!r}"}


def turned_entry(parameter: str, turned: Turn) -> dict[str, str]:
    """The entry about a raster whose content was turned in its own pixels, before it was moved; {} where it was not."""
    return {_TURNED + parameter: ",".join(map(repr, turned))} if turned else {}


def told_turn(dataset: gdal.Dataset, parameter: str) -> Turn:
    """How the content of the raster of a parameter was turned for this result; () where nothing is said."""
    text = dataset.GetMetadataItem(_TURNED + parameter, DOMAIN) or ""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        return ()
    return found if len(found) == len(IDENTITY) else ()


def told_move(dataset: gdal.Dataset, parameter: str) -> tuple[float, float]:
    """By how much (dx, dy) the raster of a parameter was moved for this result; 0, 0 where nothing is said."""
    text = dataset.GetMetadataItem(_MOVED + parameter, DOMAIN) or ""
    try:
        dx, dy = (float(part) for part in text.split(","))
    except ValueError:
        return 0.0, 0.0
    return dx, dy
