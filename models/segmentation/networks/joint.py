"""Water from both sensors in one network: fused at the input, by gates, or by cross-attention.

Sensors are taken away now and then while it is trained (modality dropout: Neverova et al. 2016, ModDrop, IEEE TPAMI
38(8), 1692-1706). The gate is that of CMGFNet (Hosseinpour, Samadzadegan, Javan 2022, ISPRS J. 184, 96-115), the
attention that of MCANet (Li et al. 2022, Int. J. Applied Earth Observation 106, 102638), both for each pixel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.segmentation.networks.base import SENSORS, Head, WaterNetwork, pair_features, present_in
from models.segmentation.networks.single_sensor import WIDTH


class EarlyFusion(WaterNetwork):
    """All features in one head; `width` of its hidden layers."""

    slug = "early_fusion"

    def __init__(self, levels: Mapping[str, Any] | None = None, width: int = WIDTH) -> None:
        super().__init__(levels, width=width)
        self.head = Head(sum(pair_features(sensor) for sensor in SENSORS), width)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        return self.head(torch.cat([seen[sensor] for sensor in SENSORS], dim=1))


class GatedFusion(WaterNetwork):
    """A head for each sensor, whose results are weighed against each other by gates; `made`: results of each."""

    slug = "gated_water_fusion"

    def __init__(self, levels: Mapping[str, Any] | None = None, width: int = WIDTH, made: int = 16) -> None:
        super().__init__(levels, width=width, made=made)
        self.heads = nn.ModuleDict({sensor: Head(pair_features(sensor), width, made) for sensor in SENSORS})
        self.gate = nn.Conv2d(2 * made + 2, made, 1)
        self.last = nn.Conv2d(made, 1, 1)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        has = [present_in(seen[sensor])[0] for sensor in SENSORS]
        first, second = (self.heads[sensor](seen[sensor]) * there for sensor, there in zip(SENSORS, has))
        gate = torch.sigmoid(self.gate(torch.cat([first, second, *has], dim=1)))
        return self.last(F.relu(gate * first + (1 - gate) * second))


class CrossAttention(WaterNetwork):
    """Each sensor asks the other one what it sees at a pixel; `made`: results of each."""

    slug = "cross_attention_fusion"

    def __init__(self, levels: Mapping[str, Any] | None = None, width: int = WIDTH, made: int = 16) -> None:
        super().__init__(levels, width=width, made=made)
        self.heads = nn.ModuleDict({sensor: Head(pair_features(sensor), width, made) for sensor in SENSORS})
        self.query, self.key = nn.Conv2d(made, made, 1), nn.Conv2d(made, made, 1)
        self.last = nn.Conv2d(2 * made, 1, 1)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        has = [present_in(seen[sensor])[0] for sensor in SENSORS]
        values = [self.heads[sensor](seen[sensor]) * there for sensor, there in zip(SENSORS, has)]
        keys = [self.key(value) for value in values]
        asked = []
        for value in values:
            query = self.query(value)
            scores = [(query * key).sum(1, keepdim=True) / query.shape[1] ** 0.5 - 1e4 * (1 - there)
                      for key, there in zip(keys, has)]  # fmt: skip
            weights = torch.softmax(torch.cat(scores, dim=1), dim=1)
            asked.append(weights[:, :1] * values[0] + weights[:, 1:] * values[1])
        return self.last(F.relu(torch.cat(asked, dim=1)))
