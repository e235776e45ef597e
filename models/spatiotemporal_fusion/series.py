"""Does a long series need more memory or time than a short one? Measured on generated rasters, each run by itself.

One date is predicted from series of several lengths, with two pairs, the shift measured and all as a user would run
it. Usage: python -m models.spatiotemporal_fusion.series [--side 1500] [--dates 3 10 50]
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from models.common.own_process import measure
from models.common.rasters import Frame, write_raster
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import REGRESSION
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK

RATIO, BANDS, STEP_DAYS = 15, 4, 8
FINE_M, CORNER = 30.0, (500000.0, 5000000.0)


def generated(folder: Path, side: int, dates: int) -> dict[str, str]:
    """The inputs of a job: as many dates, the middle one without a fine raster."""
    rng = np.random.default_rng(0)
    fields = rng.integers(0, 6, (side // 20 + 1, side // 26 + 1)).repeat(20, axis=0).repeat(26, axis=1)[:side, :side]
    base, pace = rng.uniform(800, 3200, (BANDS, 6)), rng.uniform(-8, 12, (BANDS, 6))
    inputs: dict[str, str] = {}
    counts = {"fine": 0, "coarse": 0}
    for number in range(dates):
        when = date(2016, 1, 5) + timedelta(days=STEP_DAYS * number)
        level = base + pace * 40 * np.sin(number / 7)
        image = level[:, fields] + 60 * rng.standard_normal((BANDS, side, side))
        cells = side // RATIO
        coarse = image[:, : cells * RATIO, : cells * RATIO].reshape(BANDS, cells, RATIO, cells, RATIO).mean(axis=(2, 4))
        for role, values, pixel in (("fine", image, FINE_M), ("coarse", coarse, FINE_M * RATIO)):
            if role == "fine" and number == dates // 2:
                continue
            path = write_raster(folder / f"{role}_{when:%Y%m%d}.tif", values, Frame.square(CORNER, pixel))
            counts[role] += 1
            inputs[role if counts[role] == 1 else f"{role}:{counts[role]}"] = str(path)
    return inputs


def child(folder: str) -> int:
    """One run in this process; prints its processor time and peak memory."""
    inputs = json.loads((Path(folder) / "inputs.json").read_text(encoding="utf-8"))
    started = time.process_time()
    run(Job(TASK, inputs, output=str(Path(folder) / "made.tif"), method=REGRESSION, options=FusionOptions(),
            policy="correct"))  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.process_time() - started, "peak": peak}))
    return 0


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--side", type=int, default=1500, help="of the fine rasters, pixels")
    parser.add_argument("--dates", type=int, nargs="+", default=[3, 10, 50])
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.child:
        return child(told.child)
    print(f"| dates | fine pixels | s per Mpx and band | peak memory of the process, MB |\n{'|---' * 4}|")
    for dates in told.dates:
        with tempfile.TemporaryDirectory() as folder:
            inputs = generated(Path(folder), told.side, dates)
            (Path(folder) / "inputs.json").write_text(json.dumps(inputs), encoding="utf-8")
            one = measure([sys.executable, "-m", "models.spatiotemporal_fusion.series", "--child", folder])
            found = json.loads(one.output.strip().splitlines()[-1])
            pace = found["seconds"] / (told.side**2 * BANDS) * 1e6
            print(f"| {dates} | {told.side} x {told.side} | {pace:.2f} | {found['peak']:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
