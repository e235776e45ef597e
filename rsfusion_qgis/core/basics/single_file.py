"""A small file, such as a report, a table or a network: it appears under its name only when it is complete.

Rasters, which have companions, lie in a folder of their own until then: see `pending_output`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import OutputError


def check_file_name(path: str, parameter: str) -> Path:
    """The absolute name of a file to be written; raises OutputError, naming the parameter, where none can lie."""
    target = Path(path).absolute()
    if not target.parent.is_dir():
        raise OutputError(f"{parameter}: the folder '{target.parent}' does not exist; create it or choose another one.")
    if target.is_dir():
        raise OutputError(f"{parameter}: '{path}' is a folder; expected the name of a file.")
    if not os.access(target.parent, os.W_OK):
        raise OutputError(f"{parameter}: the folder '{target.parent}' cannot be written; choose another one.")
    return target


@contextmanager
def pending_file(path: str, parameter: str) -> Iterator[Path]:
    """Give an unused name beside `path`, with the same ending; move what is there into place when the block ends well.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written; the message names the user's parameter.
    """
    target = check_file_name(path, parameter)
    partial = target.with_name(f".{target.stem}.partial-{uuid.uuid4().hex}{target.suffix}")
    try:
        yield partial
        partial.replace(target)
    except OSError as error:
        raise OutputError(
            f"{parameter}: '{path}' cannot be written ({error.strerror}); choose another folder."
        ) from None
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: str, text: str, parameter: str) -> None:
    """Write a text in UTF-8; raises as `pending_file`."""
    with pending_file(path, parameter) as partial:
        partial.write_text(text, encoding="utf-8")
