"""One run of the engine, measured in a process of its own: this file, run as a program with the job as JSON.

It imports what a run needs and nothing else, so that the peak of its memory is that of a run outside QGIS.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.common.own_process import Measured, measure
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.run import FusionJob, ImageWishes, run
from rsfusion_qgis.core.operators.back_projection import AUTO, OFF
from rsfusion_qgis.core.operators.sharpening import MethodChoice


@dataclass(frozen=True)
class EngineRun(Measured):
    """As `Measured`, but `seconds` are those that the engine reports: without the start of Python and imports."""

    tiles: int


def run_alone(
    inputs: dict[str, str], output: Path, *, model: str = "", method: str = "", device: str = "auto",
    gains: Sequence[float] = (),
) -> EngineRun:  # fmt: skip
    """Pansharpen in a process of its own.

    Parameters
    ----------
    inputs
        Paths of `pan` and `ms`.
    model, method
        Path of an ONNX file, or the id of a classical method of the engine; the other stays empty.
    device
        As `FusionJob.device`.
    gains
        MTF gains of MS, with which the result is made consistent; () = it is not.

    Raises
    ------
    RsFusionError
        The run failed.
    """
    wanted = {"inputs": inputs, "output": str(output), "model": model, "device": device}
    job = json.dumps({**wanted, "method": method, "gains": list(gains)})
    measured = measure([sys.executable, "-m", "models.pansharpening.engine_run", job])
    found = json.loads(measured.output.strip().splitlines()[-1])
    return EngineRun(found["seconds"], measured.peak_mib, measured.output, found["tiles"])


def main() -> int:
    """0, and seconds and tiles as JSON, or 1 and one sentence on stderr."""
    wanted = json.loads(sys.argv[1])
    method, gains = wanted.pop("method"), tuple(wanted.pop("gains"))
    image = ImageWishes(AUTO if gains else OFF, gains=gains)
    try:
        result = run(FusionJob("pansharpen", classical=MethodChoice(method) if method else None, image=image, **wanted))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({"seconds": result.seconds, "tiles": result.tiles}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
