"""Hyperspectral sharpening measured: all methods of rsfusion:sharpenhyperspectral on real scenes.

Wald's protocol: the image is blurred with its MTF gain and reduced, fused with a guide that has the pixels of the image
as it was, and compared with that. Grids nest; one coarse pixel along the edges is left out. Guides of two instruments
are real (EO-1's ALI for Hyperion, HyMap for a simulated EnMAP); they are moved onto the image first by the shift that
the plugin measures, and once left as they came. For the others the guide is made of the image by known responses: PAN
(450 to 800 nm) or bands such as those of Landsat. Usage:

    python -m models.hyperspectral_sharpening.benchmark DATA [--ratios 2 3 5] [--noise 0] [--as-delivered] [--only X]
        [--methods hp1 glp] [--adapted 500]

DATA holds a folder per scene: see `SCENES`. Arrays are (bands, rows, cols). Every method runs through the engine, from
files to a file; `cubic` is plain interpolation, `adapted` a network that is trained on the reduced pair alone, in so
many steps, as rsfusion:adapthyperspectral does.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from osgeo import gdal
from scipy import ndimage

from models.common.rasters import Frame, frame_of, open_raster, read_all, write_raster
from rsfusion_qgis.core.alignment.registration import RegistrationJob, register
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.resampling_weights import weights
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.hyperspectral_sharpening.operators import METHODS as METHODS_OF_TASK
from rsfusion_qgis.tasks.hyperspectral_sharpening.options import GAIN, HyperspectralOptions
from rsfusion_qgis.tasks.hyperspectral_sharpening.task import TASK

SCENES: dict[str, tuple[str, str]] = {
    "jasper_ridge": ("hs.tif", ""), "samson": ("hs.tif", ""), "enmap_potsdam": ("hs_30m.tif", ""),
    "berlin_urban_gradient": ("hs_30m.tif", "ms_3m6.tif"),
    "paris_hyperion_ali": ("hs_30m.tif", "ms_ali_30m.tif"),
    "paris_hyperion_ali, PAN": ("pan_pair_hs_30m.tif", "pan_pair_pan_10m.tif"),
}  # fmt: skip
"""Name -> raster of the image, and of its real guide, in the folder of that name."""
RESPONSES_UM = ((0.49, 0.065), (0.56, 0.06), (0.665, 0.03), (0.865, 0.03), (1.61, 0.09), (2.2, 0.18))
"""Centre and width at half height of the bands of a guide that is made."""
PAN_UM = (0.45, 0.8)
PAN_GAIN = 0.15
CUBIC, ADAPTED = "cubic", "adapted"
METHODS = (CUBIC, *METHODS_OF_TASK)
SEED = 1


@dataclass(frozen=True)
class Scene:
    """A pair on the pixels of the image: `kind` is "PAN" or "MS"; `real`: the guide is another instrument's."""

    name: str
    kind: str
    image: np.ndarray
    guide: np.ndarray
    real: bool


def read_scenes(data: Path, aligned: bool = True, only: Sequence[str] = ("",)) -> Iterator[Scene]:
    """All pairs below a folder.

    Parameters
    ----------
    aligned : real guides are moved onto the image first.
    only : parts of names, in any case; a scene whose name has none of them is left out.
    """
    for name, (image_name, guide_name) in SCENES.items():
        folder = data / name.split(",")[0]
        if not (folder / image_name).is_file() or not any(part.lower() in name.lower() for part in only):
            continue
        with RasterSource(str(folder / image_name), "HS") as source:
            values, valid = source.read(source.grid.window)
            centres = np.array([band.wavelength_um or np.nan for band in source.bands])
        whole = largest_rectangle(valid.all(axis=0))
        image = values[(slice(None), *whole)].astype(float)
        if not np.isnan(centres).any() and not name.startswith("paris"):  # whose own guides are better
            yield Scene(name, "PAN", image, made_pan(image, centres), False)
            yield Scene(name, "MS", image, made_bands(image, centres), False)
        if guide_name:
            guide = real_guide(folder / image_name, folder / guide_name, image.shape[1:], aligned)
            if len(guide) > 1:
                yield Scene(name, "MS", image, guide, True)
            if len(guide) in (1, 4):
                yield Scene(name, "PAN", image, guide.mean(axis=0)[None], True)


def made_pan(image: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The mean of all bands that a panchromatic band would span."""
    return image[(centres > PAN_UM[0]) & (centres < PAN_UM[1])].mean(axis=0)[None]


def made_bands(image: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Bands by Gaussian responses, of those that lie in the image's spectrum."""
    found = []
    for centre, width in RESPONSES_UM:
        share = np.exp(-0.5 * ((centres - centre) / (width / 2.355)) ** 2)
        if share.max() > 0.5:
            found.append(np.tensordot(share / share.sum(), image, 1))
    return np.stack(found)


def real_guide(image: Path, guide: Path, shape: tuple[int, int], aligned: bool) -> np.ndarray:
    """The guide on the pixels of the image: of its own pixels blurred and reduced, or averaged, as they lie."""
    found, frame = read_all(guide), frame_of(open_raster(guide))
    cols, rows = shift_of(image, guide) if aligned else (0.0, 0.0)
    if open_raster(image).GetProjection():
        target = frame_of(open_raster(image))
        x, across, _, y, _, down = frame.geotransform
        moved = replace(frame, geotransform=(x - cols * across, across, 0.0, y - rows * down, 0.0, down))
        with tempfile.TemporaryDirectory() as folder:
            path = write_raster(Path(folder) / "moved.tif", found, moved, data_type="Float32")
            x, across, _, y, _, down = target.geotransform
            bounds = (x, y + down * shape[0], x + across * shape[1], y)
            warped = gdal.Warp("", str(path), format="MEM", outputBounds=bounds, width=shape[1], height=shape[0],
                               resampleAlg="average")  # fmt: skip
            return warped.ReadAsArray().astype(float)
    found = np.stack([ndimage.shift(band, (-rows, -cols), order=3, mode="mirror") for band in found])
    ratio = found.shape[1] // shape[0]
    return degrade(found, ratio, (PAN_GAIN,) * len(found)) if ratio > 1 else found


def shift_of(image: Path, guide: Path) -> tuple[float, float]:
    """(cols, rows), pixels of the guide: what must be added to the image so that it lies on the guide."""
    estimate = register(RegistrationJob(str(guide), str(image))).estimate
    print(f"{image.parent.name}/{guide.name}: the guide lies {estimate.cols:+.2f} columns, {estimate.rows:+.2f} rows "
          f"of its pixels off the image (confidence {estimate.confidence:.2f})")  # fmt: skip
    return estimate.cols, estimate.rows


def largest_rectangle(valid: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of the largest rectangle of valid pixels (rows, cols)."""
    best, heights = (0, slice(0), slice(0)), np.zeros(valid.shape[1], int)
    for row, line in enumerate(valid):
        heights = np.where(line, heights + 1, 0)
        for first in range(len(heights)):
            lowest = np.minimum.accumulate(heights[first:])
            areas = lowest * np.arange(1, len(lowest) + 1)
            last = int(areas.argmax())
            if areas[last] > best[0]:
                columns = slice(first, first + last + 1)
                best = (int(areas[last]), slice(row + 1 - int(lowest[last]), row + 1), columns)
    return best[1], best[2]


def scores(
    scene: Scene, ratio: int, noise: float, methods: Sequence[str] = METHODS, steps: int = 0
) -> dict[str, tuple[float, float, float]]:
    """ERGAS, SAM and seconds of every method.

    Parameters
    ----------
    noise : deviation of white noise in the coarse image, a share of each band's mean.
    steps : of the training of `ADAPTED`.
    """
    rows, cols = (size // ratio * ratio for size in scene.image.shape[1:])
    truth, guide = scene.image[:, :rows, :cols], scene.guide[:, :rows, :cols]
    coarse = degrade(truth, ratio, (GAIN,) * len(truth))
    unit = noise * np.abs(coarse.mean(axis=(1, 2), keepdims=True))
    coarse = coarse + unit * np.random.default_rng(SEED).standard_normal(coarse.shape)
    inner = np.s_[:, ratio:-ratio, ratio:-ratio]
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, values, side in (("hs", coarse, float(ratio)), ("guide", guide, 1.0)):
            frame = Frame("", (1000.0, side, 0.0, 1000.0, 0.0, -side))
            paths[name] = str(write_raster(Path(folder) / f"{name}.tif", values, frame, data_type="Float32"))
        for method in methods:
            started = time.process_time()
            plain = method == CUBIC
            fused = interpolated(coarse, ratio) if plain else sharpened(paths, method, Path(folder), steps)
            seconds = time.process_time() - started
            found[method] = ergas(fused[inner], truth[inner], ratio), sam(fused[inner], truth[inner]), seconds
    return found


def interpolated(coarse: np.ndarray, ratio: int) -> np.ndarray:
    """The coarse bands by cubic convolution."""
    rows, cols = (weights(0, size * ratio, 1 / ratio, 0.0, "cubic", 0, size, size) for size in coarse.shape[1:])
    return rows @ coarse @ cols.T


def sharpened(paths: dict[str, str], method: str, folder: Path, steps: int = 0) -> np.ndarray:
    """A method by the engine, or a network after so many steps; the pair is aligned, so no shift is undone."""
    output = str(folder / f"{method}.tif")
    job = Job(TASK, paths, output=output, method=method, options=HyperspectralOptions(), policy="warn")
    run(replace(job, method="", model=trained(paths, folder, steps), threads=1) if method == ADAPTED else job)
    return read_all(output)


def trained(paths: dict[str, str], folder: Path, steps: int) -> str:
    """A network for a pair; what the training says goes to nowhere."""
    from models.hyperspectral_sharpening.adaptation.run import work  # needs torch, which the methods do not

    wish = {"output": str(folder / "network.onnx"), "name": "network", "policy": "warn", "bad_bands": [],
            "hs_gain": GAIN, "minutes": 60.0, "steps": steps, "seed": SEED, "threads": 1}  # fmt: skip
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        work({**paths, **wish})
    return str(wish["output"])


def mean(values: Sequence[float]) -> float:
    """The geometric mean."""
    return float(np.exp(np.mean(np.log(values))))


def print_table(
    scenes: Sequence[Scene], ratios: Sequence[int], noise: float, methods: Sequence[str] = METHODS, steps: int = 0
) -> None:
    """ERGAS / SAM of every method, and what hp1 is of the others; `scenes` are of one kind."""
    print(f"\n| {scenes[0].kind}, noise {noise:.0%} | ratio | {' | '.join(methods)} |")
    print("|---" * (len(methods) + 2) + "|")
    every = []
    for scene in scenes:
        for ratio in ratios:
            one = scores(scene, ratio, noise, methods, steps)
            every.append(one)
            cells = " | ".join(f"{error:.3f} / {angle:.2f}" for error, angle, _ in one.values())
            print(f"| {scene.name}{', real guide' if scene.real else ''} | {ratio} | {cells} |", flush=True)
    cells = [f"{mean([one[m][0] for one in every]):.3f} / {mean([one[m][1] for one in every]):.2f}" for m in methods]
    print(f"| **geometric mean** | | {' | '.join(cells)} |")
    for label, part in (("ERGAS", 0), ("SAM", 1)):
        shares = [[one["hp1"][part] / one[m][part] for one in every] for m in methods]
        print(f"| hp1 over it, {label} (worst) | | "
              f"{' | '.join(f'{mean(some):.3f} ({max(some):.3f})' for some in shares)} |")  # fmt: skip
    print(f"| processor seconds | | {' | '.join(f'{np.mean([one[m][2] for one in every]):.1f}' for m in methods)} |",
          flush=True)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with one folder per scene")
    parser.add_argument("--ratios", type=int, nargs="+", default=[2, 3, 5])
    parser.add_argument("--noise", type=float, nargs="+", default=[0.0])
    parser.add_argument("--as-delivered", action="store_true", help="leave real guides where they lie")
    parser.add_argument("--only", default="", help="part of the names of the scenes that are measured")
    parser.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS, help="hp1 must be among them")
    parser.add_argument("--kinds", nargs="+", default=["PAN", "MS"], choices=["PAN", "MS"])
    parser.add_argument("--adapted", type=int, default=0, metavar="STEPS", help="also train a network on every pair")
    asked = parser.parse_args(arguments)
    methods = (*asked.methods, *([ADAPTED] if asked.adapted else []))
    scenes = list(read_scenes(asked.data, not asked.as_delivered, (asked.only,)))
    for noise in asked.noise:
        for kind in asked.kinds:
            some = [scene for scene in scenes if scene.kind == kind]
            if some:
                print_table(some, asked.ratios, noise, methods, asked.adapted)


if __name__ == "__main__":
    main(sys.argv[1:])
