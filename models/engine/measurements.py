"""What the engine itself costs, in four tables, each from one run on the rasters of a case.

- seams: largest difference between tiled and untiled results, and between a sub-extent and the full run,
  as a share of the data range;
- overhead: wall time of whole runs over the time that ONNX Runtime alone needs for the same tiles;
- memory: peak resident memory of runs of different sizes, each in a process of its own;
- growth: time per pixel of a small and a sixteen times larger run.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np

from models.common import rasters
from models.engine.cases import Case
from models.engine.run_alone import run_alone
from rsfusion_qgis.core.engine.job import Result
from rsfusion_qgis.core.engine.plan import plan_job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.tiles import plan_tiles
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.networks.tensor_form import RATIO_ROLE


def fuse(case: Case, inputs: dict[str, str], model: str, output: Path, **settings: object) -> Result:
    """One run of the engine, see `Case.job`."""
    return run(case.job(inputs, model, output, **settings))


def seams(case: Case, folder: Path, model: str) -> list[str]:
    """Tiled against untiled, and a sub-extent against the full run."""
    inputs, size = case.inputs(folder, 1400), 1400
    fuse(case, inputs, model, folder / "whole.tif", tile_size=2048, data_type="Float32")
    whole = rasters.read_all(folder / "whole.tif")
    span = float(whole.max() - whole.min())
    lines = ["| compared with the untiled run | largest difference / data range |", "|---|---|"]
    for tile in (128, 192, 256, 512, 1024):
        fuse(case, inputs, model, folder / "tiled.tif", tile_size=tile, data_type="Float32")
        difference = float(np.abs(rasters.read_all(folder / "tiled.tif") - whole).max())
        lines.append(f"| tiles of {tile} px | {difference / span:.1e} |")
    left, top, right, bottom = 333, 217, 1001, 905
    x, y = rasters.ORIGIN
    extent = (x + left, y - bottom, x + right, y - top)
    fuse(case, inputs, model, folder / "part.tif", extent=extent, data_type="Float32")
    difference = float(np.abs(rasters.read_all(folder / "part.tif") - whole[:, top:bottom, left:right]).max())
    lines.append(f"| extent {right - left} x {bottom - top} px of {size} x {size} | {difference / span:.1e} |")
    return lines


def overhead(case: Case, folder: Path, model: str, size: int = 4096, rounds: int = 3) -> list[str]:
    """Whole runs and inference alone in turn, so that a slow spell of the machine hits both."""
    inputs = case.inputs(folder, size)
    ratios, speeds, checks = [], [], []
    for _ in range(rounds):
        result = fuse(case, inputs, model, folder / "speed.tif")
        alone = inference_alone(case, inputs, model, result.tile_size)
        ratios.append(result.seconds / alone)
        speeds.append(result.pixels / result.seconds / 1e6)
        checks.append(result.checking_seconds)
    found = ", ".join(f"{r:.3f}" for r in ratios)
    return [
        f"{size}², bands {case.bands}, tiles of {result.tile_size} px: whole run / ONNX Runtime alone = {found} "
        f"(median {statistics.median(ratios):.3f}); {statistics.median(speeds):.2f} Mpx/s; the checks before it, which "
        f"measure the shift, take {statistics.median(checks):.2f} s of {result.seconds:.1f} s"
    ]


def inference_alone(case: Case, inputs: dict[str, str], model: str, tile_size: int) -> float:
    """Seconds that the session needs for tensors of the shapes of all tiles, without any reading or writing."""
    card = read_card(model)
    plan = plan_job(case.job(inputs, model, Path(model).with_suffix(".none.tif")))
    tiles = plan_tiles(plan.extent, tile_size, card.halo, card.multiple_of)
    rng, feeds = np.random.default_rng(0), {}
    with InferenceSession(model, card) as session:
        started = time.perf_counter()
        spent = 0.0
        for tile in tiles:
            shape = tile.read.shape
            if shape not in feeds:
                feeds[shape] = {
                    s.name: np.array([case.ratio], np.float32) if s.role == RATIO_ROLE
                    else rng.random((1, case.bands[s.role], *shape), np.float32) for s in card.inputs
                }  # fmt: skip
            started = time.perf_counter()
            session.run(feeds[shape])
            spent += time.perf_counter() - started
    return spent


def memory(case: Case, folder: Path, model: str, sizes: tuple[int, ...] = (2048, 8192, 20000)) -> list[str]:
    lines = ["| result | tiles | peak resident memory | of the smallest | Mpx/s |", "|---|---|---|---|---|"]
    first = None
    for size in sizes:
        got = run_alone(case.job(case.inputs(folder, size), model, folder / "memory.tif"))
        (folder / "memory.tif").unlink()
        first = first or got.peak_mib
        lines.append(
            f"| {size}² | {got.tiles} | {got.peak_mib:.0f} MiB | {got.peak_mib / first:.3f} | "
            f"{size * size / got.seconds / 1e6:.2f} |"
        )
    return lines


def growth(case: Case, folder: Path, model: str, small: int = 2048, rounds: int = 2) -> list[str]:
    """Time of a run of 16 times the pixels over 16 times the mean of a small run before and one after it."""
    inputs, ratios = [case.inputs(folder, size) for size in (small, 4 * small)], []
    fuse(case, inputs[0], model, folder / "growth.tif")  # the first run of a process loads what the others find
    for _ in range(rounds):
        before, large, after = (fuse(case, inputs[i], model, folder / "growth.tif").seconds for i in (0, 1, 0))
        ratios.append(large / (8 * (before + after)))
    found = ", ".join(f"{r:.3f}" for r in ratios)
    return [f"{4 * small}² over 16 x {small}²: {found} (median {statistics.median(ratios):.3f})"]


PARTS = {"seams": seams, "overhead": overhead, "memory": memory, "growth": growth}
"""Name -> what measures it, from a case, a folder for rasters and the path of a network; gives lines of Markdown."""
