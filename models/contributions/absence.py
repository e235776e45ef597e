"""What does it cost a classifier that any of its rasters may be absent later, where all of them are there?

    python -m models.contributions.absence [--seeds 11 21 31] [--steps 40] [--absent any none]

Generated cities: one teaches, another one is the test; HS of 40 bands and heights, which alone tell some classes apart.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.contributions.benchmark import job_of, written
from models.land_cover import generated_city
from models.land_cover.train import ABSENT, work
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card_files import read_card

PIXELS, BANDS, EACH = 128, 40, 10


def right(seed: int, absent: str, steps: int) -> dict[str, float]:
    """Share of the test city's pixels that are right, with all rasters and with each one alone where that is borne."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        learned, shown = (generated_city.city(one, PIXELS, PIXELS, BANDS) for one in (seed, seed + 1))
        rasters, test = ({role: written(folder / f"{name}_{role}.tif", getattr(city, role)) for role in ("hs", "lidar")}
                         for name, city in (("a", learned), ("b", shown)))  # fmt: skip
        labels = generated_city.samples(learned, EACH, 1).labels + 1
        samples = {"path": written(folder / "labels.tif", labels[None]), "field": "", "layer": "",
                   "parameter": "LABELS", "label": ""}  # fmt: skip
        network = folder / "net.onnx"
        work({"inputs": rasters, "samples": samples, "policy": "warn", "architecture": "whitened_fusion", "fusion": "",
              "grid": "", "minutes": 10.0, "seed": 1, "threads": 1, "absent": absent, "validation_share": 0.2,
              "test_share": 0.0, "steps": steps, "output": str(network), "name": "city"})  # fmt: skip
        card = read_card(network)
        codes = np.array([one.code for one in card.outputs[0].classes])
        found = {}
        for name, roles in {"all": ("hs", "lidar"), "HS alone": ("hs",), "LIDAR alone": ("lidar",)}.items():
            if all(not spec.required for spec in card.inputs if spec.role not in roles):
                job = replace(job_of(network, {role: test[role] for role in roles}), output=str(folder / "o.tif"))
                run(job, Monitor())
                found[name] = float((_read(job.output) == codes[shown.truth]).mean())
        return found


def _read(path: str) -> np.ndarray:
    from models.common.rasters import open_raster, read_values

    return read_values(open_raster(Path(path)))[0]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 21, 31])
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--absent", nargs="+", choices=ABSENT, default=["any", "none"])
    given = parser.parse_args(arguments)
    print("| ABSENT | rasters | right, mean | of each seed |\n|---|---|---|---|", flush=True)
    for absent in given.absent:
        with contextlib.redirect_stdout(sys.stderr):  # where a training says how it goes
            found = [right(seed, absent, given.steps) for seed in given.seeds]
        for name in found[0]:
            values = [100 * one[name] for one in found]
            told = ", ".join(f"{one:.1f}" for one in values)
            print(f"| {absent} | {name} | {np.mean(values):.1f} % | {told} |", flush=True)


if __name__ == "__main__":
    main()
