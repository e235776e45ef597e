"""How a training that another program started talks with it: lines of JSON on stdout, one sentence on stderr.

{"progress": share}, {"info": text}, {"warning": text}, and at the end {"result": numbers}.
"""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rsfusion_qgis.core.basics.errors import RsFusionError

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_TORCH_CANNOT_WRITE = ("PytorchStreamWriter", "No space left", "unexpected pos")


def say(**message: object) -> None:
    """One line to whoever started this."""
    print(json.dumps(message), flush=True)


def run_child(arguments: list[str], work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Do the work that a JSON file names, and say its result; returns the exit code."""
    try:
        result = work(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    except RsFusionError as error:
        return _fails(str(error))
    except MemoryError:
        return _fails("The memory does not suffice for this training; close other programs or take smaller rasters.")
    except (OSError, RuntimeError) as error:
        if not _disk_is_full(error):
            raise
        return _fails(
            "The disk is full, so the training cannot write its files; free some space where OUTPUT and the temporary "
            "files lie, and train again."
        )
    say(result=result)
    return 0


def _fails(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _disk_is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    return any(words in str(error) for words in _TORCH_CANNOT_WRITE)
