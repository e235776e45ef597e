"""Ends Python code that is at work in another thread, between two steps of it, whatever it is doing.

Code that computes for long is asked to look now and then whether the user cancelled. Some of it cannot: it belongs to
another package, or a step in it is long. So a CancelledError is raised in its thread from outside (CPython raises it at
the next step of Python code there). What must not end half way, such as giving results their names, is done
`uninterrupted`.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import CancelledError

_lock = threading.RLock()
_sheltered: dict[int, int] = {}


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Nothing is raised from outside in this thread while the block runs."""
    this = threading.get_ident()
    with _lock:
        _sheltered[this] = _sheltered.get(this, 0) + 1
    try:
        yield
    finally:
        with _lock:
            _sheltered[this] -= 1
            if not _sheltered[this]:
                del _sheltered[this]


def interrupt(thread: threading.Thread) -> bool:
    """Raise a CancelledError in a thread that runs; False where it may not be interrupted now."""
    with _lock:
        if thread.ident is None or not thread.is_alive() or thread.ident in _sheltered:
            return False
        number, error = ctypes.c_ulong(thread.ident), ctypes.py_object(CancelledError)
        return bool(ctypes.pythonapi.PyThreadState_SetAsyncExc(number, error))
