"""The dialogs ask for what most users need; the rest is among the advanced parameters."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsProcessingParameterDefinition

MOST = 8
SELDOM = {"segment": {"DEM", "LIDAR"}, "trainsegmenter": {"OPTICAL_BEFORE", "SAR_BEFORE", "DEM", "FUSION"}}


@pytest.mark.parametrize("name", ["segment", "trainsegmenter", "extracttargets", "fusesaroptical"])
def test_few_parameters_are_seen_at_once(provider: Any, name: str) -> None:
    hidden = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    asked = [one for one in provider.algorithm(name).parameterDefinitions() if not one.isDestination()]
    seen = {one.name() for one in asked if not one.flags() & hidden}
    assert len(seen) <= MOST, sorted(seen)
    assert not seen & SELDOM.get(name, set())
