"""Sentinel-2 sharpening measured: bands of 20 m and 60 m brought to the pixels of the 10 m bands.

Wald's protocol: all bands are blurred with their own MTF and reduced by the ratio (20 m: 2, 60 m: 6), sharpened, and
compared with the coarse bands as they were. Grids nest from the upper left corner on. One coarse pixel along the edges
is left out. Usage:

    python -m models.sentinel2_sharpening.benchmark DATA

DATA holds one folder per scene with s2_10m.tif (B2 B3 B4 B8), s2_20m.tif (B5 B6 B7 B8A B11 B12), s2_60m.tif (B1 B9).
Arrays are (bands, rows, cols), reflectance x 10000. Scenes with fewer than `LEAST_PX` reduced pixels along a side are
left out; even and odd are the halves of the scenes in alphabetical order.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable

import numpy as np

from models.common.rasters import Frame, open_raster, read_all, read_values, write_raster
from models.sentinel2_sharpening.regression import Nested, projected
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, MTF_GAINS
from rsfusion_qgis.tasks.sentinel2_sharpening.operators import METHODS as METHODS_OF_TASK
from rsfusion_qgis.tasks.sentinel2_sharpening.options import MEASURED, NONE, SharpeningOptions
from rsfusion_qgis.tasks.sentinel2_sharpening.task import TASK

BANDS = {10: BANDS_M[10], 20: BANDS_M[20], 60: BANDS_M[60][:2]}
RATIOS = {20: 2, 60: 6}
LEAST_PX = 10
NOISES = (0.0, 0.02, 0.05)
SHIFT_PX = 0.5
SEED = 1


@dataclass(frozen=True)
class Scene:
    """One scene: its name, and from pixel size in m to bands."""

    name: str
    bands: dict[int, np.ndarray]


@dataclass(frozen=True)
class Pair:
    """What is sharpened: fine and coarse bands on nested grids; the reference has no pixels at full resolution."""

    fine: np.ndarray
    coarse: np.ndarray
    reference: np.ndarray
    ratio: int
    gains: tuple[float, ...]


def read_scenes(data: Path) -> list[Scene]:
    """All scenes below a folder, in alphabetical order."""
    folders = sorted(path.parent for path in data.glob("*/s2_20m.tif"))
    return [Scene(at.name, {m: read_values(open_raster(at / f"s2_{m}m.tif")) for m in BANDS}) for at in folders]


def full_pair(scene: Scene, pixel_m: int) -> Pair:
    """A scene as it is, cut to whole coarse pixels."""
    ratio, coarse = RATIOS[pixel_m], scene.bands[pixel_m]
    fine = scene.bands[10][:, : coarse.shape[1] * ratio, : coarse.shape[2] * ratio]
    return Pair(fine, coarse, np.empty((len(coarse), 0, 0)), ratio, gains_of(pixel_m))


def reduced_pair(scene: Scene, pixel_m: int, shift_px: float = 0.0) -> Pair:
    """Wald's pair; the reduced coarse bands lie `shift_px` reduced fine pixels further down and right."""
    whole = full_pair(scene, pixel_m)
    ratio = whole.ratio
    rows, cols = (size // ratio * ratio for size in whole.coarse.shape[1:])
    reference = whole.coarse[:, :rows, :cols]
    fine = degrade(whole.fine[:, : rows * ratio, : cols * ratio], ratio, gains_of(10))
    coarse = degrade(reference, ratio, whole.gains, [(shift_px, shift_px)] * len(reference))
    return replace(whole, fine=fine, coarse=coarse, reference=reference)


def gains_of(pixel_m: int) -> tuple[float, ...]:
    """The MTF gains of the bands of a pixel size."""
    return tuple(MTF_GAINS[band] for band in BANDS[pixel_m])


def noisy(pair: Pair, share: float, of_mean: bool) -> Pair:
    """White noise added to the coarse bands, its deviation a share of each band's mean or of its deviation."""
    unit = pair.coarse.mean(axis=(1, 2)) if of_mean else pair.coarse.std(axis=(1, 2))
    noise = np.random.default_rng(SEED).standard_normal(pair.coarse.shape)
    return replace(pair, coarse=pair.coarse + share * unit[:, None, None] * noise)


def nested_of(pair: Pair) -> Nested:
    """The grids of a pair."""
    return Nested(pair.fine.shape[1:], pair.ratio, pair.gains)


def bicubic(pair: Pair) -> np.ndarray:
    """The coarse bands interpolated."""
    return nested_of(pair).spreads(pair.coarse)


def glp(pair: Pair, strength: float = 1.0) -> np.ndarray:
    """MTF-GLP with a guide per band, regressed on the fine bands at the coarse pixels, and back-projection."""
    nested, fused = nested_of(pair), []
    for band, gain in zip(pair.coarse, pair.gains):
        seen = nested.sees(pair.fine, gain)
        known = np.concatenate([seen, np.ones_like(band)[None]]).reshape(len(seen) + 1, -1)
        mix = np.linalg.lstsq(known.T, band.ravel(), rcond=None)[0][:-1]
        guide, low = np.tensordot(mix, pair.fine, 1), np.tensordot(mix, seen, 1)
        injection = np.cov(low.ravel(), band.ravel())[0, 1] / low.var(ddof=1)
        fused.append(nested.spreads(band[None])[0] + injection * (guide - nested.spreads(low[None])[0]))
    return projected(np.array(fused), pair.coarse, nested, strength)


def glp_without(pair: Pair) -> np.ndarray:
    """`glp` without back-projection."""
    return glp(pair, 0.0)


def ours(pair: Pair, noise: str = MEASURED) -> np.ndarray:
    """rsfusion:sharpensentinel2, by the engine, from files to a file."""
    role = {ratio: f"b{metres}" for metres, ratio in RATIOS.items()}[pair.ratio]
    names = {role: BANDS[10 * pair.ratio], "b10": BANDS[10]}
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, values in ((role, pair.coarse), ("b10", pair.fine)):
            side = 1.0 if name == "b10" else float(pair.ratio)
            frame = Frame("", (1000.0, side, 0.0, 1000.0, 0.0, -side))
            paths[name] = str(write_raster(Path(folder) / f"{name}.tif", values, frame, names[name], "Float32"))
        output = str(Path(folder) / "sharp.tif")
        run(Job(TASK, paths, output=output, method=METHODS_OF_TASK[0], options=SharpeningOptions(noise, names[role])))
        return read_all(output)


def ours_exact(pair: Pair) -> np.ndarray:
    """Ours with the coarse bands taken as exact."""
    return ours(pair, NONE)


METHODS: dict[str, Callable[[Pair], np.ndarray]] = {
    "bicubic": bicubic, "GLP, no bp": glp_without, "GLP": glp, "NOISE=none": ours_exact, "ours": ours,
}  # fmt: skip


def scores(pair: Pair) -> dict[str, tuple[float, float]]:
    """ERGAS and SAM of every method."""
    inner = np.s_[:, pair.ratio : -pair.ratio, pair.ratio : -pair.ratio]
    truth = pair.reference[inner]
    found = {name: fuse(pair)[inner] for name, fuse in METHODS.items()}
    return {name: (ergas(fused, truth, pair.ratio), sam(fused, truth)) for name, fused in found.items()}


def mean(values: Sequence[float]) -> float:
    """The geometric mean."""
    return float(np.exp(np.mean(np.log(values))))


def print_scenes(names: Sequence[str], found: Sequence[dict[str, tuple[float, float]]]) -> None:
    """ERGAS / SAM per scene, and what ours is of the others."""
    print(f"{'ERGAS / SAM':<28}" + "".join(f"{name:>16}" for name in METHODS) + "   of GLP  of bicubic")
    for name, one in zip(names, found):
        cells = "".join(f"{error:>9.3f} /{angle:5.2f}" for error, angle in one.values())
        print(f"{name[-28:]:<28}{cells}{_share(one, 'GLP'):>9.3f}{_share(one, 'bicubic'):>12.3f}")
    means = "".join(f"{mean([one[name][0] for one in found]):>9.3f} /{mean([one[name][1] for one in found]):5.2f}"
                    for name in METHODS)  # fmt: skip
    print(f"{'geometric mean':<28}{means}{shares(found, 'GLP'):>9.3f}{shares(found, 'bicubic'):>12.3f}")
    for half, some in (("even", found[::2]), ("odd", found[1::2])):
        print(f"{half + ' scenes':<28}{'':80}{shares(some, 'GLP'):>9.3f}{shares(some, 'bicubic'):>12.3f}")


def _share(one: dict[str, tuple[float, float]], other: str) -> float:
    return one["ours"][0] / one[other][0]


def shares(found: Sequence[dict[str, tuple[float, float]]], other: str) -> float:
    """Geometric mean of ours over another method."""
    return mean([_share(one, other) for one in found])


def print_row(label: str, pairs: Sequence[Pair]) -> None:
    """Geometric means of the ERGAS of every method, ours over GLP, and the scene where that is worst."""
    found = [scores(pair) for pair in pairs]
    cells = "".join(f"{mean([one[name][0] for one in found]):>16.3f}" for name in METHODS)
    print(f"{label:<28}{cells}{shares(found, 'GLP'):>9.3f}, worst {max(_share(one, 'GLP') for one in found):.3f}")


def measure(scenes: Sequence[Scene], pixel_m: int) -> None:
    """All tables of one pixel size."""
    pairs = {scene.name: reduced_pair(scene, pixel_m) for scene in scenes}
    pairs = {name: pair for name, pair in pairs.items() if min(pair.coarse.shape[1:]) >= LEAST_PX}
    print(f"\n{pixel_m} m at 10 m, {len(pairs)} scenes")
    print_scenes(list(pairs), [scores(pair) for pair in pairs.values()])
    print("\ngeometric means of ERGAS, and ours over GLP")
    for of_mean, words in ((False, "deviation"), (True, "mean")):
        for share in NOISES:
            label = f"noise {share:.0%} of the {words}"
            print_row(label, [noisy(pair, share, of_mean) for pair in pairs.values()])
    kept = [scene for scene in scenes if scene.name in pairs]
    print_row(f"shifted by {SHIFT_PX} fine pixel", [reduced_pair(scene, pixel_m, SHIFT_PX) for scene in kept])


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with one folder per scene")
    scenes = read_scenes(parser.parse_args(arguments).data)
    for pixel_m in RATIOS:
        measure(scenes, pixel_m)


if __name__ == "__main__":
    main(sys.argv[1:])
