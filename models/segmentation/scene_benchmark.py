"""What own networks and trees reach on blocks of one scene that they had not seen, as `rsfusion:trainsegmenter` trains.

    python -m models.segmentation.scene_benchmark --labels classes.tif [--optical rgb.tif] [--lidar heights.tif]
        [--sar sar.tif] [--dem dem.tif] [--steps 150] [--seeds 1 2] [--only NAME ...] [--out FOLDER]

All rows have the same blocks, steps and seeds; the means over the seeds are told. `--out` keeps the networks. Prints
Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.segmentation.networks import OWN
from models.segmentation.scene_training.train import work
from models.segmentation.scene_training.trees import BOOSTING, FOREST
from rsfusion_qgis.core.measures.classes.confusion import OVERALL
from rsfusion_qgis.tasks.segmentation.roles import ROLES

NAMES: dict[str, dict[str, str]] = {
    FOREST: {"method": FOREST},
    BOOSTING: {"method": BOOSTING},
    **{f"pyramid_fusion, {way}": {"fusion": way} for way in ("early", "gate", "cross_attention", "decision")},
    **{one.slug: {"architecture": one.slug} for one in OWN[1:]},
}  # fmt: skip
SHARES = {"validation_share": 0.2, "test_share": 0.3}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", required=True, help="raster of class codes")
    for role in ROLES:
        parser.add_argument(f"--{role.name.replace('_', '-')}", dest=role.name)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1])
    parser.add_argument("--only", nargs="*", default=list(NAMES), choices=list(NAMES), metavar="NAME")
    parser.add_argument("--out", type=Path, help="folder of the networks and their pages")
    options = parser.parse_args(arguments)
    rasters = {role.name: getattr(options, role.name) for role in ROLES if getattr(options, role.name)}
    print(f"{', '.join(rasters)}; {options.steps} steps; seeds {options.seeds}\n")
    print("| method | OA | κ | mIoU | FWIoU | F1 | boundary F1 | parameters | multiply-adds per pixel | seconds |\n"
          + "|---" * 10 + "|")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        place = options.out or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for name in options.only:
            found = [_measured(name, rasters, options, seed, place) for seed in options.seeds]
            print(_row(name, found), flush=True)
    return 0


def _measured(
    name: str, rasters: dict[str, str], options: argparse.Namespace, seed: int, place: Path
) -> dict[str, float]:
    stem = place / f"{name.replace(', ', '_')}_{seed}"
    samples = {"path": options.labels, "field": "", "layer": "", "parameter": "LABELS", "label": ""}
    job = {
        "inputs": rasters, "samples": samples, "scenes": "", "policy": "warn", "grid": "", "method": "network",
        "architecture": OWN[0].slug, "fusion": "decision", "minutes": 1e4, "seed": seed, "threads": 1, "absent": "any",
        "sar_unit": "", "steps": options.steps, "output": f"{stem}.onnx", "name": stem.name, "report": f"{stem}.html",
        **SHARES, **NAMES[name],
    }  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()) as said:
        found = work(job)
    warned = [json.loads(line).get("warning") for line in said.getvalue().splitlines()]
    print("\n".join(sorted({str(one) for one in warned if one})), file=sys.stderr)
    return found


def _row(name: str, found: Sequence[dict[str, float]]) -> str:
    means = {key: float(np.mean([one[key] for one in found])) for key in found[0]}
    told = [f"{means[key.upper()]:.3f}" for key in ("oa", "kappa", "miou", "fwiou", "f1") if key in OVERALL]
    adds = f"{means['FLOP_PER_PIXEL'] / 2:,.0f}" if means["FLOP_PER_PIXEL"] > 0 else "trees"
    cells = [name, *told, f"{means['BOUNDARY_F1']:.3f}", f"{means['PARAMETERS']:,.0f}", adds, f"{means['SECONDS']:.0f}"]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
