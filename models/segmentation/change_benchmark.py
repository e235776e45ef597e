"""How well new water is found as a change between two dates, on the chips of OMBRIA.

    python -m models.segmentation.change_benchmark --data FOLDER [--members runs/water] [--network FILE.onnx]

FOLDER holds the chips, see `chips`. The truth is what is labelled as flood: water that was not there before. Other
things that changed meanwhile (fields, clouds) count as errors, and so does water that went. `class_change` asks
networks that had not seen the floods they are judged on, joined from the members that `train` made of every fold; or
one network for all, which must not have seen the chips to be judged fairly (the shipped one has). Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.segmentation.chips import FOLDS, SINGLE_DATE, Chip, read_chips
from models.segmentation.samples import STEP, pixels_of, read_pixels
from models.segmentation.scores import GROUPS, nested, score
from models.segmentation.train import SEEDS
from models.segmentation.votes import fold_of
from models.segmentation.writing import joined, members, unseen_votes, write_network
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.task import TASK

OPTICAL, SAR = ("optical", "optical_before"), ("sar", "sar_before")
CASES = (
    ("irmad", "optical of both dates", OPTICAL), ("irmad", "SAR of both dates", SAR),
    ("irmad", "both sensors of both dates", OPTICAL + SAR), ("logratio", "SAR of both dates", SAR),
    ("class_change", "both sensors of both dates", OPTICAL + SAR), ("class_change", "optical of both dates", OPTICAL),
    ("class_change", "SAR now, optical before", ("sar", "optical_before")),
    ("class_change", "optical now, SAR before", ("optical", "sar_before")),
)  # fmt: skip
_NAMES = {"optical": ("B11", "B8", "B3"), "sar": ("VV",)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--members", type=Path, help="folder of the members of every fold, for class_change")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS), help="of the members")
    parser.add_argument("--network", help="ONNX file of a network that maps one date, instead of the members")
    parser.add_argument("--step", type=int, default=1, help="take every so manieth chip")
    parser.add_argument("--only", type=int, nargs="*", default=range(len(CASES)), help="numbers of cases, from 0")
    options = parser.parse_args(arguments)
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
    chips = [one for one in read_chips(options.data) if one.group != SINGLE_DATE and len(one.images) == 4]
    chips = chips[:: options.step]
    known = [pixels_of(one) for one in chips]
    groups = sorted({one.group for one in chips}, key=GROUPS.index)
    print(f"{len(chips)} chips\n\n| method | given | IoU of new water | " + " | ".join(groups) + " |\n|"
          + "---|" * (3 + len(groups)))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        networks = _networks(options, Path(folder))
        for method, words, roles in (CASES[number] for number in options.only):
            if method == "class_change" and not networks:
                continue
            maps = [_changed(chip, method, roles, networks.get(fold_of(one), "")) for chip, one in zip(chips, known)]
            found = score(known, maps).groups
            values = [found[GROUPS.index(group)] for group in groups]
            cells = [method, words, f"{np.mean(values):.3f}", *(f"{value:.2f}" for value in values)]
            print("| " + " | ".join(cells) + " |", flush=True)
    return 0


def _networks(options: argparse.Namespace, folder: Path) -> dict[str, str]:
    """Fold -> the network that judges it; {} without one."""
    if options.members is None:
        return dict.fromkeys(FOLDS, options.network) if options.network else {}
    pixels = read_pixels(options.data, options.members / "pixels.pt")
    tables = nested(unseen_votes(pixels, options.members, options.seeds))
    for fold, table in tables.items():
        voters = members(options.members, fold, options.seeds)
        write_network(joined(voters, table), folder / f"{fold}.onnx", {"name": f"fold {fold}"})
    return {fold: str(folder / f"{fold}.onnx") for fold in FOLDS}


def _changed(chip: Chip, method: str, roles: Sequence[str], network: str) -> np.ndarray:
    """(n,) bool, of the pixels that are judged."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = {role: written_role(Path(folder) / f"{role}.tif", chip, role) for role in roles}
        output = str(Path(folder) / "change.tif")
        model = network if method == "class_change" else ""
        run(Job(TASK, inputs, output, model=model, method=method, options=SegmentOptions(), threads=1))
        codes = gdal.Open(output).ReadAsArray()
    return (codes[STEP // 2 :: STEP, STEP // 2 :: STEP] == 2).ravel()


def written_role(path: Path, chip: Chip, role: str) -> str:
    """Write the image of a role, with the names of its bands; returns the path."""
    image = np.where(chip.images[role] > -1e5, chip.stored[role], -9999.0).astype(np.float32)
    made = gdal.GetDriverByName("GTiff").Create(str(path), image.shape[2], image.shape[1], len(image), gdal.GDT_Float32)
    made.SetGeoTransform((0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    for number, band in enumerate(image, start=1):
        one = made.GetRasterBand(number)
        one.SetNoDataValue(-9999.0)
        one.SetDescription(_NAMES[role.split("_")[0]][number - 1])
        one.WriteRaster(0, 0, image.shape[2], image.shape[1], band.tobytes())
    made.FlushCache()
    return str(path)


if __name__ == "__main__":
    sys.exit(main())
