"""End to end: what a shift between pan and MS costs the fused image, and how much of it policy "correct" brings back.

    python -m models.alignment.fusion --data FOLDER [--parts turned checks real]

prints the same for an MS that is turned and stretched, and how long the checks before a fusion of a radar and an
optical image take, CPU seconds of one core, where they are found near or far, and where they show different places;
and of which real pan-MS pairs more than a shift is undone.

Wald's protocol on real pairs: pan and MS are first brought onto each other (as in the pansharpening benchmark), then
reduced by their ratio; the original MS is the reference. Once the reduced MS nests in the reduced pan, once it is
sampled elsewhere, by the same shift as if the pan had been moved the other way: so the reference, on the pan's grid,
stays what it is and nothing is interpolated. Fused from files by the engine with the network of the zoo.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.common.rasters import ORIGIN, frame_of, open_raster, read_values
from models.pansharpening.benchmark.ours import zoo_networks
from models.pansharpening.benchmark.pairs import MAIN, Pair, find_pairs
from models.pansharpening.benchmark.wald import Reduced, inner, reduce_pair
from models.pansharpening.pair_files import write_pair
from models.pansharpening.shift import measure_shift
from rsfusion_qgis.core.alignment.shift import affine
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.register import register_inputs
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images import ERGAS
from rsfusion_qgis.core.operators.consistency import OFF
from rsfusion_qgis.core.sensors.catalogue import GENERIC
from rsfusion_qgis.tasks.pansharpening.options import NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK
from rsfusion_qgis.tasks.sar_optical_fusion.task import TASK as DETAIL

CUT = 0.03
"""Share of a side that is left out at each edge of turned pairs, where a turned MS shows nothing, or shows edges."""
SHIFT = (1.3, -0.7)
"""Of the pan against the MS, (cols, rows), pan pixels."""
TURN_DEG, STRETCH = 1.0, 0.004
"""Of the MS against the pan, where it is turned."""
LEAST_TURNED_PX = 110
"""Reduced MS images must have so many pixels along each side for a rotation to be told."""
LEAST_MS_PX = 160
"""Smaller MS images, reduced by their ratio, leave too little to be measured."""


@dataclass(frozen=True)
class Fused:
    """ERGAS of one pair; NaN where the run failed."""

    pair: str
    aligned: float
    """Without the shift, nothing corrected."""
    warned: float
    """Shifted, policy "warn"."""
    corrected: float
    """Shifted, policy "correct"."""
    trouble: str = ""

    @property
    def brought_back(self) -> float:
        """Share of the loss that "correct" brings back."""
        return (self.warned - self.corrected) / (self.warned - self.aligned)


def fuse_shifted(data: Path, most: int | None = None) -> list[Fused]:
    """Every pair that is large enough and not reduced by its source, or the first `most` of them."""
    networks = zoo_networks()
    if not networks or not (data / "pan_ms").is_dir():
        return []
    pairs = [p for p in find_pairs(data) if p.group == MAIN and not p.reduced_by_source and _large(p)]
    return [_fused(pair, networks[0]) for pair in pairs[:most]]


def fuse_turned(data: Path) -> list[Fused]:
    """The same where the reduced MS shows the scene turned and stretched about its middle."""
    network = zoo_networks()[0]
    pairs = (p for p in find_pairs(data) if p.group == MAIN and not p.reduced_by_source)
    return [_fused(p, network, turned) for p in pairs if min(p.ms.shape[1:]) >= LEAST_TURNED_PX * p.ratio]


def check_radar(data: Path) -> Iterator[tuple[str, float, str]]:
    """(pair, CPU seconds, what was found) of the registration pairs, and of one image beside another place's."""
    folders = sorted((data / "registration").iterdir())
    names = {folder: ("reference", "sensed") if (folder / "sensed.tif").exists() else ("optical", "sar")
             for folder in folders}  # fmt: skip
    for folder, beside in [(folder, folder) for folder in folders] + [(folders[-1], folders[1])]:
        inputs = {"optical": str(folder / f"{names[folder][0]}.tif"), "sar": str(beside / f"{names[beside][1]}.tif")}
        plan = plan_job(Job(DETAIL, inputs, "out.tif", method="atrous", policy="correct"))
        started = time.process_time()
        found = register_inputs(plan).findings[-1].found
        label = folder.name if folder == beside else f"{folder.name} beside {beside.name}"
        yield label, time.process_time() - started, found


def real_turns(data: Path) -> list[tuple[str, bool]]:
    """(pair, whether more than a shift is undone) of every pan-MS pair, as the files are."""
    found = []
    for pan in sorted((data / "pan_ms").glob("*/*pan.tif")):
        inputs = {"pan": str(pan), "ms": str(pan).replace("pan.tif", "ms.tif")}
        plan = register_inputs(plan_job(Job(TASK, inputs, "out.tif", method="gsa", policy="correct")))
        found.append((f"{pan.parent.name}/{pan.stem}", plan.registered["ms"].turned))
    return found


def _large(pair: Pair) -> bool:
    return min(pair.ms.shape[1:]) >= LEAST_MS_PX


def _fused(pair: Pair, network: Path, change: Callable[..., Reduced] | None = None) -> Fused:
    blank = Fused(pair.name, math.nan, math.nan, math.nan)
    own = measure_shift(pair.ms, pair.pan, pair.ratio, pair.gains)
    aligned = reduce_pair(pair.ms, pair.pan, pair.ratio, pair.gains, pair.sensor.pan_gain, own)
    changed, cut = (change or shifted)(aligned, pair.ratio, pair.gains), 0.0 if change is None else CUT
    try:
        return replace(
            blank,
            aligned=_ergas(aligned, pair.ratio, network, "warn", cut),
            warned=_ergas(changed, pair.ratio, network, "warn", cut),
            corrected=_ergas(changed, pair.ratio, network, "correct", cut),
        )
    except RsFusionError as error:
        return replace(blank, trouble=str(error))


def shifted(pair: Reduced, ratio: int, gains: Sequence[float]) -> Reduced:
    """The pair with its MS sampled so that the pan seems moved by `SHIFT`."""
    where = (-SHIFT[1], -SHIFT[0])
    return replace(pair, ms=degrade(pair.reference, ratio, gains, [where] * len(gains)))


def turned(pair: Reduced, ratio: int, gains: Sequence[float]) -> Reduced:
    """The pair with an MS that shows the scene turned and stretched; what it shows beyond the edges is repeated."""
    change = affine.matrix(math.radians(TURN_DEG), STRETCH)
    linear, offset = affine.array_terms(change, pair.reference.shape[1:])
    seen = [ndimage.affine_transform(band, linear, offset, order=5, mode="nearest") for band in pair.reference]
    return replace(pair, ms=degrade(np.stack(seen), ratio, gains))


def _ergas(pair: Reduced, ratio: int, network: Path, policy: str, cut: float = 0.0) -> float:
    with tempfile.TemporaryDirectory(prefix="rsfusion_registration_") as name:
        pan, ms = write_pair(Path(name), pair.ms, pair.pan, ratio)
        output = Path(name) / "fused.tif"
        inputs, options = {"pan": str(pan), "ms": str(ms)}, NetworkOptions(GENERIC, consistency=OFF)
        run(Job(TASK, inputs, str(output), model=str(network), options=options, policy=policy, device="cpu"))
        fused = inner(_on_canvas(output, pair.reference.shape))
    rows, cols = (slice(math.ceil(cut * size), size - math.ceil(cut * size)) for size in fused.shape[1:])
    fused, reference = (one[:, rows, cols] for one in (fused, inner(pair.reference)))
    if not np.isfinite(fused).all():
        raise RsFusionError(f"Under '{policy}' the result leaves more of the image out than the border of the metric.")
    return float(ERGAS.compute(fused=fused, reference=reference, ratio=ratio))


def _on_canvas(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """The result where it lies on the reference; NaN where it has nothing: a moved MS leaves a border out."""
    dataset, canvas = open_raster(path), np.full(shape, np.nan)
    values, corner = read_values(dataset), frame_of(dataset).geotransform
    col, row = round(corner[0] - ORIGIN[0]), round(ORIGIN[1] - corner[3])
    canvas[:, row : row + values.shape[1], col : col + values.shape[2]] = values
    return canvas


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuse turned pairs and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--parts", nargs="*", default=("turned", "checks", "real"))
    options = parser.parse_args(arguments)
    if "checks" in options.parts:
        print("| pair | CPU seconds | found |\n|---|---|---|")
        for label, seconds, found in check_radar(options.data):
            print(f"| {label} | {seconds:.1f} | {found} |", flush=True)
    if "real" in options.parts:
        turns = real_turns(options.data)
        told = ", ".join(name for name, is_turned in turns if is_turned) or "none"
        print(f"More than a shift is undone of {told} of {len(turns)} pan-MS pairs.", flush=True)
    if "turned" not in options.parts:
        return 0
    print("| pair | aligned | turned, left | turned, corrected | brought back |\n|---|---|---|---|---|")
    for one in fuse_turned(options.data):
        numbers = f"{one.aligned:.3f} | {one.warned:.3f} | {one.corrected:.3f} | {one.brought_back:.1%}"
        print(f"| {one.pair} | {one.trouble or numbers} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
