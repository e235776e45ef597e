"""Networks for land-cover classification from several co-located rasters; `CLASSIFIERS` names them, the default first.

Every class is a `base.Classifier`: `slug`, `halo`, `multiple_of`, `config`, `forward(*inputs) -> logits`.
"""

from __future__ import annotations

from typing import Any

from models.land_cover.networks.base import MISSING, Classifier
from models.land_cover.networks.coupled_cnn import CoupledCNN
from models.land_cover.networks.endnet import EndNet
from models.land_cover.networks.fusatnet import FusAtNet
from models.land_cover.networks.pixel_context_fusion import PixelContextFusion
from models.land_cover.networks.s2enet import S2ENet
from models.land_cover.networks.spectral_group_transformer import SpectralGroupTransformer
from models.land_cover.networks.two_branch_cnn import TwoBranchCNN
from models.land_cover.networks.whitened_fusion import WhitenedFusion

__all__ = ["CLASSIFIERS", "MISSING", "Classifier", "build_classifier"]

CLASSIFIERS: tuple[type[Classifier], ...] = (
    WhitenedFusion, PixelContextFusion, TwoBranchCNN, EndNet, CoupledCNN, FusAtNet, S2ENet, SpectralGroupTransformer)


def build_classifier(slug: str, config: dict[str, Any]) -> Classifier:
    """The classification network of that slug, built with that configuration.

    Raises
    ------
    ValueError
        If no network has that slug.
    """
    for classifier in CLASSIFIERS:
        if classifier.slug == slug:
            return classifier(**config)
    known = ", ".join(classifier.slug for classifier in CLASSIFIERS)
    raise ValueError(f"Found the network '{slug}', expected one of {known}; check the checkpoint's name of it.")
