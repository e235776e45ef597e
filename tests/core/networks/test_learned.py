"""Whether the values of a raster are like those that a network has learned from."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.networks.learned import PERCENTILES, LearnedRange, unlike

RNG = np.random.default_rng(5)
SCENE = [RNG.gamma(3.0, 200.0 * (1 + k), 5000) + 100 for k in range(4)]
"""Four bands of reflectance x 10000."""
LEARNED = tuple(LearnedRange(*(float(end) for end in np.percentile(band, PERCENTILES))) for band in SCENE)


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        (lambda band: band, True),
        (lambda band: band * 1.25, True),  # another season
        (lambda band: band * 0.8, True),
        (lambda band: band[band < np.median(band)], True),  # a part of the scene
        (lambda band: band[:0], True),  # nothing to judge by
        (lambda band: band / 10_000, False),
        (lambda band: band * 10_000, False),
        (lambda band: band + 1000, False),
        (lambda band: band - 1000, False),
        (lambda band: np.clip(band / 16, 0, 255), False),  # a picture of 8 bits
        (lambda band: -band, False),
    ],
)
def test_other_units_are_unlike(change, alike: bool) -> None:
    found = unlike([change(band) for band in SCENE], LEARNED)
    assert (found is None) == alike


def test_the_worst_band_is_named() -> None:
    found = unlike([SCENE[0], SCENE[1] + 1e6, SCENE[2] + 1e6, SCENE[3]], LEARNED)
    assert found is not None and set(found.places) == {1, 2} and found.low > 1e6
    assert unlike([SCENE[0], SCENE[1], SCENE[2] + 1e6, SCENE[3]], LEARNED) is None  # one of four


def test_a_band_without_variation_says_little() -> None:
    assert unlike([np.full(10, 3.0)], [LearnedRange(3.0, 3.0)]) is None
    assert unlike([np.full(10, 4.0)], [LearnedRange(3.0, 3.0)]) is not None
