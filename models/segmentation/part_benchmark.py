"""What own networks and trees reach on a part of a scene that they had not seen, from file to file.

    python -m models.segmentation.part_benchmark --labels classes.tif [--optical rgb.tif] [--sar sar.tif]
        [--dem dem.tif] [--lidar heights.tif] [--share 0.6] [--methods network] [--steps 300] [--alone] [--out FOLDER]

Samples are the labels of the left columns, `--share` of them. `rsfusion:trainsegmenter`'s recipe learns from them, and
`rsfusion:segment` maps the whole scene; what lies right of them, after a gap of `GAP_PX`, is judged. Labels without a
nodata value have a class 0. `--alone` repeats it with each raster alone. `--out` keeps networks, maps and polygons.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.common.rasters import frame_of, open_raster, read_all, write_raster
from models.segmentation.networks import OWN
from models.segmentation.scene_training.train import work
from models.segmentation.scene_training.trees import BOOSTING, FOREST
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.measures.classes.boundary import BoundaryTally
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.roles import ROLES
from rsfusion_qgis.tasks.segmentation.task import TASK

GAP_PX = 32
SHARES = {"validation_share": 0.15, "test_share": 0.05}
METHODS = ("network", BOOSTING, FOREST)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", required=True, help="raster of class codes")
    for role in ROLES:
        parser.add_argument(f"--{role.name.replace('_', '-')}", dest=role.name)
    parser.add_argument("--share", type=float, default=0.6, help="of the columns, from the left, that are learned from")
    parser.add_argument("--methods", nargs="*", default=["network"], choices=METHODS)
    parser.add_argument("--fusion", default="decision", help="of the network")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1])
    parser.add_argument("--alone", action="store_true", help="also each raster alone")
    parser.add_argument("--out", type=Path, help="folder of networks, maps and polygons")
    options = parser.parse_args(arguments)
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
    rasters = {role.name: getattr(options, role.name) for role in ROLES if getattr(options, role.name)}
    given = [tuple(rasters), *(((one,) for one in rasters) if options.alone and len(rasters) > 1 else ())]
    with tempfile.TemporaryDirectory() as folder:
        place = options.out or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        labels, judged, codes = _parted(options.labels, options.share, place)
        print("| method | given | OA | κ | mIoU | boundary F1 | IoU of " + " | ".join(str(code) for code in codes)
              + " |\n" + "|---" * (6 + len(codes)) + "|")  # fmt: skip
        for method in options.methods:
            for roles in given:
                found = [_measured(method, {one: rasters[one] for one in roles}, labels, judged, codes, options, seed,
                                   place) for seed in options.seeds]  # fmt: skip
                cells = [method, ", ".join(one.upper() for one in roles), *map(_told, np.mean(found, 0))]
                print("| " + " | ".join(cells) + " |", flush=True)
    return 0


def _told(value: float) -> str:
    return "—" if np.isnan(value) else f"{value:.3f}"


def _parted(path: str, share: float, place: Path) -> tuple[str, np.ndarray, list[int]]:
    """The file of the labels to learn from; (rows, cols) place of the class of what is judged, else -1; the codes."""
    dataset = open_raster(path)
    codes = read_all(path)[0].astype(int)
    if dataset.GetRasterBand(1).GetNoDataValue() is None:
        codes = codes + 1
    col = round(codes.shape[1] * share)
    learned = np.where(np.arange(codes.shape[1]) < col, codes, 0)
    known = [int(code) for code in np.unique(learned) if code > 0]
    target = write_raster(place / "learned.tif", learned[None], frame_of(dataset), data_type="Byte")
    judged = np.full(codes.shape, -1)
    for number, code in enumerate(known):
        judged[:, col + GAP_PX :][codes[:, col + GAP_PX :] == code] = number
    return str(target), judged, known


def _measured(
    method: str, rasters: dict[str, str], labels: str, judged: np.ndarray, codes: Sequence[int],
    options: argparse.Namespace, seed: int, place: Path,
) -> list[float]:  # fmt: skip
    stem = place / "_".join([method, *rasters, str(seed)])
    job = {
        "inputs": rasters, "samples": {"path": labels, "field": "", "layer": "", "parameter": "LABELS", "label": ""},
        "scenes": "", "policy": "warn", "grid": "", "method": method, "architecture": OWN[0].slug,
        "fusion": options.fusion, "minutes": 1e4, "seed": seed, "threads": 1, "absent": "any", "sar_unit": "",
        "steps": options.steps, "output": f"{stem}.onnx", "name": stem.name, "report": f"{stem}.html", **SHARES,
    }  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()):
        work(job)
    how = SegmentOptions(minimum_area=10.0, regular_classes=str(codes[-1]))
    run(Job(TASK, rasters, f"{stem}.tif", model=f"{stem}.onnx", options=how, threads=1,
            layers={"POLYGONS": f"{stem}.gpkg"}))  # fmt: skip
    made = read_all(f"{stem}.tif")[0].astype(int)
    found = np.searchsorted(codes, made).clip(0, len(codes) - 1)
    matrix, outlines = ConfusionMatrix.of(judged, found, [str(one) for one in codes]), BoundaryTally(len(codes))
    outlines.add(judged, found)
    overall, edges = matrix.overall(), outlines.per_class()
    return [overall["oa"], overall["kappa"], overall["miou"], float(np.nanmean(edges)), *matrix.per_class()["iou"]]


if __name__ == "__main__":
    sys.exit(main())
