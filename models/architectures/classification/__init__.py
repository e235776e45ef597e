"""Networks for land-cover classification from several co-located rasters; `CLASSIFIERS` names them, the default first.

Every class is a `base.Classifier`: `slug`, `halo`, `multiple_of`, `config`, `forward(*inputs) -> logits`.
"""

from __future__ import annotations

from typing import Any

from models.architectures.classification.base import MISSING, Classifier
from models.architectures.classification.coupled_cnn import CoupledCNN
from models.architectures.classification.endnet import EndNet
from models.architectures.classification.fusatnet import FusAtNet
from models.architectures.classification.pixel_context_fusion import PixelContextFusion
from models.architectures.classification.s2enet import S2ENet
from models.architectures.classification.spectral_group_transformer import SpectralGroupTransformer
from models.architectures.classification.two_branch_cnn import TwoBranchCNN
from models.architectures.classification.whitened_fusion import WhitenedFusion

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
