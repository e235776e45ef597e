"""Unmixing measured on scenes with reference shares, beside NMF and VCA with FCLS, and its speed.

    python -m models.unmixing.benchmark DATA [--only scenes berlin speed] [--networks 3]

DATA holds `hs/jasper_ridge`, `hs/samson` (hs.tif) with `hs/<name>_abundances` (abundances.tif, endmembers.csv),
`hs_lidar/muufl_munet` (hs.tif, dsm.tif, abundances.tif) and `hs/berlin_urban_gradient` (hs_30m.tif, ms_3m6.tif,
landcover_3m6.tif); what is missing is left out. Ours is the task itself, from files to files.

Scenes: the number of endmembers is given; found endmembers are matched to the reference so that the shares agree best.
`--networks` trains MUNet, which needs torch, on every scene, with so many draws of VCA that it begins with.
Berlin: the true shares are those of the land cover of 3.6 m in the pixels of 30 m that it covers to 90 %; blocks of ten
rows teach and test in turn. The weight of the guide is the one of `WEIGHTS` that does best on the rows that teach (a
method that learned from them is not asked there: it takes the neutral 1).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Optional

import numpy as np

from models.common.rasters import Frame, frame_of, open_raster, read_all, read_values, write_raster
from models.unmixing.peers import nmf, vca_fcls
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks.unmixing.methods import METHODS
from rsfusion_qgis.tasks.unmixing.options import UnmixOptions
from rsfusion_qgis.tasks.unmixing.solvers import fcls
from rsfusion_qgis.tasks.unmixing.task import TASK

SCENES = ("hs/jasper_ridge", "hs/samson", "hs_lidar/muufl_munet")
SEEDS = 5
WEIGHTS = (0.3, 1.0, 3.0)
BLOCK_ROWS, COVERED = 10, 0.9
SPEED = (1000, 400, 200, 6)
"""Rows, columns, bands and endmembers."""
GROUPS = {
    "roof, pavement, low vegetation, tree": ((1,), (2,), (3,), (4,)),
    "impervious, low vegetation, tree": ((1, 2), (3,), (4,)),
}
"""Classes of the Berlin land cover that count as one."""


@dataclass(frozen=True)
class Asked:
    """One way to ask the task."""

    method: str
    guide: str = ""
    library: str = ""
    labels: str = ""
    count: int = 0
    weight: float = 1.0


def ours(hs: str, asked: Asked) -> np.ndarray:
    """The shares that rsfusion:unmix writes, (classes, rows, cols)."""
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "shares.tif")
        options = UnmixOptions(library=asked.library, count=asked.count, guide_weight=asked.weight)
        samples = SampleSource(asked.labels, parameter="LABELS") if asked.labels else None
        inputs = {"hs": hs, **({"guide": asked.guide} if asked.guide else {})}
        run(Job(TASK, inputs, output=output, method=asked.method, options=options, samples=samples, threads=1))
        return read_all(output)


def rmse(found: np.ndarray, truth: np.ndarray) -> float:
    """Root mean square error of the shares."""
    return float(np.sqrt(np.mean((found - truth) ** 2)))


def matched(found: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The found shares (or any order of them) in the order of the reference, so that the error is least."""
    orders = [list(order) for order in permutations(range(len(truth)))]
    return np.array(min(orders, key=lambda order: rmse(found[order], truth)))


def angle(spectra: np.ndarray, reference: np.ndarray) -> float:
    """Mean spectral angle of the endmembers, (bands, m) both, degrees."""
    unit, other = (one / np.linalg.norm(one, axis=0) for one in (spectra, reference))
    return float(np.degrees(np.arccos(np.clip((unit * other).sum(axis=0), -1, 1))).mean())


def fitted(pixels: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """(bands, m) spectra that fit pixels and shares best: those of a result whose endmembers are not written."""
    return np.linalg.lstsq(shares.T, pixels.T, rcond=None)[0].T


def measure_scene(data: Path, name: str, networks: int = 0) -> None:
    """The table of one scene; `networks`: draws of the network."""
    folder = data / name
    beside = folder if (folder / "abundances.tif").is_file() else data / f"{name}_abundances"
    truth = read_all(beside / "abundances.tif").reshape(-1, np.prod(read_all(folder / "hs.tif").shape[1:]))
    pixels = read_all(folder / "hs.tif").reshape(-1, truth.shape[1])
    count, library = len(truth), beside / "endmembers.csv"
    reference = np.loadtxt(library, delimiter=",", skiprows=1)[:, 1:] if library.is_file() else fitted(pixels, truth)
    hs, guide = str(folder / "hs.tif"), folder / "dsm.tif"
    print(f"\n{name}: {pixels.shape[0]} bands, {truth.shape[1]} pixels, {count} endmembers")
    print(f"  {'':<34}{'RMSE':>8}{'degrees':>8}")
    found: dict[str, list[tuple[float, float]]] = {}

    def add(label: str, shares: np.ndarray, spectra: Optional[np.ndarray] = None) -> None:
        order = matched(shares, truth)
        theirs = fitted(pixels, shares)[:, order] if spectra is None else spectra[:, order]
        found.setdefault(label, []).append((rmse(shares[order], truth), angle(theirs, reference)))

    add("constant (mean shares)", np.broadcast_to(truth.mean(axis=1)[:, None], truth.shape), reference)
    for seed in range(SEEDS):
        spectra, shares = vca_fcls(pixels, count, seed)
        add("VCA + FCLS", shares, spectra)
        spectra, shares = nmf(pixels, count, seed)
        add("NMF", shares, spectra)
    for label, shares, spectra in _by_network(folder, count, networks):
        add(label, shares, spectra)
    for method in METHODS[:2]:
        add(f"ours, {method}", ours(hs, Asked(method, count=count)).reshape(count, -1))
        if guide.is_file():
            guided = Asked(method, guide=str(guide), count=count)
            add(f"ours, {method}, GUIDE", ours(hs, guided).reshape(count, -1))
    if library.is_file():  # its unit is not exactly that of the scene, so brightness is left free
        known = Asked("sclsu", library=str(library))
        add("ours, sclsu, reference LIBRARY", ours(hs, known).reshape(count, -1), reference)
    else:
        add("FCLS on fitted spectra", fcls(pixels, reference), reference)
    for label, rows in found.items():
        errors, angles = np.array(rows).T
        spread = f"   ({errors.min():.3f} to {errors.max():.3f})" if len(rows) > 1 else ""
        print(f"  {label:<34}{np.median(errors):8.3f}{np.median(angles):8.2f}{spread}")


def _by_network(folder: Path, count: int, draws: int) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Label, shares (count, n), spectra (bands, count) of MUNet, with heights where the scene has some, and without."""
    if not draws:
        return
    from models.unmixing.munet import cost, unmixed  # needs torch, which the methods do not

    image = read_all(folder / "hs.tif").astype(float)
    heights = [read_all(folder / "dsm.tif").astype(float)] if (folder / "dsm.tif").is_file() else []
    for guide in (*heights, None):
        label = f"MUNet{'' if guide is None else ', heights'}"
        parameters, adds = cost(len(image), count, 0 if guide is None else len(guide))
        began = time.process_time()
        for seed in range(draws):
            spectra, shares = unmixed(image, guide, count, seed)
            yield label, shares, spectra
        print(f"  {label}: {parameters:,} parameters, {adds:,.0f} multiply-adds per pixel, "
              f"{(time.process_time() - began) / draws:.0f} s of training")  # fmt: skip


@dataclass(frozen=True)
class Berlin:
    """The Berlin scene: paths, shares (classes, n), which pixels they cover, and the row of each pixel."""

    hs: str
    ms: str
    codes: np.ndarray
    frame: Frame
    at: np.ndarray
    truth: np.ndarray
    covered: np.ndarray
    rows: np.ndarray


def read_berlin(folder: Path, groups: Sequence[Sequence[int]]) -> Berlin:
    """The scene with the shares of groups of classes."""
    hs, cover = open_raster(folder / "hs_30m.tif"), open_raster(folder / "landcover_3m6.tif")
    x, step, _, y, _, _ = frame_of(hs).geotransform
    fx, fine, _, fy, _, _ = frame_of(cover).geotransform
    codes = read_values(cover)[0].astype(int)
    cols = np.floor((fx + fine * (np.arange(codes.shape[1]) + 0.5) - x) / step).astype(int)
    rows = np.floor((y - fy + fine * (np.arange(codes.shape[0]) + 0.5)) / step).astype(int)
    inside = ((rows >= 0) & (rows < hs.RasterYSize))[:, None] & ((cols >= 0) & (cols < hs.RasterXSize))[None]
    at = np.where(inside, rows[:, None] * hs.RasterXSize + cols[None], -1)
    size = hs.RasterXSize * hs.RasterYSize
    counts = np.bincount(at[inside], minlength=size)
    grouped = np.zeros_like(codes)
    for number, group in enumerate(groups, start=1):
        grouped[np.isin(codes, group)] = number
    sums = np.stack([np.bincount(at[inside], grouped[inside] == k, size) for k in range(1, len(groups) + 1)])
    covered = sums.sum(axis=0) / np.maximum(counts, 1) >= COVERED
    truth = sums / np.maximum(sums.sum(axis=0), 1)
    paths = str(folder / "hs_30m.tif"), str(folder / "ms_3m6.tif")
    return Berlin(*paths, grouped, frame_of(cover), at, truth, covered, np.arange(size) // hs.RasterXSize)


def measure_berlin(folder: Path, label: str) -> None:
    """The table of one grouping of classes."""
    scene = read_berlin(folder, GROUPS[label])
    squares: dict[str, list[np.ndarray]] = {}
    for turn in (0, 1):
        teach = (scene.rows // BLOCK_ROWS) % 2 == turn
        for name, shares in _berlin_results(scene, teach).items():
            test = ~teach & scene.covered
            squares.setdefault(name, []).append(((shares - scene.truth)[:, test] ** 2).mean(axis=0))
    tested = sum(len(part) for part in squares["constant (mean shares)"])
    print(f"\nBerlin: {label}; {tested} pixels of 30 m; shares RMSE")
    for name, parts in squares.items():
        print(f"  {name:<46}{np.sqrt(np.concatenate(parts).mean()):8.3f}")


def _berlin_results(scene: Berlin, teach: np.ndarray) -> dict[str, np.ndarray]:
    """Shares (classes, n) by every method, taught on some rows."""
    learn = teach & scene.covered
    size = scene.truth.shape
    found = {"constant (mean shares)": np.broadcast_to(scene.truth[:, learn].mean(axis=1)[:, None], size)}
    with tempfile.TemporaryDirectory() as folder:
        codes = np.where((scene.at >= 0) & teach[np.maximum(scene.at, 0)], scene.codes, 0)
        labels = str(write_raster(Path(folder) / "labels.tif", codes[None], scene.frame, data_type="Byte"))
        for method in METHODS:
            alone = ours(scene.hs, Asked(method, labels=labels)).reshape(size)
            found[method] = alone
            weights = (1.0,) if method == "synthetic" else WEIGHTS
            guided = {weight: ours(scene.hs, Asked(method, scene.ms, labels=labels, weight=weight)).reshape(size)
                      for weight in weights}  # fmt: skip
            best = min(guided, key=lambda weight: rmse(guided[weight][:, learn], scene.truth[:, learn]))
            found[f"{method}, GUIDE"] = guided[best]
    return found


def measure_speed() -> None:
    """Pixels a second of a generated scene, on one core."""
    rows, cols, bands, count = SPEED
    rng = np.random.default_rng(0)
    place = np.linspace(0, 1, bands)[:, None]
    waves = (rng.normal(0, 0.2 / k, count) * np.sin(np.pi * k * place + rng.uniform(0, 6, count)) for k in range(1, 7))
    spectra = np.clip(0.3 + sum(waves), 0.02, 1.0)
    shares = rng.dirichlet(np.full(count, 0.5), rows * cols).T
    values = 10000 * (spectra @ shares) + 30 * rng.standard_normal((bands, rows * cols))
    with tempfile.TemporaryDirectory() as folder:
        frame, cube = Frame.square((0.0, 0.0), 30.0), values.reshape(bands, rows, cols)
        hs = str(write_raster(Path(folder) / "hs.tif", cube, frame))
        lines = [",".join(["band", *(f"m{k}" for k in range(count))])]
        lines += [",".join(map(str, (n, *row))) for n, row in enumerate(spectra, start=1)]
        library = Path(folder) / "library.csv"
        library.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"\nspeed: {rows} x {cols} pixels, {bands} bands, {count} endmembers, from file to file")
        for method in METHODS:
            began, cpu = time.perf_counter(), time.process_time()
            ours(hs, Asked(method, library=str(library)))
            wall, used = time.perf_counter() - began, time.process_time() - cpu
            print(f"  {method:<12}{rows * cols / 1e6 / used:8.3f} Mpx per CPU second{wall:8.1f} s")
        began, cpu = time.perf_counter(), time.process_time()
        fcls(values[:, :100000].astype(np.float32), 10000 * spectra)
        print(f"  {'fcls alone':<12}{0.1 / (time.process_time() - cpu):8.3f} Mpx per CPU second, arrays in memory")


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder of the data sets")
    parts = ("scenes", "berlin", "speed")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--networks", type=int, default=0, metavar="DRAWS", help="also train MUNet on the scenes")
    given = parser.parse_args(arguments)
    if "scenes" in given.only:
        for name in SCENES:
            if (given.data / name / "hs.tif").is_file():
                measure_scene(given.data, name, given.networks)
    berlin = given.data / "hs" / "berlin_urban_gradient"
    if "berlin" in given.only and berlin.is_dir():
        for label in GROUPS:
            measure_berlin(berlin, label)
    if "speed" in given.only:
        measure_speed()


if __name__ == "__main__":
    main(sys.argv[1:])
