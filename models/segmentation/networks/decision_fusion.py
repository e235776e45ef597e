"""Water by vote: every sensor decides alone, and the calibrated logits are added. What is absent has no vote.

A state of a sensor is 0 where it is absent, 1 with one date, 2 with both. For every pair of states there are two
weights and a constant, fitted to floods that the voters had not seen (opinion pools of this kind: Genest, Zidek 1986,
Statistical Science 1(1), 114-135; temperatures: Guo et al. 2017, ICML, arXiv:1706.04599). Where one sensor is absent
the other's own calibration holds, so that a missing sensor costs what it would have told, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from models.segmentation.networks.base import SENSORS, Head, WaterNetwork, pair_features, present_in
from models.segmentation.networks.single_sensor import WIDTH

NEUTRAL = [[[float(optical > 0), float(sar > 0), 0.0] for sar in range(3)] for optical in range(3)]
"""Plain sums."""


class DecisionFusion(WaterNetwork):
    """Several voters for each sensor, whose mean logit is the sensor's.

    Parameters
    ----------
    voters : for each sensor. width : of their hidden layers.
    weights : [state of optical][state of sar] -> [weight of optical, weight of sar, constant].
    """

    slug = "decision_fusion"

    def __init__(
        self, levels: Mapping[str, Any] | None = None, voters: int = 1, width: int = WIDTH, weights: Any = None
    ) -> None:
        super().__init__(levels, voters=voters, width=width, weights=weights)
        self.voters = nn.ModuleDict({
            sensor: nn.ModuleList([Head(pair_features(sensor), width) for _ in range(voters)]) for sensor in SENSORS
        })  # fmt: skip
        table = torch.tensor(weights or NEUTRAL, dtype=torch.float32).reshape(9, 3)
        self.register_buffer("table", table, persistent=False)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        votes, states = [], []
        for sensor in SENSORS:
            has, had = present_in(seen[sensor])
            voters = self.voters[sensor]
            votes.append(sum(self.voted(sensor, one, seen[sensor]) for one in voters) / len(voters))
            states.append(has * (1 + had))
        pair = 3 * states[0] + states[1]
        total = torch.zeros_like(votes[0])
        for place in range(1, 9):
            weights = self.table[place]
            vote = weights[0] * votes[0] + weights[1] * votes[1] + weights[2]
            total = total + torch.where(pair == place, vote, torch.zeros_like(vote))
        return total
