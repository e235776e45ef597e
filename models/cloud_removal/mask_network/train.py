"""Train the network of cloud masks: one for each group of places left out, and the one that is shipped, on all.

    python -m models.cloud_removal.mask_network.train --data FOLDER [--out runs/cloud_masks]
    python -m models.cloud_removal.mask_network.train --data FOLDER --export FILE.onnx

The first command takes about five minutes on one core; `<out>/<group>.pt` are networks that have not seen the group's
places, by which `models.cloud_removal.mask_benchmark` measures. The second exports `<out>/all.pt` with its card.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from models.cloud_removal.mask_benchmark.scenes import read_examples
from models.cloud_removal.mask_network.examples import Ground, Pair, read_grounds, read_pairs, skies
from models.cloud_removal.mask_network.fitting import sampled, taught
from models.cloud_removal.mask_network.network import BANDS, HALO, STEP, MaskNetwork, Perceptron
from models.common.export import put_card
from models.common.parity import require_same
from models.common.tracing import traced
from rsfusion_qgis.core.basics.errors import InputError, RsFusionError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.sensors.sentinel2 import WAVELENGTHS_NM

CARD = Path(__file__).with_name("card.json")
ALL = "all"
SEEDS, TOLERANCE = (1, 2), 1e-4
_COLOURS = {"clear": "#9fc5e8", "thin": "#ffd28c", "cloud": "#ff7f0e", "shadow": "#5b4a8a"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the scenes")
    parser.add_argument("--out", type=Path, default=Path("runs/cloud_masks"), help="folder of the networks")
    parser.add_argument("--export", type=Path, help="the ONNX file to write, instead of training")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    try:
        if options.export is not None:
            print(export(options.out, options.export).name)
        else:
            train(options.data, options.out)
    except RsFusionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def train(data: Path, out: Path) -> None:
    """All networks that are not there yet."""
    out.mkdir(parents=True, exist_ok=True)
    examples = read_examples(data)
    pairs, grounds = read_pairs(examples), read_grounds(examples, data)
    for place in (*sorted({pair.place for pair in pairs}), ALL):
        if network_path(out, place).is_file():
            continue
        began = time.process_time()
        own = [one for one in pairs if one.place != place], [one for one in grounds if one.place != place]
        members = [learned(*own, seed).state_dict() for seed in SEEDS]
        torch.save(members, network_path(out, place))
        print(f"{place}: {time.process_time() - began:.0f} s", flush=True)


def learned(pairs: Sequence[Pair], grounds: Sequence[Ground], seed: int) -> Perceptron:
    """A member from these scenes."""
    return taught(*sampled(skies(pairs, grounds, np.random.default_rng(seed)), seed), seed)


def network_path(out: Path, place: str) -> Path:
    """Where the network lies that has not seen a group of places."""
    return Path(out) / f"{place.replace(' ', '_').replace(',', '')}.pt"


def read_network(out: Path, place: str) -> MaskNetwork:
    """That network; raises InputError where it was not trained."""
    path = network_path(out, place)
    if not path.is_file():
        raise InputError(f"--out: there is no '{path}'; run `python -m models.cloud_removal.mask_network.train` first.")
    return MaskNetwork([_restored(state) for state in torch.load(path, weights_only=True)]).eval()


def _restored(state: dict[str, torch.Tensor]) -> Perceptron:
    made = Perceptron()
    made.load_state_dict(state)
    return made


def export(out: Path, target: Path) -> ModelCard:
    """Write the network of all places; raises ModelError where the file differs from torch, or its halo is short."""
    network = read_network(out, ALL)
    facts = json.loads(CARD.read_text(encoding="utf-8"))
    facts["quality"] = tuple(tuple(pair) for pair in facts.get("quality", ()))
    facts["training_data"] = tuple(facts["training_data"])
    facts["flop_per_pixel"] = tuple(map(tuple, facts["flop_per_pixel"]))
    weights = sum(weight.numel() for weight in network.parameters())
    card = replace(_card(), total_parameters=weights, **facts)
    draw = torch.Generator().manual_seed(1)
    sizes = ((8 * STEP, 6 * STEP), (2 * HALO + 5 * STEP, 2 * HALO + 4 * STEP))
    small, large = (0.05 + 0.3 * torch.rand(1, len(BANDS), *size, generator=draw) for size in sizes)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.onnx"
        bare.write_bytes(traced(network, (small,), ("optical",), ("classes",)).SerializeToString())
        with InferenceSession(bare, card, device="cpu", threads=1) as session:
            require_same(network, session, {"optical": large.numpy()}, (2 * STEP, STEP), TOLERANCE, "report this")
        return put_card(bare, card, target)


def _card() -> ModelCard:
    """Of the task whose networks tell classes; the name is replaced by that of the facts."""
    bands = tuple(Band(name, WAVELENGTHS_NM[name] / 1000) for name in BANDS)
    classes = tuple(ClassSpec(name, code, colour) for code, (name, colour) in enumerate(_COLOURS.items()))
    return ModelCard("cloud_mask_v1", "segmentation", (InputSpec("optical", "optical", bands),),
                     (OutputSpec("classes", classes=classes, scores="probabilities"),), HALO, STEP,
                     architecture="mask_perceptron")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
