"""How much memory a child process holds, as far as the system tells without further packages."""

from __future__ import annotations

import os
import subprocess  # nosec B404: asks `ps` with a fixed list of arguments, no shell
import sys
from pathlib import Path
from typing import Any


def resident_bytes(child: subprocess.Popen[Any]) -> int:
    """Return what it holds in memory now, 0 where the system does not tell or the child has ended."""
    try:
        if sys.platform == "win32":
            return _on_windows(int(child._handle))  # type: ignore[attr-defined]
        statm = Path(f"/proc/{child.pid}/statm")
        if statm.is_file():
            return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        told = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(child.pid)], capture_output=True, text=True)  # nosec
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def _on_windows(handle: int) -> int:
    """What the process has asked for and was given, Win32's PagefileUsage."""
    import ctypes

    class Counters(ctypes.Structure):
        """Win32's PROCESS_MEMORY_COUNTERS."""

        _fields_ = [("cb", ctypes.c_uint32), ("faults", ctypes.c_uint32),
                    *((name, ctypes.c_size_t) for name in ("peak", "working", "peak_paged", "paged", "peak_unpaged",
                                                           "unpaged", "committed", "peak_committed"))]  # fmt: skip

    counters = Counters(cb=ctypes.sizeof(Counters))
    ask = ctypes.WinDLL("kernel32").K32GetProcessMemoryInfo  # type: ignore[attr-defined]
    ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(Counters), ctypes.c_uint32]
    return int(counters.committed) if ask(handle, ctypes.byref(counters), counters.cb) else 0
