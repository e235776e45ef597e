"""The tiles of a run on several Dask workers: the same bytes as on one core, and how many times as fast.

    python -m models.engine.scale [--task FOLDER ...] [--side PX] [--workers N] [--tile PX] [--model FILE]

This process checks the inputs and measures how they lie. Every worker is a process that gets the plan, opens the
inputs, learns what the operators want to know of the whole domain, and does tiles; this process writes them in their
order. Needs `dask` and `distributed`, see requirements/bench.txt.

--model is an ONNX file, or a part of the name of one in the zoo. The larger the network, the less the rest counts:

    python -m models.engine.scale --task pansharpening --model basis --side 4096
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
from typing import Any, Callable

from models.engine.cases import Case, find_cases
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.basics.optional import require
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import Plan, plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.engine.run import Made, Run, run

TILES_AHEAD = 4
"""Of each worker, so that none waits and few tiles wait to be written."""
QUIET = {"distributed.worker.profile.enabled": False}
"""Settings of Dask: nobody reads its profile of the workers, which is made a hundred times a second."""
OPENING, TILES = "opening", "tiles"
_opened: dict[str, Run] = {}
"""The run of this worker, by the name of its result."""
_spent = {OPENING: 0.0, TILES: 0.0}
"""Seconds of the processor that this worker took for what it was asked."""


def planned(job: Job) -> Plan:
    """The plan of a job, with the shifts that were measured."""
    plan = plan_job(job)
    job.task.check(plan)
    return register_inputs(plan) if job.task.registers else plan


def _counted(what: str, action: Callable[[], Any]) -> Any:
    began = time.process_time()
    try:
        return action()
    finally:
        _spent[what] += time.process_time() - began


def _opened_run(plan: Plan) -> Run:
    """The run of a plan, whose operators have learned what they want to know; that of another one is closed."""
    if plan.job.output not in _opened:
        while _opened:
            _opened.popitem()[1].close()
        made = Run(plan, Monitor())
        made.learn()
        _opened[plan.job.output] = made
    return _opened[plan.job.output]


def tiles_of(plan: Plan) -> int:
    """Number of tiles; called in a worker, which keeps inputs and networks of one result open."""
    return len(_counted(OPENING, lambda: _opened_run(plan)).tiles)


def tile_of(plan: Plan, number: int) -> Made:
    """A tile of a plan; called in a worker."""
    one = _counted(OPENING, lambda: _opened_run(plan))
    return _counted(TILES, lambda: one.made(list(one.tiles)[number]))


def spent() -> dict[str, float]:
    """Seconds of the processor that this worker took so far."""
    return dict(_spent)


def run_on_workers(job: Job, client: Any) -> None:
    """Do a job as `engine.run.run`, its tiles on the workers of a `distributed.Client`; raises RsFusionError."""
    plan = planned(job)
    places = list(client.scheduler_info()["workers"])
    spread = client.scatter(plan, broadcast=True)
    begun = [client.submit(tiles_of, spread, workers=[place], pure=False) for place in places]
    with Run(plan, Monitor()) as one:
        if one.encoder.late:
            one.learn()
        one.open_sinks()
        count, ahead = begun[0].result(), TILES_AHEAD * len(places)
        waiting = {number: client.submit(tile_of, spread, number, pure=False) for number in range(min(ahead, count))}
        for number in range(count):
            one.put(waiting.pop(number).result())
            if number + ahead < count:
                waiting[number + ahead] = client.submit(tile_of, spread, number + ahead, pure=False)
        one.finish()
        one.commit()


@contextmanager
def workers(count: int) -> Iterator[Any]:
    """A client of so many processes on this computer, one thread each."""
    distributed, dask = require("distributed"), require("dask")
    with dask.config.set(QUIET):
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

    Attributes
    ----------
    opening_s, tiles_s : float
        Seconds of the processor that the workers took to open the inputs and learn, and for the tiles.
    here_s : float
        Seconds of the processor of the process that plans and writes.
    """

    workers: int
    alone_s: float
    shared_s: float
    alone_cpu_s: float
    shared_cpu_s: float
    opening_s: float
    tiles_s: float
    here_s: float
    equal: bool

    def __str__(self) -> str:
        clock, processor = self.alone_s / self.shared_s, self.workers * self.alone_cpu_s / self.shared_cpu_s
        rest = self.shared_cpu_s - self.opening_s - self.tiles_s - self.here_s
        return (
            f"{self.alone_s:.1f} s on one core, {self.shared_s:.1f} s on the workers, {clock:.2f} times as fast; "
            f"{self.alone_cpu_s:.1f} s and {self.shared_cpu_s:.1f} s of the processor (workers: opening "
            f"{self.opening_s:.1f}, tiles {self.tiles_s:.1f}, Dask {rest:.1f}; planning and writing {self.here_s:.1f})"
            f", so at most {processor:.2f} times on idle cores; bytes {'the same' if self.equal else 'DIFFERENT'}"
        )


@contextmanager
def on_one_core() -> Iterator[None]:
    """This thread, and those that it starts, share one core, where the system can do that."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if allowed:
        os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        if allowed:
            os.sched_setaffinity(0, allowed)


def compared(job: Job, count: int, folder: Path) -> Comparison:
    """Do a job on one core, then on workers that run already; all have opened the inputs once before."""
    alone, shared, before = (replace(job, output=str(folder / name), threads=1)
                             for name in ("alone.tif", "shared.tif", "before.tif"))  # fmt: skip
    plan = planned(before)
    Run(plan, Monitor()).close()
    with on_one_core():
        began, used = time.perf_counter(), time.process_time()
        run(alone)
        one = time.perf_counter() - began, time.process_time() - used
    with workers(count) as client:
        client.run(tiles_of, plan)
        began, used, spent, here = time.perf_counter(), _used(client), _spendings(client), time.process_time()
        run_on_workers(shared, client)
        several, here = time.perf_counter() - began, time.process_time() - here
        processor = sum(_used(client).values()) - sum(used.values())
        parts = {what: seconds - spent[what] for what, seconds in _spendings(client).items()}
    digests = {hashlib.sha256(Path(done.output).read_bytes()).digest() for done in (alone, shared)}
    return Comparison(
        count, one[0], several, one[1], processor, parts[OPENING], parts[TILES], here, len(digests) == 1
    )  # fmt: skip


def _used(client: Any) -> dict[str, float]:
    """Seconds of the processor that each process has taken so far."""
    return {"": time.process_time(), **client.run(time.process_time)}


def _spendings(client: Any) -> dict[str, float]:
    """What all workers together took so far, by what they did."""
    told = client.run(spent).values()
    return {what: sum(one[what] for one in told) for what in _spent}


def network_of(case: Case, given: str | None) -> str:
    """The file of a network: one that is named, or that of the zoo with a part of its name; raises SystemExit."""
    if not given:
        return str(case.model())
    found = [path for path in shipped_networks() if given in path.stem] if not Path(given).is_file() else [Path(given)]
    if len(found) != 1:
        listed = ", ".join(path.stem for path in shipped_networks())
        raise SystemExit(f"--model is '{given}'; expected a file, or a part of the name of one of {listed}.")
    return str(found[0])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 1 where bytes differ."""
    cases = find_cases()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", nargs="*", choices=list(cases), default=list(cases), help="default: all")
    parser.add_argument("--side", type=int, default=2048, help="of the result, in pixels")
    parser.add_argument("--tile", type=int, default=256)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", help="a file, or a part of a name in the zoo; default: the first of the task")
    given, same = parser.parse_args(arguments), True
    for name in given.task:
        case = cases[name]
        with tempfile.TemporaryDirectory() as folder:
            inputs = case.inputs(Path(folder), given.side)
            job = case.job(inputs, network_of(case, given.model), Path(folder) / "out.tif", tile_size=given.tile)
            before = _load()
            found = compared(job, given.workers, Path(folder))
        same = same and found.equal
        what = f"{name}, {Path(job.model).stem}, {given.side} x {given.side} px, {given.workers} workers"
        print(f"{what}: {found}; load before "
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
