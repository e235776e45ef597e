"""One run of the engine, measured in a process of its own: this file, run as a program with the job as its argument.

It imports what the job needs and nothing else, so that the peak of its memory is that of a run outside QGIS.
"""

from __future__ import annotations

import base64
import json
import pickle
import sys
from dataclasses import dataclass

from models.common.own_process import Measured, measure
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run


@dataclass(frozen=True)
class EngineRun(Measured):
    """As `Measured`, but `seconds` are those that the engine reports: without the start of Python and imports."""

    tiles: int
    process_seconds: float
    """Of the whole process, from its start to its end."""


def run_alone(job: Job, cores: int = 0) -> EngineRun:
    """Do a job in a process of its own; `cores`: see `own_process.measure`.

    Raises
    ------
    RsFusionError
        The run failed.
    """
    packed = base64.b64encode(pickle.dumps(job)).decode("ascii")  # read by the child of this very call only
    measured = measure([sys.executable, "-m", "models.engine.run_alone", packed], cores=cores)
    found = json.loads(measured.output.strip().splitlines()[-1])
    return EngineRun(
        found["seconds"], measured.processor_seconds, measured.peak_mib, measured.output, found["tiles"],
        measured.seconds,
    )  # fmt: skip


def main() -> int:
    """0, and seconds and tiles as JSON, or 1 and one sentence on stderr."""
    try:
        result = run(pickle.loads(base64.b64decode(sys.argv[1])))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({"seconds": result.seconds, "tiles": result.tiles}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
