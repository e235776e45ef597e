"""What a run costs on a scene of real size: a mosaic of the triplets, of any side, with any share of clouds.

    python -m models.cloud_removal.cost_benchmark --data FOLDER [--side 4096] [--clouds 0.02] [--methods forest auto]
        [--model NETWORK.onnx] [--found] [--answers]

Cells of 256 pixels hold a clear image, or the cloudy one of the same triplet, until about so many pixels lie under
clouds. Every method runs in a process of its own, on one thread, and prints CPU seconds per million pixels and the
peak of its memory. `--found`: clouds are found in the image; without it the reference mask of the pairs is given.
`--answers`: when the first message comes, and how long a run that is cancelled in each of its stages goes on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.cloud_removal.masks import reference_mask
from models.cloud_removal.scenes import BANDS, Triplet, read_triplets
from models.cloud_removal.split import FOLDS
from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.cloud_removal.operators import Fill
from rsfusion_qgis.tasks.cloud_removal.options import CloudOptions
from rsfusion_qgis.tasks.cloud_removal.survey import Survey
from rsfusion_qgis.tasks.cloud_removal.task import TASK
from rsfusion_qgis.tasks.cloud_removal.trial import Trial

CELL_PX = 256
INTO_S = 2.0
"""Seconds into a stage after which it is cancelled."""
NAMES = tuple(name for names in FOLDS.values() for name in names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--side", type=int, default=4096)
    parser.add_argument("--clouds", type=float, default=0.02)
    parser.add_argument("--methods", nargs="*", default=["mean", "forest", "reference", "auto"])
    parser.add_argument("--model", default="", help="a network that takes part in auto")
    parser.add_argument("--found", action="store_true")
    parser.add_argument("--answers", action="store_true")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        told = _answers if options.answers else _measured
        print(told(options.run, options.folder, options.model, options.found))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        scenes, clear = read_triplets(options.data, NAMES), "reference" in options.methods
        share = mosaic(scenes, Path(folder), options.side, options.clouds, clear)
        print(f"{options.side} x {options.side} pixels, {100 * share:.1f} % under clouds and shadows", flush=True)
        for method in options.methods:
            command = [sys.executable, "-m", __spec__.name, "--run", method, "--folder", folder]
            command += ["--model", options.model] * bool(options.model) + ["--found"] * options.found
            command += ["--answers"] * options.answers
            found = subprocess.run(command, capture_output=True, text=True)
            print(found.stdout.strip() or found.stderr.strip().splitlines()[-1], flush=True)
    return 0


def mosaic(triplets: Sequence[Triplet], folder: Path, side: int, clouds: float, clear: bool = True) -> float:
    """Write optical, sar, mask and where wished clear of a scene; returns the share under clouds.

    Cells are laid row by row; each is cloudy where too little is, so that clouds are spread over all of the scene.
    """
    from osgeo import gdal

    kinds = {"optical": (12, gdal.GDT_UInt16), "clear": (12, gdal.GDT_UInt16), "sar": (2, gdal.GDT_Float32),
             "mask": (1, gdal.GDT_Byte)}  # fmt: skip
    if not clear:
        del kinds["clear"]
    how = ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=YES"]
    files = {name: gdal.GetDriverByName("GTiff").Create(str(folder / f"{name}.tif"), side, side, count, kind, how)
             for name, (count, kind) in kinds.items()}  # fmt: skip
    for name, made in files.items():
        made.SetGeoTransform((500000, 10, 0, 5000000, 0, -10))
        names = BANDS if len(BANDS) == made.RasterCount else ("VV", "VH")
        for place in range(made.RasterCount if name != "mask" else 0):
            made.GetRasterBand(place + 1).SetDescription(names[place])
    masks, under, done = [reference_mask(one) for one in triplets], 0, 0
    draw = np.random.default_rng(0)
    for row in range(0, side, CELL_PX):
        for col in range(0, side, CELL_PX):
            high, wide = min(CELL_PX, side - row), min(CELL_PX, side - col)
            place = int(draw.integers(len(triplets)))
            one, cloudy = triplets[place], under < clouds * (done + high * wide)
            mask = masks[place][:high, :wide] & cloudy
            under, done = under + int(mask.sum()), done + high * wide
            optical = one.cloudy if cloudy else one.clear
            for name, values in (("optical", optical * 1e4), ("clear", one.clear * 1e4), ("sar", one.sar),
                                 ("mask", mask[None])):  # fmt: skip
                if name not in files:
                    continue
                kind = {"sar": np.float32, "mask": np.uint8}.get(name, np.uint16)
                part = np.ascontiguousarray(values[:, :high, :wide].astype(kind))
                files[name].WriteRaster(col, row, wide, high, part.tobytes())
    for made in files.values():
        made.FlushCache()
    return under / done


def _job(method: str, folder: Path, model: str, found: bool) -> Job:
    inputs = {"optical": str(folder / "optical.tif"), "sar": str(folder / "sar.tif")}
    if method == "reference":
        inputs["clear"] = str(folder / "clear.tif")
    if not found:
        inputs["cloudmask"] = str(folder / "mask.tif")
    return Job(TASK, inputs, str(folder / "out.tif"), method=method, model=model if method == "auto" else "",
               options=CloudOptions(), threads=1, creation_options=("COMPRESS=DEFLATE", "ZLEVEL=1", "TILED=YES"),
               further={})  # fmt: skip


def _measured(method: str, folder: Path, model: str, found: bool) -> str:
    """Run one method here; what it took."""
    job = _job(method, folder, model, found)
    began, clock = time.process_time(), time.perf_counter()
    done = run(job)
    spent, passed = time.process_time() - began, time.perf_counter() - clock
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()  # getrusage counts the parent's, too
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024 / 1e9
    name = f"{method} with the network" if job.model else method
    return (f"{name}: {spent / done.pixels * 1e6:.1f} CPU s per Mpx, peak {peak:.2f} GB, "
            f"{passed:.0f} s by the clock")  # fmt: skip


class Impatient(Monitor):
    """Notes when it is told what, and cancels a while after the message that begins with `stage`."""

    def __init__(self, stage: str) -> None:
        self._stage, self.began = stage, time.perf_counter()
        self.told: list[tuple[float, str]] = []
        self.shares: list[tuple[float, float]] = []
        self.cancelled_at = 0.0

    def info(self, text: str) -> None:
        """See `Monitor`."""
        self.told.append((time.perf_counter() - self.began, text))

    warning = info

    def progress(self, fraction: float) -> None:
        """See `Monitor`."""
        self.shares.append((time.perf_counter() - self.began, fraction))

    def is_cancelled(self) -> bool:
        """Some seconds into the stage."""
        now = time.perf_counter() - self.began
        after = [at for at, text in self.told if text.startswith(self._stage)]
        if after and now > after[0] + INTO_S:
            self.cancelled_at = self.cancelled_at or now
        return bool(self.cancelled_at)


def _answers(method: str, folder: Path, model: str, found: bool) -> str:
    """Run a method, cancelled in one stage after the other."""
    lines = []
    for stage in (Survey.stage, Trial.stage, Fill.stage):
        monitor = Impatient(stage)
        try:
            run(_job(method, folder, model, found), monitor)
            lines.append(f"{stage}: ended before it was cancelled")
        except CancelledError:
            late = time.perf_counter() - monitor.began - monitor.cancelled_at
            first = min(monitor.told[0][0], monitor.shares[0][0])
            lines.append(f"{stage}: first answer after {first:.2f} s, first message after "
                         f"{monitor.told[0][0]:.2f} s, cancelled within {late:.2f} s")  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
