"""Land cover from HS and LiDAR: networks beside random forest and support vector machine.

    make bench-hslidar DATA=<folder> [ARGS='--minutes 0.5 --only plots']

Parts: plots (airborne HS + LiDAR of forest plots, seven groups of trees, folds by plot), pixels (Houston 2013 training
pixels, five folds), berlin (a real city from HS and MS, on which no network was designed), city (a generated city in
which only height tells some classes apart), speed (whole processes).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from models.common.workers import mapping
from models.land_cover import generated_city
from models.land_cover.benchmark import hs_lidar_data, hs_ms_data
from models.land_cover.benchmark.methods import Method, run
from models.land_cover.benchmark.speed import measure
from models.land_cover.networks import ARCHITECTURES
from models.land_cover.samples.scenes import LabelledScene
from models.land_cover.settings import Settings
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix, overall_measures

OURS = "whitened_fusion", "pixel_context_fusion"
LITERATURE = tuple(one.slug for one in ARCHITECTURES if one.slug not in OURS)
BOTH = ("hs", "lidar")
FUSED = Method("whitened fusion (ours)", BOTH, OURS[0])
SINGLE = (Method("whitened fusion, HS only", ("hs",), OURS[0]),
          Method("whitened fusion, LiDAR only", ("lidar",), OURS[0]))  # fmt: skip
PIXEL_CONTEXT = Method("pixel-context fusion (ours)", BOTH, OURS[1])
CLASSICAL = (Method("random forest", BOTH, "rf"), Method("SVM", BOTH, "svm"),
             Method("random forest, HS only", ("hs",), "rf"))  # fmt: skip
METHODS = (*CLASSICAL, *SINGLE, *(Method(slug, BOTH, slug) for slug in LITERATURE), PIXEL_CONTEXT, FUSED)
OPTICAL = ("ms", "hs")
OF_BERLIN = (
    Method("random forest", OPTICAL, "rf"), Method("SVM", OPTICAL, "svm"),
    Method("random forest, MS only", ("ms",), "rf"),
    Method("whitened fusion, MS only", ("ms",), OURS[0]), Method("whitened fusion, HS only", ("hs",), OURS[0]),
    Method(FUSED.name, OPTICAL, OURS[0]),
)  # fmt: skip
PARTS = ("plots", "pixels", "berlin", "city", "speed")
REPLICATES, MEASURES = 2000, ("oa", "aa", "kappa")
PROTOCOL = {
    "plots": (
        "Forest plots (IDTReeS 2020, NEON): HS 369 bands and LiDAR (canopy height, intensity, returns per m2) at 1 m, "
        "{scenes} plots with labels, {classes} groups of trees, crown boxes as labels. Five folds by plot, fixed from "
        "labels alone; plots nearer than 60 m are on one side. Intervals: bootstrap over plots."
    ),
    "pixels": (
        "Houston 2013, {scenes} of the training pixels as a list: HS 144 bands, 21 LiDAR features, {classes} classes, "
        "no images, so networks see 1 x 1 images. Five folds at random; not comparable with published numbers, whose "
        "test pixels lie elsewhere. Intervals: bootstrap over pixels."
    ),
    "berlin": (
        "Berlin-Urban-Gradient 2009: HS 177 bands at 30 m and MS 4 bands at 3.6 m, classes at 3.6 m, {scenes} blocks "
        "of 180 m with labels, {classes} classes. Five folds by block, from labels alone; labels of neighbouring "
        "blocks are 36 m apart. No network was designed on this scene. Intervals: bootstrap over blocks."
    ),
}


@dataclass(frozen=True)
class Task:
    """One method on one fold."""

    method: Method
    fold: int
    training: tuple[LabelledScene, ...]
    groups: dict[int, int] | None
    test: tuple[LabelledScene, ...]
    classes: tuple[str, ...]
    settings: Settings


def counted(task: Task) -> tuple[str, int, np.ndarray, float, float]:
    """Method, fold, confusion matrices of the test scenes (scenes, classes, classes), seconds of both phases."""
    learned = run(task.method, task.training, task.groups, task.test, task.classes, task.settings)
    counts = [ConfusionMatrix.of(scene.labels, found, task.classes).counts
              for scene, found in zip(task.test, learned.predicted)]  # fmt: skip
    return task.method.name, task.fold, np.stack(counts), learned.training_s, learned.prediction_s


def cross_validated(
    scenes: Sequence[LabelledScene], folds: Sequence[int], classes: Sequence[str], settings: Settings,
    whole: bool, workers: int, methods: Sequence[Method] = METHODS,
) -> dict[str, list[tuple[np.ndarray, float, float]]]:  # fmt: skip
    """Method -> what `counted` gives for every fold; `whole`: the regions of a scene stay together inside a fold."""
    groups = {int(r): n for n, scene in enumerate(scenes) for r in np.unique(scene.regions) if r} if whole else None
    tasks = [
        Task(method, fold, tuple(s for s, f in zip(scenes, folds) if f != fold), groups,
             tuple(s for s, f in zip(scenes, folds) if f == fold), tuple(classes), settings)
        for method in methods for fold in sorted(set(folds))
    ]  # fmt: skip
    found: dict[str, list[tuple[np.ndarray, float, float]]] = {}
    with mapping(workers) as mapped:
        for name, fold, counts, training_s, prediction_s in mapped(counted, tasks):
            found.setdefault(name, []).append((counts, training_s, prediction_s))
            print(f"{name}, fold {fold}: {_told(counts.sum(0))}", file=sys.stderr, flush=True)
    return found


def table(found: dict[str, list[tuple[np.ndarray, float, float]]], seed: int = 0) -> list[str]:
    """Markdown: measures of all folds together with intervals, and how ours compares with each."""
    ours = found[FUSED.name]
    lines = ["| method | OA | AA | κ | AA of whitened fusion − this, folds | paired t | train s | predict s |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, folds in found.items():
        units = np.concatenate([counts for counts, _, _ in folds])
        cells = [_with_interval(units, measure, seed) for measure in MEASURES]
        seconds = [f"{np.mean([part[place] for part in folds]):.1f}" for place in (1, 2)]
        lines.append(f"| {name} | {' | '.join(cells)} | {' | '.join(_compared(ours, folds, name))} | "
                     f"{' | '.join(seconds)} |")  # fmt: skip
    return lines


def _with_interval(units: np.ndarray, measure: str, seed: int) -> str:
    """Value and 95 % interval of a measure; `units` (n, classes, classes) are drawn with replacement."""
    draws = np.random.default_rng(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), REPLICATES)
    shape = units.shape[1:]
    drawn = overall_measures((draws @ units.reshape(len(units), -1)).reshape(REPLICATES, *shape))[measure]
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return f"{float(overall_measures(units.sum(0))[measure]):.3f} ({low:.3f}–{high:.3f})"


def _compared(ours: list, other: list, name: str) -> tuple[str, str]:
    if name == FUSED.name:
        return "", ""
    one, two = (np.array([float(overall_measures(c.sum(0))["aa"]) for c, _, _ in folds]) for folds in (ours, other))
    p = stats.ttest_rel(one, two).pvalue
    return f"{np.mean(one - two):+.3f}, {int((one > two).sum())} of {len(one)}", f"p = {p:.3f}"


def _told(counts: np.ndarray) -> str:
    values = overall_measures(counts)
    return f"OA {float(values['oa']):.3f}, AA {float(values['aa']):.3f}"


def _chosen(parts: Sequence[str] | None, methods: Sequence[Method] = METHODS) -> tuple[Method, ...]:
    """The rows whose names hold one of the parts, and always ours, with which all are compared."""
    return tuple(m for m in methods if m.name == FUSED.name or not parts or any(part in m.name for part in parts))


def plots(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    read, classes = hs_lidar_data.read_plots(arguments.data)
    folds = hs_lidar_data.read_folds()
    scenes = [plot.scene for plot in read]
    found = cross_validated(scenes, [folds[p.name] for p in read], classes, settings, True, arguments.workers,
                            _chosen(arguments.methods))
    return [PROTOCOL["plots"].format(scenes=len(scenes), classes=len(classes)), "", *table(found)]


def pixels(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    inputs, labels, classes = hs_lidar_data.read_pixels(arguments.data)
    scenes = [
        LabelledScene({role: values[:, i, None, None] for role, values in inputs.items()},
                      {role: np.ones((1, 1), bool) for role in inputs},
                      np.full((1, 1), labels[i], np.int16), np.full((1, 1), i + 1, np.int32))
        for i in range(len(labels))
    ]  # fmt: skip
    folds = np.random.default_rng(0).permutation(len(labels)) % 5
    found = cross_validated(scenes, folds.tolist(), classes, settings, False, arguments.workers,
                            _chosen(arguments.methods))
    return [PROTOCOL["pixels"].format(scenes=len(scenes), classes=len(classes)), "", *table(found)]


def berlin(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    scenes, folds, classes = hs_ms_data.read_blocks(arguments.data)
    found = cross_validated(scenes, folds, classes, settings, True, arguments.workers,
                            _chosen(arguments.methods, OF_BERLIN))
    return [PROTOCOL["berlin"].format(scenes=len(scenes), classes=len(classes)), "", *table(found)]


def city(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    learned, shown = (generated_city.city(seed, 240, 240) for seed in (11, 12))
    training, test = [generated_city.samples(learned, 12, 1)], [generated_city.scene(shown)]
    lines = ["A generated city of 240 x 240 pixels, 60 bands and height; 12 boxes of 4 x 4 pixels of each class teach, "
             "another city is the test. Streets and roofs have one spectrum, lawns and trees another.", "",
             "| method | OA | AA |", "|---|---|---|"]  # fmt: skip
    for method in (CLASSICAL[0], *SINGLE, PIXEL_CONTEXT, FUSED):
        name, _, counts, *_ = counted(Task(method, 0, tuple(training), None, tuple(test), generated_city.CLASSES,
                                           settings))  # fmt: skip
        values = overall_measures(counts.sum(0))
        lines.append(f"| {name} | {float(values['oa']):.3f} | {float(values['aa']):.3f} |")
    return lines


def speed(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), 1000, 144, 50, arguments.workers)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=0.5, help="for each training of a network")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes of one thread each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--methods", nargs="*", help="parts of names of the rows to compute; default: all rows")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    given = parser.parse_args(arguments)
    settings = Settings(minutes=given.minutes, seed=given.seed, threads=1)
    parts: dict[str, Callable[..., list[str]]] = {
        "plots": plots, "pixels": pixels, "berlin": berlin, "city": city, "speed": speed,
    }  # fmt: skip
    print(f"Networks: {given.minutes:g} minutes at most for each training, one thread, {given.workers} at a time, the "
          f"recipe's own settings, seed {given.seed}; a fifth of the training samples says how long, then a "
          "second training has all of them. Random forest: 300 trees. SVM: RBF, grid search by three folds on up to "
          "3000 samples. Both: classes balanced.")
    for part in given.only:
        print(f"\n### {part}\n", *parts[part](given, settings), sep="\n", flush=True)
    return 0
