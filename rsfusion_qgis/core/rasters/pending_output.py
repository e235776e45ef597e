"""A raster being made: in a hidden folder beside its final name, see `basics.pending_file`."""

from __future__ import annotations

import os
import shutil
from typing import Any, Callable

from ..basics.errors import OutputError
from ..basics.pending_file import PendingFile
from .gdal_calls import GdalFailure, gdal_failures

COMPANIONS = (".aux.xml", ".ovr", ".msk")
"""Endings of what GDAL keeps beside a raster of any format."""
_ROOM = 2**20  # bytes; more than GDAL holds back before it writes (64 KiB in a GeoTIFF)


class PendingRaster(PendingFile):
    """A raster that does not stand under its name yet; what lay beside an older one goes with that."""

    def __init__(self, path: str, parameter: str = "OUTPUT") -> None:
        super().__init__(path, parameter, COMPANIONS)

    def guard(self, action: Callable[..., Any], *args: Any) -> Any:
        """What `action(*args)` returns; a failure of GDAL becomes an OutputError."""
        try:
            with gdal_failures():
                return action(*args)
        except GdalFailure as error:
            free = shutil.disk_usage(self.folder).free // 2**20
            cure = "free some space or choose another folder" if free < 64 else "choose another folder or format"
            raise OutputError(
                f"{self.parameter}: '{self.path}' cannot be written ({error}; {free} MiB are free there); {cure}."
            ) from None

    def check_room(self) -> None:
        """Refuse a result on a full disk: GDAL says nothing when the last bytes that it held back found no room."""
        probe = self.folder / ".room"
        try:
            probe.write_bytes(os.urandom(_ROOM))
            probe.unlink()
        except OSError as error:
            raise GdalFailure(error.strerror) from None
