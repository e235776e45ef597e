"""A Python of its own for what must not run inside QGIS: which program that is, and surroundings that only we fill.

A Python that is started takes modules from the folder that it is started in, and from PYTHONPATH. The folder in which
a user works may hold files of strangers. So a child begins in an empty folder of its own, and sees no others than were
meant.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess  # nosec B404: ends children by a program of Windows with a fixed list of arguments, no shell
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any


def python_program() -> str:
    """Return the Python that this process runs on, "" where none is found.

    Inside QGIS `sys.executable` may be QGIS itself, so it counts only when it is called python.
    """
    return own_python() or shutil.which("python3") or shutil.which("python") or ""


def own_python() -> str:
    """The same, but never one that merely lies on PATH: "" where none belongs to this process.

    On Linux the interpreter is usually `sys.executable`; on Windows it lies in the folder of Python below that of QGIS,
    or beside `qgis-bin.exe`; on macOS in the bundle, beside the program.
    """
    base, program = Path(sys.exec_prefix), Path(sys.executable or "")
    beside = program.parent
    candidates = (
        program, base / "bin" / "python3", base / "python3.exe", base / "python.exe",
        beside / "python3.exe", beside / "python.exe", beside / "bin" / "python3", beside / "python3",
    )  # fmt: skip
    return next((str(path) for path in candidates if path.stem.startswith("python") and path.is_file()), "")


def safe_folders(folders: Iterable[str]) -> list[str]:
    """Return those folders that modules may be taken from: absolute ones, without the one that one works in."""
    here = os.path.realpath(os.curdir)
    absolute = [one for one in folders if one and Path(one).is_absolute() and os.path.realpath(one) != here]
    return list(dict.fromkeys(absolute))


def surroundings(folder: str, modules: Iterable[str | Path] = (), foreign: bool = False) -> dict[str, Any]:
    """Return how to start a child: what `subprocess.Popen` takes as `cwd`, `env` and the like.

    Parameters
    ----------
    folder : an existing folder for nothing but this child: it begins in an empty one below, and leaves its temporary
        files there.
    modules : folders in which its modules lie; those of PYTHONPATH come behind them.
    foreign : whether the child is another Python than the one of this process; then PYTHONHOME and PYTHONPATH, which
        belong to that, are kept from it.
    """
    empty = Path(folder) / "empty"
    empty.mkdir(exist_ok=True)
    before = [] if foreign else safe_folders(os.environ.get("PYTHONPATH", "").split(os.pathsep))
    path = os.pathsep.join([*map(str, modules), *before])
    own = {**dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder), "PYTHONPATH": path, "PYTHONSAFEPATH": "1",
           "PYTHONUNBUFFERED": "1"}  # fmt: skip
    unwanted = {"PYTHONSTARTUP", "PYTHONINSPECT", *(("PYTHONHOME",) if foreign else ())}
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows
    return {"cwd": str(empty), "env": {**env, **own}, "creationflags": hidden, "start_new_session": os.name == "posix"}


def end_tree(child: subprocess.Popen, at_once: bool = True) -> None:
    """End a child that began in `surroundings`, and what it started; harmless where it has ended.

    Parameters
    ----------
    at_once : False asks it to end, on systems that know that.
    """
    if child.poll() is not None:
        return
    with suppress(ProcessLookupError, OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL if at_once else signal.SIGTERM)
            return
        program = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
        subprocess.run(  # nosec B603
            [str(program), "/T", "/F", "/PID", str(child.pid)], check=False, capture_output=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    if child.poll() is None:
        child.kill()
