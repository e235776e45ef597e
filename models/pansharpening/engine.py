"""What the engine itself costs: `python -m models.pansharpening.engine [--model FILE] [--out FOLDER] [--only PART …]`

Four tables, each from one run on generated rasters:
- seams: largest difference between tiled and untiled results, and between a sub-extent and the full run,
  as a share of the data range;
- overhead: wall time of whole runs over the time that ONNX Runtime alone needs for the same tiles;
- memory: peak resident memory of runs of different sizes, each in a process of its own;
- growth: time per pixel of a small and a sixteen times larger run.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from models.common import rasters
from models.pansharpening.engine_run import run_alone
from models.pansharpening.generated_pair import BANDS_UM, RATIO, pair, write_base
from rsfusion_qgis.core.basics import shipped_files as paths
from rsfusion_qgis.core.engine.plan import prepare
from rsfusion_qgis.core.engine.run import FusionJob, FusionResult, run
from rsfusion_qgis.core.grid.tiles import plan_tiles
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.networks.session import InferenceSession

PARTS = ("seams", "overhead", "memory", "growth")


def fuse(inputs: dict[str, str], model: str, output: Path, **options: object) -> FusionResult:
    """One run of the engine with default settings unless told otherwise."""
    return run(FusionJob("pansharpen", inputs, model, str(output), **options))


def seams(folder: Path, model: str) -> list[str]:
    """Tiled against untiled, and a sub-extent against the full run."""
    inputs, size = pair(folder, 1400), 1400
    fuse(inputs, model, folder / "whole.tif", tile_size=2048, data_type="Float32")
    whole = rasters.read_all(folder / "whole.tif")
    span = float(whole.max() - whole.min())
    lines = ["| compared with the untiled run | largest difference / data range |", "|---|---|"]
    for tile in (128, 192, 256, 512, 1024):
        fuse(inputs, model, folder / "tiled.tif", tile_size=tile, data_type="Float32")
        difference = float(np.abs(rasters.read_all(folder / "tiled.tif") - whole).max())
        lines.append(f"| tiles of {tile} px | {difference / span:.1e} |")
    left, top, right, bottom = 333, 217, 1001, 905
    x, y = rasters.ORIGIN
    extent = (x + left, y - bottom, x + right, y - top)
    fuse(inputs, model, folder / "part.tif", extent=extent, data_type="Float32")
    difference = float(np.abs(rasters.read_all(folder / "part.tif") - whole[:, top:bottom, left:right]).max())
    lines.append(f"| extent {right - left} x {bottom - top} px of {size} x {size} | {difference / span:.1e} |")
    return lines


def overhead(folder: Path, model: str, size: int = 4096, rounds: int = 3) -> list[str]:
    """Whole runs and inference alone in turn, so that a slow spell of the machine hits both."""
    inputs = pair(folder, size)
    ratios, speeds, checks = [], [], []
    for _ in range(rounds):
        result = fuse(inputs, model, folder / "speed.tif")
        alone = inference_alone(inputs, model, result.tile_size)
        ratios.append(result.seconds / alone)
        speeds.append(result.pixels / result.seconds / 1e6)
        checks.append(result.checking_seconds)
    found = ", ".join(f"{r:.3f}" for r in ratios)
    return [
        f"{size}² pan, {len(BANDS_UM)} bands, tiles of {result.tile_size} px: whole run / ONNX Runtime alone = {found} "
        f"(median {statistics.median(ratios):.3f}); {statistics.median(speeds):.2f} Mpx/s; the checks before it, which "
        f"measure the shift, take {statistics.median(checks):.2f} s of {result.seconds:.1f} s"
    ]


def inference_alone(inputs: dict[str, str], model: str, tile_size: int) -> float:
    """Seconds that the session needs for tensors of the shapes of all tiles, without any reading or writing."""
    card = read_card(model)
    preparation = prepare(FusionJob("pansharpen", inputs, model, str(Path(model).with_suffix(".none.tif"))))
    plan = plan_tiles(preparation.extent, tile_size, card.halo, card.multiple_of)
    bands = {"ms": len(BANDS_UM), "pan": 1}
    rng, feeds = np.random.default_rng(0), {}
    with InferenceSession(model, card) as session:
        started = time.perf_counter()
        spent = 0.0
        for tile in plan:
            shape = tile.read.shape
            if shape not in feeds:
                feeds[shape] = {
                    s.name: rng.random((1, bands[s.role], *shape), np.float32) if s.role in bands
                    else np.array([RATIO], np.float32) for s in card.inputs
                }  # fmt: skip
            started = time.perf_counter()
            session.run(feeds[shape])
            spent += time.perf_counter() - started
    return spent


def memory(folder: Path, model: str, sizes: tuple[int, ...] = (2048, 8192, 20000)) -> list[str]:
    lines = ["| pan | tiles | peak resident memory | of the smallest | Mpx/s |", "|---|---|---|---|---|"]
    first = None
    for size in sizes:
        got = run_alone(pair(folder, size), folder / "memory.tif", model=model)
        (folder / "memory.tif").unlink()
        first = first or got.peak_mib
        lines.append(
            f"| {size}² | {got.tiles} | {got.peak_mib:.0f} MiB | {got.peak_mib / first:.3f} | "
            f"{size * size / got.seconds / 1e6:.2f} |"
        )
    return lines


def growth(folder: Path, model: str, small: int = 2048, rounds: int = 2) -> list[str]:
    """Time of a run of 16 times the pixels over 16 times the mean of a small run before and one after it."""
    inputs, ratios = [pair(folder, size) for size in (small, 4 * small)], []
    fuse(inputs[0], model, folder / "growth.tif")  # warm-up: the first run of a process loads what the others find
    for _ in range(rounds):
        before, large, after = (fuse(inputs[i], model, folder / "growth.tif").seconds for i in (0, 1, 0))
        ratios.append(large / (8 * (before + after)))
    found = ", ".join(f"{r:.3f}" for r in ratios)
    return [f"{4 * small}² over 16 x {small}²: {found} (median {statistics.median(ratios):.3f})"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", help="an ONNX file with a card; default: the first of the zoo")
    parser.add_argument("--out", help="folder for the rasters; default: a temporary one")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    arguments = parser.parse_args()
    model = arguments.model or str(next(p for p in paths.shipped_networks() if p.name.startswith("pansharpening")))
    with tempfile.TemporaryDirectory(dir=arguments.out) as folder:
        write_base(Path(folder))
        for part in arguments.only:
            print(f"\n### {part}\n", *globals()[part](Path(folder), model), sep="\n", flush=True)


if __name__ == "__main__":
    main()
