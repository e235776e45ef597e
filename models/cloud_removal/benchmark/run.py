"""The cloud removal benchmark: real triplets that the network has not seen, in four folds fixed beforehand.

    make bench-clouds DATA=<folder> [ARGS='--out runs/bench --networks runs/clouds --train --picture a.png']

FOLDER holds `s1s2_cloud`, and for training the clear scenes of `models/cloud_removal/split.json`. Prints
Markdown and writes it to `<out>/clouds.md`, beside every number in `clouds.json`. Everything is seeded: the same
networks give the same numbers. Networks of the folds are taken from --networks; --train makes those that are missing.
--picture shows what they make of the triplets that --show names.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from models.cloud_removal.benchmark.fold_networks import FoldNetwork, fold_network
from models.cloud_removal.benchmark.methods import classical
from models.cloud_removal.benchmark.picture import write_picture
from models.cloud_removal.benchmark.report import markdown
from models.cloud_removal.benchmark.scores import Row, calibration, scores
from models.cloud_removal.calibration import SigmaScale
from models.cloud_removal.fitting import Settings
from models.cloud_removal.held_out import WITH_SAR, WITHOUT_SAR, Seen, scale_without, seen_by
from models.cloud_removal.masks import reference_mask
from models.cloud_removal.prediction import composed
from models.cloud_removal.scenes import TRIPLETS, Triplet, read_clear, read_triplets
from models.cloud_removal.split import FOLDS
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError

NAME = "clouds"
SHOWN = ("patch_4287", "patch_5349", "patch_6553")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it ran, 1 with one sentence on stderr when it could not."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(1)
    try:
        print(benchmark(options))
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def benchmark(options: argparse.Namespace) -> str:
    """All triplets, all methods; writes the files and returns the Markdown."""
    present = _present(options.data)
    networks = _networks(options, present)
    seen = {fold: [seen_by(networks[fold].network, one) for one in some] for fold, some in present.items()}
    rows = [_row(fold, one, scale_without(fold, seen)) for fold, made in seen.items() for one in made]
    text = markdown(rows, networks)
    _write(options.out, rows, text)
    if options.picture is not None:
        named = {one.triplet.name: one for made in seen.values() for one in made}
        write_picture([named[name] for name in options.show if name in named], options.picture)
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {TRIPLETS}")
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), help="folder for the results")
    parser.add_argument("--networks", type=Path, default=Path("runs/clouds"), help="folder of the folds' networks")
    parser.add_argument("--train", action="store_true", help="train fully what is not in --networks")
    parser.add_argument("--steps", type=int, default=Settings.steps, help="of a full training")
    parser.add_argument("--picture", type=Path, help="PNG file to write")
    parser.add_argument("--show", nargs="*", default=SHOWN, help="triplets in the picture")
    return parser


def _present(data: Path) -> dict[str, list[Triplet]]:
    """Fold -> its triplets in the data folder."""
    there = {fold: [name for name in names if (data / TRIPLETS / f"{name}_s1.tif").is_file()]
             for fold, names in FOLDS.items()}  # fmt: skip
    if not any(there.values()):
        raise InputError(f"--data: '{data}' has no {TRIPLETS}/*_s1.tif; give the folder that holds them.")
    return {fold: read_triplets(data, names) for fold, names in there.items() if names}


def _networks(options: argparse.Namespace, present: Mapping[str, Sequence[Triplet]]) -> dict[str, FoldNetwork]:
    settings = Settings(steps=options.steps)
    made = {}
    for fold in present:
        others = [one for other, triplets in present.items() if other != fold for one in triplets]
        clear = [] if any(options.networks.glob(f"{fold}_*.pt")) and not options.train else read_clear(options.data)
        made[fold] = fold_network(fold, others, clear, options.networks, settings, options.train)
        print(f"fold {fold}: {made[fold].steps} steps, {made[fold].source}", file=sys.stderr)
    return made


def _row(fold: str, seen: Seen, scale: SigmaScale) -> Row:
    triplet, mask, cloudy = seen.triplet, seen.mask, reference_mask(seen.triplet)
    (alone, doubt), (estimate, sigma) = (seen.estimates[which] for which in (WITHOUT_SAR, WITH_SAR))
    ours = {"d": (alone, doubt), "e": (estimate, sigma), "f": (seen.taught(), sigma)}
    images = {name: composed(triplet.cloudy, image, mask) for name, (image, _) in ours.items()}
    measured = {name: scores(image, triplet.clear, cloudy)
                for name, image in {**classical(triplet, mask), **images}.items()}  # fmt: skip
    stated = {name: calibration(image, scale(spread), triplet.clear, mask) for name, (image, spread) in ours.items()}
    return Row(triplet.name, fold, float(cloudy.mean()), float(mask.mean()), measured, stated)


def _write(folder: Path, rows: Sequence[Row], text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.md").write_text(text, encoding="utf-8")
    plain = json.loads(json.dumps([asdict(row) for row in rows]), parse_constant=lambda _: None)
    (folder / f"{NAME}.json").write_text(json.dumps(plain, indent=1), encoding="utf-8")
