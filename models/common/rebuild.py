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
from torch import nn

from models.common import parity
from models.common.families import families, family_of
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
    known = [slug for family in families(card.task) for slug in family.slugs]
    if noted is None or noted.get("architecture") not in known:
        raise ModelError(
            f"MODEL: '{path.name}' does not say how to build it again, so it cannot be trained on; expected a network "
            f"that models.common.export wrote (architecture {', '.join(known)}), so choose a shipped one."
        )
    family = family_of(noted["architecture"], card.task)
    network = _filled(family.build(noted["architecture"], noted["config"]), model, noted["weights"], path)
    family.take_over(network, card)
    _require_same(network, family.draft_card(network), path, card)
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


def _require_same(network: nn.Module, draft: ModelCard, path: Path, card: ModelCard) -> None:
    """Refuse a network that is not the file's: one scene through both. `draft`: with all inputs of `forward`."""
    feeds = parity.scene(draft, parity.USUAL_BANDS, 64, 64, parity.USUAL_RATIO, seed=3)
    with InferenceSession(path, card, device="cpu") as session:
        wanted = parity.run(session, feeds)
    given = parity.in_torch(network, draft, feeds)
    difference = float(max(np.abs(given[name] - one).max() for name, one in wanted.items()))
    if not difference <= TOLERANCE:
        raise ModelError(
            f"MODEL: the network rebuilt from '{path.name}' differs from the file by {difference:.1e} standard "
            f"deviations, expected at most {TOLERANCE:g}; export it again."
        )
