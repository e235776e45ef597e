"""The trained voters as one ONNX file with its card: joined, calibrated, compared with torch before it is written."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.common import parity
from models.common.export import put_card
from models.common.rebuild import note_network
from models.common.tracing import traced
from models.segmentation.chips import FOLDS
from models.segmentation.networks import FAMILY, MISSING, ROLES
from models.segmentation.networks.base import BANDS, SENSORS
from models.segmentation.networks.decision_fusion import DecisionFusion
from models.segmentation.samples import Pixels, read_pixels
from models.segmentation.scores import quality
from models.segmentation.votes import Table, Votes, calibrate, fold_of, load, votes_of
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.session import InferenceSession

CARD = Path(__file__).with_name("card.json")
TOLERANCE = 1e-3
"""Of a logit: how far ONNX Runtime may differ from torch, and a part from the whole."""
RATIOS, LARGEST_SHIFT_PX = (0.1, 10.0), 2.0


def members(out: Path, fold: str, seeds: Sequence[int]) -> dict[str, list[Any]]:
    """The networks of a fold by sensor; raises InputError where one is missing."""
    paths = {sensor: [out / f"{sensor}_{fold}_{seed}.pt" for seed in seeds] for sensor in SENSORS}
    missing = [str(path) for found in paths.values() for path in found if not path.exists()]
    if missing:
        raise InputError(f"--out: there is no {missing[0]}; train all folds and seeds first.")
    return {sensor: [load(path) for path in found] for sensor, found in paths.items()}


def unseen_votes(pixels: Sequence[Pixels], out: Path, seeds: Sequence[int]) -> list[Votes]:
    """What the networks of each fold say of the chips of that fold."""
    made = []
    for fold in FOLDS:
        voters = members(out, fold, seeds)
        made += [votes_of(voters, one) for one in pixels if fold_of(one) == fold]
    return made


def joined(voters: Mapping[str, Sequence[Any]], table: Table) -> DecisionFusion:
    """Single-sensor networks as one that votes."""
    levels = {sensor: found[0].config["levels"][sensor] for sensor, found in voters.items()}
    count = len(voters[SENSORS[0]])
    made = DecisionFusion(levels, count, voters[SENSORS[0]][0].config["width"], table)
    for sensor, found in voters.items():
        for place, one in enumerate(found):
            made.voters[sensor][place].load_state_dict(one.head.state_dict())
    return made.eval()


def export(data: Path, out: Path, target: Path, seeds: Sequence[int]) -> None:
    """Calibrate on events that were not seen, and write the network of all events."""
    pixels = read_pixels(data, out / "pixels.pt")
    votes = unseen_votes(pixels, out, seeds)
    network = joined(members(out, "all", seeds), calibrate(votes))
    facts = json.loads(CARD.read_text(encoding="utf-8"))
    facts["training_data"] = tuple(facts["training_data"])
    facts.setdefault("created", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    card = write_network(network, target, {"name": target.stem, **facts, "quality": quality(votes)})
    print(f"{card.name}: {card.total_parameters} parameters, halo {card.halo}, flop {card.flop_per_pixel}")
    for name, value in card.quality:
        print(f"{name}: {value}")


def write_network(network: DecisionFusion, target: Path, facts: Mapping[str, Any]) -> ModelCard:
    """Write the network.

    Raises
    ------
    ModelError
        The exported network differs from torch or reaches past its halo.
    """
    draft = FAMILY.draft_card(network)
    weights = sum(weight.numel() for weight in network.parameters())
    flop = ((4, float(parity.flop_per_pixel(network, draft, 3))),)
    card = replace(draft, **{"ratio_range": RATIOS, "max_shift_px": LARGEST_SHIFT_PX, "total_parameters": weights,
                             "flop_per_pixel": flop, **facts})  # fmt: skip
    model = traced(network, example(48, 64), ROLES, ("scores",))
    note_network(model, network)
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare = Path(folder) / "bare.onnx"
        bare.write_bytes(model.SerializeToString())
        tensors = example(card.halo * 2 + 30, card.halo * 2 + 40, seed=2)
        with InferenceSession(bare, card, device="cpu", threads=1) as session:
            whole = {name: one.numpy() for name, one in zip(ROLES, tensors)}
            parity.require_same(network, session, whole, (8, 12), TOLERANCE, "report this")
        made = Path(folder) / target.name
        card = put_card(bare, card, made)
        target.parent.mkdir(parents=True, exist_ok=True)
        for suffix in (".onnx", ".json"):
            target.with_suffix(suffix).write_bytes(made.with_suffix(suffix).read_bytes())
    return card


def example(rows: int, cols: int, seed: int = 1) -> tuple[torch.Tensor, ...]:
    """Images at random, each with a hole."""
    draw = np.random.default_rng(seed)
    made = []
    for number, role in enumerate(ROLES):
        bands = BANDS[role.split("_")[0]]
        image = draw.normal(0, 1, (1, bands, rows, cols)) if bands == 1 else draw.gamma(4, 0.25, (1, bands, rows, cols))
        image[..., number * rows // 8 : (number + 2) * rows // 8, : cols // 2] = MISSING
        made.append(torch.from_numpy(image.astype(np.float32)))
    return tuple(made)
