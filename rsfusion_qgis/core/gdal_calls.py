"""GDAL calls that fail the same way whether GDAL's exceptions are on (QGIS 3.38 and later) or off.

The global setting belongs to the host program and to other plugins, so it is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal


class GdalFailure(Exception):
    """GDAL reported an error; the text is GDAL's own. Callers turn it into a sentence for the user."""


@contextmanager
def gdal_failures() -> Iterator[None]:
    """Raise `GdalFailure` when any GDAL call in the block reports an error, by exception or by message."""
    messages: list[str] = []

    def collect(error_class: int, _number: int, text: str) -> None:
        if error_class >= gdal.CE_Failure:
            messages.append(" ".join(text.split()))

    gdal.PushErrorHandler(collect)
    try:
        yield
    except RuntimeError as error:
        raise GdalFailure(" ".join(str(error).split()) or (messages[0] if messages else "unknown error")) from None
    finally:
        gdal.PopErrorHandler()
    if messages:
        raise GdalFailure(messages[0])
