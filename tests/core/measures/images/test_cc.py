"""Pearson's correlation per band, against numpy, and how its sums add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.measures.images.cc import cc, moments
from rsfusion_qgis.core.measures.images.scene import Scene

from .test_with_reference import make_pair


def test_against_numpy() -> None:
    fused, reference = make_pair(5)
    expected = [np.corrcoef(x.ravel(), y.ravel())[0, 1] for x, y in zip(fused, reference)]
    assert cc(fused, reference) == pytest.approx(np.mean(expected), rel=1e-12)


@given(st.floats(0.01, 100), st.floats(-1e6, 1e6))
def test_blind_to_gain_and_offset(gain: float, offset: float) -> None:
    fused, reference = make_pair(2, 16, 16)
    assert cc(gain * fused + offset, reference) == pytest.approx(cc(fused, reference), rel=1e-6)
    assert cc(-gain * reference + offset, reference) == pytest.approx(-1.0)


def test_a_flat_band_has_none() -> None:
    fused, reference = make_pair(2, 16, 16)
    fused[1] = 3.0
    assert np.isnan(cc(fused, reference))


@given(st.integers(1, 15), st.floats(-1e5, 1e5))
def test_moments_of_parts_add_up(row: int, level: float) -> None:
    fused, reference = (image + level for image in make_pair(2, 16, 20))
    mask = np.ones((16, 20), bool)
    whole = moments(Scene({}), mask, fused, reference)
    parts = [moments(Scene({}), mask[r], fused[:, r], reference[:, r]) for r in (slice(0, row), slice(row, None))]
    both = parts[0] + parts[1]
    assert both.pixels == whole.pixels
    np.testing.assert_allclose(both.means, whole.means, rtol=1e-12)
    np.testing.assert_allclose(both.products, whole.products, rtol=1e-9, atol=1e-6)
