"""What holds for a whole scene: top or bottom of the atmosphere."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.clouds.scene import BOTTOM, TOP, find_scene

from .skies import at_top, ground


def spread(bands: dict[str, np.ndarray], brightest: float = 3.0) -> dict[str, np.ndarray]:
    """(pixels,) of each band, the ground in many brightnesses."""
    return {name: band.ravel() * np.linspace(1, brightest, band.size) for name, band in bands.items()}


@pytest.mark.parametrize("kind", ["forest", "meadow", "water"])
def test_the_airs_light_is_seen(kind: str) -> None:
    dark = spread(ground(kind))
    assert find_scene(dark).level == BOTTOM
    assert find_scene(at_top(dark)).level == TOP


def test_snow_is_not_taken_for_air() -> None:
    found = find_scene(spread(ground("snow"), 1.05))
    assert found.level == BOTTOM
    assert "0.8" in found.why


def test_a_cirrus_band_says_it_and_the_user_even_more() -> None:
    bands = spread(ground("forest", cirrus=True))
    assert find_scene(bands).level == TOP
    assert find_scene(bands, BOTTOM).level == BOTTOM


def test_the_air_is_taken_off_in_the_short_waves_at_the_top_only() -> None:
    bands = ground("forest", cirrus=True)
    back = find_scene(bands, TOP).without_air(at_top(bands))
    for name, band in bands.items():
        np.testing.assert_allclose(back[name], band, atol=1e-6)
    same = find_scene(bands, BOTTOM).without_air(bands)
    assert all((same[name] == band).all() for name, band in bands.items())


@pytest.mark.parametrize(
    ("entries", "level"),
    [
        ({"PROCESSING_LEVEL": "Level-1C"}, TOP),
        ({"PROCESSING_LEVEL": "Level-2A"}, BOTTOM),
        ({"Product_Type": "S2MSI2A"}, BOTTOM),
    ],
)
def test_the_products_own_word_comes_before_its_values(entries: dict[str, str], level: str) -> None:
    for bands in (spread(ground("forest")), spread(at_top(ground("forest")))):
        found = find_scene(bands, metadata={"": entries})
        assert (found.level, found.why) == (level, f"The raster is {level}, as its metadata say")


def test_an_unknown_level() -> None:
    with pytest.raises(InputError, match="LEVEL is 'L3'; expected L1C or L2A"):
        find_scene({}, "L3")
