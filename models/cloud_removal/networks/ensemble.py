"""Several networks that differ in their seeds, as one: the mean of their results, and the sigma of their mixture.

Where few scenes teach, networks err differently on what none of them has seen; their mean errs less, and where they
disagree, sigma says so. Lakshminarayanan, Pritzel, Blundell 2017: Simple and scalable predictive uncertainty estimation
using deep ensembles. arXiv:1612.01474.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from models.cloud_removal.networks.base import CloudNetwork, Outcome


class Ensemble(CloudNetwork):
    """members : networks of one kind and configuration, at least one."""

    def __init__(self, members: Sequence[CloudNetwork]) -> None:
        first = members[0]
        super().__init__(first.bands, tuple(first.config["level"]))
        self.members = nn.ModuleList(members)
        self.slug, self.multiple_of, self.halo = f"{first.slug}_ensemble", first.multiple_of, first.halo
        self.near = first.near

    def outcome(self, optical: Tensor, sar: Tensor, clear: Tensor, cloudmask: Tensor) -> Outcome:
        found = [member.outcome(optical, sar, clear, cloudmask) for member in self.members]
        restored = sum(one.restored for one in found) / len(found)
        variance = sum(one.sigma**2 + (one.restored - restored) ** 2 for one in found) / len(found)
        return Outcome(restored, torch.sqrt(variance))
