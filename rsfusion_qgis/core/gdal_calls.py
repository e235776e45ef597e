"""GDAL calls that fail the same way whether GDAL's exceptions are on (QGIS 3.38 and later) or off.

The global setting belongs to the host program and to other plugins, so it is never changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from osgeo import gdal


class GdalFailure(Exception):
    """GDAL reported an error; the text is GDAL's own. Callers turn it into a sentence for the user."""


@contextmanager
def gdal_failures() -> Iterator[None]:
    """Raise `GdalFailure` when the last GDAL call in the block that complains reports a failure.

    GDAL keeps the last error per thread, so this needs no handler written in Python: those are called, and
    released, from several threads at once here.
    """
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
        failed = gdal.GetLastErrorType() >= gdal.CE_Failure
        message = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        failed, message = True, str(error)
        # The frames of GDAL's Python module would keep the data set open for as long as the error lives.
        traceback.clear_frames(error.__traceback__)
    finally:
        gdal.ErrorReset()
        gdal.PopErrorHandler()
    if failed:
        # With exceptions on, newer versions append the errors that came before.
        text = " ".join(message.split()).partition(" May be caused by: ")[0]
        raise GdalFailure(text or "unknown error")


def close(dataset: Optional[gdal.Dataset]) -> None:
    """Write out and close a data set; call it in `gdal_failures`, with the last reference to the data set.

    A destructor cannot report with exceptions on, so GDAL's own method is taken where there is one (3.8).
    """
    if dataset is None or not hasattr(dataset, "Close"):
        return
    try:
        dataset.Close()
    except RuntimeError:
        dataset.thisown = False  # closed all the same: the destructor must not do it again
        raise
