"""A network of ours back from its ONNX file, as torch can train it on.

What an export cannot keep by name stands in the file's metadata under `KEY`: the architecture, its configuration,
and the weights that lost their names (numbers without axes become constants of the graph).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from models.pansharpening.networks import ARCHITECTURES, build
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.session import InferenceSession

KEY = "rsfusion:network"
TOLERANCE = 1e-3
"""Of a standard deviation: how far the rebuilt network may differ from the file."""


def note_network(model: onnx.ModelProto, network: nn.Module) -> None:
    """Put into an exported model what `rebuilt` needs beside the named weights."""
    named = {part.name for part in model.graph.initializer}
    lost = {name: value.tolist() for name, value in network.state_dict().items() if name not in named}
    entry = model.metadata_props.add()
    entry.key = KEY
    entry.value = json.dumps({"architecture": network.slug, "config": network.config, "weights": lost})


def rebuilt(path: Path, card: ModelCard) -> nn.Module:
    """The network of an ONNX file.

    Raises
    ------
    ModelError
        It is none of the project's own architectures, or does not give what the file gives.
    """
    model = onnx.load(str(path), load_external_data=False)
    noted = next((json.loads(entry.value) for entry in model.metadata_props if entry.key == KEY), None)
    known = [architecture.slug for architecture in ARCHITECTURES]
    if noted is None or noted.get("architecture") not in known:
        raise ModelError(
            f"MODEL: '{path.name}' does not say how to build it again, so it cannot be trained on; expected a network "
            f"that models.common.export wrote (architecture {', '.join(known)}), so choose a shipped one."
        )
    network = _filled(build(noted["architecture"], noted["config"]), model, noted["weights"], path)
    network.matched_pan = card.input("pan").matched  # which its weights, not its layers, expect
    _require_same(network, path, card)
    return network


def _filled(network: nn.Module, model: onnx.ModelProto, weights: dict[str, Any], path: Path) -> nn.Module:
    found = {part.name: torch.from_numpy(numpy_helper.to_array(part).copy()) for part in model.graph.initializer}
    found.update({name: torch.tensor(value) for name, value in weights.items()})
    state = {name: found[name] for name in network.state_dict() if name in found}
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise ModelError(
            f"MODEL: the weights in '{path.name}' do not fit its architecture ({str(error).splitlines()[-1].strip()}); "
            "export it again."
        ) from None
    return network.eval()


def _require_same(network: nn.Module, path: Path, card: ModelCard) -> None:
    """Refuse a network that is not the file's: one scene through both."""
    draw = np.random.default_rng(3)
    bands = len(card.input("ms").bands or ()) or 4
    shapes = {"ms": (1, bands, 64, 64), "pan": (1, 1, 64, 64)}
    feeds = {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    feeds["ratio"] = np.array([4.0], np.float32)
    with InferenceSession(path, card, device="cpu") as session:
        wanted = session.run({spec.name: feeds[spec.role] for spec in card.inputs})[card.outputs[0].name]
    with torch.no_grad():
        given: Tensor = network(*(torch.from_numpy(feeds[role]) for role in ("ms", "pan", "ratio")))
    difference = float(np.abs(given.numpy() - wanted).max())
    if not difference <= TOLERANCE:
        raise ModelError(
            f"MODEL: the network rebuilt from '{path.name}' differs from the file by {difference:.1e} standard "
            f"deviations, expected at most {TOLERANCE:g}; export it again."
        )
