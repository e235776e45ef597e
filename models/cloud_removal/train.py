"""Train cloud removal networks, a few for each fold of scenes held out, and write the one for the zoo.

    python -m models.cloud_removal.train --data FOLDER [--folds d a b c] [--seeds 1 2] [--out runs/clouds]
    python -m models.cloud_removal.train --data FOLDER --export models/cloud_removal/zoo/NAME.onnx [--card FIELDS.json]

The first command trains on one thread and goes on where it was interrupted; `<out>/<fold>_<seed>.pt` holds the state
and the averaged weights. The second joins the members of each fold, takes the network of the fold that `split.json`
calls "shipped", measures all four networks on the scenes that they have not seen, calibrates sigma on those of the
other three, and writes the network with these numbers. FOLDER holds the scenes of `split.json`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from models.cloud_removal.fitting import Run, Settings
from models.cloud_removal.held_out import measured
from models.cloud_removal.members import SEEDS, joined, member_path, member_states
from models.cloud_removal.networks import ARCHITECTURES
from models.cloud_removal.scenes import read_clear, read_triplets
from models.cloud_removal.split import FOLDS, SHIPPED
from models.cloud_removal.writing import write_network
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError

CARD = Path(__file__).with_name("card.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(1)
    try:
        if options.export is not None:
            export(options)
        else:
            train(options)
    except (RsFusionError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def train(options: argparse.Namespace) -> None:
    """One fold after the other, one seed after the other."""
    options.out.mkdir(parents=True, exist_ok=True)
    clear = read_clear(options.data)
    for fold, seed in itertools.product(options.folds, options.seeds):
        others = [name for other, names in FOLDS.items() if other != fold for name in names]
        settings = Settings(architecture=options.architecture, steps=options.steps, seed=seed)
        run = Run(read_triplets(options.data, others), clear, settings)
        began = time.process_time()

        def told(step: int, loss: float, member: str = f"{fold}_{seed}", began: float = began) -> None:
            print(f"{member} {step} {loss:.4f} {time.process_time() - began:.0f} s", flush=True)

        run.go(member_path(options.out, fold, seed), told)


def export(options: argparse.Namespace) -> None:
    """Measure, calibrate and write the network of the shipped fold."""
    states = {fold: member_states(options.out, fold) for fold in FOLDS}
    missing = [str(member_path(options.out, fold, SEEDS[0])) for fold, found in states.items() if not found]
    if missing:
        raise InputError(f"--out: there is no {', '.join(missing)}; train all folds first.")
    found = measured({fold: joined(one) for fold, one in states.items()}, options.data)
    facts = json.loads((options.card or CARD).read_text(encoding="utf-8"))
    facts["quality"] = tuple((name, round(value, 5)) for name, value in found.quality.items())
    facts["training_data"] = tuple(facts["training_data"])
    facts.setdefault("created", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    facts.setdefault("name", options.export.stem)
    card = write_network(found.calibrated(SHIPPED), options.export, facts)
    print(f"{card.name}: {options.export}, {card.total_parameters} parameters, halo {card.halo}")
    for name, value in card.quality:
        print(f"{name}: {value}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the scenes of split.json")
    parser.add_argument("--out", type=Path, default=Path("runs/clouds"), help="folder of the folds' networks")
    parser.add_argument("--folds", nargs="*", default=list(FOLDS), choices=list(FOLDS), help="which to train")
    parser.add_argument("--architecture", default=Settings.architecture, choices=[one.slug for one in ARCHITECTURES])
    parser.add_argument("--steps", type=int, default=Settings.steps)
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS), help="of the members to train")
    parser.add_argument("--export", type=Path, help="the ONNX file to write, instead of training")
    parser.add_argument("--card", type=Path, help="JSON file with fields of the card (default: that of the zoo)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
