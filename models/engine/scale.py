"""The tiles of a run on several Dask workers: the same bytes as on one core, and how many times as fast.

    python -m models.engine.scale [--task FOLDER ...] [--side PX] [--workers N] [--tile PX] [--model FILE]

Every worker is a process that opens the inputs once, learns what the operators want to know of the whole domain, and
does tiles of the same plan; this process writes them in their order. Needs `dask` and `distributed`, see
requirements/bench.txt.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.engine.cases import find_cases
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.basics.optional import require
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.engine.run import Made, Run, run

TILES_AHEAD = 4
"""Of each worker, so that none waits and few tiles wait to be written."""
_opened: dict[str, Run] = {}
"""The run of this worker, by the name of its result."""


def opened(job: Job) -> Run:
    """A run whose operators have learned what they want to know."""
    plan = plan_job(job)
    job.task.check(plan)
    made = Run(register_inputs(plan) if job.task.registers else plan, Monitor())
    made.learn()
    return made


def tile_of(job: Job, number: int) -> Made:
    """A tile of the job's plan; called in a worker, which keeps inputs and networks of one result open."""
    if job.output not in _opened:
        while _opened:
            _opened.popitem()[1].close()
        _opened[job.output] = opened(job)
    one = _opened[job.output]
    return one.made(list(one.tiles)[number])


def run_on_workers(job: Job, client: Any) -> None:
    """Do a job as `engine.run.run`, its tiles on the workers of a `distributed.Client`; raises RsFusionError."""
    with opened(job) as one:
        one.open_sinks()
        count, ahead = len(one.tiles), TILES_AHEAD * len(client.scheduler_info()["workers"])
        waiting = {number: client.submit(tile_of, job, number, pure=False) for number in range(min(ahead, count))}
        for number in range(count):
            one.put(waiting.pop(number).result())
            if number + ahead < count:
                waiting[number + ahead] = client.submit(tile_of, job, number + ahead, pure=False)
        one.finish()
        one.commit()


@contextmanager
def workers(count: int) -> Iterator[Any]:
    """A client of so many processes on this computer, one thread each."""
    distributed = require("distributed")
    cluster = distributed.LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


@dataclass(frozen=True)
class Comparison:
    """A job on one core and on workers: seconds by the clock, seconds of the processor, and whether bytes are equal.

    On the workers the processor's time is that of all processes together. Shared evenly by as many idle cores as there
    are workers, it says what they can gain at most, even where the computer is busy.
    """

    workers: int

    alone_s: float
    shared_s: float
    alone_cpu_s: float
    shared_cpu_s: float
    equal: bool

    def __str__(self) -> str:
        clock, processor = self.alone_s / self.shared_s, self.workers * self.alone_cpu_s / self.shared_cpu_s
        return (
            f"{self.alone_s:.1f} s on one core, {self.shared_s:.1f} s on the workers, {clock:.2f} times as fast; "
            f"{self.alone_cpu_s:.1f} s and {self.shared_cpu_s:.1f} s of the processor, so at most {processor:.2f} "
            f"times on idle cores; bytes {'the same' if self.equal else 'DIFFERENT'}"
        )


def compared(job: Job, count: int, folder: Path) -> Comparison:
    """Do a job on one core, then on workers that have opened their inputs already."""
    alone, shared = (replace(job, output=str(folder / name), threads=1) for name in ("alone.tif", "shared.tif"))
    began, used = time.perf_counter(), time.process_time()
    run(alone)
    one = time.perf_counter() - began, time.process_time() - used
    with workers(count) as client:
        client.run(tile_of, shared, 0)
        began, used = time.perf_counter(), _used(client)
        run_on_workers(shared, client)
        several = time.perf_counter() - began
        processor = sum(_used(client).values()) - sum(used.values())
    digests = {hashlib.sha256(Path(done.output).read_bytes()).digest() for done in (alone, shared)}
    return Comparison(count, one[0], several, one[1], processor, len(digests) == 1)


def _used(client: Any) -> dict[str, float]:
    """Seconds of the processor that each process has taken so far."""
    return {"": time.process_time(), **client.run(time.process_time)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 1 where bytes differ."""
    cases = find_cases()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", nargs="*", choices=list(cases), default=list(cases), help="default: all")
    parser.add_argument("--side", type=int, default=2048, help="of the result, in pixels")
    parser.add_argument("--tile", type=int, default=256)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", help="an ONNX file with a card, for one task; default: the first of its zoo")
    given, same = parser.parse_args(arguments), True
    for name in given.task:
        case = cases[name]
        with tempfile.TemporaryDirectory() as folder:
            inputs = case.inputs(Path(folder), given.side)
            job = case.job(inputs, given.model or str(case.model()), Path(folder) / "out.tif", tile_size=given.tile)
            before = _load()
            found = compared(job, given.workers, Path(folder))
        same = same and found.equal
        print(f"{name}, {given.side} x {given.side} px, {given.workers} workers: {found}; load of the computer before "
              f"{before}, after {_load()}, {os.cpu_count()} cores.", flush=True)  # fmt: skip
    return 0 if same else 1


def _load() -> str:
    """Processes that waited for a core in the last minute, on average."""
    with suppress(OSError, AttributeError):
        return f"{os.getloadavg()[0]:.1f}"
    return "unknown"


if __name__ == "__main__":  # workers import the module by its name, and keep what is open in it
    from models.engine import scale

    sys.exit(scale.main())
