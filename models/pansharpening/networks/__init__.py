"""One network per file, each with its paper on top; `ARCHITECTURES` names them all, `FAMILY` what they have in common.

Every class has `slug` (its name in files and cards), `multiple_of` and `halo` in pixels, `matched_pan` (whether it
expects pan matched to the bands, see `core.pan_matching`), `config` (the arguments that build it again) and
`forward(ms, pan, ratio) -> fused`: ms (N, B, H, W) interpolated to pan's grid and scaled, pan (N, 1, H, W) scaled,
ratio (1,), all float32.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.pansharpening.networks.dicnn import DiCNN
from models.pansharpening.networks.fusionnet import FusionNet
from models.pansharpening.networks.pan_basis_fusion import PanBasisFusion
from models.pansharpening.networks.pannet import PanNet
from models.pansharpening.networks.pnn import APNN, PNN
from models.pansharpening.networks.scene_mix import SceneMix
from models.pansharpening.networks.tfnet import TFNet
from rsfusion_qgis.core.networks.card import ModelCard

ARCHITECTURES = (PanBasisFusion, PNN, APNN, PanNet, DiCNN, FusionNet, TFNet, SceneMix)


def specs(network: Any) -> dict[str, Any]:
    """What a card says of inputs and outputs."""
    matched = {"matched": True} if network.matched_pan else {}
    inputs = [
        {"name": "ms", "role": "ms", "bands": network.config.get("bands"), "scaling": "dataset"},
        {"name": "pan", "role": "pan", "bands": 1, "scaling": "dataset", **matched},
        {"name": "ratio", "role": "ratio"},
    ]
    return {"inputs": inputs, "outputs": [{"name": "fused", "like": "ms"}]}


def take_over(network: Any, card: ModelCard) -> None:
    """Whether pan comes matched: that is what the weights, not the layers, expect."""
    network.matched_pan = card.input("pan").matched


FAMILY = Family("pansharpening", ARCHITECTURES, specs, take_over)
build = FAMILY.build
