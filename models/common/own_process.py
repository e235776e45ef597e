"""A command in a process of its own, measured: its seconds, and the peak of its resident memory.

Linux counts what a process holds to the peak of every other that it starts. So a small one stands between the
benchmark, which may hold whole rasters, and the command: this file, run as a program. It reads what to do as JSON
from stdin and answers in JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from rsfusion_qgis.core.basics.errors import RsFusionError


@dataclass(frozen=True)
class Measured:
    """What one command took."""

    seconds: float
    """From its start to its end."""
    processor_seconds: float
    """Of the processor, it and all that it starts and waits for; hardly longer where others use the machine, too."""
    peak_mib: float
    """Peak resident memory of its process or, where that is larger, of one that it starts and waits for, MiB."""
    output: str
    """What it wrote to stdout."""


def measure(command: Sequence[str], timeout_s: Optional[float] = None, cores: int = 0) -> Measured:
    """Run a command and measure it.

    Parameters
    ----------
    command
        Program and its arguments.
    timeout_s
        After so long the command and all that it started are ended; None = never.
    cores
        It and all that it starts run on so many of the cores that this process may use; 0 = on all of them.

    Raises
    ------
    RsFusionError
        It could not be started, did not end in time, or ended with another code than 0; with its last line.
    """
    question = json.dumps({"command": list(command), "timeout_s": timeout_s, "cores": cores})
    between = [sys.executable, "-m", "models.common.own_process"]
    done = subprocess.run(between, input=question, stdout=subprocess.PIPE, text=True, check=True)
    answer = json.loads(done.stdout)
    if "trouble" in answer:
        raise RsFusionError(f"{Path(command[0]).name} {answer['trouble']}")
    return Measured(**answer)


def _answer(command: list[str], timeout_s: Optional[float], cores: int) -> dict[str, object]:
    """The fields of `Measured`, or `trouble`."""
    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    started = time.perf_counter()
    try:
        code, output, errors = _run(command, timeout_s)
    except subprocess.TimeoutExpired:
        return {"trouble": f"did not end within {timeout_s:g} s"}
    except OSError as error:
        return {"trouble": f"could not be started: {error.strerror}"}
    seconds = time.perf_counter() - started
    if code != 0:
        lines = (errors or output).strip().splitlines() or ["nothing on stderr"]
        return {"trouble": f"ended with {code}: {lines[-1]}"}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime
    return {"seconds": seconds, "processor_seconds": processor, "peak_mib": used.ru_maxrss / 1024, "output": output}


def _run(command: list[str], timeout_s: Optional[float]) -> tuple[int, str, str]:
    """Exit code, stdout and stderr; whatever interrupts it ends the programs that a script has started, too."""
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=none, stdout=pipe, stderr=pipe, text=True, errors="replace", start_new_session=True
    ) as process:
        try:
            output, errors = process.communicate(timeout=timeout_s)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, output, errors


if __name__ == "__main__":
    print(json.dumps(_answer(**json.load(sys.stdin))))
