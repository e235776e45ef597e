"""Networks for land cover from several co-located rasters; `ARCHITECTURES` names them, the default first.

Every class is a `base.Classifier`: `slug`, `halo`, `multiple_of`, `config`, `forward(*inputs) -> logits`.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.land_cover.networks.base import MISSING, Classifier
from models.land_cover.networks.coupled_cnn import CoupledCNN
from models.land_cover.networks.endnet import EndNet
from models.land_cover.networks.fusatnet import FusAtNet
from models.land_cover.networks.pixel_context_fusion import PixelContextFusion
from models.land_cover.networks.s2enet import S2ENet
from models.land_cover.networks.spectral_group_transformer import SpectralGroupTransformer
from models.land_cover.networks.two_branch_cnn import TwoBranchCNN
from models.land_cover.networks.whitened_fusion import WhitenedFusion

__all__ = ["ARCHITECTURES", "FAMILY", "MISSING", "Classifier", "build"]

ARCHITECTURES: tuple[type[Classifier], ...] = (
    WhitenedFusion, PixelContextFusion, TwoBranchCNN, EndNet, CoupledCNN, FusAtNet, S2ENet, SpectralGroupTransformer)


def specs(network: Classifier) -> dict[str, Any]:
    """What a card says of inputs and outputs, before the rasters and classes of a training are known."""
    inputs = [{"name": role, "role": role, "bands": count} for role, count in network.config["bands"].items()]
    classes = [f"class {number}" for number in range(1, network.config["classes"] + 1)]
    return {"inputs": inputs, "outputs": [{"name": "scores", "classes": classes}]}


FAMILY = Family("classification", ARCHITECTURES, specs)
build = FAMILY.build
