#!/usr/bin/env python3
"""Attack the plugin as strangers' files, full disks and ended processes do, and tell what it did not stand.

    .ci/attack.py mutants [--count N] [--seed N] [--first N] [--keep FOLDER]     changed networks and cards
    .ci/attack.py faults [--only TEXT]       disk full, input cut, folder gone, cancel, kill: for every algorithm
    .ci/attack.py overlaps [--only TEXT]     every result under the name of every input: for every algorithm
    .ci/attack.py cancels [--only TEXT] [--moments N] [--large N]      cancel on large rasters: for every algorithm

A mutant either opens and runs on a tile, or is refused by our own exception in one line, in bounded time and memory.
After a fault the old result is there, or a whole new one. What is not so is a failure: it is printed, with the seed and
number of a mutant, whose files are kept, and the exit code is 1. Algorithms are found in the registry, parameters of
their runs in `compare_jobs`. All runs of one seed are the same.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PATIENCE_S = 150.0
"""For one mutant, of the processor's time: the limits of the first load, and our own work."""
LONGEST_WAIT_S = 3600.0  # by the clock, which goes on while other programs keep the processor
EACH = 250
"""Mutants that one child opens, so that what one leaves in memory is not held against many others."""
MOST_CPU_S = 20.0
"""For one mutant, of our own process."""


def mutants(count: int, seed: int, first: int, keep: Path) -> int:
    """Open mutants; returns how many were not stood."""
    kinds, faults, slowest, began = Counter(), 0, 0.0, time.monotonic()
    for told in _told(count, seed, first):
        kinds["network" if told["number"] % 2 else "card", told["what"]] += 1
        slowest = max(slowest, told["seconds"])
        if sum(kinds.values()) % 1000 == 0:
            print(f"{sum(kinds.values())} opened, {faults} not stood", flush=True)
        if told["what"] == "FAULT" or told["seconds"] > MOST_CPU_S:
            faults += 1
            print(f"FAULT  seed {seed}, number {told['number']}, {told['seconds']} s: {told['words']}")
            print(f"       kept in {_kept(seed, told['number'], keep)}", flush=True)
    for (kind, what), number in sorted(kinds.items()):
        print(f"{kind:8} {what:8} {number}")
    print(f"{count} mutants of seed {seed} in {time.monotonic() - began:.0f} s, the slowest {slowest:.1f} s of CPU; "
          f"{faults} not stood.")  # fmt: skip
    return faults


def _told(count: int, seed: int, first: int) -> Iterator[dict[str, Any]]:
    """What came of each mutant; a child that crashes or hangs is replaced, and the mutant at fault told of."""
    number, last = first, first + count
    with tempfile.TemporaryDirectory(prefix="attack_") as folder:
        while number < last:
            child = _started(seed, number, min(last, number + EACH), folder)
            lines: queue.Queue[bytes | None] = queue.Queue()
            threading.Thread(target=_read, args=(child, lines), daemon=True).start()
            words = ""
            while number < last and not words:
                before, since = _computed(child), time.monotonic()
                while True:
                    with contextlib.suppress(queue.Empty):
                        line = lines.get(timeout=5.0)
                        break
                    if _computed(child) - before > PATIENCE_S or time.monotonic() - since > LONGEST_WAIT_S:
                        words = f"not through after {_computed(child) - before:.0f} s of CPU"
                        break
                if words:
                    break
                if line is None:
                    code = child.wait()
                    words = f"the process ended with {code}" if code else ""
                    break
                told = json.loads(line)
                yield told
                number = told["number"] + 1
                if "MiB" in told["words"][:12] and told["what"] == "FAULT":
                    break  # its peak of memory would be held against the next ones
            _end(child)
            if words:
                yield {"number": number, "what": "FAULT", "words": words, "seconds": 0.0}
                number += 1


def _started(seed: int, number: int, last: int, folder: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(HERE / "attack_child.py"), *map(str, (seed, number, last)), folder]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings,
                            start_new_session=True)  # fmt: skip


def _computed(child: subprocess.Popen[bytes]) -> float:
    """Seconds of the processor that a child and its children that have ended took, as Linux tells."""
    try:
        told = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def _read(child: subprocess.Popen[bytes], lines: queue.Queue[bytes | None]) -> None:
    for line in child.stdout or ():
        lines.put(line)
    lines.put(None)


def _end(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _kept(seed: int, number: int, keep: Path) -> Path:
    sys.path[:0] = [str(ROOT), str(HERE)]
    from attack_mutants import write_mutant

    folder = keep / f"{seed}_{number}"
    folder.mkdir(parents=True, exist_ok=True)
    write_mutant(seed, number, folder)
    return folder


def main(given: Sequence[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("mutants", "faults", "overlaps", "cancels"))
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "attack_kept")
    parser.add_argument("--only", default="", help="text in the names of algorithms and faults")
    parser.add_argument("--moments", type=int, default=16, help="at how many moments of a run it is cancelled")
    parser.add_argument("--large", type=int, default=3000, help="pixels along a side of the finest raster")
    told = parser.parse_args(given)
    if told.what == "mutants":
        return int(mutants(told.count, told.seed, told.first, told.keep) > 0)
    if told.what == "cancels":
        from attack_cancels import cancels

        return int(cancels(told.only, told.moments, told.large) > 0)
    from attack_runs import faults, overlaps

    return int((faults if told.what == "faults" else overlaps)(told.only) > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
