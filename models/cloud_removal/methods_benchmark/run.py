"""The benchmark of METHOD: every way on the same clouds, as `rsfusion:removeclouds` runs it.

    python -m models.cloud_removal.methods_benchmark --data FOLDER [--out runs/bench] [--pictures FOLDER]

FOLDER holds `s1s2_cloud` and `spatiotemporal`. All ways get the same mask, made from both dates. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.cloud_removal.methods_benchmark.cases import Case, pairs, triplets
from models.cloud_removal.split import group_of
from models.common.rasters import open_raster, read_values
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.reports.png import encode_png
from rsfusion_qgis.tasks.cloud_removal.options import CloudOptions
from rsfusion_qgis.tasks.cloud_removal.task import TASK

WAYS = {"pairs": ("auto",), "triplets": ("forest", "auto")}
PLAIN = {"pairs": ("mean", "as it is", "one line for each band"), "triplets": ("mean",)}
"""Rivals without the plugin: the mean of the clear pixels; the clear image as it is, and after a linear regression for
each band, with the same line for the whole scene."""
ONE_SIGMA = 0.683
TITLES = {
    "pairs": "Two dates: errors over the spread of the bands", "triplets": "One date and SAR: errors in reflectance",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it ran, 1 with one sentence on stderr when it could not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("runs/bench"))
    parser.add_argument("--pictures", type=Path, help="folder for a PNG file of each case")
    parser.add_argument("--only", choices=tuple(WAYS))
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            text = "\n\n".join(_table(kind, options, Path(folder)) for kind in WAYS if options.only in (None, kind))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "cloud_methods.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def _table(kind: str, options: argparse.Namespace, folder: Path) -> str:
    """All cases of a kind, and their geometric means."""
    ways = (*PLAIN[kind], *WAYS[kind])
    rows, errors, shares, seams, names = [], [], [], [], []
    for case in {"pairs": pairs, "triplets": triplets}[kind](options.data, folder):
        started, images, notes = time.process_time(), _plain(case), ""
        for way in WAYS[kind]:
            images[way], stated, notes = removed(case, way, folder)
        found = {way: error(case, images[way]) for way in ways}
        errors.append([found[way] for way in ways])
        shares.append(over_sigma(case, images["auto"], stated))
        seams.append(seam(case, images["auto"]))
        names.append(case.name)
        rows.append([case.name, *(f"{found[way]:.4f}" for way in ways), notes, f"{seams[-1]:.2f}"])
        print(rows[-1], f"{time.process_time() - started:.1f} s", file=sys.stderr, flush=True)
        if options.pictures is not None:
            _picture(case, images, options.pictures)
    means = np.exp(np.log(errors).mean(axis=0))
    rows.append(["geometric mean", *(f"**{one:.4f}**" for one in means), "", f"{np.mean(seams):.2f}"])
    best = np.array(errors)[:, [place for place, way in enumerate(ways) if way != "auto"]]
    rivals = np.array(errors)[:, [place for place, way in enumerate(ways) if way in ("mean", "forest")]]
    auto = np.array(errors)[:, ways.index("auto")]
    over = np.exp(np.log(auto).mean()) / np.exp(np.log(rivals).mean(axis=0)).min()
    one, two = np.mean([within(found) for found in shares], axis=0)
    head = ["", *ways, "auto used", "step at edges over that of the truth"]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join([
        f"## {TITLES[kind]}", "", *("| " + " | ".join(line) + " |" for line in lines), "",
        f"auto over the better of mean and forest (geometric means): {over:.3f}; worst case over the better one of the "
        f"same case: {(auto / rivals.min(axis=1)).max():.2f}; over the best other way of each case: "
        f"{np.exp(np.log(auto / best.min(axis=1)).mean()):.3f}. Errors within one sigma {100 * one:.0f} %, within two "
        f"{100 * two:.0f} %. {widened(names, shares)}",
    ])  # fmt: skip


def removed(case: Case, way: str, folder: Path) -> tuple[np.ndarray, np.ndarray, str]:
    """What the plugin makes of a case: image and sigma, (bands, rows, cols) stored units, and the way that was used."""
    paths = {name: str(folder / f"{name}.tif") for name in ("out", "sigma")}
    result = run(Job(TASK, case.inputs, paths["out"], method=way, options=CloudOptions(),
                     further={"UNCERTAINTY": paths["sigma"]}, threads=1))  # fmt: skip
    image, sigma = (read_values(open_raster(paths[name])) for name in ("out", "sigma"))
    work = result.summary
    return image, sigma * work.scene.inputs.unit, work.used.name


def _plain(case: Case) -> dict[str, np.ndarray]:
    known = ~case.mask & (case.truth != 0).any(axis=0)
    mean = np.where(case.mask, case.cloudy[:, known].mean(axis=1)[:, None, None], case.cloudy)
    if "clear" not in case.inputs:
        return {"mean": mean}
    earlier = read_values(open_raster(case.inputs["clear"])).astype(np.float64)
    known &= (earlier != 0).all(axis=0) & (case.truth != 0).all(axis=0)
    lines = []
    for one, now in zip(earlier, case.cloudy.astype(np.float64)):
        slope = np.cov(one[known], now[known])[0, 1] / one[known].var()
        lines.append(now[known].mean() + slope * (one - one[known].mean()))
    return {"mean": mean, "as it is": earlier, "one line for each band": np.stack(lines)}


def error(case: Case, image: np.ndarray) -> float:
    """Mean absolute error under the mask, in the case's unit."""
    missed = np.abs(image[list(case.scored)].astype(np.float64) - case.truth[list(case.scored)])
    return float(missed[:, case.mask].mean() / case.unit)


def over_sigma(case: Case, image: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """Absolute errors over sigma, all pixels and bands that are scored."""
    missed = np.abs(image.astype(np.float64) - case.truth)[list(case.scored)][:, case.mask]
    return (missed / np.maximum(sigma[list(case.scored)][:, case.mask], 1e-9)).ravel()


def within(found: np.ndarray) -> tuple[float, float]:
    """Shares of the errors within one and two sigmas."""
    return float((found <= 1).mean()), float((found <= 2).mean())


def widened(names: Sequence[str], shares: Sequence[np.ndarray]) -> str:
    """What sigma would have to be multiplied by, and how right that is on places that did not choose it."""
    needed = np.array([np.quantile(found, ONE_SIGMA) for found in shares])
    places = [group_of(name.partition(",")[0]) for name in names]
    found = []
    for place, share in zip(places, shares):
        others = [one for one, other in zip(needed, places) if other != place]
        found.append(within(share / np.median(others)))
    one, two = np.mean(found, axis=0)
    return (f"Sigma would have to be {np.median(needed):.2f} times as large for {100 * ONE_SIGMA:.0f} % in the middle "
            f"case; with what the other places choose {100 * one:.0f} % and {100 * two:.0f} %.")  # fmt: skip


def seam(case: Case, image: np.ndarray) -> float:
    """Mean step between neighbours on both sides of the mask's edge, over that of the truth there."""
    steps = []
    for values in (image, case.truth):
        found = [np.abs(np.diff(values[list(case.scored)].astype(np.float64), axis=axis))
                 [:, np.diff(case.mask.astype(np.int8), axis=axis - 1) != 0] for axis in (1, 2)]  # fmt: skip
        steps.append(np.concatenate(found, axis=1).mean())
    return steps[0] / max(steps[1], 1e-9)


def _picture(case: Case, images: Mapping[str, np.ndarray], folder: Path) -> None:
    """From left to right: the cloudy image, every way, and the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    colours = [3, 2, 1] if len(case.truth) > 6 else [2, 1, 0] if len(case.truth) == 6 else [2, 0, 3]
    low, high = (np.percentile(case.truth[colours], share, axis=(1, 2), keepdims=True) for share in (1, 99))
    shown = [(np.clip((image[colours] - low) / np.maximum(high - low, 1e-9), 0, 1) * 255).astype(np.uint8)
             for image in (case.cloudy, *images.values(), case.truth)]  # fmt: skip
    gap = np.full((3, shown[0].shape[1], 6), 255, np.uint8)
    row = np.concatenate([part for image in shown for part in (image, gap)][:-1], axis=2)
    name = "".join(letter if letter.isalnum() else "_" for letter in case.name)
    (folder / f"{name}.png").write_bytes(encode_png(np.ascontiguousarray(row.transpose(1, 2, 0))))
