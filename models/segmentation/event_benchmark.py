"""How networks of one's own find flood water on events that were not seen: kinds of fusion, small, trained short.

    python -m models.segmentation.event_benchmark --data FOLDER [--out runs/events] [--steps 60] [--folds c]

FOLDER holds the chips, see `chips`. Every network of `networks.OWN`, and every way to fuse, is trained on the chips of
three folds of events (every second one) and judged on the fourth, for each of `--folds`, all with one seed, the same
width and steps, so that what differs is the fusion. Results are kept in `--out`, and a second run goes on from there.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.common.parity import flop_per_pixel
from models.land_cover.fitting import Fitted, fit
from models.land_cover.networks import MISSING
from models.land_cover.samples.scenes import Chip as Cell
from models.land_cover.samples.scenes import LabelledScene, cut_chips
from models.land_cover.settings import Settings
from models.segmentation.chips import FOLDS, UNLABELLED, Chip, read_chips
from models.segmentation.networks import FAMILY, OWN
from models.segmentation.networks.base import ROLES
from models.segmentation.networks.pyramid_fusion import WAYS
from models.segmentation.samples import STEP, Pixels, pixels_of
from models.segmentation.scores import GROUPS, score

WIDTH, BATCH, CELL_PX, HALO_PX, STEPS, SEED, RATE = 8, 8, 48, 8, 60, 1, 5e-3
STATES: dict[str, tuple[str, ...]] = {
    "both": (), "SAR alone": ("optical", "optical_before"), "optical alone": ("sar", "sar_before"),
}  # fmt: skip
"""What is judged -> roles that are taken away."""
NAMES: dict[str, tuple[str, dict[str, Any]]] = {
    **{f"pyramid_fusion, {way}": ("pyramid_fusion", {"fusion": way}) for way in WAYS if way != "product"},
    **{one.slug: (one.slug, {}) for one in OWN[1:]},
    "pyramid_fusion, trained on SAR alone": ("pyramid_fusion", {}),
    "pyramid_fusion, trained on optical alone": ("pyramid_fusion", {}),
}  # fmt: skip
TAKEN = {
    "pyramid_fusion, trained on SAR alone": "SAR alone", "pyramid_fusion, trained on optical alone": "optical alone",
}  # fmt: skip
"""Networks of a single sensor: what the others must reach where a sensor is missing -> the state they see."""
TOLD = {
    "concatenation": "concatenation (two-branch)", "sum": "sum (pseudo-siamese)", "squeeze_excitation": "SE",
    "cbam": "CBAM", "gate": "gate (GMU)", "cross_attention": "cross-attention",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds the chips")
    parser.add_argument("--out", type=Path, default=Path("runs/events"), help="folder of the results so far")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--folds", nargs="*", default=["c"], choices=list(FOLDS))
    parser.add_argument("--only", nargs="*", default=list(NAMES), choices=list(NAMES), metavar="NAME")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    chips = [one for one in read_chips(options.data) if set(ROLES) <= set(one.images)]
    print(f"{len(chips)} chips, width {WIDTH}, {options.steps} steps of {BATCH} cells, seed {SEED}\n", file=sys.stderr)
    print("| network | parameters | multiply-adds per pixel | IoU of water | SAR alone | optical alone | training, s | "
          "map, s per megapixel |\n" + "|---" * 8 + "|")  # fmt: skip
    known = {one.name: pixels_of(one) for one in chips}
    for name in options.only:
        print(_row(name, [_fold(name, fold, chips, options) for fold in options.folds], known), flush=True)
    return 0


def _fold(name: str, fold: str, chips: Sequence[Chip], options: argparse.Namespace) -> dict[str, Any]:
    """Counts by state of the chips of a fold, costs; from the file where they are there."""
    path = options.out / f"{name.replace(', ', '_')}_{fold}_{options.steps}.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    slug, own = NAMES[name]
    roles = tuple(role for role in ROLES if role not in STATES[TAKEN.get(name, "both")])
    learned = [one for one in chips if one.group not in FOLDS[fold]][::2]
    settings = Settings(slug, {"width": WIDTH, **own}, most_steps=options.steps, minutes=1e4, batch=BATCH, seed=SEED,
                        rate=RATE, refit=False, optional=roles, threads=1)  # fmt: skip
    began = time.process_time()
    fitted = fit(_cells(learned, roles), (), ("other", "water"), settings)
    trained = time.process_time() - began
    found: dict[str, Any] = {"maps": {}, "training_s": trained}
    for state, gone in STATES.items():
        if TAKEN.get(name, state) != state:
            continue
        began = time.process_time()
        judged = [one for one in chips if one.group in FOLDS[fold]]
        found["maps"][state] = {one.name: _said(fitted, one, gone) for one in judged}
        found.setdefault("map_s", (time.process_time() - began) / sum(one.label.size for one in judged) * 1e6)
    found["parameters"] = sum(weight.numel() for weight in fitted.network.parameters())
    found["flop"] = flop_per_pixel(fitted.network, FAMILY.draft_card(fitted.network), 0, 64)
    path.write_text(json.dumps(found), encoding="utf-8")
    return found


def _cells(chips: Sequence[Chip], roles: Sequence[str]) -> list[Cell]:
    made: list[Cell] = []
    for number, chip in enumerate(chips):
        labels = np.where(chip.label == UNLABELLED, -1, chip.label).astype(np.int16)
        inputs = {role: chip.images[role] for role in roles}
        valid = {role: image.min(axis=0) > MISSING / 2 for role, image in inputs.items()}
        kept = {role: np.where(valid[role], image, 0).astype(np.float32) for role, image in inputs.items()}
        regions = np.where(labels >= 0, number + 1, 0).astype(np.int32)
        made += cut_chips(LabelledScene(kept, valid, labels, regions), HALO_PX, CELL_PX, number)
    return made


@torch.no_grad()
def _said(fitted: Fitted, chip: Chip, gone: Sequence[str]) -> str:
    """Where the network says water, of every `STEP`th pixel, as text of 0 and 1."""
    given = []
    for role in fitted.roles:
        image = chip.images[role]
        there = image.min(axis=0) > MISSING / 2
        shown = there if role not in gone else np.zeros_like(there)
        scaled = fitted.statistics.standardised(role, np.where(there, image, 0), shown)
        given.append(torch.from_numpy(scaled)[None])
    water = fitted.network.eval()(*given)[0].argmax(0).numpy()[STEP // 2 :: STEP, STEP // 2 :: STEP]
    return "".join("1" if one else "0" for one in water.ravel())


def _row(name: str, folds: Sequence[Mapping[str, Any]], known: Mapping[str, Pixels]) -> str:
    found = {}
    for state in folds[0]["maps"]:
        maps = {chip: np.frombuffer(text.encode(), np.uint8) == ord("1")
                for fold in folds for chip, text in fold["maps"][state].items()}  # fmt: skip
        found[state] = score([known[chip] for chip in maps], list(maps.values()))
    groups = [place for place, group in enumerate(GROUPS) if any(known[chip].group == group for chip in maps)]
    seconds = [np.mean([fold[what] for fold in folds]) for what in ("training_s", "map_s")]
    way = name.split(", ")[-1]
    cells = [name.replace(way, TOLD.get(way, way)), f"{folds[0]['parameters']:,}", f"{folds[0]['flop'] / 2:,.0f}",
             *(f"{np.mean([found[state].groups[place] for place in groups]):.3f}" if state in found else "—"
               for state in STATES),
             f"{seconds[0]:.0f}", f"{seconds[1]:.1f}"]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
