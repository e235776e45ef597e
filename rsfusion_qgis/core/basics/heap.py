"""Memory that is free again, given back to the system.

The C library of Linux (glibc) keeps what a thread has freed for that thread. A run computes in several threads, by
turns with large arrays, so it would hold several times what it needs.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any, Optional


def give_back() -> None:
    """Return all memory that is free, where the C library can; takes milliseconds."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Optional[Any]:
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return None
