"""Hidden folders in which a run makes its files, and the sweep of those that a killed run left behind.

A name says whose the folder is: machine, boot, process and the process's start. Only folders of dead processes of this
machine are swept, and those of other machines that share the folder when nothing in them has changed for a week.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import socket
import tempfile
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_PREFIX = ".rsfusion-partial-"
_NAME = re.compile(re.escape(_PREFIX) + r"([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(\d+)-")
_UNKNOWN_BOOT = "0" * 8
_OLD_S = 7 * 24 * 3600.0
BEFORE = ".before"
"""Folder inside, with what stood under the final names before; it is put back where the run was killed in between."""


def make_owned_folder(parent: Path) -> Path:
    """A new, empty folder of this process in `parent`, which is swept first; raises OSError."""
    sweep(parent)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{_owner(os.getpid())}-", dir=parent))


def held_folder(folder: Path) -> int:
    """A number by which a folder is found again after somebody gave it another name; -1 where the system cannot."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if Path("/proc/self/fd").is_dir() else -1


def where_now(held: int, inner: Path) -> Path:
    """Where a file or folder of a held folder lies now."""
    if held >= 0 and not inner.exists():
        with suppress(OSError):
            return Path(f"/proc/self/fd/{held}").readlink() / inner.name
    return inner


def sweep(parent: Path) -> None:
    """Remove what killed runs have left in a folder; what cannot be looked at or removed stays."""
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            told = _NAME.match(entry.name)
            if told and entry.is_dir(follow_symlinks=False) and _is_left_over(Path(entry.path), *told.groups()):
                _put_back(Path(entry.path), parent)
                shutil.rmtree(entry.path, ignore_errors=True)


def _put_back(folder: Path, parent: Path) -> None:
    """A file that was set aside, and that nothing has taken the place of, gets its name again."""
    with suppress(OSError):
        for file in (folder / BEFORE).iterdir():
            if not os.path.lexists(parent / file.name):
                file.rename(parent / file.name)


def _is_left_over(folder: Path, machine: str, boot: str, process: str, start: str) -> bool:
    if machine != _machine():
        return _untouched_s(folder) > _OLD_S
    if _UNKNOWN_BOOT not in (boot, _boot()) and boot != _boot():
        return True
    return not _lives(int(process), start)


def _untouched_s(folder: Path) -> float:
    """Seconds since anything in the folder changed; 0 where that cannot be told."""
    try:
        newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return 0.0
    return time.time() - newest


def _owner(process: int) -> str:
    return f"{_machine()}-{_boot()}-{process}-{_start(process) or 0}"


@lru_cache(maxsize=1)
def _machine() -> str:
    """Eight hexadecimal digits of this machine, and of the container in which process numbers count."""
    try:
        numbers = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        numbers = ""
    return hashlib.sha256(f"{socket.gethostname()} {numbers}".encode()).hexdigest()[:8]


@lru_cache(maxsize=1)
def _boot() -> str:
    """Eight hexadecimal digits that change when the machine is started anew; zeros where that cannot be told."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    except OSError:
        return _UNKNOWN_BOOT


def _start(process: int) -> str:
    """When a process was started, in ticks since the boot; "" where there is none, or it cannot be told."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return said.rpartition(")")[2].split()[19]


def _lives(process: int, start: str) -> bool:
    """Whether a process of this machine still runs; a later one that got its number is another one."""
    if Path("/proc/self/stat").exists():
        return _start(process) == start
    if os.name == "nt":
        return _lives_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _lives_on_windows(process: int) -> bool:
    kernel, code = ctypes.windll.kernel32, ctypes.c_ulong()
    handle = kernel.OpenProcess(0x1000, False, process)
    if not handle:
        return bool(kernel.GetLastError() == 5)  # denied: it is there
    try:
        return not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value == 259
    finally:
        kernel.CloseHandle(handle)
