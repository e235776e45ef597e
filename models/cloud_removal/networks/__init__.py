"""Networks for cloud removal; `CLOUD_NETWORKS` names them, the default first.

Every class is a `base.CloudNetwork`: `slug`, `halo`, `multiple_of`, `config`, `forward(optical, sar, clear, cloudmask)
-> restored, sigma`.
"""

from __future__ import annotations

from typing import Any

from models.cloud_removal.networks.base import MISSING, ROLES, CloudNetwork, Outcome
from models.cloud_removal.networks.dsen2cr import DSen2CR
from models.cloud_removal.networks.gated_fusion import GatedFusion

__all__ = ["CLOUD_NETWORKS", "MISSING", "ROLES", "CloudNetwork", "Outcome", "build_cloud_network"]

CLOUD_NETWORKS: tuple[type[CloudNetwork], ...] = (GatedFusion, DSen2CR)


def build_cloud_network(slug: str, config: dict[str, Any]) -> CloudNetwork:
    """The network of that slug, built with that configuration.

    Raises
    ------
    ValueError
        If no network has that slug.
    """
    for network in CLOUD_NETWORKS:
        if network.slug == slug:
            return network(**config)
    known = ", ".join(network.slug for network in CLOUD_NETWORKS)
    raise ValueError(f"Found the network '{slug}', expected one of {known}; check the checkpoint's name of it.")
