"""A scene that several tests of the benchmark fuse."""

from __future__ import annotations

import pytest

from models.pansharpening.benchmark import wald
from tests.models.pansharpening.made_scenes import GAINS, make_scene


@pytest.fixture(scope="session")
def reduced() -> wald.Reduced:
    fine, pan = make_scene()
    return wald.Reduced(wald.degrade(fine, 4, GAINS), pan, fine)
