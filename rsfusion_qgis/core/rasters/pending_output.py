"""A file being made: in a folder of its own beside the final name, moved there only when it is complete.

The folder lies on the output's file system, so that every move is one rename.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Callable

from ..basics.errors import OutputError
from .gdal_calls import GdalFailure, gdal_failures

_SIDECARS = (".aux.xml", ".ovr", ".msk")
_ROOM = 2**20  # bytes; more than GDAL holds back before it writes (64 KiB in a GeoTIFF)


class PendingOutput:
    """An output that has no file yet.

    Parameters
    ----------
    path : str
        Final name.

    Attributes
    ----------
    path : Path
    folder : Path
        Where everything is made; what lies in it at the end is the result with its companions.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written.
    """

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        parent = writable_name(path)
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=f".{self.path.stem}.partial-", dir=parent))
        except OSError as error:
            raise OutputError(
                f"OUTPUT: the folder '{parent}' cannot be written ({error.strerror}); choose another one."
            ) from None

    def guard(self, action: Callable[..., Any], *args: Any) -> Any:
        """What `action(*args)` returns; a failure of GDAL becomes an OutputError."""
        try:
            with gdal_failures():
                return action(*args)
        except GdalFailure as error:
            free = shutil.disk_usage(self.folder).free // 2**20
            cure = "free some space or choose another folder" if free < 64 else "choose another folder or format"
            raise OutputError(
                f"OUTPUT: '{self.path}' cannot be written ({error}; {free} MiB are free there); {cure}."
            ) from None

    def check_room(self) -> None:
        """Refuse a result on a full disk: GDAL says nothing when the last bytes that it held back found no room."""
        probe = self.folder / ".room"
        try:
            probe.write_bytes(os.urandom(_ROOM))
            probe.unlink()
        except OSError as error:
            raise GdalFailure(error.strerror) from None

    def move_into_place(self) -> None:
        """Give everything in the folder its final name, the output itself last."""
        try:
            for ending in _SIDECARS:
                Path(str(self.path) + ending).unlink(missing_ok=True)
            made = sorted(self.folder.iterdir(), key=lambda p: p.name == self.path.name)
            for file in made:
                file.replace(self.path.parent / file.name)
        except OSError as error:
            raise OutputError(f"OUTPUT: '{self.path}' cannot be written ({error.strerror}).") from None

    def discard(self) -> None:
        """Remove whatever was not moved; harmless when repeated."""
        shutil.rmtree(self.folder, ignore_errors=True)


def writable_name(path: str) -> Path:
    """The folder of an output, absolute; raises OutputError where no file of that name can lie."""
    folder = Path(path).absolute().parent
    if not folder.is_dir():
        raise OutputError(f"OUTPUT: the folder '{folder}' does not exist; create it or choose another one.")
    if Path(path).is_dir():
        raise OutputError(f"OUTPUT: '{path}' is a folder; expected the name of a file.")
    return folder


def same_file(a: str, b: str) -> bool:
    """Whether two names lead to one file, which need not exist."""
    try:
        return Path(a).samefile(b)
    except OSError:
        return Path(a).absolute() == Path(b).absolute()
