"""How long a classifier takes to train and to run, and in how much memory: a generated city on disk, whole processes.

    python -m models.land_cover.benchmark.speed [--size 1000] [--bands 144] [--each 50] [--threads 2]

Training: `each` labelled pixels a class, the default architecture, no limit but the recipe's own ending. Prediction:
the scene of `size`² pixels with all its bands and LiDAR, classes and confidence written. Peak memory is that of the
process, seconds are those of the whole process with its start.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from models.common import rasters
from models.land_cover.generated_city import CLASSES, City, city
from models.land_cover.settings import Settings
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.land_cover.options import ClassOptions
from rsfusion_qgis.tasks.land_cover.task import TASK

TILE = 250
"""A city of this size is built and repeated, so that building costs seconds."""
MINUTES = 5.0
LARGEST = 10_000


def write_scene(folder: Path, found: City, size: int) -> dict[str, str]:
    """HS (Int16, reflectance x 10000) and LiDAR of `size`² pixels, the city again and again."""
    times = -(-size // found.truth.shape[0])
    frame = rasters.Frame.square(rasters.ORIGIN, 1.0)
    hs, lidar = (np.tile(values, (1, times, times))[:, :size, :size] for values in (found.hs, found.lidar))
    stored = np.clip(np.rint(hs * 10_000), 0, LARGEST)
    return {
        "hs": str(rasters.write_raster(folder / "hs.tif", stored, frame, data_type="Int16")),
        "lidar": str(rasters.write_raster(folder / "lidar.tif", lidar, frame, data_type="Float32")),
    }


def write_labels(folder: Path, found: City, each: int, seed: int = 1) -> str:
    """So many single pixels of every class, far enough from each other to be regions of their own."""
    rng, labels = np.random.default_rng(seed), np.zeros(found.truth.shape, np.uint8)
    for label in range(len(CLASSES)):
        placed = 0
        for row, col in rng.permutation(np.argwhere(found.truth == label)):
            around = labels[max(row - 4, 0) : row + 5, max(col - 4, 0) : col + 5]
            if placed < each and not around.any():
                labels[row, col] = label + 1
                placed += 1
    frame = rasters.Frame.square(rasters.ORIGIN, 1.0)
    return str(rasters.write_raster(folder / "labels.tif", labels[None], frame, data_type="Byte"))


def in_child(what: str, values: dict[str, Any], threads: int) -> dict[str, float]:
    """Do it in a process of its own; its answer with the seconds and the peak memory in MiB."""
    command = [sys.executable, "-m", "models.land_cover.benchmark.speed", "--child", what, json.dumps(values)]
    limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(threads))
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **limits})
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "wall": time.perf_counter() - started}


def child(what: str, values: dict[str, Any]) -> None:
    """Train or classify, and print what it took."""
    if what == "train":
        from models.land_cover.train import work

        answer = work(values)
    else:
        further = {"CONFIDENCE": values["confidence"]}
        result = run(Job(TASK, values["inputs"], values["output"], model=values["model"], options=ClassOptions(),
                         further=further, device="cpu", threads=values["threads"]))  # fmt: skip
        answer = {"SECONDS": result.seconds, "COMPUTING": result.computing_seconds, "TILES": result.tiles}
    print(json.dumps({**answer, "peak_mib": peak_mib()}))


def peak_mib() -> float:
    """Peak resident memory of this process; what getrusage tells would include the parent's before it was replaced."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def measure(folder: Path, size: int, bands: int, each: int, threads: int) -> list[str]:
    """The table."""
    found = city(seed=5, rows=TILE, cols=TILE, bands=bands)
    inputs, labels, model = write_scene(folder, found, size), write_labels(folder, found, each), folder / "net.onnx"
    job = {
        "inputs": inputs, "samples": asdict(SampleSource(labels, parameter="LABELS")), "policy": "warn", "grid": "",
        "architecture": Settings().architecture, "fusion": "", "minutes": MINUTES, "seed": 1, "threads": threads,
        "absent": "all but the first", "validation_share": 0.2, "test_share": 0.2, "output": str(model), "name": "city",
    }  # fmt: skip
    trained = in_child("train", job, threads)
    wishes = {"inputs": inputs, "model": str(model), "output": str(folder / "classes.tif"), "threads": threads,
              "confidence": str(folder / "confidence.tif")}  # fmt: skip
    told = in_child("classify", wishes, threads)
    truth = np.tile(found.truth, (-(-size // TILE),) * 2)[:size, :size] + 1
    right = float((rasters.read_all(folder / "classes.tif")[0] == truth).mean())
    return [
        "| what | seconds | peak memory | |", "|---|---|---|---|",
        f"| train, {each} samples of each of {len(CLASSES)} classes, {bands} bands and LiDAR | {trained['wall']:.0f} | "
        f"{trained['peak_mib']:.0f} MiB | {trained['STEPS']} steps |",
        f"| classify {size} x {size} pixels, {bands} bands and LiDAR | {told['wall']:.0f} | {told['peak_mib']:.0f} MiB "
        f"| {told['TILES']} tiles, {100 * told['COMPUTING'] / told['SECONDS']:.0f} % of it in ONNX Runtime; "
        f"{100 * right:.1f} % of all pixels right |",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--bands", type=int, default=144)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child[0], json.loads(arguments.child[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = arguments.size, arguments.bands, arguments.each, arguments.threads
        print("\n".join(measure(Path(folder), *sizes)))


if __name__ == "__main__":
    main()
