"""Train the networks that find flood water, one for each sensor, seed and fold of events held out.

    python -m models.segmentation.train --data FOLDER [--architectures sar optical early gate attention]
        [--folds a b c d all] [--seeds 1 2 3] [--out runs/water]
    python -m models.segmentation.train --data FOLDER --export models/segmentation/zoo/NAME.onnx

FOLDER holds the chips, see `chips`. The first command trains on one thread and goes on where it was interrupted. The
second joins the voters that have seen all events, calibrates their votes on what the voters of the folds said of
events that those had not seen, and writes the network.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from models.segmentation.chips import FOLDS
from models.segmentation.fitting import Settings, train
from models.segmentation.samples import read_pixels
from rsfusion_qgis.core.basics.errors import RsFusionError

MEMBERS: dict[str, tuple[str, dict[str, Any]]] = {
    "sar": ("single_sensor", {"sensor": "sar"}),
    "optical": ("single_sensor", {"sensor": "optical"}),
    "early": ("early_fusion", {}),
    "gate": ("gated_water_fusion", {}),
    "attention": ("cross_attention_fusion", {}),
}
"""What can be trained: architecture and arguments."""
ALL = "all"
"""In the place of a fold: no event is held out."""
SEEDS = (1, 2, 3)


def member_path(out: Path, member: str, fold: str, seed: int) -> Path:
    """The file of one network."""
    return out / f"{member}_{fold}_{seed}.pt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(1)
    try:
        if options.export is not None:
            from models.segmentation.writing import export

            export(options.data, options.out, options.export, options.seeds)
        else:
            _train(options)
    except (RsFusionError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _train(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    pixels = read_pixels(options.data, options.out / "pixels.pt")
    for seed, fold, member in itertools.product(options.seeds, options.folds, options.architectures):
        held_out = FOLDS.get(fold, ())
        architecture, config = MEMBERS[member]
        settings = Settings(architecture, config, options.steps, seed)
        began, name = time.process_time(), f"{member}_{fold}_{seed}"

        def told(step: int, loss: float, name: str = name, began: float = began) -> None:
            print(f"{name} {step} {loss:.4f} {time.process_time() - began:.0f} s", flush=True)

        train([one for one in pixels if one.group not in held_out], settings,
              member_path(options.out, member, fold, seed), told)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the chips")
    parser.add_argument("--out", type=Path, default=Path("runs/water"), help="folder of the trained members")
    parser.add_argument("--architectures", nargs="*", default=["sar", "optical"], choices=list(MEMBERS))
    parser.add_argument("--folds", nargs="*", default=[*FOLDS, ALL], choices=[*FOLDS, ALL], help="which to train")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    parser.add_argument("--steps", type=int, default=Settings.steps)
    parser.add_argument("--export", type=Path, help="the ONNX file to write, instead of training")
    return parser


if __name__ == "__main__":
    sys.exit(main())
