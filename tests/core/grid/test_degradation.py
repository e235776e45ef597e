"""Blur and decimation: the laws of the phase convention and of the Gaussian MTF."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import (
    coarse_size,
    covered,
    covered_span,
    degrade,
    degrade_valid,
    mtf_sigma,
    reflect,
    sampling_taps,
    whole_pixels,
)


@pytest.mark.parametrize(("gain", "ratio", "sigma"), [(0.3, 4, 1.976), (0.3, 2, 0.988), (0.15, 4, 2.480)])
def test_sigma_against_hand_computed(gain: float, ratio: int, sigma: float) -> None:
    assert mtf_sigma(gain, ratio) == pytest.approx(sigma, abs=1e-3)


@pytest.mark.parametrize("gain", [0.0, 1.0, -0.3])
def test_impossible_gain_is_refused(gain: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        mtf_sigma(gain, 4)


def test_reflect_repeats_the_edge_pixel() -> None:
    assert reflect(np.arange(-3, 7), 4).tolist() == [2, 1, 0, 0, 1, 2, 3, 3, 2, 1]


@pytest.mark.parametrize("ratio", [2, 3, 4, 5])
def test_coarse_centre_of_a_ramp(ratio: int) -> None:
    """A ramp keeps its value at (i + .5) ratio - .5: the centre of the block that the coarse pixel covers."""
    ramp = np.tile(np.arange(40 * ratio, dtype=float), (1, 40 * ratio, 1))
    coarse = degrade(ramp, ratio, [0.3])[0]
    expected = (np.arange(40) + 0.5) * ratio - 0.5
    np.testing.assert_allclose(coarse[20, 10:-10], expected[10:-10], atol=1e-9)
    np.testing.assert_allclose(coarse[:, 20], expected[20], atol=1e-9)


@pytest.mark.parametrize(("ratio", "gain"), [(2, 0.55), (4, 0.3), (4, 0.11), (3, 0.26)])
def test_gain_at_nyquist(ratio: int, gain: float) -> None:
    """A cosine at the coarse Nyquist frequency, crest on the coarse centres, comes out scaled by the gain."""
    centre = ratio / 2 - 0.5
    wave = np.cos(np.pi * (np.arange(64 * ratio) - centre) / ratio)
    coarse = degrade(np.tile(wave, (1, 64 * ratio, 1)), ratio, [gain])[0, 32, 20:-20]
    np.testing.assert_allclose(np.abs(coarse), gain, rtol=1e-2)


def test_shift_moves_the_samples() -> None:
    """A positive column shift reads further right: the ramp grows by exactly the shift."""
    ramp = np.tile(np.arange(160.0), (1, 160, 1))
    moved = degrade(ramp, 4, [0.3], [(0.0, 0.75)]) - degrade(ramp, 4, [0.3])
    np.testing.assert_allclose(moved[0, 10, 10:-10], 0.75, atol=1e-3)


@given(st.integers(1, 5), st.floats(0.05, 0.9), st.floats(-3, 3), st.integers(12, 41))
def test_a_constant_stays(ratio: int, gain: float, level: float, size: int) -> None:
    coarse = degrade(np.full((2, size, size + 1), level), ratio, [gain, gain])
    assert coarse.shape == (2, size // ratio, (size + 1) // ratio)
    np.testing.assert_allclose(coarse, level, atol=1e-12)


def test_each_band_has_its_own_gain() -> None:
    noise = np.random.default_rng(3).normal(size=(1, 64, 64))
    both = degrade(np.repeat(noise, 2, 0), 4, [0.5, 0.1])
    np.testing.assert_array_equal(both[1:], degrade(noise, 4, [0.1]))
    assert both[0].std() > both[1].std()


def test_number_of_gains_is_checked() -> None:
    with pytest.raises(InputError, match="1 gains and 2 shifts for 2 bands"):
        degrade(np.zeros((2, 8, 8)), 4, [0.3])


def test_validity_spreads_by_the_kernel() -> None:
    valid = np.ones((1, 64, 64), dtype=bool)
    valid[0, 30, 30] = False
    coarse = degrade_valid(valid, 4, [0.3])
    assert not coarse[0, 7, 7]
    assert coarse[0, 3, 3]
    assert coarse[0, 11].all()


# --- any ratio, any place


@pytest.mark.parametrize(("ratio", "offset"), [(2.37, 0.0), (2.37, -3.3), (7.5, 9.1), (4.0, 0.5)])
def test_any_part_of_a_grid_samples_a_ramp_at_its_centres(ratio: float, offset: float) -> None:
    index, weight = sampling_taps(5, 9, ratio, offset, mtf_sigma(0.3, ratio), 300)
    expected = (np.arange(5, 14) + 0.5) * ratio + offset - 0.5
    found = (np.arange(300.0)[index] * weight).sum(axis=1)
    np.testing.assert_allclose(found[expected > 30], expected[expected > 30], atol=1e-3 * ratio)


def test_taps_of_a_part_are_those_of_the_whole() -> None:
    whole, part = (sampling_taps(first, 40 - first, 2.37, 1.1, 1.7, 120) for first in (0, 13))
    for all_of, some in zip(whole, part):
        np.testing.assert_array_equal(all_of[13:], some)


@pytest.mark.parametrize(
    ("offset", "expected"), [(0.0, (0, 16)), (-0.5, (1, 16)), (0.5, (0, 15)), (-9.0, (3, 18)), (70.0, (0, 0))]
)
def test_pixels_wholly_inside_by_hand(offset: float, expected: tuple[int, int]) -> None:
    """Of twenty coarse pixels, four fine pixels each, those on 0 .. 64."""
    assert whole_pixels(0, 20, 4.0, offset, 64) == expected


def test_rounding_of_the_ratio_loses_no_pixel() -> None:
    assert coarse_size(240, 240 / 101) == 101
    assert whole_pixels(0, 101, 240 / 101, 1e-9, 240) == (0, 101)


@pytest.mark.parametrize(
    ("ratio", "offset", "expected"),
    [
        (4.0, 0.0, [(0, 4), (4, 8), (8, 12)]),
        (4.0, 0.5, [(0, 5), (4, 9), (8, 13)]),
        (2.5, 0.0, [(0, 3), (2, 5), (5, 8)]),
    ],
)
def test_what_a_coarse_pixel_touches_by_hand(ratio: float, offset: float, expected: list[tuple[int, int]]) -> None:
    assert list(zip(*(edge.tolist() for edge in covered_span(0, 3, ratio, offset, 40)))) == expected


def test_covered_by_hand() -> None:
    valid = np.ones((2, 8), bool)
    valid[1, 4] = False
    low, high = covered_span(0, 3, 2.5, 0.0, 8)
    assert covered(valid, low, high, 1).tolist() == [[True, True, True], [True, False, True]]


def taps_at(centre, sigma, size):
    """Those of one pixel whose centre lies at a real position."""
    return sampling_taps(0, 1, 1.0, centre, sigma, size)


@pytest.mark.parametrize("ratio", [1.5, 2.5, 4, 6.3])
@pytest.mark.parametrize("gain", [0.15, 0.3, 0.5])
def test_a_wave_at_nyquist_keeps_the_gain(ratio, gain):
    wave = np.exp(1j * np.pi * np.arange(400) / ratio)
    for centre in 200 + np.linspace(0, 3 * ratio, 50):
        index, weight = taps_at(centre, mtf_sigma(gain, ratio), 400)
        seen = (wave[index] * weight).sum()
        expected = gain * np.exp(1j * np.pi * centre / ratio)
        assert abs(seen - expected) < (0.02 if ratio > 2 else 0.08)  # a narrow one is sampled coarsely


@pytest.mark.parametrize("centre", [-3.2, -0.5, 0.0, 0.37, 41.5, 44.9])
def test_taps_sum_to_one_and_the_ends_are_mirrored(centre):
    index, weight = taps_at(centre, 1.3, 42)
    assert weight.sum() == pytest.approx(1)
    assert index.min() >= 0
    assert index.max() < 42


def test_a_ramp_keeps_its_place():
    index, weight = taps_at(20.3, 1.3, 42)
    assert (index * weight).sum() == pytest.approx(20.3, abs=0.002)


@pytest.mark.parametrize("centre", [10.0, 10.5, 10.31])
def test_a_gaussian_much_narrower_than_a_pixel_is_the_nearest_pixel(centre):
    index, weight = taps_at(centre, 1e-3, 20)
    assert np.isfinite(weight).all()
    nearest = np.abs(index - centre) < np.abs(index - centre).min() + 1e-9
    assert weight[nearest].sum() == pytest.approx(1)
