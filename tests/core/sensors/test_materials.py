"""Spectra of materials are reflectances, and differ as those of real surfaces do."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.sensors.materials import MATERIALS, spectrum


@pytest.mark.parametrize("material", MATERIALS)
def test_spectra_are_reflectances(material: str) -> None:
    values = spectrum(material, np.linspace(0.4, 2.4, 50), np.random.default_rng(1))
    assert values.dtype == np.float32
    assert 0 < values.min() < values.max() < 1


@pytest.mark.parametrize(
    ("material", "lowest", "highest"), [("lawn", 4, 20), ("water", 0, 0.5), ("concrete", 0.9, 1.4)]
)
def test_near_infrared_over_red(material: str, lowest: float, highest: float) -> None:
    """Vegetation is many times brighter beyond the red edge, water darker, mineral surfaces about the same."""
    red, infrared = spectrum(material, (0.66, 0.83))
    assert lowest < infrared / red < highest
