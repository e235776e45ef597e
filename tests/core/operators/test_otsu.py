"""Otsu's threshold lies between two heaps."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.operators.otsu import otsu


def test_otsu_parts_two_heaps_in_the_middle() -> None:
    draw = np.random.default_rng(1)
    threshold, spread = otsu(np.concatenate([draw.normal(-2, 0.5, 4000), draw.normal(2, 0.5, 8000)]))
    assert threshold == pytest.approx(0.0, abs=0.6)
    assert spread == pytest.approx(0.5, rel=0.1)
