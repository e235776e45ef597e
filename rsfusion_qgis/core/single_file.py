"""A file that another program makes: under a name of its own first, under the final one when it is complete."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import OutputError
from .pending_output import writable_name


@contextmanager
def pending_file(path: str, parameter: str = "OUTPUT") -> Iterator[Path]:
    """Give an unused name beside `path`, with the same ending; move what is there into place when the block ends well.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written.
    """
    target = Path(path).absolute()
    if not os.access(writable_name(str(target)), os.W_OK):
        raise OutputError(f"{parameter}: the folder '{target.parent}' cannot be written; choose another one.")
    partial = target.with_name(f".{target.stem}.partial-{uuid.uuid4().hex}{target.suffix}")
    try:
        yield partial
        try:
            partial.replace(target)
        except OSError as error:
            raise OutputError(
                f"{parameter}: '{path}' cannot be written ({error.strerror}); choose another folder."
            ) from None
    finally:
        partial.unlink(missing_ok=True)
