"""GDAL calls that fail the same way whether GDAL's exceptions are on (QGIS 3.38 and later) or off.

The global setting belongs to the host program and to other plugins, so it is never changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable, Optional

from osgeo import gdal

from ..basics.interruption import uninterrupted

UNTOLD = ("IMAGE_STRUCTURE", "DERIVED_SUBDATASETS", "SUBDATASETS", "xml:VRT", "LocationInfo")
"""Metadata domains that belong to one file and no copy of it."""
_SWATH_KEY, _SWATH_BYTES = "GDAL_SWATH_SIZE", 2**22


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


def read_text(name: str, most: int) -> str:
    """The beginning of a text file under a name of GDAL's, such as one inside an archive; "" where there is none."""
    try:
        with gdal_failures():
            file = gdal.VSIFOpenL(name, "rb")
            if file is None:
                return ""
            try:
                return bytes(gdal.VSIFReadL(1, most, file) or b"").decode("utf-8", "replace")
            finally:
                gdal.VSIFCloseL(file)
    except GdalFailure:
        return ""


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


def copied(
    source: gdal.Dataset, path: str, driver: str, options: list[str],
    watch: Optional[Callable[[float], None]] = None, left_out: tuple[str, ...] = UNTOLD,
) -> None:  # fmt: skip
    """Copy a data set block by block into a file of another format; call it in `gdal_failures`.

    Parameters
    ----------
    watch : called with the share that is done; what it raises ends the copy and leaves this function.
    left_out : metadata domains that are not copied; all others are.
    """
    raised: list[BaseException] = []

    def callback(share: float, *_: Any) -> int:
        try:
            if watch is not None:
                watch(share)
        except BaseException as error:  # GDAL's module would print it and go on
            raised.append(error)
        return not raised

    try:
        with _small_swaths(), uninterrupted():  # what is raised in the callback from outside, GDAL's module would print
            copy = gdal.GetDriverByName(driver).CreateCopy(path, source, strict=0, options=options, callback=callback)
    except RuntimeError:
        if not raised:
            raise
        copy = None
    if raised or copy is None:
        del source  # an error that is kept would keep the data set open
        raise raised[0] if raised else GdalFailure(" ".join(gdal.GetLastErrorMsg().split()) or "unknown error")
    if driver == "COG":  # its order of bytes bears no change: what follows goes into a file beside it
        close(copy)
        copy = gdal.OpenEx(path, gdal.OF_RASTER)
    copy_metadata(source, copy, left_out)
    copy.FlushCache()
    close(copy)


@contextmanager
def _small_swaths() -> Iterator[None]:
    """Copies in steps of a few MB, so that a watcher is asked often."""
    before = gdal.GetThreadLocalConfigOption(_SWATH_KEY)
    gdal.SetThreadLocalConfigOption(_SWATH_KEY, str(_SWATH_BYTES))
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(_SWATH_KEY, before)


def copy_metadata(source: gdal.Dataset, copy: gdal.Dataset, left_out: tuple[str, ...]) -> None:
    """Carry over the metadata of all domains but some, of a data set and its bands; GDAL does a few only."""
    pairs = [(source, copy)]
    pairs += [(source.GetRasterBand(i + 1), copy.GetRasterBand(i + 1)) for i in range(copy.RasterCount)]
    for whence, where in pairs:
        for domain in whence.GetMetadataDomainList() or []:
            entries = whence.GetMetadata(domain)
            if domain and domain not in left_out and where.GetMetadata(domain) != entries:
                where.SetMetadata(entries, domain)
