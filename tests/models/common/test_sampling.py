"""Sampling laws: blur by a gain, decimation and interpolation that move nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.common.sampling import coarse_centres, cubic_matrix, gaussian_matrix, mtf_sigma


@pytest.mark.parametrize(("ratio", "gain", "sigma"), [(4, 0.3, 1.98), (2, 0.3, 0.99)])
def test_sigma_of_a_gain(ratio: int, gain: float, sigma: float) -> None:
    """1.98 and 0.99 fine pixels for a gain of 0.3 at ratios 4 and 2."""
    assert mtf_sigma(ratio, gain) == pytest.approx(sigma, abs=0.005)


@given(st.floats(2, 8), st.floats(0.1, 0.4))
@settings(deadline=None, max_examples=25)
def test_gain_at_the_coarse_nyquist_frequency(ratio: float, gain: float) -> None:
    """A wave of two coarse pixels' length keeps the asked share of its amplitude."""
    at = np.arange(120)
    centres = np.arange(40, 80)
    seen = gaussian_matrix(centres, 120, mtf_sigma(ratio, gain)) @ np.cos(np.pi * at / ratio)
    amplitude = np.linalg.lstsq(np.cos(np.pi * centres / ratio)[:, None], seen, rcond=None)[0][0]
    assert amplitude == pytest.approx(gain, abs=0.03)


@given(st.floats(1.5, 8), st.floats(0, 1))
@settings(deadline=None, max_examples=25)
def test_a_ramp_survives_decimation_and_interpolation(ratio: float, edge: float) -> None:
    """Nothing moves: decimated and interpolated back, a ramp is the same ramp away from the ends."""
    size = 160
    count = int((size - edge) / ratio)
    ramp = np.arange(size, dtype=np.float32)
    coarse = gaussian_matrix(coarse_centres(count, ratio, edge), size, mtf_sigma(ratio, 0.3)) @ ramp
    back = cubic_matrix((ramp + 0.5 - edge) / ratio - 0.5, count) @ coarse
    inner = slice(int(6 * ratio), -int(6 * ratio))
    assert back[inner] == pytest.approx(ramp[inner], abs=0.02)


def test_cubic_repeats_the_outermost_sample() -> None:
    matrix = cubic_matrix(np.array([-0.5, 0.25, 6.9]), 7)
    assert matrix.sum(1) == pytest.approx([1, 1, 1])
    assert matrix[0, 0] > 1
    assert (matrix @ np.ones(7)) == pytest.approx([1, 1, 1])
