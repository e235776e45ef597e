"""Water from one sensor alone. The voters of a decision-level fusion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from models.segmentation.networks.base import Head, WaterNetwork, pair_features

WIDTH = 40


class SingleSensor(WaterNetwork):
    """sensor : "optical" or "sar". width : of the hidden layers."""

    slug = "single_sensor"

    def __init__(self, sensor: str = "sar", levels: Mapping[str, Any] | None = None, width: int = WIDTH) -> None:
        self.sensors = (sensor,)
        super().__init__(levels, sensor=sensor, width=width)
        self.head = Head(pair_features(sensor), width)

    def decide(self, seen: Mapping[str, Tensor]) -> Tensor:
        return self.voted(self.sensors[0], self.head, seen[self.sensors[0]])

    def learn(self, seen: Mapping[str, Tensor]) -> Tensor:
        return self.head(seen[self.sensors[0]])
