"""What each raster gives to the shipped networks, to those of the literature, and to a classifier that is trained here.

    python -m models.contributions.benchmark --data <folder> [--only clouds pansharpening floods classes]

Clouds: real triplets of Sentinel-1, cloudy and clear Sentinel-2 (s1s2_cloud), against the clear image. Pansharpening:
pairs with a reference (pan_ms/*/ms_reference.tif, reduced_*_ms_reference.tif). Classes: a generated city in which only
height tells some classes apart, another one is the test. Cost: processor time over that of so many plain runs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from models.cloud_removal.split import FOLDS, SHIPPED
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.engine.contributions import Contributions, contributions
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from rsfusion_qgis.tasks import all_tasks

LITERATURE = Path(__file__).parents[1] / "pansharpening" / "literature"
CITY_PX, TRAINING_SEED, TEST_SEED, EACH, CITY_STEPS = 160, 11, 12, 10, 40


@dataclass(frozen=True)
class Case:
    """One row: a job, what it is compared with, and where a network of two rasters has a wrong one."""

    name: str
    job: Job
    truth: str = ""
    samples: SampleSource | None = None


def measured(case: Case) -> tuple[Contributions, float]:
    """What was found, and its processor time over that of plain runs, as many as there are sets."""
    began = time.process_time()
    found = contributions(case.job, Monitor(), case.truth, case.samples)
    taken = time.process_time() - began
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        run(replace(case.job, output=str(Path(folder) / "out.tif")), Monitor())
        plain = time.process_time() - began
    return found, taken / (found.runs * plain)


def lines(case: Case) -> list[str]:
    """Markdown rows, one for each raster."""
    found, cost = measured(case)
    made = []
    for place, role in enumerate(found.roles):
        value, share, left, alone = (column[place, 0] for column in (
            found.values, found.shares, found.left_out, found.alone))  # fmt: skip
        made.append(f"| {case.name} | {found.results[0, 0]:.4g} | {role} | {value:+.4g} | {100 * share:.0f} % | "
                    f"{left:+.4g} | {alone:+.4g} | {cost:.2f} |")  # fmt: skip
    return made


def clouds(data: Path) -> Iterator[Case]:
    """Every triplet with the shipped network; those that it has not seen are marked."""
    (network,) = (path for path in shipped_networks() if read_card(path).input("clear") is not None)
    scenes = {path.name.removesuffix("_s2_clear.tif"): path for path in (data / "s1s2_cloud").glob("*_s2_clear.tif")}
    for name, clear in sorted(scenes.items(), key=lambda item: (item[0] not in FOLDS[SHIPPED], item[0])):
        inputs = {"optical": str(clear).replace("clear", "cloudy"), "sar": str(clear).replace("s2_clear", "s1")}
        seen = "" if name in FOLDS[SHIPPED] else " (seen in training)"
        yield Case(name + seen, job_of(network, inputs), str(clear))


def pansharpening(data: Path) -> Iterator[Case]:
    """Every pair with a reference, with each network that takes it."""
    networks = [path for path in shipped_networks() if read_card(path).input("pan") is not None]
    for name, truth in pairs_with_truth(data).items():
        inputs = {"ms": str(truth).replace("ms_reference", "ms"), "pan": str(truth).replace("ms_reference", "pan")}
        for network in (*networks, *sorted(LITERATURE.glob("*.onnx"))):
            yield Case(f"{network.stem}, {name}", job_of(network, inputs), str(truth))


def pairs_with_truth(data: Path) -> dict[str, Path]:
    """Name of a pair -> its reference; MS and PAN lie beside it."""
    pairs = {path.parent.name: path for path in sorted((data / "pan_ms").glob("*/ms_reference.tif"))}
    return {**pairs, "gf2_reduced_0": data / "pan_ms" / "gf2_psdata3" / "reduced_0_ms_reference.tif"}


def floods(data: Path) -> Iterator[Case]:
    """One chip of each group of floods, the middle one that has all four images; the shipped network has seen all."""
    from models.segmentation.change_benchmark import written_role
    from models.segmentation.chips import UNLABELLED, read_chips

    (network,) = (path for path in shipped_networks() if read_card(path).input("sar_before") is not None)
    groups: dict[str, list] = {}
    for chip in read_chips(data / "s1s2_flood"):
        if len(chip.images) == 4:
            groups.setdefault(chip.group, []).append(chip)
    for group, chips in groups.items():
        chip = chips[len(chips) // 2]
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            inputs = {role: written_role(folder / f"{role}.tif", chip, role) for role in chip.images}
            codes = np.where((chip.label == UNLABELLED) | chip.always, 0, 1 + chip.label.astype(int))
            known = SampleSource(written(folder / "truth.tif", codes[None], 10.0, (0.0, 0.0)),
                                 parameter="REFERENCE_RASTER")  # fmt: skip
            yield Case(f"{group}, {chip.name}", job_of(network, inputs), samples=known)


def classes(data: Path) -> Iterator[Case]:
    """A classifier that bears every absent raster; with the true heights, and with those of another place.

    The reference is every pixel, of which most are of a few classes, or as many boxes of each class.
    """
    from models.land_cover import generated_city
    from models.land_cover.train import work

    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        learned, shown = (generated_city.city(seed, CITY_PX, CITY_PX, 40) for seed in (TRAINING_SEED, TEST_SEED))
        rasters = {role: written(folder / f"{role}.tif", getattr(learned, role)) for role in ("hs", "lidar")}
        labels = generated_city.samples(learned, EACH, 1).labels + 1
        samples = {"path": written(folder / "labels.tif", labels[None]), "field": "", "layer": "",
                   "parameter": "LABELS", "label": ""}  # fmt: skip
        network = folder / "any.onnx"
        with contextlib.redirect_stdout(sys.stderr):  # where a training says how it goes
            work({"inputs": rasters, "samples": samples, "policy": "warn", "architecture": "whitened_fusion",
                  "fusion": "", "grid": "", "minutes": 10.0, "seed": 1, "threads": 1, "absent": "any",
                  "validation_share": 0.2, "test_share": 0.0, "steps": CITY_STEPS, "output": str(network),
                  "name": "city"})  # fmt: skip
        test = {role: written(folder / f"test_{role}.tif", getattr(shown, role)) for role in ("hs", "lidar")}
        even = generated_city.samples(shown, EACH, 1).labels
        truths = {"every pixel": shown.truth, f"{EACH} boxes of each class": even}
        for where, truth in truths.items():
            known = SampleSource(written(folder / f"{where[0]}.tif", truth[None] + 1), parameter="REFERENCE_RASTER")
            for what, heights in (("", test["lidar"]), (", heights of another place", rasters["lidar"])):
                yield Case(f"{where}{what}", job_of(network, {**test, "lidar": heights}), samples=known)


def job_of(network: Path, inputs: dict[str, str]) -> Job:
    """A job of a network on these rasters."""
    card = read_card(network)
    task = next(one for one in all_tasks() if one.card_task == card.task)
    return Job(task, inputs, "", str(network), threads=1)


def written(path: Path, values: np.ndarray, pixel_m: float = 1.0, corner: tuple[float, float] = (5e5, 5e6)) -> str:
    """Write (bands, rows, cols) as a raster; whole numbers as bytes."""
    from osgeo import gdal

    kind = gdal.GDT_Byte if values.dtype.kind == "i" else gdal.GDT_Float32
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[2], values.shape[1], len(values), kind)
    dataset.SetGeoTransform((corner[0], pixel_m, 0.0, corner[1], 0.0, -pixel_m))
    for number, band in enumerate(values, start=1):
        plain = np.ascontiguousarray(band, np.uint8 if kind == gdal.GDT_Byte else np.float32)
        dataset.GetRasterBand(number).WriteRaster(0, 0, *reversed(plain.shape), plain.tobytes())
    dataset.FlushCache()
    return str(path)


PARTS = {"clouds": clouds, "pansharpening": pansharpening, "floods": floods, "classes": classes}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--from-case", type=int, default=0, help="leave out so many cases of each part")
    given = parser.parse_args(arguments)
    for part in given.only:
        print(f"\n### {part}\n\n| case | with all | raster | Shapley value | share | left out | alone | cost |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for case in islice(PARTS[part](given.data), given.from_case, None):
            try:
                print("\n".join(lines(case)), flush=True)
            except RsFusionError as error:
                print(f"| {case.name} | {json.dumps(str(error))} |", flush=True)


if __name__ == "__main__":
    main()
