"""Peers for the benchmark: networks of the literature, trained as ours are, for 4 bands and the ratio 4.

    python -m models.pansharpening.train_literature --train --data <folder> [--minutes 20] [--networks pannet ...]
    python -m models.pansharpening.train_literature [--networks pannet ...]

The first command trains one network after the other on one core by `models.pansharpening.train` into runs/<slug>, and
exports them; the second exports what is trained there. A network goes to the folder `literature`, which
the plugin does not ship, as ONNX file with card, beside the curve of its training. Papers, names and what all cards
have in common stand in `literature/cards.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from models.common.export import export_checkpoint
from models.pansharpening.benchmark.ours import LITERATURE_FOLDER
from rsfusion_qgis.core.basics.errors import RsFusionError

BANDS, RATIO, SEED, PEAK = 4, 4, 31, 1e-3
_CARDS = json.loads((LITERATURE_FOLDER / "cards.json").read_text(encoding="utf-8"))
SLUGS: tuple[str, ...] = tuple(_CARDS["networks"])
"""Slugs of the architectures."""


def train_command(slug: str, data: Path, runs: Path, minutes: float) -> list[str]:
    """The command that trains one network into `runs/<slug>`."""
    options = {
        "data": data, "out": runs / slug, "architecture": slug, "bands": BANDS, "ratio": RATIO, "peak": PEAK,
        "minutes": minutes, "threads": 1, "seed": SEED, "cache": runs / "cache",
    }  # fmt: skip
    own = {"bands": BANDS, **_CARDS["networks"][slug].get("set", {})}
    parts = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    parts += ["--set", *(f"{name}={value}" for name, value in own.items())]
    return [sys.executable, "-m", "models.pansharpening.train", *parts]


def train(slug: str, data: Path, runs: Path, minutes: float) -> None:
    """Train one network from scratch; the curve of an earlier training gives way."""
    (runs / slug / "curve.csv").unlink(missing_ok=True)
    subprocess.run(train_command(slug, data, runs, minutes), check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})


def is_trained(folder: Path) -> bool:
    """Whether a training there has reached its end: its last checkpoint is as old as was planned."""
    last = folder / "checkpoint.pt"
    if not last.exists():
        return False
    record = torch.load(last, map_location="cpu", weights_only=True)["training"]
    return bool(record["minutes"] >= record["planned_minutes"])


def card_fields(slug: str, record: dict[str, Any]) -> dict[str, Any]:
    """What the card says beyond the checkpoint, from its training record."""
    known = _CARDS["networks"][slug]
    training = {"minutes": record["planned_minutes"], "seed": record["seed"], "best": record["minutes"]}
    return {**_CARDS["card"], "name": known["name"], "description": _CARDS["description"].format(**known, **training)}


def export(slug: str, runs: Path, out: Path) -> Path:
    """Write the best weights as ONNX file with its card into `out`, and the curve beside; returns the ONNX file."""
    best, target = runs / slug / "best.pt", out / f"pansharpening_{slug}_{BANDS}band.onnx"
    record = torch.load(best, map_location="cpu", weights_only=True)["training"]
    export_checkpoint(best, target, card_fields(slug, record))
    shutil.copyfile(runs / slug / "curve.csv", out / f"{slug}_curve.csv")
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", nargs="+", choices=SLUGS, default=SLUGS, metavar="SLUG", help=", ".join(SLUGS))
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder of the trainings")
    parser.add_argument("--out", type=Path, default=LITERATURE_FOLDER, help="folder for the networks")
    parser.add_argument("--train", action="store_true", help="train them first, which replaces what is in --runs")
    parser.add_argument("--data", type=Path, help="data folder, see models/pansharpening/sources.py; for --train")
    parser.add_argument("--minutes", type=float, default=20, help="of training for each (default: %(default)g)")
    given = parser.parse_args(arguments)
    if given.train and given.data is None:
        parser.error("--train needs --data")
    try:
        for slug in given.networks:
            if given.train:
                train(slug, given.data, given.runs, given.minutes)
            trained = is_trained(given.runs / slug)
            print(export(slug, given.runs, given.out) if trained else f"{slug}: not trained to the end, left out")
    except (RsFusionError, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
